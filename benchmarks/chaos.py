"""Kill runs again and again, and see whether that shows.

    python -m benchmarks.chaos [--what ingest|rerun] [--kills 30] [--seed 7] [--stories 200] [--break transaction]

An invented site (tests/night_site.py) is read on two nights, or a store of it is read again by other rules (first one
field, then everything), each stage by a process group that is killed with SIGKILL at seeded random moments
(chaos_moments.py) and started again until it ends; rounds are begun until all kills have fallen. Each round's store is
then held against one that nobody disturbed: every table (clock columns aside), the file of persons, `dateline verify`,
and whether the archive has a page that the store does not know.

`--break transaction` takes the transactions away; it ends when that is found. Exit code 1 where a difference is.
"""

import argparse
import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.chaos_moments import Listener, Moment, Pace, moment, pace_of
from dateline.extractors.page.read_back import read_back
from dateline.models.people_file import PeopleFile
from dateline.models.store import Store, StoreError, archive_folder
from dateline.models.verify import verify
from dateline.sources.archive import places, read_payload
from tests.night_site import STORIES, NightSite, collection, night_site, numbers
from tests.store_helpers import dump

ROOT = Path(__file__).parent.parent
A_STAGE = 3  # kills in one stage of a round: then it is let end, and compared
BESIDE = (".ledger", ".people", ".warc")  # what makes up a store with its file
LEXICON = "other: [committee of the night desk]\n"  # a user's own: all digests are others with it


@dataclass
class Runs:
    """What is run, an ingest of `stages` nights or a rerun after one, and how many inputs one transaction stores."""

    folder: Path
    what: str = "ingest"
    shard: int = 20
    stories: int = STORIES
    stages: tuple[int, ...] = (1, 2)
    invented: bool = False
    alone: bool = False
    broken: str | None = None
    paces: dict[int, Pace] = field(default_factory=dict)  # of each undisturbed stage

    @property
    def collection(self) -> Path:
        """What the site's nights are read by."""
        return self.folder / "dateline.toml"

    @property
    def whole(self) -> Path:
        """The store that nobody disturbed."""
        return self.folder / "whole.duckdb"

    def started(
        self, db: Path, stage: int, *, what: str | None = None, kill: Moment | None = None
    ) -> "subprocess.Popen[bytes]":
        """A process group of its own that runs a stage into `db` and tells each step on its standard output. It kills
        itself at the moment `kill` where that is one after a step."""
        what = what or self.what
        command = [sys.executable, "-m", "benchmarks.chaos_child", str(db), str(self.collection), str(self.shard)]
        command += ["--what", what, "--stage", str(stage), *["--invented"] * self.invented, *["--alone"] * self.alone]
        command += ["--break", self.broken] if self.broken else []
        command += ["--kill", kill.step, str(kill.times), str(kill.linger)] if kill and kill.step else []
        environment = dict(os.environ)
        if what == "rerun" and not self.invented:
            lexicons = self.folder / f"lexicons-{stage}"
            lexicons.mkdir(exist_ok=True)
            (lexicons / "organisations.yml").write_text(LEXICON * (stage == 2) or f"# {stage}\n{LEXICON}")
            environment["DATELINE_LEXICONS"] = str(lexicons)
        return subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, start_new_session=True, env=environment, bufsize=0
        )

    def undisturbed(self, db: Path, stage: int, *, what: str | None = None) -> Pace:
        """Run a stage to its end."""
        began = time.monotonic()
        process = self.started(db, stage, what=what)
        listener = Listener(process)
        listener.last_words()
        if process.wait():
            raise SystemExit(f"an undisturbed run ended with exit code {process.returncode}")
        return pace_of(listener.told, time.monotonic() - began)


def killed(runs: Runs, db: Path, stage: int, when: Moment) -> Listener | None:
    """Start a stage and kill its group then; returns what was heard of it, None where it ended before."""
    process = runs.started(db, stage, kill=when)
    listener = Listener(process)
    listener.wait(600.0 if when.seconds is None else when.seconds)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    code = process.wait()
    listener.last_words()
    assert process.stdout is not None
    process.stdout.close()
    if code not in (0, -signal.SIGKILL):
        raise SystemExit(f"a run ended with exit code {code}, and nobody killed it")
    return None if code == 0 else listener


def finished(db: Path, run_id: int) -> tuple[bool, int]:
    """Whether a run has ended, and how many of its inputs are stored."""
    try:
        with Store.open(db, read_only=True) as store:
            run = next((run for run in store.runs() if run.run_id == run_id), None)
    except StoreError:
        return False, 0
    return run is not None and run.finished_at is not None, sum(run.outcomes.values()) if run else 0


def differences(db: Path, whole: Path, *, invented: bool) -> Iterator[str]:
    """What a disturbed store has otherwise than the undisturbed one, and what does not hold in it."""
    folder = archive_folder(db)
    with Store.open(db, read_only=True) as store, Store.open(whole, read_only=True) as other:
        there, expected = dump(store), dump(other)
        files = {"the file of persons": (_people(db), _people(whole))}
        pairs = {table: (there[table], expected[table]) for table in expected} | files
        for table, (rows, wanted) in pairs.items():
            lost, more = Counter(wanted) - Counter(rows), Counter(rows) - Counter(wanted)
            if lost or more:
                example = next(iter([*lost, *more]))
                yield f"{table}: {lost.total()} rows lost, {more.total()} too many, such as {example[:150]}"
        for check in verify(store, lambda file, at: read_payload(folder, file, at), None if invented else read_back):
            if not check.ok:
                yield f"verify: {check}"
        orphans = places(folder).keys() - store.captures(places(folder))
    if orphans:
        yield f"archive: {len(orphans)} pages that the store does not know"


def _people(db: Path) -> list[str]:
    path = PeopleFile(db).path
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def _copied(db: Path, to: Path) -> None:
    """A store with all that stands beside it."""
    shutil.copy2(db, to)
    for ending in BESIDE:
        if (beside := db.with_name(db.name + ending)).is_dir():
            shutil.copytree(beside, to.with_name(to.name + ending))
        elif beside.exists():
            shutil.copy2(beside, to.with_name(to.name + ending))


def _turned(site: NightSite, night: int, stories: int) -> None:
    """Let the site be as it is on that night."""
    site.night, site.listed = night, numbers(night, stories)


def prepared(runs: Runs, site: NightSite, *, seconds: float) -> None:
    """Run every stage undisturbed, and note the pace of each. `seconds` is what a page may take to be fetched."""
    runs.collection.write_text(collection(site.base, seconds=seconds), encoding="utf-8")
    if runs.what == "rerun":
        _turned(site, 1, runs.stories)
        runs.undisturbed(runs.folder / "base.duckdb", 1, what="ingest")
        _copied(runs.folder / "base.duckdb", runs.whole)
    for stage in runs.stages:
        _turned(site, stage, runs.stories)
        runs.paces[stage] = runs.undisturbed(runs.whole, stage)
    said = (
        f"stage {stage} {pace.took:.1f} s, {len(pace.transactions)} transactions" for stage, pace in runs.paces.items()
    )
    print(f"undisturbed {runs.what}: {'; '.join(said)}", flush=True)


def rounds(runs: Runs, site: NightSite, *, kills: int, seed: int) -> list[str]:
    """Every difference that the kills made; printed as they come, with the kills. Stops at the first where a
    transaction was taken away."""
    chance, found = random.Random(seed), list[str]()
    fallen: Counter[str] = Counter()
    number = 0
    while fallen.total() < kills and not (runs.broken and found):
        number += 1
        db = runs.folder / f"round-{number}{runs.broken or ''}.duckdb"
        if runs.what == "rerun":
            _copied(runs.folder / "base.duckdb", db)
        for stage in runs.stages:
            _turned(site, stage, runs.stories)
            _stage(runs, db, stage, chance, fallen, min(kills, fallen.total() + A_STAGE))
        new = list(differences(db, runs.whole, invented=runs.invented))
        print(
            f"round {number}: {fallen.total()} kills so far; " + (f"{len(new)} DIFFERENCES" if new else "no difference")
        )
        for line in new:
            print(f"  {line}", flush=True)
        found += new
    places = ", ".join(f"{count} {place}" for place, count in sorted(fallen.items()))
    print(f"{fallen.total()} kills ({places}) in {number} rounds, {len(found)} differences", flush=True)
    return found


def _stage(runs: Runs, db: Path, stage: int, chance: random.Random, fallen: Counter[str], most: int) -> None:
    """One stage, killed until it ends by itself or `most` kills have fallen in all."""
    inputs = finished(runs.whole, stage)[1] or 1
    while not (state := finished(db, stage))[0]:
        if fallen.total() >= most:
            killed(runs, db, stage, Moment(seconds=600.0))
            continue
        when = moment(runs.paces[stage], 1 - state[1] / inputs, chance)
        heard = killed(runs, db, stage, when)
        if heard is not None:
            fallen[heard.place] += 1
            last = heard.told[-1].step if heard.told else "its start"
            stored = finished(db, stage)[1]
            where = f"{heard.place}, after {last}; {stored} inputs stored"
            print(f"kill {fallen.total():2} in stage {stage}, {when}: {where}", flush=True)


def chaos(
    folder: Path, *, kills: int, seed: int, stories: int = STORIES, shard: int = 20, stages: int = 2,
    seconds: float = 1.0, what: str = "ingest", invented: bool = False, alone: bool = False, broken: str | None = None,
) -> list[str]:  # fmt: skip
    """Every difference that the kills made."""
    first = 2 if what == "rerun" else 1  # a run has the number of its stage
    runs = Runs(folder, what, shard, stories, tuple(range(first, first + stages)), invented, alone)
    with night_site(1, stories=stories) as site:
        prepared(runs, site, seconds=seconds)
        runs.broken = broken
        return rounds(runs, site, kills=kills, seed=seed)


def main() -> int:
    """Print kills and differences; returns 1 where there is a difference."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--what", choices=("ingest", "rerun"), default="ingest")
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--stories", type=int, default=STORIES)
    parser.add_argument("--shard", type=int, default=20, help="inputs stored in one transaction")
    parser.add_argument("--stages", type=int, default=2, choices=(1, 2))
    parser.add_argument("--seconds", type=float, default=1.0, help="that a page may take to be fetched")
    parser.add_argument("--invented", action="store_true", help="read without extractors, to be quick")
    parser.add_argument("--alone", action="store_true", help="gather nothing over articles, to be quicker still")
    parser.add_argument("--break", dest="broken", choices=("transaction",), help="take this away; it must be found")
    options = vars(parser.parse_args())
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder:
        return 1 if chaos(Path(folder), **options) else 0


if __name__ == "__main__":
    sys.exit(main())

"""Kill an ingest again and again, and see whether that shows.

    python -m benchmarks.chaos [--kills 30] [--seed 7] [--stories 200] [--shard 20] [--break transaction]

An invented site (tests/night_site.py) is read on two nights, each by a process group that is killed with SIGKILL at
seeded random moments and started again until it ends; rounds are begun until all kills have fallen. Each round's store
is then held against one that nobody disturbed: every table (clock columns aside), `dateline verify`, and whether the
archive has a page that the store does not know. Half of the moments are drawn from the clock, over the time that an
undisturbed night takes; half from the steps of the run, since a commit is too short for the clock to find.
`--break transaction` takes the shards' transactions away, which must be found. Exit code 1 where a difference is.
"""

import argparse
import contextlib
import os
import random
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.chaos_child import STEPS
from dateline.extractors.page.read_back import read_back
from dateline.models.store import Store, StoreError, archive_folder
from dateline.models.verify import verify
from dateline.sources.archive import places, read_payload
from tests.night_site import NightSite, night_site, numbers
from tests.store_helpers import dump

ROOT = Path(__file__).parent.parent
LINGER = 0.03  # seconds after a step within which its kill falls: about as long as a shard takes to be stored
COLLECTION = """[fetch]
pause = 0.0
seconds = {seconds}
largest_mb = 5
allow_private = true

[[source]]
name = "Feed"
feed = "{base}/feed.xml"

[[source]]
name = "Sitemap"
sitemap = "{base}/sitemap.xml"

[[source]]
name = "Gone"
feed = "{base}/no-feed.xml"
"""


@dataclass
class Moment:
    """When to kill: so many seconds after the start, or `linger` seconds after a step was taken for the nth time."""

    seconds: float | None = None
    step: str = ""
    times: int = 1
    linger: float = 0.0

    def __str__(self) -> str:
        return f"{self.seconds:.2f} s after the start" if self.seconds is not None else f"at {self.step} {self.times}"


@dataclass
class Ingest:
    """How the site is read: the collection, and how many inputs are stored in one transaction."""

    collection: Path
    shard: int
    invented: bool
    broken: str | None = None
    took: dict[int, float] = field(default_factory=dict)  # seconds of each undisturbed night
    steps: dict[int, Counter[str]] = field(default_factory=dict)  # and how often it took each step

    def started(self, db: Path) -> "subprocess.Popen[bytes]":
        """A process group of its own that reads the site into `db` and tells each step on its standard output."""
        command = [sys.executable, "-m", "benchmarks.chaos_child", str(db), str(self.collection), str(self.shard)]
        command += ["--invented"] * self.invented + (["--break", self.broken] if self.broken else [])
        return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, start_new_session=True)


def undisturbed(how: Ingest, db: Path, night: int) -> None:
    """Read one night to its end, and note what that took."""
    began = time.monotonic()
    process = how.started(db)
    out, _ = process.communicate()
    if process.returncode:
        raise SystemExit(f"an undisturbed run ended with exit code {process.returncode}")
    how.took[night] = time.monotonic() - began
    how.steps[night] = Counter(out.decode().split())


def moment(how: Ingest, night: int, chance: random.Random) -> Moment:
    """Half of them from the clock, half from the steps: the kind of step first, so that rare ones come too."""
    if chance.random() < 0.5:
        return Moment(seconds=chance.uniform(0.0, how.took[night]))
    taken = how.steps[night]
    step = chance.choice([step for step in STEPS if taken[step]])
    return Moment(step=step, times=chance.randint(1, taken[step]), linger=chance.uniform(0.0, LINGER))


def killed(how: Ingest, db: Path, when: Moment) -> str | None:
    """Start the ingest and kill its group then; returns the last step it had taken, None where it ended before."""
    process = how.started(db)
    assert process.stdout is not None
    last, left = "its start", when.times
    deadline = time.monotonic() + (when.seconds if when.seconds is not None else 600.0)
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while (wait := deadline - time.monotonic()) > 0 and selector.select(wait):
            if not (said := os.read(process.stdout.fileno(), 1 << 16).decode().split()):
                break  # it has ended
            last = said[-1]
            if left > 0 and (left := left - said.count(when.step)) <= 0:
                deadline = time.monotonic() + when.linger
    ended = process.poll() is not None
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    code = process.wait()
    process.stdout.close()
    if code not in (0, -signal.SIGKILL):
        raise SystemExit(f"a run ended with exit code {code}, and nobody killed it")
    return None if ended or code == 0 else last


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
        for table, rows in dump(other).items():
            there, expected = Counter(dump(store)[table]), Counter(rows)
            lost, more = expected - there, there - expected
            if lost or more:
                example = next(iter([*lost, *more]))
                yield f"{table}: {lost.total()} rows lost, {more.total()} too many, such as {example[:150]}"
        checks = verify(store, lambda file, at: read_payload(folder, file, at), None if invented else read_back)
        for check in checks:
            if not check.ok:
                yield f"verify: {check}"
        orphans = places(folder).keys() - store.captures(places(folder))
    if orphans:
        yield f"archive: {len(orphans)} pages that the store does not know"


def turned(site: NightSite, night: int, stories: int) -> None:
    """Let the site be as it is on that night."""
    site.night, site.listed = night, numbers(night, stories)


def chaos(
    folder: Path,
    *,
    kills: int,
    seed: int,
    stories: int,
    shard: int = 20,
    nights: int = 2,
    seconds: float = 1.0,
    invented: bool = False,
    broken: str | None = None,
) -> list[str]:
    """Every difference that the kills made; printed as they come, with the kills."""
    all_nights = range(1, nights + 1)
    chance = random.Random(seed)
    found: list[str] = []
    done, rounds = 0, 0
    with night_site(1, stories=stories) as site:
        collection = folder / "dateline.toml"
        collection.write_text(COLLECTION.format(base=site.base, seconds=seconds), encoding="utf-8")
        how = Ingest(collection, shard, invented)
        for night in all_nights:
            turned(site, night, stories)
            undisturbed(how, folder / "whole.duckdb", night)
        print("undisturbed: " + ", ".join(f"night {night} {how.took[night]:.1f} s" for night in all_nights), flush=True)
        how.broken = broken
        while done < kills:
            rounds += 1
            db = folder / f"round-{rounds}.duckdb"
            for night in all_nights:
                turned(site, night, stories)
                most = kills if night == nights else done + (kills - done + 1) // 2
                done = _night(how, db, night, chance, done, most)
            new = list(differences(db, folder / "whole.duckdb", invented=invented))
            print(f"round {rounds}: {done} kills so far; " + (f"{len(new)} DIFFERENCES" if new else "no difference"))
            for line in new:
                print(f"  {line}", flush=True)
            found += new
    return found


def _night(how: Ingest, db: Path, night: int, chance: random.Random, done: int, most: int) -> int:
    """One night, killed until it ends by itself or `most` kills have fallen. Returns how many have."""
    while not finished(db, night)[0]:
        if done >= most:
            killed(how, db, Moment(seconds=600.0))
            continue
        when = moment(how, night, chance)
        last = killed(how, db, when)
        if last is not None:
            done += 1
            stored = finished(db, night)[1]
            print(f"kill {done:2} in night {night}, {when}: after {last}, {stored} inputs stored", flush=True)
    return done


def main() -> int:
    """Print kills and differences; returns 1 where there is a difference."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--stories", type=int, default=200)
    parser.add_argument("--shard", type=int, default=20)
    parser.add_argument("--nights", type=int, default=2, choices=(1, 2))
    parser.add_argument("--seconds", type=float, default=1.0, help="that a page may take to be fetched")
    parser.add_argument("--invented", action="store_true", help="read without extractors, to be quick")
    parser.add_argument("--break", dest="broken", choices=("transaction",), help="take this away; it must be found")
    options = vars(parser.parse_args())
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder:
        found = chaos(Path(folder), **options)
    print(f"{options['kills']} kills, {len(found)} differences")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

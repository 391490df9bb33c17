"""What a night of linking costs: 500 new incidents against archives of growing size.

    python -m benchmarks.linking --sizes 10000 100000             about five minutes
    python -m benchmarks.linking --sizes 1000000 --keep FOLDER    keep the linked stores, for another measurement

An archive is made by a seeded generator (benchmarks/linking_world.py): 500 incidents are printed a day, so a larger
archive is a longer one. Twenty thousand are linked, and a larger archive repeats them into the past, events and all
(benchmarks/linking_past.py). Then one more night of 500 incidents is written, and linked in a process of its own. Wall
and CPU seconds, the largest memory of that process, and what linking costs where nothing is new.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.linking_past import lengthen
from benchmarks.linking_world import A_DAY, SEED, tellings, write
from dateline.flows.events import link_events
from dateline.flows.versions import versions
from dateline.models.store import Store

LINKED = 20_000  # incidents of an archive that are linked in earnest; a longer one repeats them
_HEAD = "   archive    events    store   wall s   CPU s   memory  nothing new  built, CPU s"


def build(db: Path, size: int, *, a_day: int) -> None:
    """An archive of `size` incidents, and a night with `A_DAY` more, which is run 2. Nothing is linked yet."""
    stream = tellings(random.Random(SEED), a_day=a_day)
    once = min(size, LINKED)
    with Store.open(db) as store:
        for run_id, since, count in ((1, 0, once), (2, once, A_DAY)):
            if run_id == 2:
                link(store, 1)
                lengthen(store.connection, times=size // once)
            parameters = {"since": since}
            started, _ = store.start_run("ingest", parameters=parameters, digests={}, versions=versions())
            assert started == run_id
            write(store.connection, stream, count, since=since, run_id=run_id)
            store.finish_run(run_id)


def link(store: Store, run_id: int) -> dict[str, float]:
    """Link what is there, and what it took."""
    wall, processor = time.perf_counter(), time.process_time()
    link_events(store, run_id)
    return {
        "wall": time.perf_counter() - wall,
        "cpu": time.process_time() - processor,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def child(task: str, db: Path, size: int, a_day: int) -> None:
    """What runs in a process of its own: to build an archive, or to link its last night and then nothing."""
    if task == "build":
        began = time.process_time()
        build(db, size, a_day=a_day)
        print(json.dumps({"cpu": time.process_time() - began}))
        return
    with Store.open(db) as store:
        store.connection.execute("SELECT 1")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        night, nothing = link(store, 2), link(store, 2)
        query = "SELECT count(*), count(DISTINCT event_id) FROM event_incident"
        incidents, events = store.connection.execute(query).fetchall()[0]
        found = {"night": night, "nothing": nothing, "before": before, "incidents": incidents, "events": events}
        print(json.dumps(found))


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--a-day", type=int, default=A_DAY, help="incidents printed a day in the archive")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where the stores are left")
    parser.add_argument("--child", nargs=2, metavar=("TASK", "DB"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(options.child[0], Path(options.child[1]), options.sizes[0], options.a_day)
        return
    print(f"{A_DAY} new incidents against an archive with {options.a_day} a day")
    print(_HEAD)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for size in options.sizes:
            db = folder / f"archive-{size}.duckdb"
            for left in folder.glob(f"{db.name}*"):  # of an earlier measurement
                if left.is_file():
                    left.unlink()
            built = _run("build", db, size, options.a_day)
            bulk = db.stat().st_size / 1e6
            found = _run("link", db, size, options.a_day)
            night, nothing, archive = found["night"], found["nothing"], found["incidents"] - A_DAY
            print(
                f"{archive:>10,}{found['events']:>10,}{bulk:>6.0f} MB{night['wall']:>9.2f}{night['cpu']:>8.2f}"
                f"{night['memory']:>6.0f} MB{nothing['cpu']:>11.2f} s{built['cpu']:>14.0f}",
                flush=True,
            )
            if options.keep is None:
                db.unlink()


def _run(task: str, db: Path, size: int, a_day: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.linking", "--sizes", str(size), "--a-day", str(a_day)]
    command += ["--child", task, str(db)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        sys.exit(run.stderr)
    found: dict[str, Any] = json.loads(run.stdout)
    return found


if __name__ == "__main__":
    main()

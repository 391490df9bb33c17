"""Inputs made to break a reader: each is to be recorded in time and in bounded memory, its neighbours unharmed.

    python -m benchmarks.hostile [--ingest] [CASE ...]       default: every case

Each case is put between two good pages and read by `dateline extract` in a process of its own. A line of the table:
the case, what became of it, seconds by the clock and of CPU (start-up and neighbours included), the most memory that
the parent and any worker took, whether the neighbours' records are byte for byte those without it, and the reason. With
`--ingest` all cases go into one store as well, which is then verified. Exit code 1 where a case is not recorded or a
neighbour differs.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.hostile_cases import CASES, GOOD, MB, Case

_UNIT = 1024 if sys.platform == "linux" else 1  # bytes of ru_maxrss: Linux counts in kilobytes


def neighbours(folder: Path) -> None:
    """Two good pages, read before and after what is in between."""
    for name in ("a.html", "z.html"):
        (folder / name).write_bytes(GOOD.encode())


@dataclass(frozen=True)
class Outcome:
    """What came of a folder: its records by id, seconds, and megabytes of the parent and of the largest worker."""

    records: dict[str, str]
    seconds: float
    cpu: float
    parent: float
    worker: float

    def __str__(self) -> str:
        return f"{self.seconds:6.1f} s {self.cpu:6.1f} s {self.parent:6.0f} MB {self.worker:6.0f} MB"


def extract(folder: Path) -> Outcome:
    """`dateline extract` over a folder, in a process of its own, which tells its memory on its last line."""
    out = folder.parent / "records.jsonl"
    start = time.monotonic()
    code = "import sys; from benchmarks.hostile import watched; watched(sys.argv[1:])"
    done = subprocess.run(
        [sys.executable, "-c", code, "extract", str(folder), "-o", str(out)], capture_output=True, text=True
    )
    seconds = time.monotonic() - start
    lines = out.read_text(encoding="utf-8").splitlines() if out.exists() else []
    said = done.stdout.splitlines()
    figures = map(float, said[-1].split()) if done.returncode >= 0 and said else [float("nan")] * 3
    return Outcome({json.loads(line)["id"]: line for line in lines}, seconds, *figures)


def watched(arguments: list[str]) -> None:
    """Run the command line, and print the CPU seconds of all processes, and the megabytes of this one and of the
    largest other."""
    from dateline.flows.cli import main as dateline

    code = dateline(arguments)
    own, workers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = own.ru_utime + own.ru_stime + workers.ru_utime + workers.ru_stime
    print(f"{cpu:.1f} {own_peak() / MB:.0f} {workers.ru_maxrss * _UNIT / MB:.0f}")
    sys.exit(code)


def own_peak() -> float:
    """The most bytes that this process took. Linux's ru_maxrss is at least what the process took that started it."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(row.split()[1]) * 1024 for row in status.read_text().splitlines() if row.startswith("VmHWM"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT


def line(name: str, case: Case, alone: dict[str, str]) -> Iterator[tuple[str, bool]]:
    """The lines of the table for a case, and whether all is well."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "in"
        folder.mkdir()
        neighbours(folder)
        (folder / f"m-{case.file}").write_bytes(case.make())
        found = extract(folder)
    same = all(found.records.get(key) == record for key, record in alone.items())
    own = [json.loads(record) for key, record in found.records.items() if key not in alone]
    for record in own or [{"result": "NOT RECORDED", "reason": ""}]:
        words = f"{record['result']:12} {found}"
        yield (
            f"{name:36} {words} {'same' if same else 'CHANGED':8} {(record['reason'] or '')[:110]}",
            same and bool(own),
        )


def ingest(cases: dict[str, Case]) -> bool:
    """All cases in one store; whether it verifies."""
    with tempfile.TemporaryDirectory() as place:
        folder, store = Path(place) / "in", Path(place) / "store.duckdb"
        folder.mkdir()
        neighbours(folder)
        for number, case in enumerate(cases.values()):
            (folder / f"m{number:02}-{case.file}").write_bytes(case.make())
        code = "import sys; from benchmarks.hostile import watched; watched(sys.argv[1:])"
        start = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-c", code, "ingest", str(folder), "--db", str(store)], capture_output=True, text=True
        )
        print(done.stdout[-2000:], f"{time.monotonic() - start:.0f} s, exit code {done.returncode}")
        checked: Any = subprocess.run(
            [sys.executable, "-c", code, "verify", "--db", str(store)], capture_output=True, text=True
        )
        print(checked.stdout[-500:])
        return bool(done.returncode == 0 and checked.returncode == 0)


def main() -> int:
    """Print the table; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", help="words of the cases' names")
    parser.add_argument("--ingest", action="store_true", help="put all into a store as well")
    options = parser.parse_args()
    chosen = {
        name: case for name, case in CASES.items() if not options.cases or any(word in name for word in options.cases)
    }
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "in"
        folder.mkdir()
        neighbours(folder)
        alone = extract(folder)
    print(f"{'neighbours alone':36} {'':12} {alone}")
    fine = len(alone.records) == 2
    for name, case in chosen.items():
        for words, well in line(name, case, alone.records):
            print(words, flush=True)
            fine = fine and well
    if options.ingest:
        fine = ingest(chosen) and fine
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())

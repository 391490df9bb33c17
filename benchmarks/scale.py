"""What an archive costs as it grows: CPU time and memory of an ingest, of reruns, and of reading it all again.

    python -m benchmarks.scale                              500 and 5,000 short invented pages, of eighty words
    python -m benchmarks.scale --ordinary                   the same number of pages of 350 words
    python -m benchmarks.scale --counts 500 5000 50000 --folder /tmp/scale     an hour; call it again to go on

Each stage is a process of its own, without Prefect, with one worker:
  ingest      every page into a new store
  unchanged   a rerun with nothing changed
  one field   a rerun after the rules of one field have changed
  everything  a rerun after everything has changed, page rules included: a full read of the same pages
CPU time is that of the writer and of its worker, imports left out and the worker's start (a second) not; memory is the
highest resident set of each. A line a stage: milliseconds an article, megabytes, and how many times cheaper a rerun is
than a full read: into a new store (`ingest`), or again in this one (`again`), where persons and events find nothing
new.
Then the cost of each count against the smallest, where 1.0 is linear.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.scale_helpers import write_articles

STAGES = ("ingest", "unchanged", "one field", "everything")
FIELD = "dates"


def main() -> None:
    """Measure what is not measured yet, and print all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--counts", type=int, nargs="+", default=[500, 5_000], metavar="N")
    parser.add_argument("--folder", type=Path, help="keep stores and figures here, and go on from what is there")
    parser.add_argument("--field", default=FIELD, help=f"whose rules change (default: {FIELD})")
    parser.add_argument("--ordinary", action="store_true", help="pages of ordinary size: 350 words, 30 kB")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--stage", choices=STAGES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.stage:
        print(json.dumps(_stage(options.stage, options.folder, options.field)))
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        found = {count: _measured(folder / str(count), count, options) for count in sorted(options.counts)}
    report(found)


def _measured(folder: Path, count: int, options: argparse.Namespace) -> dict[str, dict[str, float]]:
    """The figures of one count, by stage; those of an earlier call are kept in figures.json."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "figures.json"
    figures: dict[str, dict[str, float]] = json.loads(file.read_text()) if file.exists() else {}
    if not (folder / "pages.jsonl").exists():
        write_articles(folder / "pages.jsonl", count, seed=options.seed, pages=True, ordinary=options.ordinary)
    for stage in STAGES:
        if stage not in figures:
            words = ["--stage", stage, "--folder", str(folder), "--field", options.field]
            run = subprocess.run(
                [sys.executable, "-m", "benchmarks.scale", *words], stdout=subprocess.PIPE, text=True, check=True
            )
            figures[stage] = {**json.loads(run.stdout.splitlines()[-1]), "articles": count}
            file.write_text(json.dumps(figures, indent=1))
            print(f"{count:,} {stage}: {figures[stage]['cpu']:.1f} s of CPU", file=sys.stderr)
    return figures


def _stage(stage: str, folder: Path, field: str) -> dict[str, float]:
    """Run one stage in this process; its CPU seconds, seconds, and megabytes of the writer and of the worker."""
    from dateline.extractors.digests import digests as real
    from dateline.flows import collecting, rerunning
    from dateline.flows.request import IngestRequest, RerunRequest

    db = folder / "store.duckdb"
    digests = dict(real())
    for name in digests:
        if stage == "everything" or (stage == "one field" and name in (field, "incidents")):
            digests[name] = f"{digests[name]}+"
    vars(collecting)["code_digests"] = vars(rerunning)["code_digests"] = lambda: digests
    began, clock = _cpu(), time.monotonic()
    report: Any
    if stage == "ingest":
        report = collecting.collect(IngestRequest(inputs=[str(folder / "pages.jsonl")], db=db))
    else:
        report = rerunning.rerun(RerunRequest(db=db))
    assert "failed" not in report.outcomes, report.outcomes
    return {
        "cpu": _cpu() - began,
        "seconds": time.monotonic() - clock,
        "writer": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
        "worker": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000,
        "store": db.stat().st_size / 1e6,
        "archive": sum(file.stat().st_size for file in folder.glob("store.duckdb.warc/*")) / 1e6,
        "ledger": (folder / "store.duckdb.ledger").stat().st_size / 1e6,
    }


def _cpu() -> float:
    """CPU seconds of this process and of those that it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def report(found: dict[int, dict[str, dict[str, float]]]) -> None:
    """Print the figures and their ratios."""
    head = f"{'articles':>9}  {'stage':11}{'CPU s':>9}{'ms each':>9}{'writer MB':>11}{'worker MB':>11}"
    print(f"{head}  than: ingest   again")
    for count, figures in found.items():
        full = [figures[stage]["cpu"] for stage in ("ingest", "everything")]
        for stage, one in figures.items():
            each = one["cpu"] * 1000 / count
            shown = full if stage in ("unchanged", "one field") else ()
            ratio = "".join(f"{whole / one['cpu']:9.1f}x" for whole in shown)
            print(
                f"{count:9,}  {stage:11}{one['cpu']:9.1f}{each:9.2f}{one['writer']:11.0f}{one['worker']:11.0f}{ratio}"
            )
        kept = figures["ingest"]
        print(
            f"{'':9}  on disk after the ingest, kB an article: store {kept['store'] * 1000 / count:.1f}, "
            f"archive {kept['archive'] * 1000 / count:.1f}, ledger {kept['ledger'] * 1000 / count:.1f}"
        )
    first, *others = found
    for count in others:
        for stage in STAGES:
            growth = (found[count][stage]["cpu"] / count) / (found[first][stage]["cpu"] / first)
            print(f"{stage}: {count / first:g} times as many articles cost {growth:.2f} times as much each")


if __name__ == "__main__":
    main()

"""Read again what is in the archive, where rules, lexicons or gazetteer have changed. Nothing is fetched."""

import argparse
import os
import sys
import time
from typing import TYPE_CHECKING

from dateline.flows.cli.runner_option import NAMES, add_runner_options
from dateline.flows.cli.store_option import add_db_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.flows.cli.progress import Shown
    from dateline.flows.request import IngestReport, RerunRequest
    from dateline.models.rerun import Planned

EPILOG = """\
examples:
  dateline rerun --dry-run
  dateline rerun --db ledger.duckdb --jobs 2
  dateline rerun --since 2024-01 --until 2024-06-30 --source wire
  dateline rerun --field casualties
  dateline rerun --runner dask --address tcp://127.0.0.1:8786

Only what the change touches is read: one field of a text where that field's rules have changed, the whole page only
where the rules for pages have. What people decided stays. `dateline diff last-1 last` then shows what became different,
and why. If this is interrupted, call it again: it goes on where it was.
Incidents rest on all fields: with --field they are gathered anew only where the other fields are up to date.
Exit code 1 where nothing could be read or the store cannot be used; 4, at once, where another run is at work on it."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add this command's options."""
    add_db_option(parser)
    parser.add_argument("--since", metavar="DATE", help="only what was published then (YYYY-MM-DD or YYYY-MM) or later")
    parser.add_argument("--until", metavar="DATE", help="only what was published then or before")
    parser.add_argument("--source", metavar="NAME", help="only this source of the collection, or this publisher")
    parser.add_argument(
        "--field", action="append", dest="fields", metavar="FIELD", help="only this field (can be given several times)"
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would be read and how long it should take")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="worker processes (default: 1)")
    parser.add_argument(
        "--seconds", type=float, default=30.0, metavar="S", help="most for reading a page (default: 30)"
    )
    parser.add_argument("--shard", type=int, default=1000, metavar="N", help="inputs stored together (default: 1000)")
    parser.add_argument("--map", action="store_true", help="also trace the texts down to the bytes of their pages")
    add_runner_options(parser)


def run(options: argparse.Namespace) -> int:
    """Run the flow, or say what it would do; returns the exit code."""
    from pydantic import ValidationError

    from dateline.flows.leaving import leave_on_signals
    from dateline.flows.request import RerunRequest

    names = ("db", "since", "until", "source", "fields", "jobs", "seconds", "shard", "map", *NAMES)
    try:
        request = RerunRequest(**{name: getattr(options, name) for name in names})
    except ValidationError as error:
        for fault in error.errors():
            where = ".".join(str(part) for part in fault["loc"])
            _say(f"{where}: {fault['msg'].removeprefix('Value error, ')}".removeprefix(": "))
        return 2
    with leave_on_signals():
        return _dry(request) if options.dry_run else _rerun(request)


def _dry(request: "RerunRequest") -> int:
    from dateline.flows.rerunning import look_ahead
    from dateline.models.store import StoreError

    try:
        planned, sample = look_ahead(request)
    except StoreError as error:
        _say(str(error))
        return 1
    print(f"{planned.inputs:,} inputs")
    for count, what in _parts(planned):
        print(f"  {count:>9,}  {what}")
    if planned.waiting:
        print(f"incidents of {planned.waiting:,} texts would stay as they are: {_and(planned.others)} changed too")
    print(_time(planned, sample, jobs=request.jobs))
    return 0


def _parts(planned: "Planned") -> "list[tuple[int, str]]":
    rows = [(planned.nothing, "need nothing"), (planned.whole, "pages to be read whole")]
    rows += [(count, f"texts in which {name} would be read") for name, count in planned.fields.items()]
    return [row for row in rows if row[0]]


def _time(planned: "Planned", sample: "Sequence[float]", *, jobs: int) -> str:
    """How long it should take: from a sample, within twice the standard error of its mean."""
    from statistics import mean, stdev

    works = planned.whole + planned.again
    if not works:
        return "nothing is to be read; listing what stands takes seconds"
    each = mean(sample)
    off = 2 * stdev(sample) / len(sample) ** 0.5 if len(sample) > 1 else each
    low, high = (works * max(0.0, each + sign * off) / jobs for sign in (-1, 1))
    workers = f"{jobs} worker" + "s" * (jobs > 1)
    seen = f"{len(sample)} of {works:,} were read to see, {1000 * each:.0f} ms each"
    bounds = f"{_long(low)} to {_long(high)}; {seen}"
    return f"about {_long(works * each / jobs)} with {workers} ({bounds}), and some seconds to start and to end"


def _long(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = seconds / 60
    return f"{minutes:.0f} min" if minutes < 90 else f"{minutes / 60:.1f} h"


def _and(names: "Sequence[str]") -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _rerun(request: "RerunRequest") -> int:
    from dateline.flows.cli.progress import Shown
    from dateline.flows.leaving import leave
    from dateline.flows.lock import EXIT, RunUnderWay, running
    from dateline.flows.quiet import quiet_prefect
    from dateline.models.store import PATIENCE, Store, StoreError

    began = time.monotonic()
    try:
        with running(request.db):
            Store.existing(request.db, patience=PATIENCE).close()
    except RunUnderWay as error:
        _say(str(error))
        return EXIT
    except StoreError as error:
        _say(str(error))
        return 1
    api = quiet_prefect()
    _say(f"using Prefect at {api} ..." if api else "starting Prefect (its own temporary server; about 20 s) ...")
    with Shown(sys.stderr) as shown:
        wrong = _run_flow(request, shown)
    report = shown.report
    fault = wrong and (str(wrong).partition("\n")[0] or type(wrong).__name__)
    if report is None:
        _say(f"{fault}; call it again to go on (DATELINE_DEBUG=1 shows where it broke)")
        leave(EXIT if isinstance(wrong, RunUnderWay) else 1)
    _tell(report, request, time.monotonic() - began)
    if fault:
        _say(f"all is stored, but Prefect's own record of the run is not: {fault}")
        leave(0)
    return 0 if report.inputs > report.outcomes.get("failed", 0) or not report.inputs else 1


def _run_flow(request: "RerunRequest", shown: "Shown") -> Exception | None:
    from dateline.flows.rerun import rerun_telling

    try:
        rerun_telling(request, shown)
    except Exception as error:
        if os.environ.get("DATELINE_DEBUG"):
            raise
        return error
    return None


def _tell(report: "IngestReport", request: "RerunRequest", seconds: float) -> None:
    ended = ", ".join(f"{count:,} {outcome.replace('_', ' ')}" for outcome, count in report.outcomes.items())
    print(f"run {report.run_id} in {seconds:.0f} s: {report.inputs:,} inputs" + (f": {ended}" if ended else ""))
    db = "" if str(request.db) == "dateline.duckdb" else f" --db {request.db}"
    print(f"\nnext: dateline diff last-1 last{db}")


def _say(words: str) -> None:
    print(f"dateline: {words}", file=sys.stderr, flush=True)

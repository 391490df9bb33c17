"""Which inputs of the latest run gave nothing, why, through which source they came, and how often they were tried."""

import argparse
import csv
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dateline.flows.cli.store_option import add_db_option, reading

if TYPE_CHECKING:
    from dateline.models.store import Problem

EPILOG = """\
examples:
  dateline problems
  dateline problems --run 12 --format csv > problems.csv
  dateline problems --retry

`tries` counts the runs that tried an input since it last gave something. A page that failed to be read in three runs
(it killed its worker, or took too long) is given up: later runs do not try it until Dateline's code is another, or
--retry asks for it. --retry is a run of its own: what came in is read again from the archive, what did not is fetched
again; inputs that were tried --tries times are left.

Exit code 0: no input failed; 3: some did, or do so still; 1: the store cannot be used; 4: another run is at work."""

FAILED = 3
SHOWN = 50
COLUMNS = ("run", "outcome", "tries", "source", "input", "reason")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add this command's options."""
    parser.add_argument("--run", type=int, dest="number", metavar="N", help="of this run (default: the latest)")
    parser.add_argument("--all", action="store_true", help=f"list all, not only the first {SHOWN}")
    parser.add_argument("--retry", action="store_true", help="try again what failed, as a new run")
    parser.add_argument("--tries", type=int, default=5, metavar="N", help="tries after which it is left (default: 5)")
    parser.add_argument("--format", choices=("table", "csv"), default="table", help="default: table")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="worker processes of --retry (default: 1)")
    parser.add_argument(
        "--seconds", type=float, default=30.0, metavar="S", help="most for reading a page again (default: 30)"
    )
    parser.add_argument("--allow-private", action="store_true", help="fetch from private addresses too, for tests")
    add_db_option(parser)


def run(options: argparse.Namespace) -> int:
    """List what gave nothing, after another try where that is asked for; returns the exit code."""
    from dateline.models.store import StoreError

    number = options.number
    if options.retry:
        from dateline.flows.lock import EXIT, RunUnderWay

        try:
            number = _retry(options)
        except RunUnderWay as error:
            print(f"dateline: {error}", file=sys.stderr)
            return EXIT
        except StoreError as error:
            print(f"dateline: {error}", file=sys.stderr)
            return 1
    with reading(options.db) as store:
        if number is not None and number not in {one.run_id for one in store.runs()}:
            raise StoreError(f"there is no run {number}")
        problems = store.problems(run_id=number)
    if options.format == "csv":
        _csv(problems)
    else:
        _table(problems, every=options.all)
    return FAILED if any(one.outcome == "failed" for one in problems) else 0


def _retry(options: argparse.Namespace) -> int | None:
    """Try again; the run that this was, or the one that was asked for where there was nothing to try."""
    from pydantic import ValidationError

    from dateline.flows.cli.progress import Shown
    from dateline.flows.leaving import leave_on_signals
    from dateline.flows.request import Reading
    from dateline.flows.retry import retry

    if not options.db.exists():
        with reading(options.db):
            pass  # says that there is no store, and leaves
    try:
        how = Reading(jobs=options.jobs, seconds=options.seconds)
    except ValidationError as error:
        print(f"dateline: --{error.errors()[0]['loc'][0]}: {error.errors()[0]['msg']}", file=sys.stderr)
        raise SystemExit(2) from None
    with leave_on_signals(), Shown(sys.stderr, waiting="trying again") as shown:
        found = retry(
            options.db,
            run_id=options.number,
            how=how,
            most=options.tries,
            allow_private=options.allow_private,
            progress=shown,
        )
    if found is None:
        print("dateline: there is nothing to try again", file=sys.stderr)
        return None if options.number is None else int(options.number)
    ended = ", ".join(f"{count:,} {outcome.replace('_', ' ')}" for outcome, count in found.outcomes.items())
    print(f"dateline: tried {found.inputs:,} again: {ended}", file=sys.stderr)
    return found.run_id


def _row(one: "Problem") -> tuple[str, ...]:
    reason = " ".join((one.reason or "").split())
    return (str(one.run_id), one.outcome.replace("_", " "), str(one.tries), one.source or "", one.input_id, reason)


def _csv(problems: "Sequence[Problem]") -> None:
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(COLUMNS)
    out.writerows(_row(one) for one in problems)


def _table(problems: "Sequence[Problem]", *, every: bool) -> None:
    from rich.table import Table
    from rich.text import Text

    from dateline.flows.cli.render import console

    if not problems:
        print("every input gave an article")
        return
    out = console()
    table = Table(box=None, pad_edge=False, header_style="bold", expand=False)
    table.add_column("outcome", no_wrap=True)
    table.add_column("tries", no_wrap=True, justify="right")
    table.add_column("source", no_wrap=True, max_width=16)
    for name in ("input", "reason"):
        table.add_column(name, overflow="fold")
    listed = problems if every else problems[:SHOWN]
    for one in listed:
        table.add_row(*(Text(cell) for cell in _row(one)[1:]))
    out.print(f"run {problems[0].run_id}: {len(problems):,} inputs gave no article\n", markup=False)
    out.print(table)
    if len(listed) < len(problems):
        out.print(f"\nand {len(problems) - len(listed):,} more; --all lists them", markup=False)
    given_up = sum(one.given_up for one in problems)
    if given_up:
        out.print(f"\n{given_up:,} given up; --retry tries them all the same", markup=False)

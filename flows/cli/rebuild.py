"""Make the store again from archive (PATH.warc), ledger (PATH.ledger) and what people decided (PATH.people)."""

import argparse
import sys
from typing import TYPE_CHECKING

from dateline.flows.cli.store_option import add_db_option

if TYPE_CHECKING:
    from dateline.flows.rebuild import Rebuilt

EPILOG = """\
example:
  dateline rebuild --db ledger.duckdb

It gives the same rows, clock columns aside: runs, how each input ended and why, what each source gave, persons and
judgements are taken from the two files, and every page is read again from its bytes. Nothing is fetched. Pages that
were read by an older Dateline are read by the one of today, so their values are those of today's rules. A ledger that
was written by a Dateline older than this command only counts outcomes; where its store is lost too, every page of the
archive is taken in, but which inputs failed and why is not known any more.

The new store is made in PATH.rebuilding and takes the place of PATH when it is whole; the old one stays as
PATH.before-rebuild. If this is interrupted, call it again: it goes on where it was.

Exit code 0: all is there again; 1: there is no store, or it could not be made; 3: it was made, but the archive or the
ledger could not give everything."""

PARTLY = 3
SHOWN = 20


def configure(parser: argparse.ArgumentParser) -> None:
    """Add this command's options."""
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="worker processes (default: 1)")
    parser.add_argument(
        "--seconds", type=float, default=30.0, metavar="S", help="most for reading a page (default: 30)"
    )
    add_db_option(parser)


def run(options: argparse.Namespace) -> int:
    """Make the store again and say what came of it; returns the exit code."""
    from dateline.flows.cli.progress import Shown
    from dateline.flows.leaving import leave_on_signals
    from dateline.flows.rebuild import rebuild
    from dateline.models.store import StoreError

    try:
        with leave_on_signals(), Shown(sys.stderr, waiting="looking through the archive") as shown:
            done = rebuild(options.db, jobs=options.jobs, seconds=options.seconds, progress=shown)
    except StoreError as error:
        print(f"dateline: {error}", file=sys.stderr)
        return 1
    print(f"{options.db} is made again: {done.runs:,} runs, {done.inputs:,} inputs; `dateline verify` checks it")
    _tell(done)
    return 0 if done.whole else PARTLY


def _tell(done: "Rebuilt") -> None:
    if done.unknown:
        print(f"dateline: how {done.unknown:,} inputs ended was not written down in the ledger", file=sys.stderr)
    if done.found:
        print(f"dateline: {done.found:,} pages of the archive were taken in, in runs of their own", file=sys.stderr)
    for what, why in (("is lost", done.lost), ("cannot be read now", done.unread)):
        for capture, reason in list(why.items())[:SHOWN]:
            print(f"dateline: capture {capture} {what}: {reason}", file=sys.stderr)
        if len(why) > SHOWN:
            print(f"dateline: and {len(why) - SHOWN:,} more", file=sys.stderr)

"""Write incidents, claims, whole records or Web Annotations, for review and for other tools."""

import argparse
import sys
from pathlib import Path

from dateline.flows.cli.store_option import add_db_option, reading

EPILOG = """\
csv opens in every spreadsheet: one row a claim or an incident, low and high apart, the sentence beside the figure.
jsonl holds whole records, as `dateline extract` writes them (see `dateline schema`).
web-annotation is JSON-LD in the W3C's Web Annotation Data Model, one annotation a line and one for each value, with
selectors of the text (code points), the live page and, where the archive is there, the bytes of the capture.

examples:
  dateline export -o incidents.csv
  dateline export --what claims -o claims.csv
  dateline export --format jsonl -o records.jsonl
  dateline export --format web-annotation -o annotations.jsonl

Two articles may report one event: never add up figures over articles."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add this command's options."""
    parser.add_argument(
        "--format", choices=("csv", "jsonl", "web-annotation"), help="default: by the ending of -o, else csv"
    )
    parser.add_argument(
        "--what", choices=("incidents", "claims"), default="incidents", help="the rows of a csv (default: incidents)"
    )
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: standard output")
    add_db_option(parser)


def run(options: argparse.Namespace) -> int:
    """Write the export; says on standard error how much it was."""
    from dateline.flows.exporting import Unwritable, export_store, format_of

    kind = options.format or format_of(options.output)
    with reading(options.db) as store:
        try:
            done = export_store(store, options.output, kind=kind, what=options.what)
        except Unwritable as error:
            return _say(str(error), code=2)
    if done.uncaptured:
        _say(f"selectors of bytes are missing for {done.uncaptured:,} of the articles: they are not in the archive")
    where = "standard output" if options.output is None or str(options.output) == "-" else options.output
    return _say(f"{done.count:,} {done.what} to {where}")


def _say(words: str, *, code: int = 0) -> int:
    print(f"dateline: {words}", file=sys.stderr)
    return code

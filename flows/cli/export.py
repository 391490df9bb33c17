"""Write what the store holds for review, for annotation tools and for other programs."""

import argparse
import sys
from pathlib import Path

from dateline.flows.cli.store_option import add_db_option, reading

EPILOG = """\
xlsx and csv are sheets for reviewers: one row a claim, an incident or a fact, low and high apart, the sentence beside
the figure, a link to the words, and columns to fill in. html is a page to review a batch with in a browser, offline.
label-studio is a file of tasks with predictions. `dateline decide import FILE` takes all of these back.

jsonl holds whole records, as `dateline extract` writes them (see `dateline schema`); parquet the tables as people left
them; web-annotation is JSON-LD in the W3C's Web Annotation Data Model, one annotation a line, with selectors of the
text (code points), the live page and, where the archive is there, the bytes of the capture.

ucdp and acled are events in the columns of UCDP GED 25.1 and of ACLED, with figures by their rules; what no reader of
news can know (actors, conflicts) stays empty. Every format says which values people decided on.

examples:
  dateline export -o incidents.csv
  dateline export --what claims --order doubt -o claims.xlsx
  dateline export --format html --order doubt --limit 50 -o batch.html
  dateline export --place "North Waziristan" -o waziristan.xlsx
  dateline export --format label-studio -o tasks.json
  dateline export --format ucdp -o events.csv

Two articles may report one event: never add up claims or incidents over articles; --what events, ucdp and acled count
each event once."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add this command's options."""
    parser.add_argument(
        "--format",
        choices=("xlsx", "csv", "html", "label-studio", "jsonl", "parquet", "web-annotation", "ucdp", "acled"),
        help="default: by the ending of -o, else csv",
    )
    parser.add_argument(
        "--what",
        choices=("incidents", "claims", "events", "dates", "places", "leaders"),
        default="incidents",
        help="the rows of an xlsx, csv or parquet (default: incidents)",
    )
    parser.add_argument(
        "--order", choices=("date", "doubt"), default="date", help="doubt: what needs eyes first (default: date)"
    )
    parser.add_argument("--place", metavar="NAME", help="only what happened there: part of a name, or a country's code")
    parser.add_argument("--limit", type=_count, metavar="N", help="only the first N articles, or rows of a sheet")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: standard output")
    add_db_option(parser)


def run(options: argparse.Namespace) -> int:
    """Write the export; says on standard error how much it was."""
    from dateline.flows.exporting import Unwritable, export_store, format_of

    kind = options.format or format_of(options.output)
    with reading(options.db) as store:
        try:
            done = export_store(
                store,
                options.output,
                kind=kind,
                what=options.what,
                order=options.order,
                place=options.place,
                limit=options.limit,
            )
        except Unwritable as error:
            return _say(str(error), code=2)
    if done.uncaptured:
        _say(f"selectors of bytes are missing for {done.uncaptured:,} of the articles: they are not in the archive")
    if done.note:
        _say(done.note)
    where = "standard output" if options.output is None or str(options.output) == "-" else options.output
    return _say(f"{done.count:,} {done.what} to {where}")


def _count(words: str) -> int:
    if not words.isdigit() or not int(words):
        raise argparse.ArgumentTypeError(f"{words} is no number of articles")
    return int(words)


def _say(words: str, *, code: int = 0) -> int:
    print(f"dateline: {words}", file=sys.stderr)
    return code

"""Write incidents, claims, whole records or Web Annotations, for review and for other tools."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from dateline.flows.cli.store_option import add_db_option, reading

if TYPE_CHECKING:
    from dateline.models.store import Store

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
    from dateline.review.spreadsheet import write_csv
    from dateline.review.tables import claim_rows, incident_rows

    kind = options.format or ("jsonl" if options.output and options.output.suffix == ".jsonl" else "csv")
    rows = claim_rows if options.what == "claims" else incident_rows
    with reading(options.db) as store, _opened(options.output) as out:
        if kind == "csv":
            count = write_csv((row for _, record in store.records() for row in rows(record)), out)
            what = options.what
        elif kind == "web-annotation":
            count, what = _write_lines(_annotated(store), out), "annotations"
        else:
            count, what = _write_lines((record.to_json() for _, record in store.records()), out), "records"
    where = "standard output" if options.output is None or str(options.output) == "-" else options.output
    print(f"dateline: {count:,} {what} to {where}", file=sys.stderr)
    return 0


def _write_lines(lines: Iterable[str], out: TextIO) -> int:
    count = 0
    for line in lines:
        out.write(line + "\n")
        count += 1
    return count


def _annotated(store: "Store") -> Iterator[str]:
    """The annotations of every value; says at the end of how many articles the archive has no page."""
    from dateline.flows.cli.captured import captured
    from dateline.review.annotations import annotations

    missing = 0
    for article, record in store.records():
        kept = captured(store, article, record)
        missing += kept.data is None
        places = sorted({(fact.start, fact.stop) for facts in record.facts.values() for fact in facts})
        traced = {} if kept.data is None else dict(zip(places, kept.trace(places), strict=True))
        for one in annotations(record, kept.capture, traced, shown=kept.shown):
            yield json.dumps(one, ensure_ascii=False)
    if missing:
        words = f"selectors of bytes are missing for {missing:,} of the articles: they are not in the archive"
        print(f"dateline: {words}", file=sys.stderr)


@contextmanager
def _opened(path: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that appears under its name only once it is whole."""
    if path is None or str(path) == "-":
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        yield sys.stdout
        return
    # A device (/dev/stdout) is written to, never replaced.
    unfinished = path if path.exists() and not path.is_file() else path.with_name(path.name + ".part")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as out:
            yield out
        if unfinished != path:
            unfinished.replace(path)
    except OSError as error:
        print(f"dateline: {path} cannot be written: {(error.strerror or str(error)).lower()}", file=sys.stderr)
        raise SystemExit(2) from None
    finally:
        if unfinished != path:
            unfinished.unlink(missing_ok=True)

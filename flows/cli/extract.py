"""Read pages and texts and write one JSON record a line (see `dateline schema`). No database, no Prefect."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

EPILOG = """\
inputs: .html, .txt, .jsonl or .jsonl.gz of {"id", "html" | "text" | "path", "url"?, "title"?, "published"?},
.warc or .warc.gz, a folder of these, or - for standard input.

examples:
  dateline extract page.html
  dateline extract pages/ --jobs 2 -o records.jsonl
  curl -s https://example.org/story | dateline extract - --published 2024-05-03

Every input gets a record; one that could not be read says why in "result" and "reason".
Exit code 1 only where nothing at all could be read."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add this command's options."""
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="a page, a text, a JSONL file, a folder, or -")
    parser.add_argument("-o", "--output", metavar="FILE", help="write the records there (default: standard output)")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="worker processes (default: 1)")
    parser.add_argument(
        "--published", metavar="DATE", help="publication date (YYYY-MM-DD or YYYY-MM) of inputs that bring none"
    )


def run(options: argparse.Namespace) -> int:
    """Write the records of all inputs, in their order; returns the exit code."""
    from dateline.flows.workers import WorkersBroken
    from dateline.sources.jsonl import day_or_month

    if options.published and day_or_month(options.published) != options.published:
        print(f"dateline: {options.published} is no date like 2014-06-12 or 2014-06", file=sys.stderr)
        return 2
    if options.jobs < 1:
        print("dateline: --jobs must be at least 1", file=sys.stderr)
        return 2
    try:
        counts = _write(options)
    except WorkersBroken as error:
        print(f"dateline: nothing can be read here: {error}", file=sys.stderr)
        return 1
    readable = sum(counts.values()) - counts.get("failed", 0)
    return 0 if readable or not counts else 1


def _write(options: argparse.Namespace) -> dict[str, int]:
    """Write the records; how many there are of each result."""
    from dateline.flows.reading import read_all
    from dateline.sources.inputs import sources

    counts: dict[str, int] = {}
    with _opened(options.output) as out:
        for record in read_all(sources(options.inputs, published=options.published), jobs=options.jobs):
            out.write(record.to_json() + "\n")
            counts[record.article.result] = counts.get(record.article.result, 0) + 1
            if record.article.result == "failed":
                print(f"dateline: {record.id}: {record.article.reason}", file=sys.stderr)
    return counts


@contextmanager
def _opened(path: str | None) -> Iterator[TextIO]:
    if path is None or path == "-":
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")  # JSON lines are UTF-8 whatever the terminal's language
        yield sys.stdout
        return
    try:
        with Path(path).open("w", encoding="utf-8") as out:
            yield out
    except OSError as error:  # the folder is missing, the disk is full
        print(f"dateline: {path} cannot be written: {(error.strerror or str(error)).lower()}", file=sys.stderr)
        raise SystemExit(2) from None

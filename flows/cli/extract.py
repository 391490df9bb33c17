"""Read pages and texts and write one JSON record a line (see `dateline schema`). No database, no Prefect."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

EPILOG = """\
inputs: .html, .txt, .jsonl or .jsonl.gz of {"id", "html" | "text" | "path", "url"?, "title"?, "published"?},
a folder of these, or - for standard input.

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
    from dateline.flows.reading import read_all
    from dateline.sources.inputs import sources

    counts: dict[str, int] = {}
    with _opened(options.output) as out:
        for record in read_all(sources(options.inputs, published=options.published), jobs=options.jobs):
            out.write(record.to_json() + "\n")
            counts[record.article.result] = counts.get(record.article.result, 0) + 1
            if record.article.result == "failed":
                print(f"dateline: {record.id}: {record.article.reason}", file=sys.stderr)
    readable = sum(counts.values()) - counts.get("failed", 0)
    return 0 if readable or not counts else 1


@contextmanager
def _opened(path: str | None) -> Iterator[TextIO]:
    if path is None or path == "-":
        yield sys.stdout
        return
    with Path(path).open("w", encoding="utf-8") as out:
        yield out

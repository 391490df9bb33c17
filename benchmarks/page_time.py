"""CPU time of a page, start-up excluded, against trafilatura alone on the same pages in the same run.

    python benchmarks/page_time.py PAGES.jsonl[.gz] [ROUNDS]

PAGES holds lines of {"id", "html", "url"?}. One worker; each round reads every page once with each of the two, in turn,
and the figures are those of the quickest round. `ratio` is to stay at 1.3 or below.
"""

import gzip
import json
import logging
import sys
import time
from collections.abc import Callable
from typing import Any

import trafilatura

from dateline.extractors.page import read_page
from dateline.models.article import Source


def pages(path: str) -> list[dict[str, Any]]:
    """The lines of the file that hold a page."""
    with gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if row.get("html")]


def ours(row: dict[str, Any]) -> None:
    """A page read with everything that Dateline does to it."""
    read_page(Source(id=row["id"], page=row["html"].encode("utf-8", "replace"), charset="utf-8", url=row.get("url")))


def theirs(row: dict[str, Any]) -> None:
    """A page read by trafilatura, with its metadata and without comments."""
    trafilatura.bare_extraction(row["html"], url=row.get("url"), with_metadata=True, include_comments=False)


def seconds(read: Callable[[dict[str, Any]], None], rows: list[dict[str, Any]]) -> float:
    """The CPU seconds that reading all pages takes."""
    start = time.process_time()
    for row in rows:
        read(row)
    return time.process_time() - start


def main() -> None:
    """Print the figures."""
    logging.disable(logging.CRITICAL)
    rows = pages(sys.argv[1])
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    for row in rows[:5]:  # patterns are compiled and data files read at the first use
        ours(row), theirs(row)
    best = {read.__name__: float("inf") for read in (ours, theirs)}
    for _ in range(rounds):
        for read in (ours, theirs):
            best[read.__name__] = min(best[read.__name__], seconds(read, rows))
    print(f"pages {len(rows)}")
    for name, value in best.items():
        print(f"{name}_ms_a_page {1000 * value / len(rows):.2f}")
    print(f"ratio {best['ours'] / best['theirs']:.3f}")


if __name__ == "__main__":
    main()

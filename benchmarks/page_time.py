"""CPU time of a page, start-up excluded, against trafilatura alone on the same pages in the same run.

    python -m benchmarks.page_time PAGES.jsonl[.gz] [ROUNDS]

PAGES holds lines of {"id", "html", "url"?}. Both are given the bytes of the page, in UTF-8, and its address: to decode
them is part of the work. One worker. In each of ROUNDS rounds (default 5) every page is read by each in turn, and the
least time of each for a page counts: what else the machine is doing then falls out of the ratios. They are to stay at
1.3 or below (`ours`), and at 1.6 with the map from the text down to the bytes, which is made on demand (`mapped`).
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
from dateline.extractors.page.byte_map import byte_map
from dateline.models.article import Source

ROUNDS = 5


def pages(path: str) -> list[dict[str, Any]]:
    """The lines of the file that hold a page."""
    with gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if row.get("html")]


def source(row: dict[str, Any]) -> Source:
    """A page as it would be given to be read."""
    return Source(id=row["id"], page=row["html"].encode("utf-8", "replace"), charset="utf-8", url=row.get("url"))


def ours(page: Source) -> None:
    """A page read with everything that Dateline does to it."""
    read_page(page)


def mapped(page: Source) -> None:
    """The same, and where each stretch of the text stands in the bytes."""
    byte_map(page.page or b"", read_page(page).text, charset=page.charset)


def theirs(page: Source) -> None:
    """A page read by trafilatura, with its metadata and without comments."""
    trafilatura.bare_extraction(page.page, url=page.url, with_metadata=True, include_comments=False)


READERS = (theirs, ours, mapped)


def seconds(read: Callable[[Source], None], page: Source) -> float:
    """The CPU seconds that reading a page takes."""
    start = time.process_time()
    read(page)
    return time.process_time() - start


def main() -> None:
    """Print the figures."""
    logging.disable(logging.CRITICAL)
    given = [source(row) for row in pages(sys.argv[1])]
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS
    for page in given[:5]:  # patterns are compiled and data files read at the first use
        for read in READERS:
            read(page)
    least = {(read, page.id): float("inf") for read in READERS for page in given}
    for _ in range(rounds):  # not page by page: what is kept of one page would then be at hand for the same page again
        for page in given:
            for read in READERS:
                least[read, page.id] = min(least[read, page.id], seconds(read, page))
    total = {read: sum(least[read, page.id] for page in given) for read in READERS}
    print(f"pages {len(given)}")
    for read, sum_of in total.items():
        print(f"{read.__name__}_ms_a_page {1000 * sum_of / len(given):.2f}")
    print(f"ratio {total[ours] / total[theirs]:.3f}")
    print(f"ratio_mapped {total[mapped] / total[theirs]:.3f}")


if __name__ == "__main__":
    main()

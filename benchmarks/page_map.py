"""How much of the article texts of some pages is traced to bytes, and whether those bytes say what the texts say.

    python -m benchmarks.page_map PAGES...

PAGES are .html files, or .jsonl[.gz] files with lines of {"id", "html", "url"?}. White space is left out of all counts.
`all` is the share of the characters of all texts that are traced, `quotes` that of those inside any fact's quote;
`untrue` are the stretches whose bytes, decoded and stripped of tags, are not the text.
"""

import html
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.page_time import pages
from dateline.extractors.article import read
from dateline.extractors.page.byte_map import byte_map, trace
from dateline.extractors.page.characters import squeezed
from dateline.extractors.page.decode import decode
from dateline.models.article import Source
from dateline.models.record import Record
from dateline.models.span import Traced

_HIDDEN = re.compile(r"(?is)<!--.*?-->|<(script|style|svg|noscript|iframe|textarea|template)\b.*?</\1\s*>")
_TAG = re.compile(r"""<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>""")
_WIDE = {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}
_LEAST = 0.995


def sources(paths: list[str]) -> Iterator[Source]:
    """The pages of the files, as they would be given to be read."""
    for path in paths:
        if path.endswith(".html"):
            yield Source(id=Path(path).name, page=Path(path).read_bytes())
            continue
        for row in pages(path):
            page = row["html"].encode("utf-8", "replace")
            yield Source(id=row["id"], page=page, charset="utf-8", url=row.get("url"))


def says(source: Source, part: Traced) -> str:
    """What the bytes of a stretch say: decoded, stripped of tags, white space left out."""
    capture = source.page or b""
    encoding = decode(capture, source.charset).encoding
    raw = capture[part.byte_start : part.byte_stop].decode(_WIDE.get(encoding, encoding), "replace")
    return squeezed(html.unescape(_TAG.sub("", _HIDDEN.sub("", raw))))


def measure(source: Source, record: Record) -> tuple[int, int, int, int, int]:
    """Characters, those traced, the same of quotes, and untrue stretches."""
    capture, text = source.page or b"", record.article.text
    parts = byte_map(capture, text, charset=source.charset)
    quotes = sorted({(fact.start, fact.stop) for facts in record.facts.values() for fact in facts})
    traced = [part for parts in trace(capture, text, quotes, charset=source.charset) for part in parts]
    untrue = sum(says(source, part) != squeezed(text[part.start : part.stop]) for part in [*parts, *traced])
    return (
        len(squeezed(text)),
        sum(len(squeezed(text[part.start : part.stop])) for part in parts),
        sum(len(squeezed(text[start:stop])) for start, stop in quotes),
        sum(len(squeezed(text[part.start : part.stop])) for part in traced),
        untrue,
    )


def main() -> None:
    """Print the figures, and the pages of which less is traced than should be."""
    total = [0] * 5
    count = 0
    seconds = 0.0
    for source in sources(sys.argv[1:]):
        record = read(source)
        if not record.article.text:
            continue
        start = time.process_time()
        found = measure(source, record)
        seconds += time.process_time() - start
        count += 1
        total = [before + more for before, more in zip(total, found, strict=True)]
        if found[1] < _LEAST * found[0] or found[3] < found[2] or found[4]:
            print(f"{source.id} all {found[1] / found[0]:.4f} quotes {found[3]}/{found[2]} untrue {found[4]}")
    print(f"pages {count}")
    print(f"all {total[1] / max(1, total[0]):.5f}")
    print(f"quotes {total[3] / max(1, total[2]):.5f}")
    print(f"untrue {total[4]}")
    print(f"ms_a_page {1000 * seconds / max(1, count):.1f}")


if __name__ == "__main__":
    main()

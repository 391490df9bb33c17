"""From a value to the words around it: its sentence, and the page as it was written there."""

import re

from dateline.models.record import Record
from dateline.models.span import Span

AROUND = 120  # characters of the page on both sides of a value

# What a terminal would obey, or not show: control characters, direction marks, zero-width characters.
_UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_SPACE = re.compile(r"\s+")


def sentence_at(record: Record, start: int, stop: int) -> Span:
    """The sentence, or run of sentences, that holds `start:stop` of the record's text; its line where none does (a
    record whose sentences were not kept)."""
    text = record.article.text
    touching = [(a, b) for a, b in record.sentences if a < stop and start < b]
    if not touching:
        after = text.find("\n", stop)
        return Span.of(text, text.rfind("\n", 0, start) + 1, after if after >= 0 else len(text))
    return Span.of(text, min(start, touching[0][0]), max(stop, touching[-1][1]))


def around(page: str, start: int, stop: int, *, reach: int = AROUND) -> tuple[str, str, str]:
    """The HTML before, of and after `page[start:stop]`, as it was written; where it is cut there is "…"."""
    before = ("…" if start > reach else "") + page[max(0, start - reach) : start]
    after = page[stop : stop + reach] + ("…" if stop + reach < len(page) else "")
    return before, page[start:stop], after


def printable(html: str) -> str:
    """HTML as it can be put on a terminal: white space folded, and what shows nothing, or would turn the line around,
    written as ‹U+202E›."""
    return _UNSHOWN.sub(lambda found: f"‹U+{ord(found[0]):04X}›", _SPACE.sub(" ", html))

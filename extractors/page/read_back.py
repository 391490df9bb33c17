"""Reading a page back: whether a range of it, or of its bytes, says what was read there."""

from collections.abc import Sequence
from html import unescape
from typing import Literal

from dateline.extractors.page.characters import squeezed
from dateline.extractors.page.decode import decode
from dateline.extractors.page.stream import visible
from dateline.extractors.page.tree import clean_characters

# What part of a page is decoded with: the mark that tells the order of its bytes stands above it.
_WITHOUT_MARK = {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}
_SHIFTED = ("iso2022", "hz")  # bytes that mean nothing without the escape sequence above them, in their line

# A half-open range of the page's characters or of its bytes, and what it says; or only how it begins and ends.
Said = tuple[Literal["page", "ends", "bytes"], int, int, str]
_END = 8  # characters of a beginning and an end


def read_back(capture: bytes, charset: str | None, said: Sequence[Said]) -> list[bool]:
    """Whether each range says its words: decoded, stripped of tags, without white space. `charset` is what the HTTP
    header said."""
    decoded = decode(capture, charset)
    html = clean_characters(decoded.html)
    found = []
    for unit, start, stop, words in said:
        written = _characters(capture, decoded.encoding, start, stop) if unit == "bytes" else html[start:stop]
        found.append(0 <= start < stop and says(written, words, ends=unit == "ends"))
    return found


def says(html: str, words: str, *, ends: bool = False) -> bool:
    """Whether a piece of a page, cut outside tags, shows `words`, or is those words as an attribute writes them. With
    `ends` it may show other words between their beginning and their end."""
    wanted = squeezed(words)
    for shown in (squeezed(html), squeezed(unescape(html)), visible(html).characters):
        if shown == wanted or (ends and shown.startswith(wanted[:_END]) and shown.endswith(wanted[-_END:])):
            return True
    return False


def _characters(capture: bytes, encoding: str, start: int, stop: int) -> str:
    encoding = _WITHOUT_MARK.get(encoding, encoding)
    if capture.startswith((b"\xfe\xff", b"\x00\x00\xfe\xff")):
        encoding = encoding.replace("-le", "-be")
    line = capture.rfind(b"\n", 0, start) + 1 if encoding.startswith(_SHIFTED) else start
    before = capture[line:start].decode(encoding, "replace")
    return clean_characters(capture[line:stop].decode(encoding, "replace")[len(before) :])

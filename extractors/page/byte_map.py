"""From characters of a decoded page to the bytes of its capture, through whatever encoding it was read in.

Made on demand. Clean UTF-8 is counted by encoding it again; any other page is decoded a second time, some bytes at
once, and byte by byte where a range begins or ends. The time is linear in the length of the page, whatever the ranges.
"""

import codecs
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from dateline.extractors.page.decode import Decoded, decode, mark_of
from dateline.extractors.page.locate import Place, Stretch, map_text
from dateline.extractors.page.tree import clean_characters
from dateline.models.span import Traced

_CHUNK = 64  # bytes decoded at once; where a range begins or ends in them they are decoded again, one by one


def byte_map(capture: bytes, text: str, *, charset: str | None = None) -> list[Traced]:
    """Every stretch of an article's text down to the bytes that it was read from, in text order.

    `capture` and `charset` (what the HTTP header said) are those that the page was read with. What is in no stretch
    does not stand in the visible part of the page.
    """
    return trace(capture, text, [(0, len(text))], charset=charset)[0]


def trace(capture: bytes, text: str, quotes: Sequence[Place], *, charset: str | None = None) -> list[list[Traced]]:
    """As `byte_map`, for each of some quotes (half-open offsets in `text`): one stretch, or several where the page has
    other words between them, or none where it does not show the quote."""
    decoded = decode(capture, charset)
    mapped = map_text(clean_characters(decoded.html), text)
    return _traced(capture, decoded, [mapped.stretches(*quote) for quote in quotes])


def trace_given(
    capture: bytes, text: str, quotes: Sequence[Place], *, charset: str | None = None
) -> list[list[Traced]]:
    """As `trace`, for a text that was given: it stands in its capture as it is, line ends aside."""
    decoded = decode(capture, charset)
    # Offsets in the text of the line ends that were two characters.
    pairs = [found.start() - number for number, found in enumerate(re.finditer("\r\n", decoded.html))]
    found = []
    for start, stop in quotes:
        left, right = start + bisect_left(pairs, start), stop + bisect_left(pairs, stop)
        same = decoded.html[left:right].replace("\r\n", "\n") == text[start:stop]
        found.append([Stretch(start, stop, left, right)] if same else [])
    return _traced(capture, decoded, found)


def page_html(capture: bytes, charset: str | None = None) -> str:
    """The decoded page, in which the offsets of a page count."""
    return clean_characters(decode(capture, charset).html)


def _traced(capture: bytes, decoded: Decoded, found: Sequence[Sequence[Stretch]]) -> list[list[Traced]]:
    """Stretches of the decoded page with their bytes."""
    pages = [(stretch.page_start, stretch.page_stop) for stretches in found for stretch in stretches]
    places = iter(byte_ranges(capture, decoded, pages))
    return [
        [Traced(part.start, part.stop, part.page_start, part.page_stop, *next(places)) for part in stretches]
        for stretches in found
    ]


def byte_ranges(capture: bytes, decoded: Decoded, ranges: Sequence[Place]) -> list[Place]:
    """The bytes of `capture` that ranges of `decoded.html` were read from; all are half-open, none empty.

    Bytes that gave U+FFFD are those of that character. In ISO-2022-JP, whose bytes mean nothing without the escape
    sequence above them, a range holds an escape sequence only where it stands directly before its first character.
    """
    if len(capture) == len(decoded.html):  # ASCII, or an encoding of one byte a character
        return list(ranges)
    mark = mark_of(capture)
    if decoded.encoding == "utf-8" and capture.removeprefix(mark) == decoded.html.encode("utf-8", "surrogatepass"):
        edges = sorted({edge for place in ranges for edge in place})
        at = dict(zip(edges, _utf8_offsets(decoded.html, len(mark), edges), strict=True))
        return [(at[start], at[stop]) for start, stop in ranges]
    wanted = sorted({offset for start, stop in ranges for offset in (start, stop - 1)})
    found = dict(zip(wanted, _characters(capture, decoded, wanted), strict=True))
    return [(found[start][0], found[stop - 1][1]) for start, stop in ranges]


def _utf8_offsets(html: str, byte: int, edges: Sequence[int]) -> Iterator[int]:
    """The bytes at which some characters of clean UTF-8 begin; `edges` ascending, `byte` that of the first."""
    before = 0
    for edge in edges:
        byte += len(html[before:edge].encode())
        before = edge
        yield byte


def _characters(capture: bytes, decoded: Decoded, wanted: Sequence[int]) -> Iterator[Place]:
    """The bytes of each wanted character; `wanted` are offsets in the decoded page, ascending."""
    mark = mark_of(capture)
    decoder = codecs.getincrementaldecoder(decoded.encoding)("replace")
    if mark and decoded.encoding != "utf-8":  # UTF-16 and UTF-32 take their order from it
        decoder.decode(mark)
    byte, character = len(mark), 0
    index = 0
    end = byte  # of the last character that is complete
    while byte < len(capture) and index < len(wanted):
        chunk = capture[byte : byte + _CHUNK]
        last = byte + len(chunk) == len(capture)
        state = decoder.getstate()
        size = len(decoder.decode(chunk, last))
        stop = bisect_left(wanted, character + size, index)
        if stop > index:
            decoder.setstate(state)
            places = list(_one_by_one(decoder, chunk, byte, end, last))
            yield from (places[offset - character] for offset in wanted[index:stop])
            index, end = stop, places[-1][1]
        elif size:
            end = byte + len(chunk) - len(decoder.getstate()[0])
        byte, character = byte + len(chunk), character + size


def _one_by_one(decoder: codecs.IncrementalDecoder, chunk: bytes, byte: int, end: int, last: bool) -> Iterator[Place]:
    """The bytes of each character that a chunk completes. `byte`: where the chunk begins; `end`: where the last
    character before it ends, which may be some bytes above."""
    for number in range(len(chunk)):
        final = last and number == len(chunk) - 1
        size = len(decoder.decode(chunk[number : number + 1], final))
        if not size:
            continue
        stop = byte + number + 1 - len(decoder.getstate()[0])
        # Several at once: bytes that could not be read, and then one that could. Each took a byte, the first the rest.
        for left in range(size - 1, -1, -1):
            yield end, stop - left
            end = stop - left

"""Where on the decoded page the words of a text stand.

The page's visible characters, white space left out, are one stream; each line of the text is sought in it, in order.
Every step moves forward or searches a bounded stretch, so the time is linear in the length of the page.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import islice, takewhile

from dateline.extractors.page.characters import squeezed
from dateline.extractors.page.stream import Stream, visible

_LINE = re.compile(r"[^\n\t]{1,4096}")  # longer lines are sought in parts, so that looking into one is cheap
_LONG = 60  # squeezed characters that stand only once on nearly every page
_SEED = 12  # characters that a piece of a changed line must have in common with the page
_CLOSE, _CLOSE_REACH = 8, 2000  # fewer will do where it is close
_NEAR = 4  # and still fewer where it goes on after a few characters that were left out: the mark of a note, a formula
_LEFT_OUT = 120  # characters left out between two pieces
_STEP = 4  # characters of a part of a long word
_REACH = 20_000  # characters of the stream in which the next piece of a line is sought
_MISSES = 200  # searches over long stretches that may find nothing: the time stays linear

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """`text[start:stop]` stands at `page[page_start:page_stop]`, tags, entities and white space aside."""

    start: int
    stop: int
    page_start: int
    page_stop: int


@dataclass(frozen=True, slots=True)
class Piece:
    """`text[start:stop]` stands in the stream at `place`, white space aside."""

    start: int
    stop: int
    place: Place


@dataclass(frozen=True, slots=True)
class TextMap:
    """Where a text stands on a page: its pieces, in text order. What is in none does not stand there."""

    text: str
    stream: Stream
    pieces: list[Piece]

    def within(self, start: int, stop: int) -> list[Piece]:
        """The pieces of `text[start:stop]`."""
        first = bisect_right(self.pieces, start, key=lambda piece: piece.stop)
        parts = []
        for piece in takewhile(lambda piece: piece.start < stop, islice(self.pieces, first, None)):
            left, right = max(start, piece.start), min(stop, piece.stop)
            at = piece.place[0] + len(squeezed(self.text[piece.start : left]))
            if size := len(squeezed(self.text[left:right])):
                parts.append(Piece(left, right, (at, at + size)))
        return parts

    def stretches(self, start: int, stop: int) -> list[Stretch]:
        """`text[start:stop]` on the page: one stretch, or several where other words stand between them."""
        return [
            Stretch(piece.start, piece.stop, *self.stream.on_page(*piece.place)) for piece in self.within(start, stop)
        ]


def map_text(html: str, text: str) -> TextMap:
    """The map of `text` (headline, body; lines in the order of the page) to the decoded page `html`."""
    stream = visible(html)
    return map_rest(stream, stream.characters, text)


def map_rest(stream: Stream, characters: str, text: str) -> TextMap:
    """The map of `text` to a page, sought among `characters`: those of the stream, what is no part of it blanked."""
    pieces = pieces_of(characters, text)
    headline = _LINE.search(text)
    if headline and not _covers(pieces, *headline.span()) and (place := _in_head(stream.html, headline[0])):
        body = [piece for piece in pieces if piece.start >= headline.end()]
        pieces = [Piece(*headline.span(), stream.add(*place)), *body]
    return TextMap(text, stream, pieces)


def _covers(pieces: Sequence[Piece], start: int, stop: int) -> bool:
    """Whether the first of some pieces is the whole of a stretch of the text."""
    return bool(pieces) and pieces[0].start <= start and stop <= pieces[0].stop


def pieces_of(characters: str, text: str) -> list[Piece]:
    """Every piece of `text` that stands in a stream of characters, in text order."""
    lines = [found for found in _LINE.finditer(text) if not found[0].isspace()]
    places = _locate(characters, [squeezed(line[0]) for line in lines])
    fences = _fences(places, len(characters))
    pieces: list[Piece] = []
    at = 0
    for line, place, fence in zip(lines, places, fences, strict=True):
        if place:
            start = line.start() + len(line[0]) - len(line[0].lstrip())
            pieces.append(Piece(start, line.start() + len(line[0].rstrip()), place))
            at = place[1]
            continue
        offsets = _offsets(line[0])
        for skip, place in _changed(characters, line[0], at, fence):
            first, last = offsets[skip], offsets[skip + place[1] - place[0] - 1]
            pieces.append(Piece(line.start() + first, line.start() + last + 1, place))
            at = max(at, place[1])
    return pieces


def _locate(characters: str, wanted: Sequence[str]) -> list[Place | None]:
    """For each line (squeezed) its place in the stream (half-open), None where it does not stand there as a whole.

    Lines come in the order of the page. Long ones are sought first and fence in the short ones, which may stand in
    many places.
    """
    found: list[Place | None] = [None] * len(wanted)
    misses = 0
    at = 0
    for number, words in enumerate(wanted):
        if len(words) >= _LONG:
            start = characters.find(words, at, len(characters) if misses < _MISSES else at + len(words) + _REACH)
            misses += start < 0
            if start >= 0:
                at = start + len(words)
                found[number] = start, at
    fences = _fences(found, len(characters))
    at = 0
    for number, words in enumerate(wanted):
        place = found[number]
        if place:
            at = place[1]
        elif words:
            start = characters.find(words, at, min(fences[number], at + len(words) + _REACH))
            if start >= 0:
                at = start + len(words)
            elif misses < _MISSES:  # out of the page's order: a table, a headline that stands below its deck
                misses += 1
                below = characters.find(words, at)
                start = below if below >= 0 else characters.find(words)
            if start >= 0:
                found[number] = start, start + len(words)
    return found


def _fences(found: list[Place | None], end: int) -> list[int]:
    """For each line the start of the next line that was found."""
    fences = [end] * len(found)
    for number in range(len(found) - 1, -1, -1):
        fences[number] = end
        place = found[number]
        if place:
            end = place[0]
    return fences


def _changed(characters: str, line: str, at: int, fence: int) -> Iterator[tuple[int, Place]]:
    """The pieces of a line that does not stand in the stream as a whole: (squeezed offset in the line, place).

    They are whole words, in the order of the line, sought from `at` to `fence`, and then elsewhere: rows of a table in
    a table are told twice, and their headings together.
    """
    words, begins = squeezed(line), _begins(line)
    sure = fence - at <= 4 * len(words) + _LEFT_OUT  # between neighbours that close a few characters are sure enough
    top = beyond = at
    index = misses = 0
    while index < len(begins) - 1:
        begin = begins[index]
        start = _seek(characters, words, begin, at, fence, near=sure)
        if start < 0 and misses < _MISSES:
            misses += 1
            word = words[begin : max(begins[index + 1], begin + (0 if begins[index + 1] - begin >= _NEAR else _CLOSE))]
            start = characters.find(word, beyond, beyond + _REACH)
            if start < 0:
                start = characters.find(word, max(0, top - _REACH), top)
        same = _in_common(words[begin:], characters[start : start + len(words) - begin]) if start >= 0 else 0
        after = bisect_right(begins, begin + same) - 1  # the first word that is not wholly the same
        if after == index:
            index += 1
            continue
        stop = start + begins[after] - begin
        yield begin, (start, stop)
        index, sure, beyond = after, True, stop
        if at <= start < fence:
            at = stop


def _seek(characters: str, words: str, begin: int, at: int, fence: int, *, near: bool) -> int:
    """Where in the stream `words` go on from `begin`: the fewer characters are asked for, the closer they must be."""
    start = characters.find(words[begin : begin + _SEED], at, min(fence, at + _REACH))
    if start < 0:
        start = characters.find(words[begin : begin + _CLOSE], at, min(fence, at + _CLOSE_REACH))
    if start < 0 and near:
        size = 1 if _is_word(words[begin]) else _NEAR
        start = characters.find(words[begin : begin + size], at, min(fence, at + _LEFT_OUT))
    return start


def _begins(line: str) -> list[int]:
    """The squeezed offsets at which the words of a line begin, and its end. Long words, and scripts that write none,
    are parted."""
    begins = [0]
    for word in line.split():
        size, first = len(squeezed(word)), begins[-1]
        step = 1 if _is_word(word[0]) else _STEP
        begins += range(first + step, first + size, step) if size > _SEED or step == 1 else ()
        begins += [first + size] if size else []
    return begins


def _is_word(character: str) -> bool:
    """Whether a single character says as much as a word: Chinese and Japanese ones do."""
    return "\u3040" <= character <= "\u9fff"


def _in_common(one: str, other: str) -> int:
    """How many characters two texts have in common from their beginning."""
    return next(
        (at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), min(len(one), len(other))
    )


def _offsets(line: str) -> list[int]:
    """The offset in `line` of each of its squeezed characters."""
    if line.isascii():
        return [offset for offset, character in enumerate(line) if not character.isspace()]
    return [offset for offset, character in enumerate(line) for _ in squeezed(character)]


def _in_head(html: str, headline: str) -> Place | None:
    """Where a headline that the page does not show stands in its head: in its title, or an attribute."""
    for written in (headline, escape(headline, quote=False), escape(headline)):
        start = html.find(written)
        if start >= 0:
            return start, start + len(written)
    return None

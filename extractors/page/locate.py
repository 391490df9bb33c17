"""Where on the decoded page the words of a text stand.

The page's visible characters, white space left out, are one stream; each paragraph is sought in it, in order. Every
step moves forward or searches a bounded stretch, so the time is linear in the length of the page.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape, unescape

from dateline.extractors.page.characters import squeezed

# A tag, with ">" allowed in quoted values. "<" outside quotes ends the attempt, which keeps the search linear.
_TAG = re.compile(r"""<(?:!--|[/!?]?([a-zA-Z][\w:-]*)?(?>[^<>"'=]+|=\s*"[^"]*"|=\s*'[^']*'|["'=])*+>)""")
_UNSHOWN = frozenset({"script", "style", "title", "template", "noscript", "iframe", "textarea", "svg"})
_MAY_HIDE = _UNSHOWN | {name.upper() for name in _UNSHOWN} | {name.capitalize() for name in _UNSHOWN}
_PIECE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?|.", re.DOTALL)
_LONG = 60  # squeezed characters that stand only once on nearly every page
_SEED = 12  # characters that a piece of a changed paragraph must have in common with the page
_STEP = 4  # characters by which the search for the next piece moves on
_REACH = 20_000  # characters of the stream in which the next piece of a paragraph is sought
_MISSES = 200  # searches to the end of the page that may find nothing: the time stays linear


@dataclass(frozen=True, slots=True)
class Stretch:
    """`text[start:stop]` stands at `page[page_start:page_stop]`, tags, entities and white space aside."""

    start: int
    stop: int
    page_start: int
    page_stop: int


@dataclass
class Stream:
    """The visible characters of a decoded page without white space, and the text nodes they come from."""

    html: str
    characters: str
    starts: list[int] = field(repr=False)  # of each node, in `characters`
    nodes: list[tuple[int, int]] = field(repr=False)  # of each node, on the page

    def offset(self, at: int) -> int:
        """The offset on the page of character `at` of the stream."""
        return self._place(at)[0]

    def end(self, at: int) -> int:
        """The offset on the page just past character `at` of the stream."""
        return self._place(at)[1]

    def _place(self, at: int) -> tuple[int, int]:
        number = bisect_right(self.starts, at) - 1
        left = at - self.starts[number]
        start, stop = self.nodes[number]
        raw = self.html[start:stop]
        for piece in _PIECE.finditer(raw):
            size = len(squeezed(unescape(piece[0])))
            if size > left:
                return start + piece.start(), start + piece.end()
            left -= size
        return stop, stop


def visible(html: str) -> Stream:
    """The visible stream of a decoded page."""
    parts: list[str] = []
    starts: list[int] = []
    nodes: list[tuple[int, int]] = []
    at = length = 0
    while at < len(html):
        tag = _TAG.search(html, at)
        edge = tag.start() if tag else len(html)
        raw = html[at:edge]
        if raw and not raw.isspace():
            words = squeezed(unescape(raw) if "&" in raw else raw)
            if words:
                parts.append(words)
                starts.append(length)
                nodes.append((at, edge))
                length += len(words)
        if tag is None:
            break
        name = tag[1]
        at = tag.end() if name and name not in _MAY_HIDE else _after(html, tag)
    return Stream(html, "".join(parts), starts, nodes)


def _after(html: str, tag: re.Match[str]) -> int:
    """Where the text goes on after a tag: past the end of what is not shown."""
    if tag[0] == "<!--":
        end = html.find("-->", tag.end())
        return len(html) if end < 0 else end + 3
    name = (tag[1] or "").lower()
    if name in _UNSHOWN and tag[0][1] not in "/!?" and not tag[0].endswith("/>"):
        closing = re.compile(f"</{name}", re.IGNORECASE).search(html, tag.end())
        return closing.start() if closing else tag.end() if name in ("noscript", "svg") else len(html)
    return tag.end()


def place(stream: Stream, words: str) -> tuple[int, int] | None:
    """Where `words` stand on the page first: (start, stop), or None. Where other words stand between them (a text
    taken from several elements), their beginning and the end that follows it."""
    wanted = squeezed(words)
    if not wanted:
        return None
    start = stream.characters.find(wanted)
    if start >= 0:
        return stream.offset(start), stream.end(start + len(wanted) - 1)
    start = stream.characters.find(wanted[:_SEED])
    if start < 0:
        return None
    last = stream.characters.find(wanted[-_SEED:], start, start + 2 * len(wanted) + _REACH)
    return stream.offset(start), stream.end(last + len(wanted[-_SEED:]) - 1 if last >= 0 else start + _SEED - 1)


def locate(stream: Stream, lines: Sequence[str]) -> list[tuple[int, int] | None]:
    """For each line its place in the stream (half-open), None where it does not stand there as a whole.

    Lines come in the order of the page. Long ones are sought first and fence in the short ones, which may stand in
    many places.
    """
    wanted = [squeezed(line) for line in lines]
    found: list[tuple[int, int] | None] = [None] * len(lines)
    characters = stream.characters
    misses = 0
    at = 0
    for number, words in enumerate(wanted):
        if len(words) >= _LONG:
            start = characters.find(words, at, len(characters) if misses < _MISSES else at + _REACH)
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
            start = characters.find(words, at, fences[number])
            if start >= 0:
                at = start + len(words)
            elif misses < _MISSES:  # out of the page's order: a table, a headline that stands below its deck
                misses += 1
                start = characters.find(words)
            if start >= 0:
                found[number] = start, start + len(words)
    return found


def _fences(found: list[tuple[int, int] | None], end: int) -> list[int]:
    """For each line the start of the next line that was found."""
    fences = [end] * len(found)
    for number in range(len(found) - 1, -1, -1):
        fences[number] = end
        place = found[number]
        if place:
            end = place[0]
    return fences


def text_map(html: str, text: str) -> list[Stretch]:
    """Every stretch of `text` (lines in the order of the page) that stands on the page `html`, in text order.

    Stretches are as long as the text is on the page without a break by other words. What is not listed does not
    stand on the page (in its visible part).
    """
    stream = visible(html)
    lines = [(match.start(), match[0]) for match in re.finditer(r"[^\n\t]+", text) if match[0].strip()]
    places = locate(stream, [line for _, line in lines])
    fences = _fences(places, len(stream.characters))
    stretches: list[Stretch] = []
    at = 0
    for number, (offset, line) in enumerate(lines):
        place = places[number]
        if place:
            stretches.append(_stretch(stream, offset, line, 0, place))
            at = place[1]
        elif not number and (unseen := _in_head(html, line)):
            stretches.append(Stretch(offset, offset + len(line), *unseen))
        else:
            for start, piece in _pieces(stream, squeezed(line), at, fences[number]):
                stretches.append(_stretch(stream, offset, line, start, piece))
                at = piece[1]
    return stretches


def _in_head(html: str, headline: str) -> tuple[int, int] | None:
    """Where a headline that the page does not show stands in its head: in its title, or an attribute."""
    for written in (headline, escape(headline, quote=False), escape(headline)):
        start = html.find(written)
        if start >= 0:
            return start, start + len(written)
    return None


def _pieces(stream: Stream, words: str, at: int, fence: int) -> list[tuple[int, tuple[int, int]]]:
    """The pieces of `words` that stand in the stream from `at` on: (offset in words, place in the stream)."""
    pieces = []
    done = floor = 0
    while len(words) - done >= _SEED:
        seed = words[done : done + _SEED]
        start = stream.characters.find(seed, at, min(fence, at + _REACH))
        if start < 0:
            done += _STEP
            continue
        # The steps may have gone over the first characters of the piece.
        back = _in_common(
            words[max(floor, done - _STEP) : done][::-1], stream.characters[max(at, start - _STEP) : start][::-1]
        )
        done, start = done - back, start - back
        same = _in_common(words[done:], stream.characters[start : start + len(words) - done])
        pieces.append((done, (start, start + same)))
        done, at = done + same, start + same
        floor = done
    return pieces


def _in_common(one: str, other: str) -> int:
    """How many characters two texts have in common from their beginning."""
    return next(
        (at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), min(len(one), len(other))
    )


def _stretch(stream: Stream, offset: int, line: str, skip: int, place: tuple[int, int]) -> Stretch:
    """The stretch whose squeezed words begin `skip` characters into those of `line` and stand at `place`."""
    first = _nth(line, skip)
    last = _nth(line, skip + place[1] - place[0] - 1)
    return Stretch(offset + first, offset + last + 1, stream.offset(place[0]), stream.end(place[1] - 1))


def _nth(line: str, count: int) -> int:
    """The offset in `line` of its squeezed character number `count`."""
    for offset, character in enumerate(line):
        count -= len(squeezed(character))
        if count < 0:
            return offset
    return len(line) - 1

"""The visible characters of a decoded page as one stream, white space left out, and where each of them stands.

The parsed tree of a page, without what `UNSHOWN` names, holds the same characters in the same order: what is known of
one is known of the other.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache
from html import unescape

from dateline.extractors.page.characters import squeezed

# Elements whose words no reader sees in the place where they stand.
UNSHOWN = ("script", "style", "title", "template", "noscript", "iframe", "textarea", "svg")
# A tag, with ">" allowed in quoted values. "<" outside quotes ends the attempt, which keeps the search linear.
_TAG = re.compile(r"""<(?:!--|[/!?]?([a-zA-Z][\w:-]*)?(?>[^<>"'=]+|=\s*"[^"]*"|=\s*'[^']*'|["'=])*+>)""")
_TURNED = "bdo"  # with dir="rtl" its words are shown backwards
_SPECIAL = frozenset(written for name in (*UNSHOWN, _TURNED) for written in (name, name.upper(), name.capitalize()))
_RTL = re.compile(r"""\sdir\s*=\s*["']?rtl\b""", re.IGNORECASE)
_NODE = 4096  # characters of a text node at most: longer ones are taken as several, so that looking into one is cheap
_ENTITY = 33  # characters of the longest entity
# What shows as one: a stretch under a right-to-left override, an entity, a character; and plain words, to pass quickly.
_PIECE = re.compile(
    r"(?:\u202e|&#8238;|&#[xX]202[eE];)(?:(?!&#823[46];|&#[xX]202[acACeE];)[^\n\u202a-\u202e])*(?:\u202c|&#8236;|&#[xX]202[cC];)?"
    r"|(?P<plain>[!-%'-~]+)|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?|.",
    re.DOTALL,
)


@dataclass
class Stream:
    """The characters, and the text nodes of the page they come from."""

    html: str
    characters: str
    starts: list[int] = field(repr=False)  # of each node, in `characters`
    nodes: list[tuple[int, int]] = field(repr=False)  # of each node, on the page
    turned: frozenset[int] = frozenset()  # the nodes, by number, that show their words backwards, with their tags

    def add(self, start: int, stop: int) -> tuple[int, int]:
        """Put words of the page that are not shown at the end of the stream; returns their place in it."""
        at = len(self.characters)
        self.starts.append(at)
        self.nodes.append((start, stop))
        self.characters += squeezed(unescape(self.html[start:stop]))
        return at, len(self.characters)

    def on_page(self, start: int, stop: int) -> tuple[int, int]:
        """The range of the page (half-open) from the first to the last of the characters `start:stop`."""
        return self._piece(start)[0], self._piece(stop - 1)[1]

    def _piece(self, at: int) -> tuple[int, int]:
        """Where character `at` stands on the page: a character, or an entity."""
        number = bisect_right(self.starts, at) - 1
        left = at - self.starts[number]
        start, stop = self.nodes[number]
        if number in self.turned:
            return start, stop
        for piece in _PIECE.finditer(self.html[start:stop]):
            plain = piece["plain"]
            size = len(plain or squeezed(unescape(piece[0])))
            if size > left:
                at = start + piece.start()
                return (at + left, at + left + 1) if plain else (at, start + piece.end())
            left -= size
        return stop, stop


def visible(html: str) -> Stream:
    """The visible stream of a decoded page."""
    parts: list[str] = []
    starts: list[int] = []
    nodes: list[tuple[int, int]] = []
    turned: set[int] = set()
    unclosed: set[str] = set()
    at = length = 0
    while at < len(html):
        tag = _TAG.search(html, at)
        edge = tag.start() if tag else len(html)
        while at < edge:
            stop = edge if edge - at <= _NODE else _cut_of(html, at)
            raw = html[at:stop]
            plain = "&" not in raw and raw.isascii()  # most are, and it saves a third of the time
            words = "".join(raw.split()) if plain else squeezed(unescape(raw))
            if words:
                parts.append(words)
                starts.append(length)
                nodes.append((at, stop))
                length += len(words)
            at = stop
        if tag is None:
            break
        name = tag[1]
        if name and name not in _SPECIAL:
            at = tag.end()
        elif name and name.lower() == _TURNED:
            at, words = _turned(html, tag, unclosed)
            if words:
                turned.add(len(nodes))
                parts.append(words)
                starts.append(length)
                nodes.append((tag.start(), at))
                length += len(words)
        else:
            at = _after(html, tag, unclosed)
    return Stream(html, "".join(parts), starts, nodes, frozenset(turned))


def _turned(html: str, tag: re.Match[str], unclosed: set[str]) -> tuple[int, str]:
    """Where the text goes on after a tag of `bdo`, and what it shows: its words backwards, up to its end; nothing, for
    the text goes on inside, where it turns nothing round."""
    if tag[0][1] == "/" or not _RTL.search(tag[0]) or _TURNED in unclosed:
        return tag.end(), ""
    closing = _closing(_TURNED).search(html, tag.end())
    if not closing:
        unclosed.add(_TURNED)
        return tag.end(), ""
    return closing.end(), squeezed(unescape(_TAG.sub("", html[tag.end() : closing.start()])))[::-1]


@cache
def _closing(name: str) -> re.Pattern[str]:
    return re.compile(f"</{name}\\b[^>]*>?", re.IGNORECASE)


def _cut_of(html: str, at: int) -> int:
    """Where to end the part of a long text node that begins at `at`: never inside an entity."""
    stop = at + _NODE
    entity = html.rfind("&", stop - _ENTITY, stop)
    return entity if entity > 0 else stop


def _after(html: str, tag: re.Match[str], unclosed: set[str]) -> int:
    """Where the text goes on after a tag: past the end of what is not shown. `unclosed`: the names that were sought
    once and are closed nowhere below."""
    if tag[0] == "<!--":
        end = html.find("-->", tag.end())
        return len(html) if end < 0 else end + 3
    name = (tag[1] or "").lower()
    if name not in UNSHOWN or name in unclosed or tag[0][1] in "/!?" or tag[0].endswith("/>"):
        return tag.end()
    closing = re.compile(f"</{name}", re.IGNORECASE).search(html, tag.end())
    if closing:
        return closing.start()
    unclosed.add(name)
    return tag.end() if name in ("noscript", "svg") else len(html)

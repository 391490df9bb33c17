"""The furniture of a page as it is listed: everything that was taken, each at its place in the decoded page."""

from collections.abc import Iterable, Iterator, Sequence

from dateline.extractors.page.aside import Taken
from dateline.extractors.page.characters import squeezed
from dateline.extractors.page.locate import TextMap, pieces_of
from dateline.extractors.page.marks import Mark
from dateline.extractors.page.rules import kind_of
from dateline.extractors.page.stream import Stream, visible
from dateline.models.article import Furniture

_MOVED = 2000  # characters by which tree and page may disagree, where the page is broken and the parser mended it


def listed(html: str, taken: Sequence[Taken], texts: Sequence[tuple[str, Sequence[Mark]]]) -> tuple[Furniture, ...]:
    """What was taken out of a page's tree, and what is marked in texts read from it, in the order of the page.

    What stands nowhere on the page is not listed: words that an extractor made up of the page's data, which no
    reader sees, are no furniture.
    """
    if not taken and not any(marks for _, marks in texts):
        return ()
    stream = visible(html)
    rest = list(stream.characters)
    found = []
    for item in taken:
        if place := _place(stream, item):
            found.append(_furniture(stream, item.rule, item.kind, item.words, place))
            rest[place[0] : place[1]] = "\n" * (place[1] - place[0])
    others = "".join(rest)
    for text, marks in texts:
        found += _marked(stream, others, text, marks) if marks else []
    return tuple(_apart(sorted(found, key=lambda furniture: (furniture.start, -furniture.stop))))


def _apart(found: Iterable[Furniture]) -> Iterator[Furniture]:
    """Those that do not overlap one before them: the same words were met in two readings of the page."""
    stop = 0
    for furniture in found:
        if furniture.start >= stop:
            stop = furniture.stop
            yield furniture


def _place(stream: Stream, item: Taken) -> tuple[int, int] | None:
    """Where the words of an element stand: where the tree has them, or as near to that as they stand on the page."""
    words = squeezed(item.words)
    if stream.characters.startswith(words, item.start):
        return item.start, item.start + len(words)
    start = stream.characters.find(words, max(0, item.start - _MOVED), item.stop + _MOVED)
    return (start, start + len(words)) if start >= 0 else None


def _marked(stream: Stream, others: str, text: str, marks: Sequence[Mark]) -> list[Furniture]:
    """The marks of a text at their places; `others`: the stream without what was taken out already."""
    mapped = TextMap(text, stream, pieces_of(others, text))
    found = []
    for mark in marks:
        if pieces := mapped.within(mark.start, mark.stop):
            place = min(piece.place[0] for piece in pieces), max(piece.place[1] for piece in pieces)
            found.append(_furniture(stream, mark.rule, kind_of(mark.rule), text[mark.start : mark.stop], place))
    return found


def _furniture(stream: Stream, rule: str, kind: str, words: str, place: tuple[int, int]) -> Furniture:
    start, stop = stream.on_page(*place)
    return Furniture(kind=kind, rule=rule, text=words, start=start, stop=stop)

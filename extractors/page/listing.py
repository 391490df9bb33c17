"""The furniture and the regions of a page as they are listed: each at its place in the decoded page."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dateline.extractors.page.aside import Taken
from dateline.extractors.page.characters import squeezed
from dateline.extractors.page.cut import Cut
from dateline.extractors.page.lines import Mark
from dateline.extractors.page.locate import TextMap, map_rest
from dateline.extractors.page.regions import Labelled
from dateline.extractors.page.rules import kind_of
from dateline.extractors.page.stream import Stream, visible
from dateline.models.article import Furniture, Region

_MOVED = 2000  # characters by which tree and page may disagree, where the page is broken and the parser mended it
_ABOVE, _BELOW = 1500, 300  # characters from an article at which its captions stand at most
_GONE = "\n"  # in place of what was taken out of a stream


@dataclass(frozen=True, slots=True)
class Listed:
    """What was taken out of a page, and what is labelled on it, each in the order of the page."""

    furniture: tuple[Furniture, ...]
    regions: tuple[Region, ...]


def listed(
    html: str, taken: Sequence[Taken], article: Cut, labels: Iterable[Labelled], around: tuple[str, Sequence[Mark]]
) -> Listed:
    """What was taken out of a page's tree, what was cut out of its article, and what is marked in the words around it.

    `labels` are the regions of the article before the cut. What stands nowhere on the page is not listed: words that
    an extractor made up of the page's data, which no reader sees, are no furniture.
    """
    stream = visible(html)
    places = [(item, place) for item in taken if (place := _place(stream, item))]
    rest = list(stream.characters)
    for _, place in places:
        rest[place[0] : place[1]] = _GONE * (place[1] - place[0])
    others = "".join(rest)
    whole = map_rest(stream, others, article.whole)
    body = [piece.place for piece in whole.pieces[1:] if piece.place[1] <= len(others)]  # the first is the headline
    first, last = min((start for start, _ in body), default=0), max((stop for _, stop in body), default=0)
    beside = []
    for item, (start, stop) in places:
        beside.append(item.kind == "caption" and first - _ABOVE <= start <= last + _BELOW)
        last = max(last, stop) if beside[-1] else last  # one picture below another
    furniture = [
        _furniture(stream, item.rule, item.kind, item.words, place)
        for (item, place), is_region in zip(places, beside, strict=True)
        if not is_region
    ]
    furniture += _marked(whole, article.marks)
    if around[1]:
        furniture += _marked(map_rest(stream, others, around[0]), around[1])
    regions = [*_labelled(whole, article, labels), *_captions(stream, places, beside)]
    return Listed(
        tuple(_apart(sorted(furniture, key=lambda item: (item.start, -item.stop)))),
        tuple(sorted(regions, key=lambda region: region.page_start or 0)),
    )


def _labelled(whole: TextMap, article: Cut, labels: Iterable[Labelled]) -> Iterator[Region]:
    """The regions of a text, without those of which furniture was cut out."""
    at = 0
    for label in labels:
        mark = bisect_right(article.marks, label.start, key=lambda mark: mark.stop)
        if mark < len(article.marks) and article.marks[mark].start < label.stop:
            continue
        words = whole.text[label.start : label.stop]
        start = article.text.find(words, at)
        if start < 0:
            continue
        at = start
        page_start, page_stop = _range(whole, label.start, label.stop) or (None, None)
        yield Region(
            kind=label.kind,
            rule=label.rule,
            text=words,
            start=start,
            stop=start + len(words),
            page_start=page_start,
            page_stop=page_stop,
        )


def _captions(
    stream: Stream, places: Sequence[tuple[Taken, tuple[int, int]]], beside: Sequence[bool]
) -> Iterator[Region]:
    """The captions of the article, which are not in its text; one that is said twice is listed once."""
    said: set[str] = set()
    for (item, place), is_region in zip(places, beside, strict=True):
        if is_region and item.words not in said:
            said.add(item.words)
            start, stop = stream.on_page(*place)
            yield Region(
                kind="caption",
                rule=item.rule,
                text=item.words,
                start=None,
                stop=None,
                page_start=start,
                page_stop=stop,
            )


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


def _marked(mapped: TextMap, marks: Sequence[Mark]) -> Iterator[Furniture]:
    """The marks of a text at their places."""
    for mark in marks:
        if place := _range(mapped, mark.start, mark.stop):
            words = mapped.text[mark.start : mark.stop]
            yield Furniture(kind=kind_of(mark.rule), rule=mark.rule, text=words, start=place[0], stop=place[1])


def _range(mapped: TextMap, start: int, stop: int) -> tuple[int, int] | None:
    """The range of the page from the first to the last piece of a stretch of a text; None where it is not there."""
    pieces = mapped.within(start, stop)
    if not pieces:
        return None
    return mapped.stream.on_page(min(piece.place[0] for piece in pieces), max(piece.place[1] for piece in pieces))


def _furniture(stream: Stream, rule: str, kind: str, words: str, place: tuple[int, int]) -> Furniture:
    start, stop = stream.on_page(*place)
    return Furniture(kind=kind, rule=rule, text=words, start=start, stop=stop)

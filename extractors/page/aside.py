"""What is set aside before the article is sought: elements that are furniture, and where on the page they stand."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from lxml.html import HtmlElement

from dateline.extractors.page.blocks import Box, is_below, named_boxes
from dateline.extractors.page.captions import caption_parts
from dateline.extractors.page.characters import squeezed
from dateline.extractors.page.inline import promos
from dateline.extractors.page.signs import signs
from dateline.extractors.page.tree import TALLY, words_of

_TALLIED = re.compile(f"{TALLY}[0-9]*{TALLY}")


@dataclass(frozen=True, slots=True)
class Taken:
    """Furniture: by which rule, of what kind, the words it shows, and its place in the visible stream (half-open)."""

    rule: str
    kind: str
    words: str
    start: int
    stop: int


def set_aside(root: HtmlElement) -> list[Taken]:
    """Empty the elements of a tree that are furniture, and tell what they were, in the order of the page."""
    unseen = [(element, element.text) for element in root.iter("script", "title")]
    for element, _ in unseen:  # no part of the visible stream
        element.text = None
    boxes = list(named_boxes(root))
    for others in (signs(root), promos(root)):
        boxes += list(_outside({box.element for box in boxes}, others))
    said = [
        list(caption_parts(box.element, box.rule)) if box.kind == "caption" else [(box.rule, box.kind, box.words)]
        for box in boxes
    ]
    starts = _starts(root, boxes)
    for box in boxes:
        empty(box.element)
    for element, text in unseen:
        element.text = text
    taken = [
        part for box, parts, start in zip(boxes, said, starts, strict=True) for part in _parts(box.words, parts, start)
    ]
    return sorted(taken, key=lambda part: part.start)


def empty(element: HtmlElement) -> None:
    """Take an element's words out of a tree; what follows it stays. The element is left, without a name and empty:
    removing it would join the texts on both sides, and where there are many, again and again."""
    tail = element.tail
    element.clear()
    element.tag, element.tail = "span", tail


def _outside(taken: set[HtmlElement], boxes: Iterable[Box]) -> Iterator[Box]:
    """The boxes that stand in no element that goes anyway, nor in one another."""
    inside: HtmlElement | None = None
    for box in boxes:
        if inside is not None and is_below(box.element, inside):
            continue
        if not any(above in taken for above in (box.element, *box.element.iterancestors())):
            inside = box.element
            yield box


def _starts(root: HtmlElement, boxes: list[Box]) -> list[int]:
    """How many visible characters stand above each box: a tally is put where each begins, and all counted at once."""
    if not boxes:
        return []
    for number, box in enumerate(boxes):
        box.element.text = f"{TALLY}{number}{TALLY}{box.element.text or ''}"
    whole = squeezed(words_of(root))
    order = [int(tally[0].strip(TALLY)) for tally in _TALLIED.finditer(whole)]
    above = accumulate(len(part) for part in _TALLIED.split(whole))
    counted = dict(zip(order, above, strict=False))
    return [counted.get(number, 0) for number in range(len(boxes))]


def _parts(whole: str, parts: Sequence[tuple[str, str, str]], start: int) -> Iterator[Taken]:
    """The parts of a box with their places: a caption and its credit are two. `whole`: all that the box says."""
    characters = squeezed(whole)
    at = 0
    for rule, kind, words in parts:
        if tight := squeezed(words):
            at = max(at, characters.find(tight, at))
            yield Taken(rule, kind, words, start + at, start + at + len(tight))
            at += len(tight)

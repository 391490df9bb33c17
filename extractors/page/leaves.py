"""The blocks of a page that hold words: what every paragraph of a text is traced to."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from dateline.extractors.page.body import Paragraph
from dateline.extractors.page.characters import shown, squeezed

_BLOCKS = frozenset(
    ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "div", "td", "pre", "dt", "dd", "figcaption")
)
_INNER = (
    *_BLOCKS,
    *("ul", "ol", "dl", "table", "section", "article", "aside", "figure", "form", "header", "footer", "nav"),
)


@dataclass(frozen=True, slots=True)
class Leaf:
    """An element that holds words and no other block; what holds it; its words, and the same without white space."""

    element: HtmlElement
    parent: HtmlElement | None
    words: str
    tight: str

    @property
    def is_item(self) -> bool:
        """Whether the element is an item of a list, or stands close below one."""
        return any(near is not None and near.tag == "li" for near in (self.element, self.parent))


def leaves_of(root: HtmlElement) -> list[Leaf]:
    """The leaves of a page, in its order."""
    found = []
    elements = [(element, element.getparent()) for element in root.iter(*_INNER)]
    holders = {parent for _, parent in elements}
    for element, parent in elements:
        if element not in holders and element.tag in _BLOCKS and (words := shown(_text(element))):
            found.append(Leaf(element, parent, words, words.replace(" ", "")))
    return found


def places_of(paragraphs: list[Paragraph], leaves: list[Leaf]) -> list[int | None]:
    """For each paragraph the leaf it came from, None where it came from no single one. Never backwards."""
    spots: dict[str, list[int]] = {}
    for number in range(len(leaves) - 1, -1, -1):
        spots.setdefault(leaves[number].tight, []).append(number)
    places: list[int | None] = []
    last = -1
    for paragraph in paragraphs:
        numbers = spots.get(squeezed(paragraph.text), [])
        while numbers and numbers[-1] <= last:
            numbers.pop()
        place = numbers.pop() if numbers else None
        places.append(place)
        last = last if place is None else place
    return places


def ancestors(element: HtmlElement) -> Iterator[HtmlElement]:
    """An element and all that it stands in, outwards."""
    yield element
    yield from element.iterancestors()


def _text(element: HtmlElement) -> str:
    """The text of an element, a space for each line break."""
    if next(element.iter("br"), None) is None:
        return "".join(element.itertext())
    parts = []
    for event, inner in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if event == "start":
            parts.append(" " if inner.tag == "br" else inner.text or "")
        elif inner is not element:
            parts.append(inner.tail or "")
    return "".join(parts)

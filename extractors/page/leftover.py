"""Furniture that never came into the text: the extractor had dropped it without a word. It is listed all the same."""

import re
from collections.abc import Iterable

from lxml.html import HtmlElement

from dateline.extractors.page.body import Paragraph
from dateline.extractors.page.characters import squeezed
from dateline.extractors.page.furniture import find_furniture
from dateline.extractors.page.leaves import Leaf, ancestors
from dateline.extractors.page.lines import Mark
from dateline.extractors.page.recover import is_known

_ABOVE = 8  # leaves above the first paragraph in which banners and labels of the article stand
_LEVELS = 2  # elements around the article's own in which its comments and topics stand
_ELSEWHERE = re.compile(r"sidebar|widget|footer|(?:^|[\s_-])(?:nav|menu|header|masthead|rail)", re.IGNORECASE)
_OUTSIDE = frozenset({"nav", "footer", "aside", "form"})


def left_out(leaves: list[Leaf], paragraphs: list[Paragraph], places: Iterable[int | None]) -> tuple[str, list[Mark]]:
    """The words around the paragraphs of a text, theirs included, and what of them is furniture and not in the text.
    `places` are those of the paragraphs among the leaves."""
    taken = {place for place in places if place is not None}
    if not taken:
        return "", []
    first = min(taken)
    article = _around(leaves[first], leaves[max(taken)])
    tight = [squeezed(paragraph.text) for paragraph in paragraphs]
    whole, lines = "".join(tight), frozenset(tight)
    known: dict[HtmlElement, bool] = {article: True}
    near = [
        leaf
        for number, leaf in enumerate(leaves[max(0, first - _ABOVE) :], max(0, first - _ABOVE))
        if number in taken or _is_near(leaf.element, article, known)
    ]
    text = "\n".join(leaf.words for leaf in near)
    items = frozenset(number for number, leaf in enumerate(near) if leaf.is_item)
    starts: dict[int, Leaf] = {}
    at = 0
    for found in near:
        starts[at] = found
        at += len(found.words) + 1
    marks = find_furniture(text, items=items, is_page=True)
    return text, [mark for mark in marks if (leaf := starts.get(mark.start)) and _is_left_out(leaf, lines, whole)]


def _is_left_out(leaf: Leaf, lines: frozenset[str], whole: str) -> bool:
    return leaf.tight not in lines and not is_known(leaf, whole)


def _around(first: Leaf, last: Leaf) -> HtmlElement:
    """The element that holds the article, and what belongs to it: some levels out, never the whole body."""
    above = list(ancestors(last.element))
    common = next((element for element in ancestors(first.element) if element in above), above[-1])
    for _ in range(_LEVELS):
        parent = common.getparent()
        if parent is None or parent.tag in ("body", "html"):
            break
        common = parent
    return common


def _is_near(element: HtmlElement, article: HtmlElement, known: dict[HtmlElement, bool]) -> bool:
    """Whether an element stands in `article`, and not in a menu, a sidebar or a foot there. `known`: what was asked."""
    path = []
    near = False
    for above in ancestors(element):
        if above in known:
            near = known[above]
            break
        path.append(above)
        if above.tag in _OUTSIDE or _ELSEWHERE.search(f"{above.get('class') or ''} {above.get('id') or ''}"):
            break
    known.update(dict.fromkeys(path, near))
    return near

"""Furniture inside paragraphs: a link or emphasis that is an invitation of its own between sentences of the article."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from dateline.extractors.page.blocks import Box
from dateline.extractors.page.characters import shown
from dateline.extractors.page.rules import candidates

_KINDS = frozenset({"read_more", "newsletter", "follow", "subscribe"})
_TAGS = ("a", "em", "i", "strong", "b", "span")
_SENTENCE_OVER = re.compile(r"(?:^|[.!?…:][”’\"'»)\]]*)\s*$")
_SHORTEST, _LONGEST = 12, 260  # characters of an invitation


def promos(root: HtmlElement) -> Iterator[Box]:
    """The invitations in the paragraphs of a tree, in the order of the page.

    One that ends a sentence which the article has begun ("the report, which you can read here") is none.
    """
    for paragraph in root.iter("p"):
        for element in paragraph.iter(*_TAGS):
            words = shown("".join(element.itertext()))
            if not _SHORTEST <= len(words) <= _LONGEST or not _SENTENCE_OVER.search(_before(element, paragraph)):
                continue
            rule = next((rule for rule in candidates(words) if rule.kind in _KINDS and rule.match(words)), None)
            if rule is not None and rule.take != "tail" and _goes_on(element):
                yield Box(element, rule.id, rule.kind, words)


def _before(element: HtmlElement, paragraph: HtmlElement) -> str:
    """The text of a paragraph up to an element in it, as far as it is needed."""
    previous = element.getprevious()
    if previous is not None:
        tail = previous.tail or ""
        return tail if tail.strip() else "".join(previous.itertext()) + tail
    parent = element.getparent()
    if parent is None or (parent is paragraph) or (parent.text or "").strip():
        return (parent.text or "") if parent is not None else ""
    return _before(parent, paragraph)


def _goes_on(element: HtmlElement) -> bool:
    """Whether other words follow as a new sentence; what ends a paragraph is for the rules of lines."""
    rest = (element.tail or "").lstrip(" .!…»>\u00a0\n\t")
    return rest[:1].isupper() or rest[:1] in "“\"'‘("

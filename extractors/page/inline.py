"""Furniture among the paragraphs of an article that shows by its links: an invitation between two sentences, a
paragraph or a list that is nothing but titles of other stories."""

import re
from collections.abc import Iterator
from itertools import accumulate, islice

from lxml.html import HtmlElement

from dateline.extractors.page.blocks import Box, words_of
from dateline.extractors.page.characters import shown
from dateline.extractors.page.rules import candidates, kind_of

_KINDS = frozenset({"read_more", "newsletter", "follow", "subscribe"})
_TAGS = ("a", "em", "i", "strong", "b", "span")
_SENTENCE_OVER = re.compile(r"(?:^|[.!?…:][”’\"'»)\]]*)\s*$")
_SHORTEST, _LONGEST = 12, 260  # characters of an invitation
_TITLE_WORDS = 4  # a name or a term that is a link has fewer
_TITLE = 200  # characters of a title at most
_CLOSED = re.compile(r"[.!…:;,][”’\"'»)\]]*$")
_KICKER = re.compile(r"[(\[]?[A-Z][A-Z0-9 '’&-]{1,24}\s?[:|–-]")  # "IN THE NORTH: ", before a linked title
_ELSEWHERE = re.compile(r"(?!#|mailto:|tel:|javascript:)\S+(?<!\.jpg)(?<!\.jpeg)(?<!\.png)", re.IGNORECASE)
_PROSE = 90  # characters of a paragraph between which titles of other stories stand
_STORY = 600  # characters of prose in a story: an extractor is content with half of it
_LEVELS = 3  # elements out from a paragraph that hold its story
_ITEMS = 20  # longer lists of links are what the page is about


def promos(root: HtmlElement) -> Iterator[Box]:
    """Invitations and titles of other stories among the paragraphs of a tree, in the order of the page."""
    stories: dict[HtmlElement, bool] = {}
    for element in root.iter("p", "ul"):
        linked = _titles(element)
        if linked and _is_of_a_story(element, stories):
            rule = _named(linked) or ("page.read_more.linked" if element.tag == "p" else "page.read_more.links")
            yield Box(element, rule, kind_of(rule), linked)
        elif element.tag == "p":
            yield from _invitations(element)


def _invitations(paragraph: HtmlElement) -> Iterator[Box]:
    """The invitations in a paragraph. One that ends a sentence which the article has begun ("the report, which you can
    read here") is none."""
    for element in paragraph.iter(*_TAGS):
        words = shown("".join(element.itertext()))
        if not _SHORTEST <= len(words) <= _LONGEST or not _SENTENCE_OVER.search(_before(element, paragraph)):
            continue
        rule = _named(words)
        if rule is not None and _goes_on(element):
            yield Box(element, rule, kind_of(rule), words)


def _titles(element: HtmlElement) -> str | None:
    """The words of a paragraph that is one link under a title that no full stop ends, or of a short list of them."""
    if element.tag == "p":
        return _linked_title(element)
    titles = [_linked_title(item) for item in element] if 1 < len(element) <= _ITEMS else []
    return " ".join(title for title in titles if title) if titles and all(titles) else None


def _named(words: str) -> str | None:
    """The rule that knows an invitation by its words."""
    return next(
        (rule.id for rule in candidates(words) if rule.kind in _KINDS and rule.take != "tail" and rule.match(words)),
        None,
    )


def _is_of_a_story(element: HtmlElement, stories: dict[HtmlElement, bool]) -> bool:
    """Whether an element stands beside a paragraph of prose in a story. `stories`: what was asked. In a story of few
    lines it stays, for an extractor that finds too little takes the rest of the page."""
    if not (_is_prose(element.getprevious()) or _is_prose(element.getnext())):
        return False
    home = list(islice(element.iterancestors(), _LEVELS))[-1]
    if home not in stories:
        lengths = accumulate(len("".join(paragraph.itertext())) for paragraph in home.iter("p") if _is_prose(paragraph))
        stories[home] = any(total >= _STORY for total in lengths)
    return stories[home]


def _linked_title(element: HtmlElement) -> str | None:
    """The words of an element that is one link to another page and nothing else, a kicker before it aside."""
    links = list(islice(element.iter("a"), 2))
    if len(links) != 1 or not _ELSEWHERE.fullmatch((links[0].get("href") or "").strip()):
        return None
    words, title = words_of(element, _TITLE), words_of(links[0], _TITLE)
    if not words or not title or len(words) < _SHORTEST:
        return None
    if len(words.split()) < _TITLE_WORDS or _CLOSED.search(title[-4:]):
        return None
    label = words.removesuffix(title).strip()
    return words if words.endswith(title) and (not label or _KICKER.fullmatch(label)) else None


def _is_prose(element: HtmlElement | None) -> bool:
    """Whether an element is a paragraph of an article, and not one of links."""
    if element is None or element.tag != "p":
        return False
    words = shown("".join(element.itertext()))
    linked = sum(len("".join(link.itertext())) for link in element.iter("a"))
    return len(words) >= _PROSE and linked * 2 < len(words)


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

"""Furniture without a name that shows by what stands in it: a field for an address, links to topics."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from dateline.extractors.page.blocks import BlockRule, Box, may_go, prose_of, words_of
from dateline.extractors.page.characters import shown
from dateline.extractors.page.rules import kind_of

_FORM, _TOPICS = 450, 400  # characters that a box with a form, and a list of topics, show at most
_PITCH = 220  # characters of a paragraph that recommends a newsletter; those of an article are longer as often as not
_LEVELS = 6  # elements out from a field, or from a link, in which its box is sought
_PROSE = 0.3  # share of a page's prose that a box with a form holds at most
_TO_TOPICS = "//a[contains(concat(' ', @rel, ' '), ' tag ')]"
_LINKED = 0.7  # share of the characters of a list of topics that are links; the rest is a label and commas
_WHOLE_PAGE = frozenset({"article", "body", "html", "main"})
_LISTS = frozenset({"div", "p", "section", "span", "ul"})
_MOST = 20  # fields and topics of a page that are looked at
_OFFER = re.compile(
    r"newsletter|subscri|sign(?:ing)? up|inbox|bulletin|alerts|updates|mailing list|stay informed", re.I
)


def signs(root: HtmlElement) -> Iterator[Box]:
    """The boxes of a tree with a field for an address or a password, and the lists of links to topics (`rel="tag"`)."""
    asking = ((field, rule) for field in root.iter("input") if (rule := _asks_for(field)))
    fields = list(islice(asking, _MOST))
    whole = prose_of(root) if fields else 0
    for field, rule in fields:
        yield from _around(field, BlockRule(rule, kind_of(rule), _FORM, _PROSE), whole)
    for link in islice(root.xpath(_TO_TOPICS), _MOST):
        yield from _topics(link)


def _asks_for(field: HtmlElement) -> str | None:
    """The rule for a field: what it asks for."""
    kind = (field.get("type") or "text").lower()
    said = " ".join(field.get(name) or "" for name in ("name", "placeholder", "id", "aria-label")).lower()
    if kind == "password":
        return "page.form.login"
    asks = kind == "email" or (kind == "text" and ("email" in said or "e-mail" in said))
    return "page.form.address" if asks else None


def _around(field: HtmlElement, rule: BlockRule, whole: int) -> Iterator[Box]:
    """The largest element around a field that says what is offered for it, and is no part of an article."""
    box: Box | None = None
    for element in islice(field.iterancestors(), _LEVELS):
        if element.tag in _WHOLE_PAGE or not may_go(element, rule, whole):
            break
        if any(len("".join(paragraph.itertext())) > _PITCH for paragraph in element.iter("p", "blockquote")):
            break
        words = shown(" ".join(element.itertext()))
        if words and (rule.id == "page.form.login" or _OFFER.search(words)):
            box = Box(element, rule.id, rule.kind, words)
    if box is not None:
        yield box


def _topics(link: HtmlElement) -> Iterator[Box]:
    """The smallest element around a link to a topic that holds another, if it holds nothing but such links."""
    for element in islice(link.iterancestors(), _LEVELS):
        words = words_of(element, _TOPICS)
        if words is None:
            return
        links = list(element.iter("a"))
        if len(links) > 1:
            said = sum(len(shown("".join(other.itertext()))) for other in links)
            are_topics = all("tag" in (other.get("rel") or "").split() for other in links)
            if are_topics and said >= _LINKED * len("".join(words.split())) and element.tag in _LISTS:
                spaced = shown(" ".join(element.itertext()))
                yield Box(element, "page.tags.links", kind_of("page.tags.links"), spaced)
            return

"""What the extractor left behind: the deck under the headline, and paragraphs beside those it took.

trafilatura drops single paragraphs of an article (a class it does not like, a heading used as a deck). A paragraph that
stands in the same element as those it took, between two of them or next to the first or last, belongs to the article.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from lxml.html import HtmlElement

from dateline.extractors.page.body import Paragraph
from dateline.extractors.page.characters import shown, squeezed
from dateline.extractors.page.leaves import Leaf, ancestors, places_of
from dateline.extractors.page.regions import named

_CLOSED = re.compile(r"[.!?…:][”’\"'»)\]]*$")
_NEIGHBOURS = 3  # paragraphs taken from an element, so that the one before or after them is sure to be of the article
_LONG = 40  # characters of a paragraph that may be recovered; shorter ones are labels as often as not
_LINKED = 0.4  # share of a paragraph's characters in links: promos have more
_DECK = 500  # characters of a deck at most
_ABOUT_IT = re.compile(r"^(?:by|posted|published|updated)\b|[|·•]", re.IGNORECASE)  # who wrote it and when
_NEAR = 3  # elements out from a paragraph that may say what it is
_ABOUT = 100  # squeezed characters of the page's description of itself that a deck begins with


def recover(
    leaves: list[Leaf], paragraphs: list[Paragraph], *, title: str | None, description: str | None
) -> list[Paragraph]:
    """`paragraphs` with what was left behind put in its place; decks, pull quotes and items of lists known as such.

    `leaves` are those of the page they were taken from; `description` is how the page describes itself.
    """
    places = places_of(paragraphs, leaves)
    taken = [place for place in places if place is not None]
    if not taken:
        return paragraphs
    whole = "".join(squeezed(paragraph.text) for paragraph in paragraphs)
    homes = Counter(leaves[place].parent for place in taken)
    top = _beside(leaves, reversed(range(taken[0])), homes, whole)
    deck = _deck(leaves, frozenset(taken), title, description, homes)
    left = [] if deck is None or deck in taken or leaves[deck].tight in whole else [deck]
    result = list(reversed(top))
    last = taken[0]
    for paragraph, place in zip(paragraphs, places, strict=True):
        role = paragraph.role
        if place is not None:
            if left and left[0] < place:
                at = 0 if left[0] < taken[0] else len(result)
                result.insert(at, Paragraph(leaves[left.pop()].words, "deck"))
            for leaf in leaves[last + 1 : place]:
                if homes[leaf.parent] > 1 and _belongs(leaf) and not is_known(leaf, whole):
                    result.append(Paragraph(leaf.words, "item" if leaf.is_item else "p"))
            last = place
            role = "deck" if place == deck else _role(leaves[place], role)
        result.append(replace(paragraph, role=role))
    return result + _beside(leaves, range(taken[-1] + 1, len(leaves)), homes, whole)


def _role(leaf: Leaf, role: str) -> str:
    """What a leaf is, as the page marks it: trafilatura calls a listing of code a quotation."""
    if leaf.is_item:
        return "item"
    near = list(islice(ancestors(leaf.element), _NEAR))
    if role in ("p", "quote") and any(named(element, "pull_quote") for element in near):
        return "pull_quote"
    return "p" if role == "quote" and not any(element.tag == "blockquote" for element in near) else role


def _beside(
    leaves: list[Leaf], places: Iterable[int], homes: Counter[HtmlElement | None], whole: str
) -> list[Paragraph]:
    """The paragraphs at `places`, outwards from the first or last that was taken, as long as they belong to it."""
    found = []
    for place in places:
        leaf = leaves[place]
        if leaf.element.tag != "p" or homes[leaf.parent] < _NEIGHBOURS or not _belongs(leaf) or is_known(leaf, whole):
            break
        found.append(Paragraph(leaf.words, "p"))
    return found


def is_known(leaf: Leaf, whole: str) -> bool:
    """Whether the words of a leaf are in the text (squeezed), if in another form: formulas and embedded things change
    the middle of a paragraph."""
    return len(leaf.tight) >= _LONG and (leaf.tight[:_LONG] in whole or leaf.tight[-_LONG:] in whole)


def _belongs(leaf: Leaf) -> bool:
    if leaf.element.tag not in ("p", "li", "blockquote") or len(leaf.words) < _LONG:
        return False
    linked = sum(len(shown("".join(link.itertext()))) for link in leaf.element.iter("a"))
    return _CLOSED.search(leaf.words[-4:]) is not None and linked <= _LINKED * len(leaf.words)


def _deck(
    leaves: list[Leaf],
    taken: frozenset[int],
    title: str | None,
    description: str | None,
    homes: Counter[HtmlElement | None],
) -> int | None:
    """The place of the summary between the headline and the body: by its name, because the page describes itself with
    it, or because it stands in one element with the headline and the body in another."""
    headline = squeezed(title or "")
    top = next((number for number, leaf in enumerate(leaves) if leaf.tight == headline), None)
    if top is None:
        return None
    about = squeezed(description or "").rstrip(".…")[:_ABOUT]
    head = leaves[top].parent
    alone = homes[head] <= (top in taken) + 1 < len(taken)  # the body stands elsewhere; the one may be the deck
    for place in range(top + 1, len(leaves)):
        leaf = leaves[place]
        of_body = homes[leaf.parent] >= _NEIGHBOURS
        if _LONG <= len(leaf.words) <= _DECK and leaf.element.tag not in ("li", "td"):
            if named(leaf.element, "deck"):
                return place
            described = len(about) >= _LONG and leaf.tight.startswith(about)
            beside = leaf.parent is head and alone and leaf.element.tag in ("p", "h2", "h3")
            if described and not (of_body and place in taken):
                return place
            if beside and _CLOSED.search(leaf.words[-4:]) and not _ABOUT_IT.search(leaf.words):
                return place
        if of_body and place in taken:
            return None  # the body has begun
    return None

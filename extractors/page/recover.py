"""What the extractor left behind: the deck under the headline, and paragraphs between those it took.

trafilatura drops single paragraphs of an article (a class it does not like, a heading used as a deck). A paragraph that
stands between two it took, in the same element, belongs to the article.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from dateline.extractors.page.body import Paragraph
from dateline.extractors.page.characters import shown, squeezed
from dateline.extractors.page.leaves import Leaf, places_of

_DECK_NAME = re.compile(
    r"(?:^|[\s_-])(?:deck|dek|standfirst|sub-?title|sub-?head(?:line|ing)?|strapline|excerpt|lede|summary|intro"
    r"|article-?description)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"[.!?…:][”’\"'»)\]]*$")
_LONG = 40  # characters of a paragraph that may be recovered; shorter ones are labels as often as not
_LINKED = 0.4  # share of a paragraph's characters in links: promos have more
_DECK = 500  # characters of a deck at most
_ABOUT = 100  # squeezed characters of the page's description of itself that a deck begins with


def recover(
    leaves: list[Leaf], paragraphs: list[Paragraph], *, title: str | None, description: str | None
) -> list[Paragraph]:
    """`paragraphs` with what was left behind put in its place, items of lists known as such.

    `leaves` are those of the page they were taken from; `description` is how the page describes itself.
    """
    places = places_of(paragraphs, leaves)
    taken = [place for place in places if place is not None]
    if not taken:
        return paragraphs
    whole = "".join(squeezed(paragraph.text) for paragraph in paragraphs)
    homes = Counter(leaves[place].parent for place in taken)
    result = [*_deck(leaves[: taken[0]], title, description, whole)]
    last = taken[0]
    for paragraph, place in zip(paragraphs, places, strict=True):
        role = paragraph.role
        if place is not None:
            for leaf in leaves[last + 1 : place]:
                if homes[leaf.parent] > 1 and _belongs(leaf) and not is_known(leaf, whole):
                    result.append(Paragraph(leaf.words, "item" if leaf.is_item else "p"))
            last = place
            role = "item" if leaves[place].is_item else role
        result.append(replace(paragraph, role=role))
    return result


def is_known(leaf: Leaf, whole: str) -> bool:
    """Whether the words of a leaf are in the text (squeezed), if in another form: formulas and embedded things change
    the middle of a paragraph."""
    return len(leaf.tight) >= _LONG and (leaf.tight[:_LONG] in whole or leaf.tight[-_LONG:] in whole)


def _belongs(leaf: Leaf) -> bool:
    if leaf.element.tag not in ("p", "li", "blockquote") or len(leaf.words) < _LONG:
        return False
    linked = sum(len(shown("".join(link.itertext()))) for link in leaf.element.iter("a"))
    return _CLOSED.search(leaf.words[-4:]) is not None and linked <= _LINKED * len(leaf.words)


def _deck(leaves: list[Leaf], title: str | None, description: str | None, whole: str) -> Iterator[Paragraph]:
    """The summary between the headline and the body: by its class, or because the page describes itself with it."""
    headline = squeezed(title or "")
    below = next((number for number, leaf in enumerate(leaves) if leaf.tight == headline), len(leaves))
    about = squeezed(description or "").rstrip(".…")[:_ABOUT]
    for leaf in leaves[below + 1 :]:
        if not _LONG <= len(leaf.words) <= _DECK or leaf.element.tag in ("li", "td"):
            continue
        named = _DECK_NAME.search(leaf.element.get("class") or "") is not None
        described = len(about) >= _LONG and leaf.tight.startswith(about)
        if (named or described) and leaf.tight not in whole:
            yield Paragraph(leaf.words, "deck")
            return

"""A value as a page says it, and where on the decoded page the words stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Literal

from lxml.html import HtmlElement

from dateline.extractors.page.characters import shown
from dateline.models.article import Statement

_REACH = 4000  # characters before a word in which the tag or the key that it belongs to is sought
_MOST = 200  # places on a page at which the same words are looked at
_SPACE = r"(?:\s|&nbsp;|&#160;){1,200}"
_ENTITY = r"&#?\w{1,10};"
_UNSHOWN = ("<script", "<style", "<title")

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Spot:
    """What tells one place of a word on a page from its others.

    attribute: it stands in a tag of that name, which also holds `mark`; key: it is the JSON value that follows the key
    `mark`; words: the tag before it has that name and holds `mark` (its class, mostly).
    """

    kind: Literal["attribute", "key", "words"]
    tag: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A value, the rule that read it, and the words it was read from, white space folded.

    `where` and `inferred` are those of a Statement. On the page the words stand at `spot`; in the article's text, at
    `place` (half-open).
    """

    value: str
    rule: str
    quote: str
    where: Literal["given", "page", "url", "text"] = "page"
    spot: Spot | None = None
    place: Place | None = None
    inferred: bool = False


def shown_in(element: HtmlElement) -> Spot:
    """The spot of words that an element shows."""
    return Spot("words", element.tag, element.get("class") or "")


def statement(name: str, said: Said, html: str | None) -> Statement:
    """The statement of a value for the record's key `name`; `html` is the decoded page, None for a given text."""
    place = said.place
    if said.where == "page" and html is not None and said.spot:
        place = locate(html, said.quote, said.spot)
    quote = html[place[0] : place[1]] if place and html is not None and said.where == "page" else said.quote
    start, stop = place or (None, None)
    return Statement(
        name=name,
        value=said.value,
        rule=said.rule,
        quote=quote,
        where=said.where,
        start=start,
        stop=stop,
        inferred=said.inferred,
    )


def locate(html: str, words: str, spot: Spot) -> Place | None:
    """Where on the page `words` stand at `spot` (half-open); None where they are written in a way that is not found."""
    nearest: tuple[int, Place] | None = None
    for start, stop in _places(html, words):
        opening = html.rfind("<", max(0, start - _REACH), start)
        head = html[opening:start] if opening >= 0 else ""
        if spot.kind == "key":
            key = html.rfind(f'"{spot.mark}"', max(0, start - _REACH), start)
            if key >= 0 and (nearest is None or start - key < nearest[0]):
                nearest = start - key, (start, stop)
            continue
        if (">" not in head) is not (spot.kind == "attribute") or head.startswith(_UNSHOWN):
            continue
        tag = html[opening : html.find(">", stop if spot.kind == "attribute" else opening) + 1]
        if tag[1 : len(spot.tag) + 1].lower() == spot.tag and spot.mark.lower() in tag.lower():
            return start, stop
        if spot.kind == "words" and nearest is None:
            nearest = 0, (start, stop)  # the words follow another tag inside the element
    return nearest[1] if nearest else None


def _places(html: str, words: str) -> Iterator[Place]:
    """The places at which `words` are written on a page: as they are, with entities, or over several lines."""
    if not words:
        return
    for written in dict.fromkeys((words, escape(words, quote=False), escape(words))):
        start = html.find(written)
        if start >= 0:
            for _ in range(_MOST):
                yield start, start + len(written)
                start = html.find(written, start + len(written))
                if start < 0:
                    return
            return
    pattern = _SPACE.join(map(_written, words.split(" ")))
    for _, found in zip(range(_MOST), re.finditer(pattern, html), strict=False):
        if shown(found[0]):
            yield found.span()


def _written(word: str) -> str:
    """A pattern of the ways to write a word in HTML: what is no plain letter or digit may be an entity."""
    return "".join(
        character if character.isascii() and character.isalnum() else f"(?:{re.escape(character)}|{_ENTITY})"
        for character in word
    )

"""The headline of a page: as it is shown, where what the metadata call the page is shown at all."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from dateline.extractors.page.characters import shown
from dateline.extractors.page.said import Said, Spot, shown_in
from dateline.extractors.page.stated import Stated

_SITE_AFTER = re.compile(r"\s+[|–—»·•-]+\s+|\s*\|\s*")
_PARTS = re.compile(r"\s*[|»:]\s+|\s+[–—·•-]+\s+")
_BOLD = ("b", "strong", "font", "big", "span", "div", "p", "td", "center", "h3", "h4", "a")
_WORD = re.compile(r"\w+")
_AGREES = 0.6  # share of words that a heading and the stated title have in common; edited headlines differ in a few
_LONGEST = 300
_METAS = ("og:title", "twitter:title", "dc.title", "title")


@dataclass(frozen=True, slots=True)
class Headline:
    """The title, and the element that shows it; None where no element does."""

    said: Said
    element: HtmlElement | None


def read_title(root: HtmlElement, stated: Stated) -> Headline | None:
    """The headline: the heading that agrees with what the metadata call the page, else other words that do, else what
    they call it, without the site's name."""
    page = shown(root.findtext(".//title") or "")
    claims = list(_claims(stated, page))
    first = list(_headings(root, "h1"))
    headings = first + list(_headings(root, "h2"))
    for claim in claims:
        best = max(headings, key=lambda heading: _agreement(heading[0], claim.value), default=None)
        if best and _agreement(best[0], claim.value) >= _AGREES:
            return _shown(best, "page.title.heading")
    if not claims:
        return _shown(first[0], "page.title.heading") if first else None
    if part := _shown_part(root, [claim.value for claim in claims]):
        return _shown(part, "page.title.words")
    if claims[0].value != page:
        return Headline(claims[0], None)
    title = _without_site(page, stated.metas.get("og:site_name"))
    return Headline(Said(value=title, rule="page.title.element", quote=title), None)


def _claims(stated: Stated, page: str) -> Iterator[Said]:
    """What the metadata call the page, the most trustworthy first."""
    for node in stated.articles:
        if isinstance(node.get("headline"), str) and (words := shown(node["headline"])):
            yield Said(value=words, rule="page.title.json_ld", quote=words, spot=Spot("key", mark="headline"))
    for name in _METAS:
        if words := stated.metas.get(name, ""):
            yield Said(value=words, rule="page.title.meta", quote=words, spot=Spot("attribute", "meta", name))
    if page:
        yield Said(value=page, rule="page.title.element", quote=page)


def _shown(heading: tuple[str, HtmlElement], rule: str) -> Headline:
    words, element = heading
    return Headline(Said(value=words, rule=rule, quote=words, spot=shown_in(element)), element)


def _shown_part(root: HtmlElement, claims: Iterable[str]) -> tuple[str, HtmlElement] | None:
    """The claim, or the part of it between a site's separators, that stands on the page as words of their own: old
    pages set their headlines in bold type and not in headings."""
    texts: dict[str, HtmlElement] = {}
    for element in root.iter(*_BOLD):
        if element.text and len(element.text) < _LONGEST:
            texts.setdefault(shown(element.text), element)
    for claim in claims:
        for part in (claim, *_PARTS.split(claim)):
            if len(part.split()) > 1 and part in texts:
                return part, texts[part]
    return None


def _headings(root: HtmlElement, tag: str) -> Iterator[tuple[str, HtmlElement]]:
    for heading in root.iter(tag):
        if (words := shown(" ".join(heading.itertext()))) and len(words) < _LONGEST:
            yield words, heading


def _agreement(heading: str, claim: str) -> float:
    """The share of words that both have: the lesser of the heading's and the claim's, a site's name aside."""
    ours, theirs = _words(heading), _words(claim)
    alone = _words(_SITE_AFTER.split(claim)[0]) or theirs
    if not ours or not theirs:
        return 0.0
    return min(len(ours & theirs) / len(ours), len(ours & alone) / len(alone))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))


def _without_site(title: str, site: str | None) -> str:
    """`title` without the site's name at its end ("Five killed in blast - The Daily Example")."""
    breaks = list(_SITE_AFTER.finditer(title))
    if not breaks:
        return title
    kept, last = title[: breaks[-1].start()].strip(), title[breaks[-1].end() :]
    return kept if len(kept.split()) > 1 and (len(last.split()) <= 5 or last == site) else title

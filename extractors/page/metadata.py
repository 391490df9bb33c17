"""What a page says about its article: title, publisher, address, language, and the day it was published."""

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from dateline.extractors.page.characters import shown
from dateline.extractors.page.published import read_published
from dateline.extractors.page.stated import Stated, read_stated
from dateline.models.article import PublishedFrom

_SITE_AFTER = re.compile(r"\s+[|–—»·•-]+\s+|\s*\|\s*")
_PARTS = re.compile(r"\s*[|»:]\s+|\s+[–—·•-]+\s+")
_BOLD = ("b", "strong", "font", "big", "span", "div", "p", "td", "center", "h3", "h4", "a")
_WORD = re.compile(r"\w+")
_AGREES = 0.6  # share of words that a heading and the stated title have in common; edited headlines differ in a few
_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the page says; None where it does not say. `published` is an ISO day or month; `description` its summary."""

    title: str | None
    publisher: str | None
    url: str | None
    language: str | None
    published: str | None
    published_from: PublishedFrom | None
    description: str | None
    types: frozenset[str]


def read_about(root: HtmlElement, *, url: str | None = None) -> About:
    """What the tree of a page says about its article; `url` is where it was fetched."""
    stated = read_stated(root)
    address = _address(root, stated, url)
    published, published_from = read_published(root, stated, address or url)
    return About(
        title=_title(root, stated),
        publisher=_publisher(stated),
        url=address or url,
        language=_language(root, stated),
        published=published,
        published_from=published_from,
        description=stated.metas.get("og:description") or stated.metas.get("description"),
        types=stated.all_types,
    )


def usable(url: str | None) -> str | None:
    """`url` where it can be taken apart; None for what is no address ("http://[x")."""
    try:
        return url if url and urlsplit(url).hostname is not None else None
    except ValueError:
        return None


def _address(root: HtmlElement, stated: Stated, url: str | None) -> str | None:
    """The canonical address; None where the page names none, or only its site's front page."""
    links = (str(link.get("href")) for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical")
    for found in (next(links, None), stated.metas.get("og:url")):
        try:
            whole = urljoin(url or "", (found or "").strip())
            parts = urlsplit(whole)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.netloc and (parts.path.strip("/") or parts.query):
            return whole
    return None


def _publisher(stated: Stated) -> str | None:
    if name := stated.metas.get("og:site_name"):
        return name
    for node in stated.articles:
        publisher = node.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
            return shown(publisher["name"]) or None
    return stated.metas.get("application-name") or stated.metas.get("dc.publisher") or stated.metas.get("publisher")


def _language(root: HtmlElement, stated: Stated) -> str | None:
    """The language code that the page states (the text itself is asked first: see language.py)."""
    metas = stated.metas
    said = root.get("lang") or root.get("xml:lang") or metas.get("content-language") or metas.get("og:locale") or ""
    code = re.split(r"[-_,; ]", said.strip().lower())[0]
    return code if 2 <= len(code) <= 3 and code.isalpha() else None


def _title(root: HtmlElement, stated: Stated) -> str | None:
    """The headline as the page shows it: the heading that agrees with what the metadata call the page."""
    page = shown(root.findtext(".//title") or "")
    claims = [shown(node["headline"]) for node in stated.articles if isinstance(node.get("headline"), str)]
    claims += [
        stated.metas[name] for name in ("og:title", "twitter:title", "dc.title", "title") if name in stated.metas
    ]
    claims = [claim for claim in [*claims, page] if claim]
    first = _headings(root, "h1")
    headings = first + _headings(root, "h2")
    for claim in claims:
        best = max(headings, key=lambda heading: _agreement(heading, claim), default="")
        if best and _agreement(best, claim) >= _AGREES:
            return best
    if not claims:
        return first[0] if first else None
    if shown_part := _shown_part(root, claims):
        return shown_part
    return claims[0] if claims[0] != page else _without_site(page, stated.metas.get("og:site_name"))


def _shown_part(root: HtmlElement, claims: list[str]) -> str | None:
    """The claim, or the part of it between a site's separators, that stands on the page as words of their own: old
    pages set their headlines in bold type and not in headings."""
    texts = {
        shown(element.text) for element in root.iter(*_BOLD) if element.text and len(element.text) < _LONGEST_TITLE
    }
    for claim in claims:
        for part in (claim, *_PARTS.split(claim)):
            if len(part.split()) > 1 and part in texts:
                return part
    return None


def _headings(root: HtmlElement, tag: str) -> list[str]:
    texts = (shown(" ".join(heading.itertext())) for heading in root.iter(tag))
    return [text for text in texts if text and len(text) < _LONGEST_TITLE]


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

"""What a page says about its article: title, publisher, address, language, authors, and its days."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from dateline.extractors.page.around import lines_about
from dateline.extractors.page.authors import read_authors
from dateline.extractors.page.changed import read_updated
from dateline.extractors.page.characters import shown
from dateline.extractors.page.published import is_month_first, read_published
from dateline.extractors.page.said import Said, Spot
from dateline.extractors.page.stated import Stated, names, read_stated
from dateline.extractors.page.title import read_title

_NAME_ALONE = re.compile(r"(?<=\w)\s+[|–—»·-]\s")  # before what a site says of itself: "The Gazette | News and weather"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the page says; None where it does not say. `description` is its summary, `types` what it calls itself.

    `month_first` is how its site writes 3 February: 02/03 (True), 03/02 (False), or nobody knows (None).
    """

    title: Said | None
    publisher: Said | None
    url: Said | None
    language: Said | None
    published: Said | None
    updated: Said | None
    authors: tuple[Said, ...]
    description: str | None
    types: frozenset[str]
    month_first: bool | None


def read_about(root: HtmlElement, *, url: str | None = None) -> About:
    """What the tree of a page says about its article; `url` is where it was fetched."""
    stated = read_stated(root)
    canonical = _address(root, stated, url)
    address = canonical.value if canonical else url
    headline = read_title(root, stated)
    title = headline.said if headline else None
    lines = lines_about(headline.element) if headline and headline.element is not None else []
    month_first = is_month_first(root, address)
    publishers = list(_publishers(stated))
    published = read_published(root, stated, address, lines, month_first=month_first)
    updated = read_updated(root, stated, lines, month_first=month_first, published=published)
    if published is None and updated:  # it was published then, or before: better than nothing, and said to be inferred
        published = replace(updated, rule="page.published.changed", inferred=True)
    return About(
        title=title,
        publisher=next((said for said in publishers if title is None or said.value != title.value), None),
        url=canonical,
        language=_language(root, stated),
        published=published,
        updated=updated,
        authors=read_authors(root, stated, lines, url=address, publishers=[said.value for said in publishers]),
        description=stated.metas.get("og:description") or stated.metas.get("description"),
        types=stated.all_types,
        month_first=month_first,
    )


def without_story(about: About) -> About:
    """What a page that lists stories says: the days and the authors on it are those of the stories."""
    return replace(about, published=None, updated=None, authors=())


def usable(url: str | None) -> str | None:
    """`url` where it can be taken apart; None for what is no address ("http://[x")."""
    try:
        return url if url and urlsplit(url).hostname is not None else None
    except ValueError:
        return None


def _address(root: HtmlElement, stated: Stated, url: str | None) -> Said | None:
    """The canonical address; None where the page names none, or only its site's front page."""
    links = (
        str(link.get("href") or "") for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical"
    )
    for words, rule, spot in (
        (next(links, ""), "page.url.canonical", Spot("attribute", "link", "canonical")),
        (stated.metas.get("og:url", ""), "page.url.meta", Spot("attribute", "meta", "og:url")),
    ):
        try:
            whole = urljoin(url or "", words.strip())
            parts = urlsplit(whole)
        except ValueError:
            continue
        if (
            words.strip().startswith(("http", "/"))
            and parts.scheme in ("http", "https")
            and parts.netloc
            and (parts.path.strip("/") or parts.query)
        ):
            return Said(value=whole, rule=rule, quote=words.strip(), spot=spot)
    return None


def _publishers(stated: Stated) -> Iterator[Said]:
    """What the page calls its site or its publisher, the name that readers know first."""
    for name in names("publisher_metas"):
        if name == "json_ld":
            for node in stated.articles:
                publisher = node.get("publisher")
                if isinstance(publisher, dict) and "name" not in publisher:
                    publisher = stated.named.get(str(publisher.get("@id")))
                if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
                    words = _NAME_ALONE.split(shown(publisher["name"]))[0]
                    yield Said(
                        value=words, rule="page.publisher.json_ld", quote=words, spot=Spot("key", mark="publisher")
                    )
        elif (words := _NAME_ALONE.split(stated.metas.get(name, ""))[0]) and "://" not in words:
            yield Said(value=words, rule="page.publisher.meta", quote=words, spot=Spot("attribute", "meta", name))


def _language(root: HtmlElement, stated: Stated) -> Said | None:
    """The language code that the page states (the text itself is asked first: see language.py)."""
    said = [(root.get(name), Spot("attribute", "html", name)) for name in ("lang", "xml:lang")]
    said += [(stated.metas.get(name), Spot("attribute", "meta", name)) for name in ("content-language", "og:locale")]
    for words, spot in said:
        code = re.split(r"[-_,; ]", (words or "").strip().lower())[0]
        if 2 <= len(code) <= 3 and code.isalpha():
            return Said(value=code, rule="page.language.stated", quote=shown(words or ""), spot=spot)
    return None

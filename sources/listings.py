"""What feeds and sitemaps list: addresses of articles, with the days they give. Bytes in; nothing is fetched here.

feedparser is only ever given bytes: given a string it would open files and addresses on its own (measured).
"""

from calendar import timegm
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urldefrag, urljoin

from courlan import normalize_url

from dateline.sources.jsonl import characters

MOST = 10_000  # entries of one feed or sitemap; a feed of 100,000 takes feedparser ten seconds
PARTS = 40  # elements of an entry; a news sitemap has some ten, and one with pictures some more
LONGEST = 2_048  # characters of an address


class NotAListing(Exception):
    """Why bytes are no feed or sitemap, in words."""


@dataclass(frozen=True, kw_only=True)
class Listed:
    """An address that a feed or sitemap lists. `published` and `changed` are UTC; None where it does not say.

    `is_sitemap` marks an entry of a sitemap index, which leads to a sitemap and to no article.
    """

    url: str
    title: str | None = None
    published: datetime | None = None
    changed: datetime | None = None
    is_sitemap: bool = False

    @property
    def latest(self) -> datetime | None:
        """The later of the two days."""
        return max(filter(None, (self.published, self.changed)), default=None)


def canonical(url: str, *, base: str = "") -> str | None:
    """The one spelling of an address under which it is known: absolute, without tracking parameters and fragment.
    None for what is no http(s) address."""
    given = characters(url).strip()
    joined = urldefrag(urljoin(base, given))[0]
    if not given or not joined.lower().startswith(("http://", "https://")) or len(joined) > LONGEST:
        return None
    try:
        return normalize_url(joined) or None
    except ValueError:
        return None


def read_feed(data: bytes, *, base: str) -> list[Listed]:
    """The entries of an RSS or Atom feed, in its order, each address once. NotAListing where it is none."""
    import feedparser  # 50 ms, and only needed where there is a feed

    parsed = feedparser.parse(BytesIO(data), response_headers={"content-location": base}, sanitize_html=False)
    if not parsed.entries and not parsed.get("version"):
        raise NotAListing("it is no RSS or Atom feed")
    return _once(_feed_entry(entry, base) for entry in parsed.entries[:MOST])


def _feed_entry(entry: Any, base: str) -> Listed | None:
    url = canonical(str(entry.get("link") or ""), base=base)
    if url is None:
        return None
    # dict.get: feedparser's own gives the one for the other where the feed has only one of them.
    published, changed = (_moment(dict.get(entry, name)) for name in ("published_parsed", "updated_parsed"))
    title = " ".join(str(entry.get("title") or "").split()) or None
    return Listed(url=url, title=title, published=published, changed=changed)


def _moment(parts: Any) -> datetime | None:
    """feedparser's nine numbers, which are in UTC."""
    try:
        return datetime.fromtimestamp(timegm(parts), UTC) if parts else None
    except (OverflowError, TypeError, ValueError):
        return None


def read_sitemap(data: bytes, *, base: str) -> list[Listed]:
    """The addresses of a sitemap, a news sitemap or a sitemap index (sitemaps.org 0.9), each once; or of a text file of
    addresses. NotAListing where it is none of these. Entities are not resolved, and what comes after damage is lost."""
    if data.lstrip()[:1] != b"<":
        return _plain_sitemap(data, base)
    found = _once(_sitemap_entries(data, base))
    if not found and not any(name in data[:2000] for name in (b"<urlset", b"<sitemapindex")):
        raise NotAListing("it is no sitemap")
    return found


def _sitemap_entries(data: bytes, base: str) -> Iterator[Listed | None]:
    from lxml import etree

    parser = etree.iterparse(
        BytesIO(data), events=("end",), resolve_entities=False, no_network=True, recover=True, huge_tree=False
    )
    count, parts = 0, 0
    for _, element in parser:
        parts += 1
        if parts > MOST * PARTS:
            return
        kind = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if kind not in ("url", "sitemap"):
            continue
        values = {etree.QName(part).localname: part.text or "" for part in element.iter() if isinstance(part.tag, str)}
        element.clear()
        count += 1
        if count > MOST:
            return
        url = canonical(values.get("loc", ""), base=base)
        if url:
            yield Listed(
                url=url,
                title=values.get("title") or None,
                published=_iso(values.get("publication_date")),
                changed=_iso(values.get("lastmod")),
                is_sitemap=kind == "sitemap",
            )


def _plain_sitemap(data: bytes, base: str) -> list[Listed]:
    lines = data[: MOST * LONGEST].decode("utf-8", "replace").split()[:MOST]
    urls = [url for line in lines if (url := canonical(line)) is not None]
    if not urls:
        raise NotAListing("it is no sitemap")
    return _once(Listed(url=url) for url in urls)


def _iso(words: str | None) -> datetime | None:
    """A W3C date or time; a day stands for its beginning."""
    try:
        found = datetime.fromisoformat((words or "").strip())
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def _once(entries: Iterator[Listed | None]) -> list[Listed]:
    found: dict[str, Listed] = {}
    for entry in entries:
        if entry is not None:
            found.setdefault(entry.url, entry)
    return list(found.values())

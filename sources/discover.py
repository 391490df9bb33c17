"""Which addresses a feed, sitemap or list of URLs gives tonight, in a fixed order. `now` is the run's start.

Nothing here waits for more than `Limits` allows: a sitemap index is followed two levels deep, to its fifty latest
sitemaps.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from dateline.sources.collection import FETCHED, Entry
from dateline.sources.fetch_queue import Fetcher
from dateline.sources.inputs import url_list
from dateline.sources.listings import Listed, NotAListing, canonical, read_feed, read_sitemap

DAYS = 3.0  # what a sitemap lists may be the whole site since its founding: only the latest is news
SITEMAPS = 50  # of an index, the latest
LARGEST = 50_000_000  # bytes of a sitemap, unpacked (sitemaps.org)
_GZIP = b"\x1f\x8b"
LEVELS = 2  # an index of indexes; deeper ones lead in circles


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a source gives tonight: addresses, each once, or the `problem`; `notes` are parts of it that failed."""

    entry: Entry
    listed: tuple[Listed, ...] = ()
    problem: str | None = None
    notes: tuple[str, ...] = ()


def discover(entry: Entry, fetcher: Fetcher, *, folder: Path, now: datetime) -> Found:
    """The addresses of one source that is fetched; `folder` is where relative paths of its collection start."""
    if entry.kind not in FETCHED:
        raise ValueError(f"{entry.name} is read from disk")
    notes: list[str] = []
    try:
        listed = _listed(entry, fetcher, folder, now, notes)
    except (NotAListing, ValueError) as error:
        return Found(entry=entry, problem=str(error))
    recent = _recent(listed, entry, now)
    return Found(entry=entry, listed=tuple(recent[: entry.most]), notes=tuple(notes))


def _listed(entry: Entry, fetcher: Fetcher, folder: Path, now: datetime, notes: list[str]) -> list[Listed]:
    if entry.kind == "feed":
        url, data = _body(entry.where, fetcher)
        return read_feed(data, base=url)
    if entry.kind == "sitemap":
        return _sitemap(entry.where, fetcher, entry, now, notes)
    urls = [canonical(url) or url for url in url_list(folder / entry.where)]
    return [Listed(url=url) for url in dict.fromkeys(urls)]


def _sitemap(top: str, fetcher: Fetcher, entry: Entry, now: datetime, notes: list[str]) -> list[Listed]:
    """The articles of a sitemap and of those that it leads to. One that fails below the top is a note."""
    url, data = _body(top, fetcher)
    level, seen = read_sitemap(data, base=url), {top, url}
    found: dict[str, Listed] = {}
    for depth in range(LEVELS + 1):
        found.update({one.url: one for one in level if not one.is_sitemap and one.url not in found})
        if depth == LEVELS:
            break
        further = _latest([one for one in level if one.is_sitemap and one.url not in seen], entry, now)
        level = []
        for one in further:
            seen.add(one.url)
            try:
                url, data = _body(one.url, fetcher)
                level += read_sitemap(data, base=url)
            except NotAListing as error:
                notes.append(f"{one.url}: {error}")
    return list(found.values())


def _latest(sitemaps: Sequence[Listed], entry: Entry, now: datetime) -> list[Listed]:
    recent = _recent(sitemaps, entry, now)
    return recent[:SITEMAPS]


def _recent(listed: Sequence[Listed], entry: Entry, now: datetime) -> list[Listed]:
    """What is not known to be older than the source's days, the latest first, and what gives no day after it. A feed
    lists only its latest, and keeps its order."""
    days = entry.days if entry.days is not None else DAYS if entry.kind == "sitemap" else None
    since = now - timedelta(days=days) if days is not None else None
    kept = [one for one in listed if since is None or one.latest is None or one.latest >= since]
    if entry.kind != "sitemap":
        return kept
    return sorted(kept, key=lambda one: (one.latest is None, -(one.latest or now).timestamp()))


def _body(url: str, fetcher: Fetcher) -> tuple[str, bytes]:
    """Where an address led, and what came, unpacked: sitemaps are often kept as gzip files."""
    found = fetcher.get(url).result()
    if found.problem is not None:
        raise NotAListing(found.problem)
    if not found.body.startswith(_GZIP):
        return found.url, found.body
    unpacking = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        data = unpacking.decompress(found.body, LARGEST)
    except zlib.error as error:
        raise NotAListing(f"it is damaged: {error}") from error
    if unpacking.unconsumed_tail:
        raise NotAListing(f"it unpacks to more than {LARGEST:,} bytes")
    return found.url, data

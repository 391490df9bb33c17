"""A collection's night: what each source lists, each address once, pages that have not changed taken from the archive.

The sources take turns, so that several hosts are asked at once; a slow one holds up only itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain, zip_longest
from pathlib import Path

from dateline.models.article import Source
from dateline.models.capture import Capture
from dateline.models.gate import SourceNight
from dateline.models.store import Store
from dateline.sources.archive import read_payload
from dateline.sources.collection import FETCHED, Collection, Entry, paths_of
from dateline.sources.discover import Found, discover
from dateline.sources.fetch import Known
from dateline.sources.fetch_queue import Fetcher, fetch_all
from dateline.sources.inputs import sources

_AT_ONCE = 500  # addresses whose earlier captures are looked up together


class Night:
    """One night of a collection. `sources()` gives every input; `nights` then says what each source gave."""

    def __init__(self, collection: Collection, *, folder: Path, store: Store, archive: Path, now: datetime) -> None:
        self._collection, self._folder = collection, folder
        self._store, self._archive, self._now = store, archive, now
        self._listed: dict[str, SourceNight] = {}

    @property
    def nights(self) -> list[SourceNight]:
        """What each source gave, in the collection's order."""
        return [self._listed[entry.name] for entry in self._collection.source if entry.name in self._listed]

    def sources(self, fetcher: Fetcher, *, handled: Iterable[str] = ()) -> Iterator[Source]:
        """Every input of the night. What is in `handled` (addresses) is not fetched again."""
        fetched = [entry for entry in self._collection.source if entry.kind in FETCHED]
        found = [discover(entry, fetcher, folder=self._folder, now=self._now) for entry in fetched]
        for one in found:
            self._listed[one.entry.name] = _night(one)
        via = _turns(found)
        for url in handled:
            via.pop(url, None)
        yield from self._fetched(via, fetcher)
        for entry in self._collection.source:
            if entry.kind not in FETCHED:
                yield from self._on_disk(entry)

    def _fetched(self, via: dict[str, Entry], fetcher: Fetcher) -> Iterator[Source]:
        urls = list(via)
        for start in range(0, len(urls), _AT_ONCE):
            some = urls[start : start + _AT_ONCE]
            before = self._store.last_captures(some)
            self._store.rest()
            known = {url: Known(etag=kept.etag, last_modified=kept.last_modified) for url, kept in before.items()}
            for source in fetch_all(some, fetcher, known=known):
                entry = via[source.id]
                came = self._unchanged(source, before[source.id]) if source.same else source
                yield replace(came, published=came.published or entry.published, via=entry.name)
                self._store.rest()  # a shard may have been stored just now; the next page may take long to come

    def _unchanged(self, source: Source, kept: Capture) -> Source:
        """The page that the server says is still the same, from the archive: the very capture that it was."""
        try:
            data = read_payload(self._archive, kept.archive_file, kept.archive_offset)
        except (OSError, ValueError) as error:
            return replace(source, same=False, problem=f"it has not changed, and the archive cannot give it: {error}")
        page, plain = (data, None) if kept.kind == "page" else (None, data)
        return Source(
            id=kept.input_id, origin=source.origin, page=page, plain=plain, charset=kept.charset, url=kept.url,
            title=kept.title, published=kept.published,
        )  # fmt: skip

    def _on_disk(self, entry: Entry) -> Iterator[Source]:
        paths = [str(path) for path in paths_of(entry, self._folder)]
        count = 0
        for source in sources(paths, published=entry.published):
            count += 1
            yield replace(source, via=entry.name)
        problem = None if paths else f"there is no {entry.where}"
        self._listed[entry.name] = SourceNight(
            source=entry.name, kind=entry.kind, listed=count, problem=problem, expect=entry.expect
        )


def _night(found: Found) -> SourceNight:
    entry = found.entry
    return SourceNight(
        source=entry.name, kind=entry.kind, listed=len(found.listed), problem=found.problem, notes=found.notes,
        expect=entry.expect,
    )  # fmt: skip


def _turns(found: Sequence[Found]) -> dict[str, Entry]:
    """Every address once, the sources taking turns, and the source through which each comes: the first that has it."""
    first = {url: one.entry for one in reversed(found) for url in (listed.url for listed in one.listed)}
    turns = zip_longest(*([listed.url for listed in one.listed] for one in found))
    return {url: first[url] for url in chain.from_iterable(turns) if url is not None}

"""An ingest as plain functions: inputs to archive to records to store. The Prefect flow puts its tasks around these."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from pathlib import Path

from dateline.extractors.digests import digests as code_digests
from dateline.extractors.digests import parts as code_parts
from dateline.flows.lock import running
from dateline.flows.met import Met
from dateline.flows.nightly import Night
from dateline.flows.orders import carry_out
from dateline.flows.request import IngestReport, IngestRequest, Reading
from dateline.flows.runners import Read
from dateline.flows.shards import Item, entries, kept, light_shards, numbered
from dateline.flows.storing import Handed, carry_all, ended, runner_for
from dateline.flows.versions import versions
from dateline.models.article import Source
from dateline.models.fields import fields as field_shapes
from dateline.models.record import Record
from dateline.models.store import PATIENCE, Store, archive_folder, shard_folder
from dateline.sources.archive import Archive, Place
from dateline.sources.collection import read_collection
from dateline.sources.fetch import Limits
from dateline.sources.fetch_queue import Fetcher, fetch_all
from dateline.sources.inputs import is_url, sources


class Progress:
    """Who is told how a run goes. This one keeps it to itself."""

    def begun(self, *, run_id: int, resumed: bool, done: int) -> None:
        """A run begins, or goes on with `done` inputs behind it."""

    def came(self, source: Source) -> None:
        """A source was found or fetched."""

    def planned(self, works: int) -> None:
        """So many pages and texts are to be read, where that is known beforehand."""

    def read(self, record: Record) -> None:
        """A source was read."""

    def stored(self, inputs: int) -> None:
        """So many inputs have their outcome now."""

    def finished(self, report: IngestReport) -> None:
        """Every input has its outcome."""


def collect(request: IngestRequest, *, read: Read = carry_out, progress: Progress | None = None) -> IngestReport:
    """Read everything that is asked for into the store. Killed anywhere and called again, the store ends as if it had
    not been. `read` reads one shard. StoreError where the store cannot be used, RunUnderWay where another run has it.

    The store is open only while something is looked up or written: it rests while pages are fetched and read."""
    told = progress or Progress()
    digests = code_digests()
    with running(request.db), Store.open(request.db, patience=PATIENCE) as store:
        run_id, resumed = store.start_run("ingest", parameters=request.meaning(), digests=digests, versions=versions())
        handled = Met()
        told.begun(run_id=run_id, resumed=resumed, done=handled.note(store.each_handled(run_id)))
        given = numbered(_sources(request, handled, store, run_id))
        fill(store, run_id, (item for item in given if item.key not in handled), request, read=read, told=told)
        done = report(store, run_id, resumed=resumed)
        told.finished(done)
        return done


def fill(
    store: Store,
    run_id: int,
    items: Iterable[Item],
    how: Reading,
    *,
    read: Read,
    told: Progress,
    insist: bool = False,
) -> None:
    """Read the items of a run that have no outcome yet, shard by shard, and finish it. With `insist` what was given up
    is tried again."""
    digests = code_digests()
    store.note_parts(run_id, code_parts())
    last = store.last_capture()
    with Archive(archive_folder(store.path), since=Place(*last) if last else None) as archive:

        def shards() -> Iterator[Handed]:
            for some in light_shards(_told(items, told), how.shard):
                shard = kept(some, store, archive, run_id, digests, mapped=how.map, insist=insist)
                order = shard.order(
                    archive=archive.folder, folder=shard_folder(store.path), digests=digests, mapped=how.map
                )
                yield Handed(order, partial(entries, shard))

        with runner_for(store, how, read=read, done=told.read) as runner:
            store.rest()  # others can look into the store while its pages are fetched and read
            carry_all(store, run_id, shards(), runner, stored=told.stored)
    ended(store, run_id)


def _told(items: Iterable[Item], progress: Progress) -> Iterator[Item]:
    for item in items:
        progress.came(item.source)
        yield item


def report(store: Store, run_id: int, *, resumed: bool) -> IngestReport:
    """How a run went, from the store."""
    run = next(run for run in store.runs() if run.run_id == run_id)
    counts = store.counts()
    facts = {name: counts[name] for name in field_shapes()}
    return IngestReport(
        run_id=run_id,
        resumed=resumed,
        outcomes=run.outcomes,
        facts=facts,
        incidents=counts["incidents"],
        alarms={one.source: one.alarm for one in store.run_sources(run_id) if one.alarm},
    )


def _sources(request: IngestRequest, handled: Met, store: Store, run_id: int) -> Iterator[Source]:
    """Every source of the request, in its order: inputs, then the collection's. URLs are fetched once, and not again
    where they were handled."""
    seen: set[str] = set()
    for fetched, group in groupby(request.inputs, key=is_url):
        if fetched:
            urls = [url for url in group if (url, url, 0) not in handled]
            limits = Limits(allow_private=request.allow_private)
            with Fetcher(limits, pause=request.pause) as fetcher:
                for source in fetch_all(_once(urls, seen), fetcher):
                    yield replace(source, published=request.published)
                    store.rest()  # a shard may have been stored just now; the next page may take long to come
        else:
            yield from sources(list(group), published=request.published)
    if request.collection is not None:
        yield from _nightly(request, request.collection, store, run_id)


def _nightly(request: IngestRequest, path: Path, store: Store, run_id: int) -> Iterator[Source]:
    """What a collection gives tonight; when all of it came, what each source gave is noted."""
    collection = read_collection(path)
    wanted = collection.fetch
    limits = Limits(
        seconds=wanted.seconds,
        largest=int(wanted.largest_mb * 1_000_000),
        allow_private=wanted.allow_private or request.allow_private,
    )
    night = Night(
        collection, folder=path.parent, store=store, archive=archive_folder(request.db), now=datetime.now(UTC)
    )
    with Fetcher(limits, pause=wanted.pause) as fetcher:
        fetched = [key[1] for key in store.each_handled(run_id) if key[0] == key[1]]
        yield from night.sources(fetcher, handled=fetched)
    store.add_sources(run_id, night.nights)


def _once(urls: Iterable[str], seen: set[str]) -> Iterator[str]:
    for url in urls:
        if url not in seen:
            seen.add(url)
            yield url

"""An ingest as plain functions: inputs to archive to records to store. The Prefect flow puts its tasks around these."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from dateline.extractors.digests import digests as code_digests
from dateline.flows.attempts import Attempts
from dateline.flows.reading import Readers
from dateline.flows.request import IngestReport, IngestRequest
from dateline.flows.shards import Item, Shard, entries, kept, numbered, read_shard, shards
from dateline.flows.versions import versions
from dateline.models.article import Source
from dateline.models.fields import fields as field_shapes
from dateline.models.record import Record
from dateline.models.store import InputKey, Store, archive_folder
from dateline.sources.archive import Archive, Place
from dateline.sources.fetch import Limits
from dateline.sources.fetch_queue import fetch_all
from dateline.sources.inputs import is_url, sources

ReadShard = Callable[[Shard, Readers, Attempts, Callable[[Record], None] | None], dict[str, Record]]


class Progress:
    """Who is told how a run goes. This one keeps it to itself."""

    def begun(self, *, run_id: int, resumed: bool, done: int) -> None:
        """A run begins, or goes on with `done` inputs behind it."""

    def came(self, source: Source) -> None:
        """A source was found or fetched."""

    def read(self, record: Record) -> None:
        """A source was read."""

    def stored(self, inputs: int) -> None:
        """So many inputs have their outcome now."""

    def finished(self, report: IngestReport) -> None:
        """Every input has its outcome."""


def collect(request: IngestRequest, *, read: ReadShard = read_shard, progress: Progress | None = None) -> IngestReport:
    """Read everything that is asked for into the store. Killed anywhere and called again, the store ends as if it had
    not been. `read` reads one shard. StoreError where the store cannot be used."""
    told = progress or Progress()
    digests = code_digests()
    with Store.open(request.db) as store:
        run_id, resumed = store.start_run("ingest", parameters=request.meaning(), digests=digests, versions=versions())
        handled = store.handled(run_id)
        told.begun(run_id=run_id, resumed=resumed, done=len(handled))
        attempts = Attempts(request.db.with_name(request.db.name + ".attempts"))
        last = store.last_capture()
        since = Place(*last) if last else None
        with (
            Archive(archive_folder(request.db), since=since) as archive,
            Readers(request.jobs, seconds=request.seconds) as readers,
        ):
            given = numbered(_sources(request, handled))
            left = _told((item for item in given if item.key not in handled), told)
            for some in shards(left, request.shard):
                shard = kept(some, store, archive, run_id, digests)
                records = read(shard, readers, attempts, told.read)
                store.add_shard(run_id, entries(shard, records, digests))
                told.stored(len(some))
        store.finish_run(run_id)
        attempts.clear()
        done = report(store, run_id, resumed=resumed)
        told.finished(done)
        return done


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
        run_id=run_id, resumed=resumed, outcomes=run.outcomes, facts=facts, incidents=counts["incidents"]
    )


def _sources(request: IngestRequest, handled: set[InputKey]) -> Iterator[Source]:
    """Every source of the request, in its order. URLs are fetched once, and not again where they were handled."""
    limits = Limits(allow_private=request.allow_private)
    seen: set[str] = set()
    for fetched, group in groupby(request.inputs, key=is_url):
        if fetched:
            urls = [url for url in group if (url, url, 0) not in handled]
            for source in fetch_all(_once(urls, seen), limits, pause=request.pause):
                yield replace(source, published=request.published)
        else:
            yield from sources(list(group), published=request.published)


def _once(urls: Iterable[str], seen: set[str]) -> Iterator[str]:
    for url in urls:
        if url not in seen:
            seen.add(url)
            yield url

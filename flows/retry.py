"""Trying again what gave nothing: from the archive where something came in, else from its address or file."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path

from dateline.extractors.digests import digests as code_digests
from dateline.flows.collecting import Progress, fill, report
from dateline.flows.lock import running
from dateline.flows.orders import carry_out
from dateline.flows.request import IngestReport, Reading
from dateline.flows.runners import Read
from dateline.flows.shards import Item
from dateline.flows.versions import versions
from dateline.models.article import Source
from dateline.models.capture import capture_id
from dateline.models.store import PATIENCE, Problem, Store, StoredRun, StoreError, archive_folder
from dateline.sources.archive import Place, read_capture
from dateline.sources.collection import Collection, CollectionError, read_collection
from dateline.sources.fetch import Limits
from dateline.sources.fetch_queue import PAUSE, Fetcher, fetch_all
from dateline.sources.inputs import is_url, sources

KIND = "retry"
MOST_TRIES = 5  # runs; an address that has not answered for a week will not tonight


def retry(
    db: Path,
    *,
    run_id: int | None = None,
    how: Reading | None = None,
    most: int = MOST_TRIES,
    allow_private: bool = False,
    read: Read = carry_out,
    progress: Progress | None = None,
) -> IngestReport | None:
    """Try the inputs again that failed in a run (default: the latest), as a new run; None where there are none. What
    was tried in `most` runs is left. Killed and called again, it goes on. StoreError where the store cannot be used."""
    told = progress or Progress()
    with running(db), Store.open(db, patience=PATIENCE) as store:
        of = _run(store, run_id)
        wrong = [one for one in store.problems(run_id=of.run_id) if can_retry(one, most=most)]
        if not wrong:
            return None
        begun, resumed = store.start_run(
            KIND, parameters={"run": of.run_id}, digests=code_digests(), versions=versions()
        )
        handled = store.handled(begun)
        told.begun(run_id=begun, resumed=resumed, done=len(handled))
        left = [one for one in wrong if (one.origin, one.input_id, one.occurrence) not in handled]
        limits, pause = _limits(of, allow_private=allow_private)
        with Fetcher(limits, pause=pause) as fetcher:
            items = _items(left, store, fetcher, of)
            fill(store, begun, items, how or Reading(), read=read, told=told, insist=True)
        done = report(store, begun, resumed=resumed)
        told.finished(done)
        return done


def can_retry(problem: Problem, *, most: int = MOST_TRIES) -> bool:
    """Whether it may go better: it failed, not too often, and it can still be had."""
    return problem.outcome == "failed" and problem.tries < most and (problem.capture_id or problem.origin) != "-"


def _run(store: Store, run_id: int | None) -> StoredRun:
    """The run whose inputs are tried again: where the latest is such a try that was cut short, the run it was of."""
    runs = {run.run_id: run for run in store.runs()}
    if not runs:
        raise StoreError("nothing was ever read into this store")
    found = runs.get(max(runs) if run_id is None else run_id)
    if found is None:
        raise StoreError(f"there is no run {run_id}; the latest is {max(runs)}")
    if run_id is None and found.kind == KIND and found.finished_at is None:
        return runs[found.parameters["run"]]
    if found.finished_at is None:
        raise StoreError(f"run {found.run_id} has not ended; call it again first")
    return found


def _collection(of: StoredRun) -> Collection | None:
    """The collection that a run read, as it is now."""
    with suppress(CollectionError):
        return read_collection(Path(of.parameters["collection"])) if of.parameters.get("collection") else None
    return None


def _limits(of: StoredRun, *, allow_private: bool) -> tuple[Limits, float]:
    """How its pages may be fetched, and the pause between two of a host."""
    found = _collection(of)
    if found is None:
        return Limits(allow_private=allow_private), PAUSE
    wanted, private = found.fetch, found.fetch.allow_private or allow_private
    largest = int(wanted.largest_mb * 1_000_000)
    return Limits(seconds=wanted.seconds, largest=largest, allow_private=private), wanted.pause


def _items(wrong: Iterable[Problem], store: Store, fetcher: Fetcher, of: StoredRun) -> Iterator[Item]:
    """The inputs under their old keys: first what the archive and the disk have, then what must be fetched."""
    found = _collection(of)
    published: dict[str | None, str | None] = {None: of.parameters.get("published")}
    published |= {entry.name: entry.published for entry in found.source} if found else {}
    fetched = []
    for one in wrong:
        if one.capture_id is None and is_url(one.input_id):
            fetched.append(one)
        else:
            yield _item(one, _kept(one, store) if one.capture_id else _on_disk(one), published)
    for one, source in zip(fetched, fetch_all((one.input_id for one in fetched), fetcher), strict=True):
        yield _item(one, source, published)
        store.rest()


def _item(one: Problem, source: Source, published: dict[str | None, str | None]) -> Item:
    if not one.capture_id:
        source = replace(source, published=source.published or published.get(one.source))
    source = replace(source, origin=one.origin, via=one.source)
    own = None if source.problem is not None else capture_id(source)
    return Item((one.origin, one.input_id, one.occurrence), source, own)


def _kept(one: Problem, store: Store) -> Source:
    """What came in, from the archive."""
    capture = store.capture_of(str(one.capture_id))
    try:
        return read_capture(archive_folder(store.path), Place(capture.archive_file, capture.archive_offset))[0]
    except (OSError, ValueError) as error:
        return Source(id=one.input_id, problem=f"the archive cannot give it: {error}")


def _on_disk(one: Problem) -> Source:
    """A file that could not be read. Of a file of many inputs only an ingest tells which this was."""
    some = list(islice(sources([one.origin]), 2))
    if len(some) != 1:
        return Source(id=one.input_id, problem=f"{one.reason}; ingest {one.origin} again")
    return replace(some[0], id=one.input_id)

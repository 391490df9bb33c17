"""A rerun as plain functions: what today's code would read differently is read again, from store and archive.

Only readings whose digest has changed are made; a page is parsed again only where page rules have changed. Nothing is
fetched. The Prefect flow `rerun` puts its tasks around these.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from time import monotonic
from typing import Any

from dateline.extractors.digests import digests as code_digests
from dateline.extractors.digests import parts as code_parts
from dateline.flows.collecting import Progress, report
from dateline.flows.lock import running
from dateline.flows.orders import Order, Whole, carry_out
from dateline.flows.reading import Readers, Work
from dateline.flows.request import IngestReport, RerunRequest
from dateline.flows.runners import Read
from dateline.flows.storing import Handed, carry_all, ended, runner_for
from dateline.flows.versions import versions
from dateline.models.shard_files import Ended
from dateline.models.store import PATIENCE, Entry, Planned, Store, Wanted, archive_folder, shard_folder
from dateline.models.store_rows import INCIDENTS
from dateline.sources.archive import Place, read_capture

KIND = "rerun"
SAMPLE = 40  # pages or texts that are read to see how long a rerun would take


def rerun(request: RerunRequest, *, read: Read = carry_out, progress: Progress | None = None) -> IngestReport:
    """Read again what the request is about, where today's code has not read it yet. Killed anywhere and called again,
    the store ends as if it had not been. StoreError where the store cannot be used, RunUnderWay where a run has it."""
    told = progress or Progress()
    digests = code_digests()
    with running(request.db), Store.existing(request.db, patience=PATIENCE) as store:
        run_id, resumed = store.start_run(KIND, parameters=request.meaning(), digests=digests, versions=versions())
        store.note_parts(run_id, code_parts())
        planned = store.plan_rerun(run_id, digests, request.scope())
        told.begun(run_id=run_id, resumed=resumed, done=sum(1 for _ in store.each_handled(run_id)))
        told.planned(planned.whole + planned.again)
        told.stored(store.list_unchanged(run_id))
        with runner_for(store, request, read=read, done=told.read) as runner:
            for work in (_fields, _rest):
                carry_all(store, run_id, work(store, run_id, request, digests), runner, stored=told.stored)
        store.end_rerun()
        ended(store, run_id)
        done = report(store, run_id, resumed=resumed)
        told.finished(done)
        return done


def _wanted(store: Store, run_id: int, request: RerunRequest) -> Iterator[list[Wanted]]:
    """The inputs with work to do, a shard at a time, in the order of the archive."""
    after = 0
    while wanted := store.work_left(run_id, after=after, limit=request.shard):
        after = wanted[-1].position
        yield wanted


def _fields(store: Store, run_id: int, request: RerunRequest, digests: Mapping[str, str]) -> Iterator[Handed]:
    """First the fields of texts that are known: where they find what they found before, and that is most texts, their
    incidents are copied then, and no fact has to be fetched for them. Nothing has its outcome yet."""
    for wanted in _wanted(store, run_id, request):
        texts = [one for one in wanted if one.work == "again"]
        now, _ = store.readings_of(texts, digests)
        again = tuple(store.texts_again(texts, now, fields_only=True))
        if again:
            yield Handed(replace(_order(store, request, digests), again=again), _no_entries)


def _rest(store: Store, run_id: int, request: RerunRequest, digests: Mapping[str, str]) -> Iterator[Handed]:
    """Then whole pages, and the incidents that have to be gathered anew."""
    for wanted in _wanted(store, run_id, request):
        yield _handed(store, run_id, wanted, _order(store, request, digests))


def _order(store: Store, request: RerunRequest, digests: Mapping[str, str]) -> Order:
    """An order with nothing in it."""
    folder, archive = shard_folder(store.path), archive_folder(store.path)
    return Order(archive=archive, folder=folder, digests=digests, mapped=request.map)


def _no_entries(found: Mapping[str, Ended]) -> list[Entry]:
    return []


def _handed(store: Store, run_id: int, wanted: Sequence[Wanted], order: Order) -> Handed:
    digests, mapped = order.digests, order.mapped
    texts = [one for one in wanted if one.work == "again"]
    pages = {one.capture_id: one for one in wanted if one.work == "whole"}
    known = store.known(run_id, pages, digests, mapped=mapped)  # by an earlier shard: two inputs may be one capture
    now, kept = store.readings_of(texts, digests)
    for key, reading_id in store.copy_incidents(texts, digests).items():
        now[key][INCIDENTS] = reading_id
    order = replace(
        order,
        whole=tuple(Whole(capture_id=own, place=Place(*one.place)) for own, one in pages.items() if own not in known),
        again=tuple(store.texts_again(texts, now)),
    )
    before = {key: (*names.values(), *kept[key]) for key, names in now.items()}
    already = {
        own: Ended(result="read" if one.result == "unchanged" else one.result, reason=one.reason,
                   page_id=one.page_id, readings=one.readings)
        for own, one in known.items()
    }  # fmt: skip
    return Handed(order, partial(_entries, wanted, before, already))


def _entries(
    wanted: Sequence[Wanted],
    before: Mapping[str, tuple[str, ...]],
    already: Mapping[str, Ended],
    found: Mapping[str, Ended],
) -> list[Entry]:
    return [_entry(one, before, {**already, **found}) for one in wanted]


def _entry(one: Wanted, before: Mapping[str, tuple[str, ...]], found: Mapping[str, Ended]) -> Entry:
    """How an input of a rerun ended: a text that was read again keeps its page, and its other readings."""
    said: dict[str, Any] = {"key": one.key, "capture_id": one.capture_id, "source": one.source}
    if one.work == "whole":
        end = found[one.capture_id]
        return Entry(outcome=end.result, reason=end.reason, page_id=end.page_id, readings=end.readings, **said)
    end = found.get(one.again_key, Ended(result="read"))  # not in it: an earlier shard has read the same text
    if end.result == "failed":
        return Entry(outcome="failed", reason=end.reason, **said)
    readings = (*before[one.again_key], *end.readings)
    return Entry(outcome="read", page_id=one.page_id, readings=tuple(dict.fromkeys(readings)), **said)


def look_ahead(request: RerunRequest, *, sample: int = SAMPLE) -> tuple[Planned, list[float]]:
    """What a rerun would have to do, and the seconds that each of a sample of it takes one worker. Nothing is stored.
    StoreError where the store cannot be used."""
    digests = code_digests()
    with Store.open(request.db, read_only=True, patience=PATIENCE) as store:
        planned = store.estimate_rerun(digests, request.scope())
        left = store.work_left(0, after=0, limit=max(sample, planned.inputs))
        every = max(1, len(left) // sample)
        wanted = left[::every][:sample]
        texts = [one for one in wanted if one.work == "again"]
        now, _ = store.readings_of(texts, digests)
        again = store.texts_again(texts, now)
    places = [one.place for one in wanted if one.work == "whole"]
    works: list[Work] = [read_capture(archive_folder(request.db), Place(*place))[0] for place in places]
    return planned, list(_timed([*works, *again], seconds=request.seconds))


def _timed(works: Sequence[Work], *, seconds: float) -> Iterator[float]:
    """The time that each takes a worker that is warm."""
    with Readers(1, seconds=seconds) as readers:
        for _ in readers.read(works[:1]):
            pass
        for work in works:
            began = monotonic()
            for _ in readers.read([work]):
                pass
            yield monotonic() - began

"""Shards: the unit of work, of storing and of starting again. Inputs in, entries for the store out."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from typing import TypeVar

from dateline.flows.attempts import MOST, Attempts
from dateline.flows.reading import Event, Readers, failed
from dateline.models.article import Source
from dateline.models.capture import Capture, capture_id, origin
from dateline.models.record import Record
from dateline.models.store import Entry, InputKey, Known, Store
from dateline.models.store_rows import page_of
from dateline.sources.archive import Archive

T = TypeVar("T")


HEAVY = 100_000_000  # bytes of pages after which a shard is closed: some hundred pages of ordinary size have 20 MB


@dataclass(frozen=True)
class Item:
    """One input of a run, and its capture where something came in."""

    key: InputKey
    source: Source
    capture_id: str | None


@dataclass
class Shard:
    """Inputs that are stored together: what is kept of them, and what the store knows already."""

    items: list[Item]
    captures: dict[str, Capture] = field(default_factory=dict)
    known: dict[str, Known] = field(default_factory=dict)
    given_up: dict[str, str] = field(default_factory=dict)  # why, by capture id

    def unread(self) -> dict[str, Source]:
        """What must be read, once each, by capture id."""
        return {
            item.capture_id: item.source
            for item in self.items
            if item.capture_id and item.capture_id not in self.known and item.capture_id not in self.given_up
        }


def numbered(sources: Iterable[Source]) -> Iterator[Item]:
    """Sources with the keys of their outcomes; two inputs of one id and place are told apart by their order."""
    seen: Counter[tuple[str, str]] = Counter()
    for source in sources:
        name = (origin(source), source.id)
        own = None if source.problem is not None else capture_id(source)
        yield Item((*name, seen[name]), source, own)
        seen[name] += 1


def shards(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of `size`."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def light_shards(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items in lists of `size`, or of fewer where they are heavy: a shard is in memory as a whole."""
    some: list[Item] = []
    weight = 0
    for item in items:
        some.append(item)
        weight += len(item.source.page or item.source.plain or item.source.text or "")
        if len(some) >= size or weight >= HEAVY:
            yield some
            some, weight = [], 0
    if some:
        yield some


def kept(
    items: list[Item],
    store: Store,
    archive: Archive,
    run_id: int,
    digests: Mapping[str, str],
    *,
    mapped: bool = False,
    insist: bool = False,
) -> Shard:
    """A shard with every byte of it in the archive, on disk, before anything reads it. With `mapped` what has no map of
    its text is read again; with `insist` also what failed in so many runs that it was given up."""
    ids = [item.capture_id for item in items if item.capture_id]
    there = store.captures(ids)
    shard = Shard(items, known=store.known(run_id, ids, digests, mapped=mapped))
    if not insist:
        shard.given_up = store.given_up(run_id, ids, digests)
    now = datetime.now(UTC)
    for item in items:
        if item.capture_id and item.capture_id not in there and item.capture_id not in shard.captures:
            shard.captures[item.capture_id] = archive.keep(item.source, at=now)
    archive.sync()
    return shard


def read_shard(
    shard: Shard, readers: Readers, attempts: Attempts, done: Callable[[Record], None] | None = None
) -> dict[str, Record]:
    """The records of what is unread, by capture id. Suspects come last and alone; the condemned are not tried."""
    unread = shard.unread()
    condemned = {own for own in unread if attempts.deaths(own) >= MOST}
    suspects = {own for own in unread if attempts.suspected(own)} - condemned
    found = {own: failed(unread[own], f"it killed its worker {attempts.deaths(own)} times") for own in condemned}
    for alone, ids in ((False, unread.keys() - suspects - condemned), (True, suspects)):
        ordered = [own for own in unread if own in ids]
        watch = partial(_note, attempts, alone)
        records = readers.read([unread[own] for own in ordered], alone=alone, watch=watch)
        for own, record in zip(ordered, records, strict=True):
            found[own] = record
            if done:
                done(record)
    return found


def _note(attempts: Attempts, alone: bool, event: Event, source: Source) -> None:
    attempts.note(event, capture_id(source), alone=alone)


def entries(shard: Shard, records: Mapping[str, Record], digests: Mapping[str, str]) -> list[Entry]:
    """How each input of a shard ended, for the store."""
    return [_entry(item, shard, records, digests) for item in shard.items]


def _entry(item: Item, shard: Shard, records: Mapping[str, Record], digests: Mapping[str, str]) -> Entry:
    own = item.capture_id
    if own is None:
        return Entry(key=item.key, outcome="failed", reason=item.source.problem, source=item.source.via)
    entry = Entry(
        key=item.key, outcome="failed", capture_id=own, capture=shard.captures.get(own), source=item.source.via
    )
    if known := shard.known.get(own):
        if known.before:
            return replace(entry, outcome="unchanged", known=known)
        # Read by this run, in an earlier shard: it ends as it ended there, however the shards are cut.
        return replace(entry, outcome=known.result, reason=known.reason, known=known)
    if own in shard.given_up:
        return replace(entry, reason=shard.given_up[own])
    article = records[own].article
    entry = replace(entry, outcome=article.result, reason=article.reason)
    if article.result == "failed":
        return entry  # nothing was found out about the capture, so the next run tries again
    try:
        return replace(entry, page=page_of(records[own], own, digests))
    except ValueError as error:
        return replace(entry, outcome="failed", reason=f"what was read cannot be stored: {error}")

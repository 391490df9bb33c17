"""Shards: the unit of work, of storing and of starting again. Inputs in, entries for the store out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TypeVar

from dateline.flows.met import Met
from dateline.flows.orders import Order, Whole
from dateline.models.article import Source
from dateline.models.capture import Capture, capture_id, origin
from dateline.models.shard_files import Ended
from dateline.models.store import Entry, InputKey, Known, Store
from dateline.sources.archive import Archive, Place

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
    places: dict[str, Place] = field(default_factory=dict)  # of captures that are in the archive already
    known: dict[str, Known] = field(default_factory=dict)
    given_up: dict[str, str] = field(default_factory=dict)  # why, by capture id

    def unread(self) -> dict[str, Source]:
        """What must be read, once each, by capture id."""
        return {
            item.capture_id: item.source
            for item in self.items
            if item.capture_id and item.capture_id not in self.known and item.capture_id not in self.given_up
        }

    def order(self, *, archive: Path, folder: Path, digests: Mapping[str, str], mapped: bool = False) -> Order:
        """What must be read, as an order: the bytes are at hand, and in the archive where this run has put them."""
        whole = tuple(
            Whole(capture_id=own, source=source, place=self._place(own)) for own, source in self.unread().items()
        )
        return Order(archive=archive, folder=folder, digests=digests, mapped=mapped, whole=whole)

    def _place(self, own: str) -> Place | None:
        capture = self.captures.get(own)
        return Place(capture.archive_file, capture.archive_offset) if capture else self.places.get(own)


def numbered(sources: Iterable[Source]) -> Iterator[Item]:
    """Sources with the keys of their outcomes; two inputs of one id and place are told apart by their order."""
    seen = Met()
    for source in sources:
        name = (origin(source), source.id)
        own = None if source.problem is not None else capture_id(source)
        yield Item((*name, seen.again(*name)), source, own)


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
    there = {own: Place(*where) for own, where in store.places(ids).items()}
    shard = Shard(items, places=there, known=store.known(run_id, ids, digests, mapped=mapped))
    if not insist:
        shard.given_up = store.given_up(run_id, ids, digests)
    now = datetime.now(UTC)
    for item in items:
        if item.capture_id and item.capture_id not in there and item.capture_id not in shard.captures:
            shard.captures[item.capture_id] = archive.keep(item.source, at=now)
    archive.sync()
    return shard


def entries(shard: Shard, ended: Mapping[str, Ended]) -> list[Entry]:
    """How each input of a shard ended, for the store; `ended` says how what was read ended, by capture id."""
    return [_entry(item, shard, ended) for item in shard.items]


def _entry(item: Item, shard: Shard, ended: Mapping[str, Ended]) -> Entry:
    own = item.capture_id
    if own is None:
        return Entry(key=item.key, outcome="failed", reason=item.source.problem, source=item.source.via)
    entry = Entry(
        key=item.key, outcome="failed", capture_id=own, capture=shard.captures.get(own), source=item.source.via
    )
    if known := shard.known.get(own):
        if known.before:
            return replace(entry, outcome="unchanged", page_id=known.page_id, readings=known.readings)
        # Read by this run, in an earlier shard: it ends as it ended there, however the shards are cut.
        return replace(entry, outcome=known.result, reason=known.reason, page_id=known.page_id, readings=known.readings)
    if own in shard.given_up:
        return replace(entry, reason=shard.given_up[own])
    one = ended[own]
    return replace(entry, outcome=one.result, reason=one.reason, page_id=one.page_id, readings=one.readings)

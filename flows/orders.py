"""Orders: what is to be read of one shard, and how whoever takes the order leaves it on disk.

An order is complete in itself: with the archive and the folder of shards in reach, any machine with the same Dateline
can carry it out, and gives the same shard.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from dateline.flows.attempts import MOST, Attempts
from dateline.flows.reading import Event, Readers, Work, failed
from dateline.models.again import Again
from dateline.models.article import Source
from dateline.models.capture import capture_id
from dateline.models.ids import content_id
from dateline.models.record import Record
from dateline.models.shard_files import DamagedShard, Ended, ended_of, remove_shard, write_shard
from dateline.models.store_rows import Page, Reading, page_of, readings_of
from dateline.sources.archive import Place, read_capture

Done = Callable[[Record], None]


@dataclass(frozen=True, kw_only=True)
class Whole:
    """A capture to be read whole. `source` is what came in, where it is at hand; else the archive has it at `place`."""

    capture_id: str
    place: Place | None = None
    source: Source | None = None

    @property
    def key(self) -> str:
        """What names this piece of work."""
        return self.capture_id


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is to be read by the code of `digests`, the archive it is in, and where the shard is to be left. With
    `mapped` the texts of pages are traced down to their bytes."""

    archive: Path
    folder: Path
    digests: Mapping[str, str]
    mapped: bool = False
    whole: tuple[Whole, ...] = ()
    again: tuple[Again, ...] = ()

    @property
    def pieces(self) -> list[Whole | Again]:
        """Every piece of work, in order."""
        return [*self.whole, *self.again]

    @property
    def name(self) -> str:
        """The same for the same work, on every machine."""
        work = (f"{key} {digest}" for key, digest in sorted(self.digests.items()))
        return content_id("shard", self.mapped, *work, *(one.key for one in self.pieces))

    @property
    def path(self) -> Path:
        """Where its shard stands when it is carried out."""
        return self.folder / self.name

    def __len__(self) -> int:
        return len(self.whole) + len(self.again)

    def without_bytes(self) -> "Order":
        """The same order, to be sent to another machine: pages are taken from the archive there."""
        return replace(self, whole=tuple(replace(one, source=None) for one in self.whole))


def carry_out(order: Order, readers: Readers, attempts: Attempts, done: Done | None = None) -> Path:
    """Read what is ordered and leave it as a shard; returns its path. A shard that is there already, of a run that was
    killed before it was merged, will do unless something failed in it."""
    if left_over(order):
        return order.path
    found = _Found(order)
    for key, record in _records(order, readers, attempts, done):
        try:
            found.take(key, record)
        except ValueError as error:
            found.ended[key] = Ended(result="failed", reason=f"what was read cannot be stored: {error}")
    return write_shard(order.path, pages=found.pages, readings=found.readings, ended=found.ended)


def left_over(order: Order) -> bool:
    """Whether the shard of an order is there, whole, with nothing in it that could go better now."""
    if not order.path.is_dir():
        return False
    try:
        if all(one.result != "failed" for one in ended_of(order.path).values()):
            return True
    except DamagedShard:
        pass
    remove_shard(order.path)
    return False


class _Found:
    """What was read so far, as rows, and how each piece of work ended."""

    def __init__(self, order: Order) -> None:
        self._digests = order.digests
        self._again = {one.key: one for one in order.again}
        self.pages: list[Page] = []
        self.readings: list[Reading] = []
        self.ended: dict[str, Ended] = {}

    def take(self, key: str, record: Record) -> None:
        """Take in a record. ValueError where a value fits no column."""
        result = record.article.result
        page: Page | None = None
        made: tuple[Reading, ...] = ()
        if result == "failed":
            pass  # nothing was found out, so the next run tries again
        elif again := self._again.get(key):
            names = (*again.fields, *(("incidents",) if again.incidents else ()))
            made = readings_of(record, {name: self._digests[name] for name in names})
            self.readings += made
        else:
            page = page_of(record, key, self._digests)
            made = page.readings
            self.pages.append(page)
        self.ended[key] = Ended(
            result=result,
            reason=record.article.reason,
            page_id=page.page_id if page else None,
            readings=tuple(one.reading_id for one in made),
        )


def _records(order: Order, readers: Readers, attempts: Attempts, done: Done | None) -> Iterator[tuple[str, Record]]:
    """The record of each piece of work. Suspects come last and alone; the condemned are not tried."""
    keys = [one.key for one in order.pieces]
    condemned = {key for key in keys if attempts.deaths(key) >= MOST}
    suspects = {key for key in keys if attempts.suspected(key)} - condemned
    for key, work in _works(order, condemned):
        yield key, failed(work, f"it killed its worker {attempts.deaths(key)} times")
    for alone, some in ((False, set(keys) - suspects - condemned), (True, suspects)):
        handed: list[str] = []
        works = _handed(order, some, handed)
        watch = partial(_note, attempts, alone)
        for number, record in enumerate(readers.read(works, alone=alone, watch=watch)):
            yield handed[number], record
            if done:
                done(record)


def _handed(order: Order, some: set[str], handed: list[str]) -> Iterator[Work]:
    """The work of these keys, as it is taken; `handed` notes the key of each."""
    for key, work in _works(order, some):
        handed.append(key)
        yield work


def _works(order: Order, some: set[str]) -> Iterator[tuple[str, Work]]:
    for one in order.pieces:
        if one.key in some:
            yield one.key, one if isinstance(one, Again) else one.source or _archived(order, one)


def _archived(order: Order, one: Whole) -> Source:
    """What came in, from the archive; with its reason where the archive cannot give it."""
    try:
        if one.place is None:
            raise ValueError("nobody says where it stands")
        return read_capture(order.archive, one.place)[0]
    except (OSError, ValueError) as error:
        return Source(id=one.capture_id, problem=f"the archive cannot give it: {error}")


def _note(attempts: Attempts, alone: bool, event: Event, work: Work) -> None:
    attempts.note(event, _key(work), alone=alone)


def _key(work: Work) -> str:
    if isinstance(work, Again):
        return work.key
    return work.id if work.problem is not None else capture_id(work)

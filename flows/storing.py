"""From orders to rows: whoever carries them out, the one writer stores each shard with the outcomes that go with it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from dateline.flows.attempts import Attempts
from dateline.flows.orders import Done, Order
from dateline.flows.request import Reading
from dateline.flows.runners import Read, Runner, opened
from dateline.flows.settling import settle
from dateline.models.shard_files import Ended, ended_of
from dateline.models.store import Entry, Store, archive_folder, shard_folder

HELD = 0.5  # seconds that the store may be held at a time; to open and close it takes some hundredths
Stored = Callable[[int], None]  # hears how many inputs have their outcome now


@dataclass(frozen=True)
class Handed:
    """An order, and the entries of its inputs once it is known how each piece of work ended."""

    order: Order
    entries: Callable[[Mapping[str, Ended]], list[Entry]]


def carry_all(store: Store, run_id: int, work: Iterable[Handed], runner: Runner, *, stored: Stored) -> None:
    """Have every order carried out and store what comes back, in whatever order that is. The store rests while pages
    are read, and every `HELD` seconds, so that others can look into it."""
    waiting: dict[str, list[Handed]] = {}
    rested = monotonic()

    def rest(order: Order | None) -> None:
        nonlocal rested
        if (order and order.whole) or monotonic() - rested > HELD:
            store.rest()
            rested = monotonic()

    def handed() -> Iterator[Order]:
        for one in work:
            rest(one.order)
            if one.order:
                waiting.setdefault(one.order.name, []).append(one)
                yield one.order
            else:
                _store(store, run_id, one, None, stored)

    for order, path in runner.run(handed()):
        _store(store, run_id, waiting[order.name].pop(0), path, stored)
        rest(order)
    store.rest()


def _store(store: Store, run_id: int, one: Handed, path: Path | None, stored: Stored) -> None:
    entries = one.entries(ended_of(path) if path else {})
    store.add_shard(run_id, entries, shard=path)
    stored(len(entries))


@contextmanager
def runner_for(store: Store, how: Reading, *, read: Read, done: Done | None) -> Iterator[Runner]:
    """Who carries out the orders of a run, as its request says."""
    folder, archive = shard_folder(store.path), archive_folder(store.path)
    with opened(how, archive=archive, folder=folder, attempts=attempts_of(store), done=done, read=read) as runner:
        yield runner


def ended(store: Store, run_id: int) -> None:
    """Every input of a run has its outcome: settle what follows from that, and tidy up."""
    settle(store, run_id)
    store.finish_run(run_id)
    store.clear_shards()
    attempts_of(store).clear()


def attempts_of(store: Store) -> Attempts:
    """The notes of what was tried in the run under way."""
    return Attempts(store.path.with_name(store.path.name + ".attempts"))

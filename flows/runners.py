"""Runners: who carries out the orders of a run. This machine, or a cluster that sees the same folders.

A cluster's machines share two folders with the writer, under the same paths: the archive, and the folder of shards. An
order goes there as a file, and only its name travels through the scheduler; the shard comes back the same way. Beside
the order stand the attempts at it, so that a page which takes whole machines down is known on the next one.
"""

import os
import pickle
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Protocol

from dateline.flows.attempts import Attempts
from dateline.flows.orders import Done, Order, carry_out, left_over
from dateline.flows.reading import Readers, read_mapped
from dateline.flows.request import Reading

EACH = 2  # orders for each place at work: one in hand and one ready, so that nobody waits for the writer
AGAIN = 3  # times that an order is given out anew; each death before was noted, so a page that kills is known by then
PATIENCE = 600.0  # seconds in which a cluster may be without any worker; beyond, the run ends and can be resumed
BEAT = 5.0  # seconds after which one looks whether anybody is still there
ARRIVES = 30.0  # seconds until a file written on one machine must be seen on another: NFS keeps names for up to 60,
# but asks anew where a name was not there before

Read = Callable[[Order, Readers, Attempts, Done | None], Path]


class RunnerError(RuntimeError):
    """The orders cannot be carried out there. The message says why and what to do; the run can be resumed."""


class Runner(Protocol):
    """Whoever carries out orders."""

    def run(self, orders: Iterable[Order]) -> Iterator[tuple[Order, Path]]:
        """Each order with the path of its shard, as they are done, which need not be their order. No more is asked for
        than can be worked at: memory does not grow with the run. No two orders of one name are out at a time."""


@dataclass(frozen=True)
class Local:
    """This machine: one order after another, with the processes of `readers`."""

    readers: Readers
    attempts: Attempts
    done: Done | None = None
    read: Read = carry_out

    def run(self, orders: Iterable[Order]) -> Iterator[tuple[Order, Path]]:
        """As every runner does."""
        for order in orders:
            yield order, self.read(order, self.readers, self.attempts, self.done)


@contextmanager
def opened(
    how: Reading, *, archive: Path, folder: Path, attempts: Attempts, done: Done | None = None, read: Read = carry_out
) -> Iterator[Runner]:
    """The runner that is asked for. `folder` is where shards go; `done` hears of each record that is read on this
    machine, and `read` reads an order here. RunnerError where the cluster cannot be used."""
    if how.runner == "dask":
        from dateline.flows.dask_runner import dask_runner

        with dask_runner(str(how.address), folder=folder, archive=archive, seconds=how.seconds) as there:
            yield there
    elif how.runner == "ray":
        from dateline.flows.ray_runner import ray_runner

        with ray_runner(how.address, folder=folder, archive=archive, seconds=how.seconds) as there:
            yield there
    else:
        with Readers(how.jobs, seconds=how.seconds, read=read_mapped if how.map else None) as readers:
            yield Local(readers, attempts, done, read)


class Future(Protocol):
    """What a cluster promises. Those of concurrent.futures and of Dask are such."""

    def add_done_callback(self, call: Callable[[Any], Any], /) -> None:
        """Call this when it is done, in whatever thread."""

    def result(self) -> Any:
        """What came of it, or the exception that it ended with."""

    def cancel(self) -> Any:
        """It is not wanted any more."""


class Cluster(Protocol):
    """Machines elsewhere, whatever brings the work to them."""

    def submit(self, file: Path, *, name: str, works: int) -> Future:
        """Have `dateline.flows.carrying.carry(file, ...)` called by somebody. `name` and `works` are for people."""

    def slots(self) -> int:
        """How many orders can be worked at now; 0 where nobody is there."""

    def is_lost(self, error: BaseException) -> bool:
        """Whether the work failed because its workers died, and not by itself."""


@dataclass
class _Out:
    """An order that is out, and how often it was given."""

    order: Order
    file: Path
    future: Future
    given: int = 1


class Elsewhere:
    """The machines of a cluster."""

    def __init__(self, cluster: Cluster, *, patience: float = PATIENCE) -> None:
        self._cluster, self._patience = cluster, patience
        self._out: dict[str, _Out] = {}
        self._heard: SimpleQueue[tuple[str, Future]] = SimpleQueue()

    def run(self, orders: Iterable[Order]) -> Iterator[tuple[Order, Path]]:
        """As every runner does."""
        rest = iter(orders)
        held: Order | None = None  # its name is out already
        try:
            while True:
                while len(self._out) < max(1, EACH * self._cluster.slots()) and (order := held or next(rest, None)):
                    held = order if order.name in self._out else None
                    if held:
                        break
                    if left_over(order):  # by a run that was killed before it was merged
                        yield order, order.path
                    else:
                        self._hand(order)
                if not self._out:
                    return
                if one := self._next():
                    yield one.order, one.order.path
                    del self._out[one.order.name]
                    _tidy(one.file)
        finally:
            for one in self._out.values():
                one.future.cancel()
                _tidy(one.file)
            self._out.clear()

    def _hand(self, order: Order) -> None:
        order = order.without_bytes()
        file = order.folder / f"{order.name}.order"
        _write(file, order)
        self._out[order.name] = _Out(order, file, self._submit(order, file))

    def _submit(self, order: Order, file: Path) -> Future:
        future = self._cluster.submit(file, name=order.name, works=len(order))
        name = order.name
        future.add_done_callback(lambda done: self._heard.put((name, future)))
        return future

    def _next(self) -> _Out | None:
        """The next order that is done; None where it has to be done again."""
        name, future = self._wait()
        one = self._out[name]
        if future is not one.future:
            return None  # an earlier try of it
        try:
            future.result()
            fault = None if _arrived(one.order.path) else "its shard did not arrive in the shared folder"
        except Exception as error:
            if not self._cluster.is_lost(error) and not isinstance(error, OSError):
                raise RunnerError(f"{_named(one.order)} failed: {type(error).__name__}: {error}") from error
            fault = f"{type(error).__name__}: {error}"
        if fault is None:
            return one
        if one.given > AGAIN:
            raise RunnerError(f"{_named(one.order)} was given out {one.given} times, and each time lost; last: {fault}")
        one.given += 1
        one.future = self._submit(one.order, one.file)
        return None

    def _wait(self) -> tuple[str, Future]:
        """Who is done next. RunnerError where nobody has been there for too long."""
        alone_since = None
        while True:
            try:
                return self._heard.get(timeout=BEAT)
            except Empty:
                now = time.monotonic()
                alone_since = None if self._cluster.slots() else alone_since or now
                if alone_since is not None and now - alone_since >= self._patience:
                    said = f"the cluster has been without a worker for {self._patience:g} s; start one"
                    raise RunnerError(f"{said}, and call this again to go on") from None


def _named(order: Order) -> str:
    return f"shard {order.name[:12]} ({len(order)} pages or texts)"


def _write(file: Path, order: Order) -> None:
    """An order as a file, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(".partial")
    with partial.open("wb") as out:
        pickle.dump(order, out)
        out.flush()
        os.fsync(out.fileno())
    partial.replace(file)


def _arrived(path: Path) -> bool:
    """Whether a shard that was written elsewhere is seen here, in time."""
    end = time.monotonic() + ARRIVES
    while not path.is_dir():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
        os.listdir(path.parent)  # makes a network file system ask again
    return True


def _tidy(file: Path) -> None:
    """Away with an order and the attempts at it."""
    file.unlink(missing_ok=True)
    file.with_suffix(".attempts").unlink(missing_ok=True)

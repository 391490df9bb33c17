"""Worker processes that can be killed: one piece of work each at a time, with a deadline.

Only a process that can be killed bounds a page: lxml and regular expressions run in C, where no signal or thread stops
them. Work that takes too long, or takes its worker down, costs itself alone; the worker is replaced.
"""

import gc
import multiprocessing
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any

# Pieces of work after which a worker is replaced by a new one. Libraries keep every word that they ever met (spaCy its
# lexemes), so a process that read a whole archive would hold all of these. Starting one takes as long as a hundred.
LIFE = 20_000
START_UP = 120.0  # seconds until a worker must be ready; importing spaCy takes one or two, on a busy machine ten

# Spawned, not forked: a fork of a process with threads (Prefect, DuckDB) may hang for ever.
_SPAWN = multiprocessing.get_context("spawn")


class WorkersBroken(RuntimeError):
    """No worker can be started; the message says why. Nothing about any one piece of work."""


class TookTooLong(Exception):
    """The work was not done by its deadline; its worker was killed."""


class WorkerDied(Exception):
    """The worker was gone before the work was done: out of memory, or a crash in C."""


class OutOfMemory(Exception):
    """The work asked for more memory than a worker may have."""


@dataclass
class _Worker:
    process: BaseProcess
    pipe: Connection
    ready: bool = False
    work: int | None = None  # the number of what it is at
    done: int = 0  # pieces of work so far
    deadline: float = 0.0


class Workers:
    """Processes that run `function(item)` for one item at a time. They start with the first work, and stop when this
    is left. `prepare` is called in each before its first work, whose deadline it does not count towards. A worker has
    no more than `memory` bytes, on systems that can hold it to them, and is replaced after `life` pieces of work."""

    def __init__(
        self,
        function: Callable[[Any], Any],
        *,
        prepare: Callable[[], None],
        jobs: int,
        seconds: float,
        memory: int | None = None,
        life: int = LIFE,
    ) -> None:
        self._function, self._prepare, self._memory, self._life = function, prepare, memory, life
        self._jobs, self._seconds = max(1, jobs), seconds
        self._workers: list[_Worker] = []

    def __enter__(self) -> "Workers":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.process.kill()  # at once: a worker holds nothing, and its own way out takes a quarter of a second
            worker.pipe.close()
        for worker in self._workers:
            worker.process.join()
        self._workers = []

    def run(self, take: Callable[[], tuple[int, Any] | None], *, most: int | None = None) -> Iterator[tuple[int, Any]]:
        """What `function` gives for each numbered item, as it comes: a value, or one of the exceptions above.

        `take` is asked for an item only when a worker is free for it; it may have none now and one later. At most
        `most` workers are used. This ends when there is none and nothing is under way.
        """
        first = None
        if not self._workers and (first := take()) is None:
            return  # no worker is started for nothing
        while True:
            nothing = False
            for worker in self._idle(most):
                item, first = first or take(), None
                if item is None:
                    nothing = True
                    break
                yield from self._hand(worker, *item)
            busy = [worker for worker in self._workers if worker.work is not None]
            if nothing and not busy:
                return
            yield from self._results(busy)

    def _idle(self, most: int | None) -> list[_Worker]:
        """The workers that are free now. The first call starts one; when that is ready and there is still work, the
        others follow, so that a few pages do not wait for four imports of spaCy."""
        if not self._workers:
            self._workers.append(self._start())
        elif self._workers[0].work is not None:
            self._workers += [self._start() for _ in range(self._jobs - len(self._workers))]
        for worker in [one for one in self._workers[:most] if one.work is None and one.done >= self._life]:
            self._renew(worker)
        return [worker for worker in self._workers[:most] if worker.ready and worker.work is None]

    def _hand(self, worker: _Worker, work: int, item: Any) -> Iterator[tuple[int, Any]]:
        worker.work, worker.deadline = work, time.monotonic() + self._seconds
        try:
            worker.pipe.send(item)
        except OSError:  # it was killed while it had nothing to do
            yield from self._replace(worker, WorkerDied())

    def _start(self) -> _Worker:
        ours, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=_serve, args=(theirs, self._function, self._prepare, self._memory), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours, deadline=time.monotonic() + START_UP)

    def _results(self, busy: list[_Worker]) -> Iterator[tuple[int, Any]]:
        """What came of waiting for the workers at work, and for those that are starting."""
        watched = [worker for worker in self._workers if not worker.ready] + [one for one in busy if one.ready]
        first = min(worker.deadline for worker in watched)
        heard = wait([worker.pipe for worker in watched], timeout=max(0.0, first - time.monotonic()))
        for worker in watched:
            if worker.pipe in heard:
                yield from self._heard(worker)
            elif time.monotonic() >= worker.deadline:
                worker.process.kill()
                if not worker.ready:
                    raise WorkersBroken(f"a worker process was not ready within {START_UP:g} s")
                yield from self._replace(worker, TookTooLong())

    def _heard(self, worker: _Worker) -> Iterator[tuple[int, Any]]:
        try:
            answer = worker.pipe.recv()
        except (EOFError, OSError):
            if not worker.ready:
                raise WorkersBroken("a worker process ended before it was ready") from None
            yield from self._replace(worker, WorkerDied())
            return
        if not worker.ready:
            if answer is not None:
                raise WorkersBroken(answer)
            worker.ready = True
            return
        work, worker.work, worker.done = worker.work, None, worker.done + 1
        assert work is not None
        yield work, answer

    def _renew(self, worker: _Worker) -> None:
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()
        self._workers[self._workers.index(worker)] = self._start()

    def _replace(self, worker: _Worker, outcome: Exception) -> Iterator[tuple[int, Any]]:
        self._renew(worker)
        if worker.work is not None:
            yield worker.work, outcome


def _serve(pipe: Connection, function: Callable[[Any], Any], prepare: Callable[[], None], memory: int | None) -> None:
    """A worker's life: prepare, then one piece of work after another until its pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    try:
        prepare()
    except Exception as error:
        pipe.send(f"{type(error).__name__}: {error}")
        return
    collect_less()
    if memory is not None:
        _bound(memory)
    try:
        pipe.send(None)
        while True:
            try:
                pipe.send(function(pipe.recv()))
            except MemoryError:
                pipe.send(OutOfMemory())
    except (EOFError, OSError):
        return


def collect_less() -> None:
    """Let the garbage collector leave out what is there (rules, lexicons and libraries stay), and look less often at
    what comes: a page makes objects by the ten thousand and hardly a cycle."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _bound(memory: int) -> None:
    """Let this process have no more than so many bytes of data, where the system can be told so.

    RLIMIT_DATA and not RLIMIT_AS: libraries reserve addresses that they never use. macOS takes the limit and does not
    hold to it, and Windows has none: there only the deadline and the size of a page bound what it takes.
    """
    try:
        import resource

        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        soft = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
    except (ImportError, OSError, ValueError):
        pass

"""Reading many sources, in one process or several, in their order. The same records whatever the number of workers."""

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice

from dateline.models.article import Source
from dateline.models.record import Record

AT_ONCE = 16  # sources a worker is handed at a time: enough that handing over costs little, few enough to stream


def read_all(sources: Iterable[Source], *, jobs: int = 1) -> Iterator[Record]:
    """The record of every source, in order. `jobs` is the number of worker processes; 1 reads in this one."""
    if jobs <= 1:
        yield from map(read_one, sources)
        return
    batches = _batches(sources)
    waiting: deque[Future[list[Record]]] = deque()
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        for batch in batches:
            waiting.append(pool.submit(read_batch, batch))
            if len(waiting) > 2 * jobs:  # bounds memory: never the whole corpus in flight
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def read_batch(batch: list[Source]) -> list[Record]:
    """The records of a few sources."""
    return [read_one(source) for source in batch]


def read_one(source: Source) -> Record:
    """The record of one source."""
    from dateline.extractors.article import read  # spaCy and trafilatura are imported only where something is read

    return read(source)


def _batches(sources: Iterable[Source]) -> Iterator[list[Source]]:
    rest = iter(sources)
    while batch := list(islice(rest, AT_ONCE)):
        yield batch

"""Orders carried out with invented records: no extractor, no worker process, the notes that a reading makes."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import cast

from dateline.flows import orders
from dateline.flows.attempts import Attempts
from dateline.flows.orders import Done, Order
from dateline.flows.reading import Readers, Watch, Work
from dateline.flows.runners import Read
from dateline.models.again import Again
from dateline.models.article import Source
from dateline.models.record import Record


class Inventing:
    """Readers that give what `read` gives for each source."""

    def __init__(self, read: Callable[[Source], Record], again: Callable[[Again], Record] | None = None) -> None:
        self._read, self._again = read, again

    def read(self, sources: Iterable[Work], *, alone: bool, watch: Watch) -> Iterator[Record]:
        """The record of every source, in order."""
        for source in sources:
            watch("trying", source)
            if isinstance(source, Again):
                assert self._again, "nothing was to be read again"
                found = self._again(source)
            else:
                found = self._read(source)
            watch("done", source)
            yield found


def reading_with(read: Callable[[Source], Record], *, again: Callable[[Again], Record] | None = None) -> Read:
    """How a run reads a shard where `read` gives the record of each source, and `again` that of a text read again."""

    def carried_out(order: Order, readers: Readers, attempts: Attempts, done: Done | None = None) -> Path:
        return orders.carry_out(order, cast(Readers, Inventing(read, again)), attempts, done)

    return carried_out

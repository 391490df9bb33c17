"""What a worker of a cluster does: takes an order from the shared folder, and leaves its shard there.

The reading itself happens in a child of the worker's process, as everywhere: a page that takes too long or takes its
process down costs itself alone, and the worker lives. It is kept from order to order: a start takes seconds.
"""

import pickle
import platform
import threading
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from dateline import __version__
from dateline.extractors.digests import digests
from dateline.flows.attempts import Attempts
from dateline.flows.orders import Order, carry_out
from dateline.flows.reading import Readers, read_mapped, warm_up

_own = threading.local()  # a worker may have several threads; each has a reader of its own


class OtherCode(RuntimeError):
    """This machine would read with other rules than the writer's."""


def carry(file: str, seconds: float) -> str:
    """Carry out the order in `file`; returns the path of its shard. `seconds`: the longest that one page may take."""
    with Path(file).open("rb") as stream:
        order: Order = pickle.load(stream)
    same_code(order.digests)
    attempts = Attempts(Path(file).with_suffix(".attempts"))
    try:
        return str(carry_out(order, _readers(order, seconds), attempts))
    finally:
        attempts.close()


def same_code(expected: Mapping[str, str]) -> None:
    """OtherCode where this process would not read as the writer's would. Workers may come while a run is under way."""
    other = sorted(name for name, digest in digests().items() if expected.get(name) != digest)
    if other:
        said = f"Dateline {__version__} on {platform.node()} has other rules for {', '.join(other)} than the writer"
        raise OtherCode(f"{said}; install the same Dateline and gazetteer there, and start the worker anew")


def ready(expected: Mapping[str, str]) -> None:
    """Before a reader's first page: the code on disk may have changed since its worker started."""
    same_code(expected)
    warm_up()


def _readers(order: Order, seconds: float) -> Readers:
    """This thread's own, kept from order to order; new ones where the terms are others."""
    terms = (order.mapped, seconds, tuple(sorted(order.digests.items())))
    if getattr(_own, "terms", None) != terms:
        if hasattr(_own, "readers"):
            _own.readers.__exit__(None, None, None)
        read = read_mapped if order.mapped else None
        _own.readers = Readers(1, seconds=seconds, read=read, prepare=partial(ready, dict(order.digests)))
        _own.terms = terms
    readers: Readers = _own.readers
    return readers

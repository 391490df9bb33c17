"""Who is told how a flow goes. No parameter of the flow: a deployment's must be plain values.

Nor a name in the flow's module: prefect-dask sends the flow along with each task, and with it all that the flow names.
A terminal cannot be sent.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.flows.collecting import Progress

_told: "list[Progress]" = []


def listener() -> "Progress | None":
    """Who is told now."""
    return _told[-1] if _told else None


@contextmanager
def telling(progress: "Progress") -> Iterator[None]:
    """Tell this one meanwhile."""
    _told.append(progress)
    try:
        yield
    finally:
        _told.pop()

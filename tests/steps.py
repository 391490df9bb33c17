"""Counting steps, to see that work grows with its input and not faster. A clock would say the same only on an idle
machine; how long things take is measured in benchmarks/."""

import sys
from collections.abc import Callable
from types import FrameType


def steps(work: Callable[[], object]) -> int:
    """How many calls of Python and built-in functions `work` makes: the same on every machine."""
    count = 0

    def tick(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(tick)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count

"""Offsets as browsers count them: JavaScript's strings are UTF-16, where an emoji is two units and not one."""

from bisect import bisect_left
from collections.abc import Sequence


class Offsets:
    """Both ways between code points and UTF-16 units of one text."""

    def __init__(self, text: str) -> None:
        self._wide: Sequence[int] = [at for at, character in enumerate(text) if character > "\uffff"]
        self._units = [at + before for before, at in enumerate(self._wide)]  # where each of them begins, in units
        self._end = len(text) + len(self._wide)

    def units(self, at: int) -> int:
        """Where code point `at` stands in UTF-16."""
        return at + bisect_left(self._wide, at)

    def code_points(self, at: int) -> int:
        """Which code point stands at a UTF-16 offset; ValueError in the middle of one, or outside the text."""
        before = bisect_left(self._units, at)
        found = at - before
        if not 0 <= at <= self._end or self.units(found) != at:
            raise ValueError(f"no character begins at UTF-16 offset {at}")
        return found

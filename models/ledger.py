"""The ledger: an append-only file beside the store, on disk before the store is believed.

DuckDB opens without a word when its write-ahead log was cut short, whole transactions missing. The ledger says what was
there: the store's birth, the start of every run, and every shard that was stored, its outcomes included. `dateline
verify` holds the store against it, and `dateline rebuild` makes the store again from it (store_ledger.py).
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dateline.models.append_only import append_rows, each_row

_BIRTH = b'{"what": "store"'


class Ledger:
    """One JSON object a line: {"what": "store" | "run" | "shard" | "sources" | "people" | "end", ...}. `birth` names
    the store it belongs to; lines before it are those of an older store of the same name."""

    def __init__(self, path: Path, *, birth: str) -> None:
        self.path, self.birth = path, birth
        self._begun: bool | None = None

    def write(self, what: str, **said: Any) -> None:
        """Add a line and wait until it is on disk."""
        if self._begun is None:
            self._begun = next(self.lines(), None) is not None
        lines = [] if self._begun else [{"what": "store", "birth": self.birth}]
        self._begun = True
        append_rows(self.path, [*lines, {"what": what, **said}])

    def lines(self) -> Iterator[dict[str, Any]]:
        """The lines of this store, one at a time, its birth first; none where it has no ledger."""
        lines = read_ledger(self.path)
        first = next(lines, None)
        if first is not None and first.get("birth") == self.birth:
            yield first
            yield from lines


def read_ledger(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of the latest store that a ledger is of, one at a time, its birth first; none where there is no ledger.
    A line that was being written when the machine went down is left out."""
    for row in each_row(path, since=_latest_birth(path)):
        if row is not None:
            yield {**row, "birth": birth_of(str(row.get("birth")))} if row.get("what") == "store" else row


def _latest_birth(path: Path) -> int:
    """Where in a ledger, in bytes, the line stands that tells of the birth of its latest store; 0 where none does."""
    if not path.exists():
        return 0
    at = found = 0
    with path.open("rb") as file:
        for line in file:
            if line.startswith(_BIRTH):
                found = at
            at += len(line)
    return found


def birth_of(said: str) -> str:
    """A store's birth as it is compared: an ISO time in UTC. An older Dateline wrote it in the zone of its machine."""
    try:
        return datetime.fromisoformat(said).astimezone(UTC).isoformat(timespec="microseconds")
    except ValueError:
        return said

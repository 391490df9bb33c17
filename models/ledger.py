"""The ledger: an append-only file beside the store, on disk before the store is believed.

DuckDB opens without a word when its write-ahead log was cut short, whole transactions missing. The ledger says what was
there: the store's birth, the start of every run, and every shard that was stored. `dateline verify` holds the store
against it. What people decide will be written here first as well.
"""

import json
import os
from pathlib import Path
from typing import Any


class Ledger:
    """One JSON object a line: {"what": "store" | "run" | "shard" | "end", ...}. `birth` names the store it belongs to;
    lines before it are those of an older store of the same name."""

    def __init__(self, path: Path, *, birth: str) -> None:
        self.path, self.birth = path, birth
        self._begun: bool | None = None

    def write(self, what: str, **said: Any) -> None:
        """Add a line and wait until it is on disk."""
        if self._begun is None:
            self._begun = bool(self.lines())
        lines = [] if self._begun else [{"what": "store", "birth": self.birth}]
        self._begun = True
        with self.path.open("a", encoding="utf-8") as out:
            for line in (*lines, {"what": what, **said}):
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
            out.flush()
            os.fsync(out.fileno())

    def lines(self) -> list[dict[str, Any]]:
        """The lines of this store, its birth first; none where it has no ledger."""
        if not self.path.exists():
            return []
        found: list[dict[str, Any]] = []
        for line in self.path.read_text(encoding="utf-8").splitlines():
            try:
                row = json.loads(line)
            except ValueError:
                continue  # the line that was being written when the machine went down
            if row.get("what") == "store":
                found = []
            found.append(row)
        return found if found and found[0].get("birth") == self.birth else []

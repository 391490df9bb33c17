"""The ledger: an append-only file beside the store, on disk before the store is believed.

DuckDB opens without a word when its write-ahead log was cut short, whole transactions missing. The ledger says what was
there: the store's birth, the start of every run, and every shard that was stored, its outcomes included. `dateline
verify` holds the store against it, and `dateline rebuild` makes the store again from it (store_ledger.py).
"""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


class Ledger:
    """One JSON object a line: {"what": "store" | "run" | "shard" | "sources" | "people" | "end", ...}. `birth` names
    the store it belongs to; lines before it are those of an older store of the same name."""

    def __init__(self, path: Path, *, birth: str) -> None:
        self.path, self.birth = path, birth
        self._begun: bool | None = None

    def write(self, what: str, **said: Any) -> None:
        """Add a line and wait until it is on disk."""
        if self._begun is None:
            self._begun = bool(self.lines())
        lines = [] if self._begun else [{"what": "store", "birth": self.birth}]
        self._begun = True
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in (*lines, {"what": what, **said}))
        with self.path.open("ab") as out:
            out.write((b"\n" if _torn(self.path) else b"") + text.encode())
            out.flush()
            os.fsync(out.fileno())

    def lines(self) -> list[dict[str, Any]]:
        """The lines of this store, its birth first; none where it has no ledger."""
        found = read_ledger(self.path)
        return found if found and found[0].get("birth") == self.birth else []


def read_ledger(path: Path) -> list[dict[str, Any]]:
    """The lines of the latest store that a ledger is of, its birth first; none where there is no ledger."""
    if not path.exists():
        return []
    found: list[dict[str, Any]] = []
    for line in path.read_text(encoding="utf-8", errors="replace").split("\n"):
        try:
            row = json.loads(line)
        except ValueError:
            continue  # the line that was being written when the machine went down
        if row.get("what") == "store":
            found = []
            row["birth"] = birth_of(str(row.get("birth")))
        found.append(row)
    return found


def birth_of(said: str) -> str:
    """A store's birth as it is compared: an ISO time in UTC. An older Dateline wrote it in the zone of its machine."""
    try:
        return datetime.fromisoformat(said).astimezone(UTC).isoformat(timespec="microseconds")
    except ValueError:
        return said


def _torn(path: Path) -> bool:
    """Whether the last line was cut short: what comes next must not be taken for its end."""
    with path.open("rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return False
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"

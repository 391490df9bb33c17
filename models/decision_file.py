"""PATH.decisions: what people decided about values.

An append-only file beside the store, on disk before the tables have it. It does not end with the store: decisions hold
on to texts and words by their content, so that a store that is made again from its archive has them again.
"""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dateline.models.append_only import append_rows, read_rows
from dateline.models.decision import Decision


def decisions_file(store: Path) -> Path:
    """Where the decisions of the store at `store` are kept."""
    return store.with_name(store.name + ".decisions")


class DecisionsFile:
    """One JSON object a line: {"what": "batch", "count": n}, then n lines {"what": "decision", ...}. A batch that is
    cut short counts for nothing: what is taken in together is there together."""

    def __init__(self, store: Path) -> None:
        self.path = decisions_file(store)

    def decisions(self) -> list[Decision]:
        """The decisions, in the order in which they were taken in; each once."""
        found: dict[str, Decision] = {}
        waiting: list[dict[str, Any]] = []
        wanted = 0
        for row in read_rows(self.path):
            what = row.pop("what", None) if row is not None else None
            if what == "batch" and row is not None:
                waiting, wanted = [], row["count"]
            elif what == "decision" and row is not None and wanted:
                waiting.append(row)
            else:  # a line that was being written when the machine went down
                waiting, wanted = [], 0
            if wanted and len(waiting) == wanted:
                for one in waiting:
                    found.setdefault(one["id"], Decision(**one, position=len(found)))
                waiting, wanted = [], 0
        return list(found.values())

    def add(self, decisions: Sequence[Decision]) -> None:
        """Note decisions, all or none of them, and wait until they are on disk."""
        if not decisions:
            return
        rows: list[dict[str, Any]] = [{"what": "batch", "count": len(decisions)}]
        for one in decisions:
            row = asdict(one)
            row.pop("position")
            rows.append({"what": "decision", **row})
        append_rows(self.path, rows)

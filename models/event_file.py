"""PATH.events: what people decided of events, and the ids of events that are not those of their earliest report.

An append-only file beside the store, on disk before the tables have it. It does not end with the store: made again from
its archive, the store has the same events and judgements.
"""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dateline.models.append_only import append_rows, read_rows
from dateline.models.event import Judgement


class EventFile:
    """One JSON object a line: {"what": "event", "id", "mention"} or {"what": "judgement", ...}. An event is named after
    its earliest report. A line says which mention an id hangs on where an earlier report came, or that one went."""

    def __init__(self, store: Path) -> None:
        self.path = store.with_name(store.name + ".events")

    def keep(self, events: Iterable[tuple[str, str]]) -> None:
        """Note ids of events, each with the mention (incident id) that it hangs on now, unless that is noted."""
        known = self.kept()
        rows = (
            {"what": "event", "id": event, "mention": mention}
            for event, mention in events
            if known.get(mention) != event
        )
        append_rows(self.path, rows)

    def judge(self, judgement: Judgement) -> None:
        """Note a judgement."""
        append_rows(self.path, [{"what": "judgement", **asdict(judgement)}])

    def kept(self) -> dict[str, str]:
        """The event's id of each mention that was noted; of several the last."""
        return {row["mention"]: row["id"] for row in self._rows() if row.get("what") == "event"}

    def judgements(self) -> list[Judgement]:
        """The judgements, in the order they were made."""
        rows = [row for row in self._rows() if row.get("what") == "judgement"]
        for row in rows:
            row.pop("what")
            row |= {side: tuple(row[side]) for side in ("left_mentions", "right_mentions")}
        return [Judgement(**row) for row in rows]

    def _rows(self) -> list[dict[str, Any]]:
        return [row for row in read_rows(self.path) if row is not None]

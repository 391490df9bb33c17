"""PATH.people: what people decided of persons, after which mention each person was named, and who was merged.

An append-only file beside the store, on disk before the tables have it. It does not end with the store: made again from
its archive, the store has the same persons and judgements.
"""

from collections.abc import Collection, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dateline.models.append_only import append_rows, read_rows
from dateline.models.person import Change, Judgement

Merge = tuple[int, str, str]  # run, person, and the person it was merged into


class PeopleFile:
    """One JSON object a line: {"what": "person", "id", "mention"}, {"what": "merged", "id", "into", "run"} or {"what":
    "judgement", ...}. A line is written before the tables have it, so a gathering that was killed in between has left
    merges that never came to be: whoever gathers again asks for those (`merges`), and passes them over."""

    def __init__(self, store: Path) -> None:
        self.path = store.with_name(store.name + ".people")

    def found(
        self,
        persons: Iterable[tuple[str, str]],
        changes: Iterable[Change],
        *,
        run_id: int,
        noted: Collection[Merge] = (),
    ) -> None:
        """Note new persons' ids with the mentions they are named after, and who was merged into whom in this run, but
        for what a gathering that was killed has `noted`."""
        named = [{"what": "person", "id": person, "mention": mention} for person, mention in persons]
        merged = [
            {"what": "merged", "id": one.person, "into": one.other, "run": run_id}
            for one in changes
            if one.kind == "merged" and (run_id, one.person, one.other) not in noted
        ]
        append_rows(self.path, [*named, *merged])

    def merges(self) -> set[Merge]:
        """The merges that were noted, but for those of an older Dateline, which noted no run."""
        return {
            (row["run"], row["id"], row["into"]) for row in self._rows() if row.get("what") == "merged" and "run" in row
        }

    def judge(self, judgement: Judgement) -> None:
        """Note a judgement."""
        append_rows(self.path, [{"what": "judgement", **asdict(judgement)}])

    def founders(self, *, without: Collection[Merge] = ()) -> dict[str, str]:
        """The person's id that each founding mention (fact id) gave, or of the person this one was merged into, as if
        the merges `without` had not been noted."""
        found: dict[str, str] = {}
        for row in self._rows():
            if row.get("what") == "person":
                found[row["mention"]] = row["id"]
            elif row.get("what") == "merged" and (row.get("run"), row["id"], row["into"]) not in without:
                found = {mention: row["into"] if person == row["id"] else person for mention, person in found.items()}
        return found

    def judgements(self) -> list[Judgement]:
        """The judgements, in the order they were made."""
        rows = [row for row in self._rows() if row.get("what") == "judgement"]
        for row in rows:
            row.pop("what")
            row |= {side: tuple(row[side]) for side in ("left_mentions", "right_mentions")}
        return [Judgement(**row) for row in rows]

    def _rows(self) -> list[dict[str, Any]]:
        return [row for row in read_rows(self.path) if row is not None]

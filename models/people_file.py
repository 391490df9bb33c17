"""PATH.people: what people decided of persons, after which mention each person was named, and who was merged.

An append-only file beside the store, on disk before the tables have it. It does not end with the store: made again from
its archive, the store has the same persons and judgements.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

from dateline.models.append_only import append_rows, each_row
from dateline.models.person import Change, Judgement

Merge = tuple[int, str, str]  # run, person, and the person it was merged into

_BATCH = 10_000  # lines in memory at once


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
        lines = iter(persons)
        while some := list(islice(lines, _BATCH)):
            append_rows(self.path, [{"what": "person", "id": person, "mention": mention} for person, mention in some])
        merged = [
            {"what": "merged", "id": one.person, "into": one.other, "run": run_id}
            for one in changes
            if one.kind == "merged" and (run_id, one.person, one.other) not in noted
        ]
        append_rows(self.path, merged)

    def size(self) -> int:
        """How many bytes there are."""
        return self.path.stat().st_size if self.path.exists() else 0

    def merges(self) -> set[Merge]:
        """The merges that were noted, but for those of an older Dateline, which noted no run."""
        return {(row["run"], row["id"], row["into"]) for _, row in self._rows("merged") if "run" in row}

    def judge(self, judgement: Judgement) -> None:
        """Note a judgement."""
        append_rows(self.path, [{"what": "judgement", **asdict(judgement)}])

    def founders(self, *, since: int = 0, without: Collection[Merge] = ()) -> Iterator[tuple[str, str]]:
        """The founding mentions (fact ids) from this byte on, each with the person it gave its id to, or the one that
        this was merged into, as if the merges `without` had not been noted."""
        merged: dict[str, list[tuple[int, str]]] = {}
        for at, row in self._rows("merged", since=since):
            if (row.get("run"), row["id"], row["into"]) not in without:
                merged.setdefault(row["id"], []).append((at, row["into"]))
        for at, row in self._rows("person", since=since):
            person, when = row["id"], at
            while later := next(((then, into) for then, into in merged.get(person, ()) if then > when), None):
                when, person = later
            yield row["mention"], person

    def judgements(self) -> list[Judgement]:
        """The judgements, in the order they were made."""
        rows = [row for _, row in self._rows("judgement")]
        for row in rows:
            row.pop("what")
            row |= {side: tuple(row[side]) for side in ("left_mentions", "right_mentions")}
        return [Judgement(**row) for row in rows]

    def _rows(self, what: str, *, since: int = 0) -> Iterator[tuple[int, dict[str, Any]]]:
        """The lines of one kind, each with its number."""
        for at, row in enumerate(each_row(self.path, since=since, holding=f'"{what}"')):
            if row is not None and row.get("what") == what:
                yield at, row

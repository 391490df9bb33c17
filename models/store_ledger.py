"""What the ledger holds of a store, so that it can be made again: of each run its start, what its digests are made of,
its outcomes, sources, the changes of persons and events it led to, and its end. What people decided is in files of
their own (people_file.py, event_file.py).

A line is written when its rows are stored. A process that is killed between the two leaves rows that the ledger does
not know; `catch_up` adds them before the next run begins. It also completes the ledger of an older Dateline, which
only counted outcomes, as long as its store is whole.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from dateline.models import digest_parts
from dateline.models.ledger import Ledger
from dateline.models.store_connection import Connection, append, transaction
from dateline.models.store_rows import Row

OUTCOME = ("origin", "input_id", "occurrence", "outcome", "reason", "capture_id", "source")
SOURCE = ("position", "source", "kind", "listed", "problem", "notes", "expect_low", "expect_high", "alarm")
CHANGE = ("kind", "person_id", "other_id")
EVENT_CHANGE = ("kind", "event_id", "other_id")
VERSIONS = ("dateline", "python", "spacy", "trafilatura", "dateparser", "prefect", "duckdb")
_AT_ONCE = 1000  # outcomes in a line


@dataclass
class LedgerRun:
    """A run as the ledger has it. Rows are in the order of OUTCOME, SOURCE, CHANGE and EVENT_CHANGE; outcomes stand by
    their key, where they are asked for. `counted` outcomes were stored and `told` are written out: fewer where an older
    Dateline wrote the lines. `began` and `ended` are ISO times: `began` None where an older Dateline did not say,
    `ended` "" there, and None where it did not end."""

    run_id: int
    kind: str = "ingest"
    parameters: Mapping[str, Any] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    began: str | None = None
    ended: str | None = None
    counted: int = 0
    told: int = 0
    outcomes: dict[tuple[str, str, int], Row] = field(default_factory=dict)
    sources: list[Row] = field(default_factory=list)
    changes: list[Row] = field(default_factory=list)
    event_changes: list[Row] = field(default_factory=list)
    parts: list[digest_parts.Part] = field(default_factory=list)
    policies: str | None = None

    @property
    def lost(self) -> int:
        """How many outcomes were stored of which the ledger does not say what they were."""
        return max(0, self.counted - len(self.outcomes))


def runs_of(lines: Iterable[Mapping[str, Any]], *, outcomes: bool = True) -> list[LedgerRun]:
    """The runs of a ledger, in their order. Without their `outcomes` they take little memory, whatever they read."""
    runs: dict[int, LedgerRun] = {}
    for line in lines:
        if line["what"] == "store":
            continue
        run = runs.setdefault(line["run_id"], LedgerRun(line["run_id"]))
        if line["what"] == "run":
            run.kind, run.began = line["kind"], line.get("at")
            run.parameters, run.digests, run.versions = line["parameters"], line["digests"], line["versions"]
        elif line["what"] == "shard":
            rows = line.get("rows", ())
            run.counted += line["outcomes"]
            run.told += len(rows)
            run.outcomes |= {(row[0], row[1], row[2]): tuple(row) for row in rows} if outcomes else {}
        elif line["what"] == "sources":
            run.sources = [tuple(row) for row in line["rows"]]
        elif line["what"] == "people":
            run.changes = list(dict.fromkeys([*run.changes, *map(tuple, line["changes"])]))
        elif line["what"] == "events":
            run.event_changes = list(dict.fromkeys([*run.event_changes, *map(tuple, line["changes"])]))
        elif line["what"] == "parts":
            run.parts += [(field, digest, part, value) for field, digest, part, value in line["rows"]]
            run.policies = line["policies"]
        elif line["what"] == "end":
            run.ended = line.get("at", "")
    return sorted(runs.values(), key=lambda run: run.run_id)


def catch_up(connection: Connection, ledger: Ledger) -> None:
    """Write into the ledger what the store has and the ledger has not."""
    noted = {run.run_id: run for run in runs_of(ledger.lines(), outcomes=False)}
    known = {part[:2] for run in noted.values() for part in run.parts}
    names = ("run_id", "kind", "parameters", "digests", *VERSIONS, "started_at::VARCHAR", "finished_at::VARCHAR")
    runs = connection.execute(f"SELECT {', '.join(names)} FROM run ORDER BY run_id").fetchall()
    for run_id, kind, parameters, digests, *versions, began, ended in runs:
        if (run := noted.get(run_id)) is None:
            run = LedgerRun(run_id)
            said = dict(zip(VERSIONS, versions, strict=True))
            values = {"parameters": json.loads(parameters), "digests": json.loads(digests)}
            ledger.write("run", run_id=run_id, kind=kind, **values, versions=said, at=began)
        _catch_up_run(connection, ledger, run)
        _catch_up_parts(connection, ledger, run, known)
        if ended is not None and run.ended is None:
            ledger.write("end", run_id=run_id, at=ended)


def _catch_up_run(connection: Connection, ledger: Ledger, run: LedgerRun) -> None:
    counted = connection.execute("SELECT count(*) FROM outcome WHERE run_id = ?", [run.run_id]).fetchone()
    if counted and counted[0] != run.told:
        lines = (line for line in ledger.lines() if line.get("run_id") == run.run_id)
        there = {key for one in runs_of(lines) for key in one.outcomes}
        rows = [row for row in _rows(connection, "outcome", OUTCOME, run) if row[:3] not in there]
        fresh = max(0, counted[0] - run.counted)  # the others were counted by an older Dateline
        for start in range(0, len(rows), _AT_ONCE):
            some = rows[start : start + _AT_ONCE]
            ledger.write("shard", run_id=run.run_id, outcomes=min(fresh, len(some)), rows=some)
            fresh -= min(fresh, len(some))
    sources = _rows(connection, "run_source", SOURCE, run)
    if sources != run.sources:
        ledger.write("sources", run_id=run.run_id, rows=sources)
    changes = [row for row in _rows(connection, "person_change", CHANGE, run) if row not in run.changes]
    if changes:
        ledger.write("people", run_id=run.run_id, changes=changes)
    rows = _rows(connection, "event_change", EVENT_CHANGE, run)
    if changes := [row for row in rows if row not in run.event_changes]:
        ledger.write("events", run_id=run.run_id, changes=changes)


def _catch_up_parts(connection: Connection, ledger: Ledger, run: LedgerRun, known: set[tuple[str, str]]) -> None:
    """The parts of each digest are written once, with the first run that has it."""
    parts, policies = digest_parts.noted(connection, run.run_id)
    fresh = [part for part in parts if part[:2] not in known]
    known |= {part[:2] for part in fresh}
    if fresh or policies != run.policies:
        ledger.write("parts", run_id=run.run_id, rows=fresh, policies=policies)


def _rows(connection: Connection, table: str, columns: Sequence[str], run: LedgerRun) -> list[Row]:
    query = f"SELECT {', '.join(columns)} FROM {table} WHERE run_id = ? ORDER BY rowid"
    return connection.execute(query, [run.run_id]).fetchall()


def finish_again(connection: Connection, run: LedgerRun) -> None:
    """Put back what a run has beside its outcomes: what its sources gave, the changes of persons, its end."""
    with transaction(connection):
        digest_parts.note_parts(connection, run.run_id, run.parts, run.policies)
        for table, columns, rows in (
            ("run_source", SOURCE, run.sources),
            ("person_change", CHANGE, run.changes),
            ("event_change", EVENT_CHANGE, run.event_changes),
        ):
            connection.execute(f"DELETE FROM {table} WHERE run_id = ?", [run.run_id])
            append(connection, table, ["run_id", *columns], [(run.run_id, *row) for row in rows])
        if run.ended is not None:
            connection.execute(
                """UPDATE run SET finished_at = coalesce(?, started_at),
                inputs = (SELECT count(*) FROM outcome WHERE run_id = run.run_id) WHERE run_id = ?""",
                [moment(run.ended) if run.ended else None, run.run_id],
            )


def moment(said: str | None) -> datetime:
    """A time of the ledger; the beginning of 1970 where an older Dateline did not write it down."""
    return datetime.fromisoformat(said) if said else datetime.fromtimestamp(0, UTC)

"""Runs and what they write: one transaction a shard, its outcome rows included."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from dateline.models.capture import Capture
from dateline.models.ids import content_id
from dateline.models.ledger import Ledger
from dateline.models.shard_files import merge_shard
from dateline.models.store_connection import Connection, append, dicts, transaction
from dateline.models.store_ledger import VERSIONS, LedgerRun, catch_up, moment
from dateline.models.store_rows import Page, Row, page_id, reading_key

Outcome = Literal["read", "empty", "not_article", "unchanged", "failed"]
InputKey = tuple[str, str, int]  # origin, input id, occurrence

MOST_RUNS = 3  # that try a page whose reading fails; the code of today will not do better on the fourth night
GIVEN_UP = "given up"  # how the reason begins where it was not even tried

_AT_ONCE = 10_000  # keys in memory

_CAPTURE = [part.name for part in fields(Capture)]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """How one input of a run ended, and what is to be stored of it.

    `capture_id` is None where nothing came in. `capture` is set where it is new. `page_id` and `readings` are what it
    stands on, in the store already or in the shard that is stored with it; `page` instead of them where its rows are in
    no shard yet. `source` is the source of a collection that the input came through.
    """

    key: InputKey
    outcome: Outcome
    reason: str | None = None
    capture_id: str | None = None
    capture: Capture | None = None
    page_id: str | None = None
    readings: tuple[str, ...] = ()
    page: Page | None = None
    source: str | None = None

    @property
    def stands_on(self) -> tuple[str | None, tuple[str, ...]]:
        """The page's id, and those of the readings."""
        if self.page is None:
            return self.page_id, self.readings
        return self.page.page_id, tuple(one.reading_id for one in self.page.readings)


@dataclass(frozen=True, kw_only=True)
class Known:
    """A capture that the store has been given and that the code of today has read: nothing is left to do for it.

    `before` is whether an earlier run met it; `readings` are the ids of its readings.
    """

    page_id: str
    result: Outcome
    reason: str | None
    readings: tuple[str, ...]
    before: bool


def start_run(
    connection: Connection,
    ledger: Ledger,
    *,
    kind: str,
    parameters: Mapping[str, Any],
    digests: Mapping[str, str],
    versions: Mapping[str, str],
) -> tuple[int, bool]:
    """A new run's number, or that of the same call's run that did not finish; and whether it is such a one."""
    catch_up(connection, ledger)
    request = content_id("request", kind, _json(parameters), _json(digests))
    query = "SELECT max(run_id) FROM run WHERE request_id = ? AND finished_at IS NULL"
    unfinished = connection.execute(query, [request]).fetchone()
    if unfinished and unfinished[0] is not None:
        return int(unfinished[0]), True
    last = connection.execute("SELECT coalesce(max(run_id), 0) FROM run").fetchone()
    run_id = int(last[0]) + 1 if last else 1
    now = datetime.now(UTC)
    said: dict[str, Any] = {"kind": kind, "parameters": parameters, "digests": digests, "versions": versions}
    ledger.write("run", run_id=run_id, **said, at=now.isoformat())
    insert_run(connection, run_id, **said, at=now)
    return run_id, False


def insert_run(
    connection: Connection,
    run_id: int,
    *,
    kind: str,
    parameters: Mapping[str, Any],
    digests: Mapping[str, str],
    versions: Mapping[str, str],
    at: datetime,
) -> None:
    """The row of a run that begins."""
    stored, known = _json(parameters), _json(digests)
    request = content_id("request", kind, stored, known)
    values = [run_id, kind, request, stored, known, *(versions[name] for name in VERSIONS), None, at]
    marks = ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO run VALUES ({marks}, NULL)", values)


def run_again(connection: Connection, run: LedgerRun) -> None:
    """The row of a run of the ledger, unless it is there."""
    if not connection.execute("SELECT 1 FROM run WHERE run_id = ?", [run.run_id]).fetchone():
        insert_run(
            connection,
            run.run_id,
            kind=run.kind,
            parameters=run.parameters,
            digests=run.digests,
            versions={**dict.fromkeys(VERSIONS, "unknown"), **run.versions},
            at=moment(run.began),
        )


def finish_run(connection: Connection, run_id: int, *, at: datetime) -> None:
    """Note that every input of the run has its outcome."""
    connection.execute(
        """UPDATE run SET finished_at = ?, inputs = (SELECT count(*) FROM outcome WHERE run_id = run.run_id)
        WHERE run_id = ?""",
        [at, run_id],
    )


def handled(connection: Connection, run_id: int) -> set[InputKey]:
    """The inputs of a run that have their outcome already."""
    query = "SELECT origin, input_id, occurrence FROM outcome WHERE run_id = ?"
    return set(connection.execute(query, [run_id]).fetchall())


def each_handled(connection: Connection, run_id: int) -> Iterator[InputKey]:
    """The same, some at a time."""
    rows = connection.execute("SELECT origin, input_id, occurrence FROM outcome WHERE run_id = ?", [run_id])
    while some := rows.fetchmany(_AT_ONCE):
        yield from some


def captures(connection: Connection, capture_ids: Iterable[str]) -> set[str]:
    """Which of these captures the store has."""
    return _present(connection, "capture", "capture_id", capture_ids)


def places(connection: Connection, capture_ids: Iterable[str]) -> dict[str, tuple[str, int]]:
    """Where in the archive those of these captures stand that the store has: file and offset."""
    query = """SELECT capture_id, archive_file, archive_offset FROM capture
        WHERE capture_id IN (SELECT unnest(?::VARCHAR[]))"""
    return {own: (file, at) for own, file, at in connection.execute(query, [list(capture_ids)]).fetchall()}


def last_capture(connection: Connection) -> tuple[str, int] | None:
    """Where in the archive the last record that the store knows stands: file and offset."""
    query = "SELECT archive_file, archive_offset FROM capture ORDER BY ALL DESC LIMIT 1"
    row = connection.execute(query).fetchone()
    return (row[0], row[1]) if row else None


def known(
    connection: Connection,
    run_id: int,
    capture_ids: Iterable[str],
    digests: Mapping[str, str],
    *,
    mapped: bool = False,
) -> dict[str, Known]:
    """Which of these captures have been read by the code of `digests`, all fields and incidents included; with
    `mapped`, the map of a page's text too."""
    pages = {page_id(capture_id, digests["page"]): capture_id for capture_id in capture_ids}
    rows = dicts(
        connection,
        """SELECT page.*, EXISTS (
            SELECT 1 FROM outcome WHERE outcome.page_id = page.page_id AND outcome.run_id < ?) AS before
        FROM page JOIN capture USING (capture_id) WHERE page_id IN (SELECT unnest(?::VARCHAR[]))
            AND (NOT ? OR result != 'read' OR kind = 'text' OR page_id IN (SELECT page_id FROM text_map))""",
        [run_id, list(pages), mapped],
    )
    expected = {row["page_id"]: _readings_of(row, digests) for row in rows}
    there = _present(connection, "reading", "reading_id", [one for ids in expected.values() for one in ids])
    return {
        row["capture_id"]: Known(
            page_id=row["page_id"],
            result=row["result"],
            reason=row["reason"],
            readings=expected[row["page_id"]],
            before=row["before"],
        )
        for row in rows
        if there.issuperset(expected[row["page_id"]])
    }


def given_up(
    connection: Connection, run_id: int, capture_ids: Iterable[str], digests: Mapping[str, str]
) -> dict[str, str]:
    """Those of these captures that earlier runs of the code of `digests` failed to read, MOST_RUNS times, and why."""
    query = """SELECT capture_id, arg_max(reason, run_id), count(DISTINCT run_id)
        FROM outcome JOIN run USING (run_id)
        WHERE capture_id IN (SELECT unnest(?::VARCHAR[])) AND run_id < ? AND digests = ?
            AND outcome = 'failed' AND NOT starts_with(reason, ?)
        GROUP BY capture_id HAVING count(DISTINCT run_id) >= ?"""
    values = [list(capture_ids), run_id, _json(digests), GIVEN_UP, MOST_RUNS]
    return {
        capture: f"{GIVEN_UP} after {runs} runs: {reason}"
        for capture, reason, runs in connection.execute(query, values).fetchall()
    }


def _readings_of(page: Mapping[str, Any], digests: Mapping[str, str]) -> tuple[str, ...]:
    if page["result"] != "read":
        return ()
    return tuple(
        reading_key(page["text_id"], page["published"], page["published_from"], page["unread"], name, digest)[0]
        for name, digest in sorted(digests.items())
        if name != "page"
    )


def read_by_only(connection: Connection, digests: Mapping[str, str]) -> bool:
    """Whether every page and reading of the store was made by the code of these digests."""
    query = "SELECT DISTINCT 'page', digest FROM page UNION SELECT DISTINCT field, digest FROM reading"
    return set(connection.execute(query).fetchall()) <= set(digests.items())


def add_shard(connection: Connection, run_id: int, entries: list[Entry], *, shard: Path | None = None) -> None:
    """Store a shard, whole or not at all: what was read, the captures it was read in, and how each input ended."""
    captured = {entry.capture.capture_id: entry.capture for entry in entries if entry.capture}
    for there in captures(connection, captured):
        del captured[there]
    listed = dict.fromkeys(one for entry in entries for one in entry.stands_on[1])
    before = _present(connection, "run_reading", "reading_id", listed, run_id=run_id)
    tables: dict[str, list[Row]] = {
        "capture": [tuple(getattr(capture, name) for name in _CAPTURE) for capture in captured.values()],
        "run_reading": [(run_id, reading_id) for reading_id in listed if reading_id not in before],
        "outcome": [_outcome(run_id, entry) for entry in entries],
    }
    with transaction(connection):
        if shard is not None:
            merge_shard(connection, shard)
        for table, rows in tables.items():
            append(connection, table, list(_COLUMNS[table]), rows)


def _outcome(run_id: int, entry: Entry) -> Row:
    page, _ = entry.stands_on
    return (run_id, *entry.key, entry.outcome, entry.reason, entry.capture_id, page, entry.source)


_COLUMNS: dict[str, tuple[str, ...]] = {
    "capture": tuple(_CAPTURE),
    "run_reading": ("run_id", "reading_id"),
    "outcome": ("run_id", "origin", "input_id", "occurrence", "outcome", "reason", "capture_id", "page_id", "source"),
}


def _present(
    connection: Connection, table: str, key: str, ids: Iterable[str | None], *, run_id: int | None = None
) -> set[str]:
    """Which of these ids a table has (in a run)."""
    wanted = list(ids)
    if not wanted:
        return set()
    within = "" if run_id is None else f" AND run_id = {run_id:d}"
    query = f"SELECT {key} FROM {table} WHERE {key} IN (SELECT unnest(?::VARCHAR[])){within}"
    return {row[0] for row in connection.execute(query, [wanted]).fetchall()}


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

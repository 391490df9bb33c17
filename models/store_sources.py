"""What the sources of a collection gave, run by run; and what is known of addresses that were fetched before."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from dateline.models.capture import Capture
from dateline.models.gate import LATEST, SourceNight, alarm
from dateline.models.store_connection import Connection, append, dicts, transaction
from dateline.models.store_ledger import SOURCE
from dateline.models.store_rows import Row

_COLUMNS = ["run_id", *SOURCE]


@dataclass(frozen=True, kw_only=True)
class StoredSource:
    """One source's night: what it listed, how those inputs ended (by outcome), and why that is no success."""

    source: str
    kind: str
    listed: int
    outcomes: dict[str, int]
    problem: str | None
    notes: tuple[str, ...]
    alarm: str | None


def last_captures(connection: Connection, urls: Iterable[str]) -> dict[str, Capture]:
    """The latest capture of each of these URLs that was fetched, by the URL as it was asked for."""
    names = ", ".join(f"capture.{part.name}" for part in fields(Capture))
    rows = dicts(
        connection,
        f"""SELECT {names} FROM capture
        JOIN (SELECT unnest(?::VARCHAR[]) AS input_id) AS wanted USING (input_id)
        WHERE http_status IS NOT NULL
        QUALIFY row_number() OVER (PARTITION BY input_id ORDER BY captured_at DESC, archive_file DESC,
            archive_offset DESC) = 1""",
        [list(urls)],
    )
    return {row["input_id"]: Capture(**row) for row in rows}


def add_sources(connection: Connection, run_id: int, nights: Sequence[SourceNight]) -> list[Row]:
    """Note what each source gave in this run, and whether that is an alarm; returns the rows."""
    rows: list[Row] = []
    for position, night in enumerate(nights):
        low, high = night.expect or (None, None)
        rows.append(
            (
                *(run_id, position, night.source, night.kind, night.listed, night.problem),
                *(json.dumps(night.notes, ensure_ascii=False), low, high),
                alarm(night, _before(connection, night.source, run_id)),
            )
        )
    with transaction(connection):
        connection.execute("DELETE FROM run_source WHERE run_id = ?", [run_id])
        append(connection, "run_source", _COLUMNS, rows)
    return rows


def _before(connection: Connection, source: str, run_id: int) -> list[int]:
    """How much a source gave in its latest runs before this one, the latest first; nights without success count not."""
    query = """SELECT listed FROM run_source
        WHERE source = ? AND run_id < ? AND problem IS NULL AND alarm IS NULL ORDER BY run_id DESC LIMIT ?"""
    return [row[0] for row in connection.execute(query, [source, run_id, LATEST]).fetchall()]


def run_sources(connection: Connection, run_id: int) -> list[StoredSource]:
    """The sources of a run in the order of their collection."""
    rows = dicts(connection, "FROM run_source WHERE run_id = ? ORDER BY position", [run_id])
    query = "SELECT source, outcome, count(*) FROM outcome WHERE run_id = ? GROUP BY ALL ORDER BY ALL"
    counts: dict[str, dict[str, int]] = {}
    for source, outcome, count in connection.execute(query, [run_id]).fetchall():
        counts.setdefault(source, {})[outcome] = count
    return [
        StoredSource(
            **{name: row[name] for name in ("source", "kind", "listed", "problem", "alarm")},
            outcomes=counts.get(row["source"], {}),
            notes=tuple(json.loads(row["notes"])),
        )
        for row in rows
    ]

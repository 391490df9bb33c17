"""Readings verified: whether their rows are those that were written, and whether their digests are accounted for.

A reading's id hashes what it depends on, and no value. So a value that somebody changes in the store fits its ids all
the same; that hash over its reading's rows, which the writer stored with it, it does not fit.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any

from dateline.models.fields import fields as field_shapes
from dateline.models.reading_hash import rows_sha256
from dateline.models.store_connection import Connection
from dateline.models.store_rows import COLUMNS, INCIDENTS, columns
from dateline.models.verify_checks import Check, checked, queried

_AT_ONCE = 2000  # readings whose rows are fetched together
_OF_INCIDENTS = ("incident", "incident_fact", "incident_group", "incident_leader", "sentence")


def readings(connection: Connection) -> Iterator[Check]:
    """The checks of readings."""
    yield checked("values as they were written", _as_written(connection))
    twice = """(SELECT field, text_id, count(*) AS times FROM reading
        GROUP BY text_id, published, published_from, unread, field, digest)"""
    yield queried(connection, "one reading of a text by one digest", twice, "times > 1", "field, text_id")
    alike = """(SELECT field, list(digest ORDER BY digest) AS digests FROM (
            SELECT field, digest, list(part || ' ' || value ORDER BY part) AS parts FROM digest_part
            GROUP BY field, digest)
        GROUP BY field, parts)"""
    yield queried(connection, "digests differ in a part", alike, "len(digests) > 1", "field, digests")
    used = """(SELECT DISTINCT field, digest FROM reading
        UNION SELECT DISTINCT 'page', digest FROM page)"""
    (counts,) = connection.execute(
        f"SELECT count(*), count(*) FILTER (NOT noted) FROM (SELECT EXISTS (FROM digest_part AS part"
        f" WHERE part.field = used.field AND part.digest = used.digest) AS noted FROM {used} AS used)"
    ).fetchall()
    without = f" ({counts[1]} of an older Dateline without)" if counts[1] else ""
    yield Check(name=f"digests with their parts{without}", checked=int(counts[0]) - int(counts[1]))


def _as_written(connection: Connection) -> Iterator[str | None]:
    query = (
        "SELECT reading_id, field, rows_sha256 FROM reading WHERE rows_sha256 IS NOT NULL ORDER BY field, reading_id"
    )
    stored = iter(connection.execute(query).fetchall())
    while some := list(islice(stored, _AT_ONCE)):
        by_field: dict[str, dict[str, str]] = defaultdict(dict)
        for reading_id, name, said in some:
            by_field[name][reading_id] = said
        for name, said_by_reading in by_field.items():
            found = hashes(connection, name, list(said_by_reading))
            for reading_id, said in said_by_reading.items():
                fits = found[reading_id] == said
                yield None if fits else f"the {name} of reading {reading_id} are not those that were written"


def hashes(connection: Connection, name: str, reading_ids: list[str]) -> dict[str, str]:
    """The hash over the rows of some readings of a field (or incidents), as they are in the store now."""
    tables = {table: COLUMNS[table] for table in _OF_INCIDENTS}
    if name != INCIDENTS:
        tables = {name: columns(field_shapes()[name]), "evidence": COLUMNS["evidence"]}
    rows: dict[str, dict[str, list[tuple[Any, ...]]]] = {one: {table: [] for table in tables} for one in reading_ids}
    for table, names in tables.items():
        listed = ", ".join(f'"{column}"' for column in names)
        query = f"SELECT {listed} FROM {table} WHERE reading_id IN (SELECT unnest(?::VARCHAR[]))"
        for row in connection.execute(query, [reading_ids]).fetchall():
            rows[row[0]][table].append(row)
    return {one: rows_sha256(own) for one, own in rows.items()}

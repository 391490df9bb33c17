"""A long archive out of a shorter one that is linked: its incidents and events once more, ever further in the past.

Linking a million incidents takes an hour, and repeating some of them often a few minutes. Each repeat is moved by whole
weeks to before the one that it repeats, under ids and keys of its own: the tables are as large as they would be, but no
report of one repeat is ever compared with one of another.
"""

from benchmarks.linking_world import COLUMNS_OF
from dateline.extractors.digests import digest_of
from dateline.models import store_events_look
from dateline.models.store_connection import Connection

BETWEEN = 3  # days between a repeat and the next, so that the archive stays as dense as it is
_LISTED = """id text_id capture_id page_id reading_id incident_id fact_id event_id left_id right_id copy_of founder
    same_as input_id origin url record_id"""
_IDS = frozenset(_LISTED.split())
_DAYS = frozenset(("published", "earliest", "latest"))
_EVENTS = ("event", "event_incident", "event_pair", "event_key")

_REPORTS = """
INSERT INTO event_report
SELECT {id}, {reading}, version, {published}, list_transform(mentions, lambda x: left(md5(x || ' {time}'), 16)),
    json_merge_patch(told, json_object('id', {id}, 'published', {published},
        'text_id', left(md5((told->>'text_id') || ' {time}'), 16),
        'earliest', ((told->>'earliest')::DATE - {days})::VARCHAR,
        'latest', ((told->>'latest')::DATE - {days})::VARCHAR))
FROM once_event_report
"""


def lengthen(connection: Connection, *, times: int) -> None:
    """Make an archive `times` as long as it is. All of its incidents must be linked."""
    first, last = connection.execute("SELECT min(published)::DATE, max(published)::DATE FROM page").fetchall()[0]
    weeks = ((last - first).days + BETWEEN) // 7 + 1
    tables = {**COLUMNS_OF, **{table: _columns(connection, table) for table in _EVENTS}}
    for table in (*tables, "event_report"):
        connection.execute(f"CREATE TEMP TABLE once_{table} AS FROM {table}")
    for time in range(1, times):
        days = weeks * time * 7
        for table, columns in tables.items():
            moved = ", ".join(_moved(column, time, days) for column in columns)
            quoted = ", ".join(f'"{column}"' for column in columns)
            connection.execute(f"INSERT INTO {table} ({quoted}) SELECT {moved} FROM once_{table}")
        names = {name: _moved(name, time, days) for name in ("incident_id", "reading_id", "published")}
        query = _REPORTS.format(
            id=names["incident_id"], reading=names["reading_id"], published=names["published"], time=time, days=days
        )
        connection.execute(query)
    connection.execute("UPDATE event_pair SET left_id = right_id, right_id = left_id WHERE left_id > right_id")
    now = f"({store_events_look.NOW}) AS now"
    connection.execute(
        f"UPDATE event_report SET version = now.version FROM {now} WHERE now.incident_id = event_report.incident_id"
    )
    left = store_events_look.look(connection)
    assert left == 0, f"{left} repeated reports would be looked at again"
    store_events_look.note(connection, digest_of("events"))


def _columns(connection: Connection, table: str) -> list[str]:
    query = "SELECT column_name FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index"
    return [row[0] for row in connection.execute(query, [table]).fetchall()]


def _moved(column: str, time: int, days: int) -> str:
    if column == "key":
        return f"hash(key, {time})"
    if column in _IDS:
        return f"left(md5({column} || ' {time}'), 16)"
    if column in _DAYS:
        day = f"{column}::DATE - {days}"
        return f"({day})::VARCHAR" if column == "published" else day
    return f'"{column}"'

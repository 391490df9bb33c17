"""The store's views over a part of it: of the texts that runs and people touched, and no window runs over all.

What a run touched are the texts it found and the readings it listed, what people touched the readings they decided on,
and with them whatever stands or stood at the same
addresses. Temporary tables hold those rows of the tables under the views that these need, and temporary views of the
same names lie over them, until they are taken away.
"""

from collections.abc import Iterable, Sequence

from dateline.models.store_connection import Connection, append

_TEXTS = """
CREATE OR REPLACE TEMP TABLE touched_place AS
    SELECT DISTINCT input_id, occurrence FROM main.outcome SEMI JOIN touched_run USING (run_id)
    WHERE page_id IS NOT NULL;
CREATE OR REPLACE TEMP TABLE touched_text AS
    SELECT DISTINCT text_id FROM main.page SEMI JOIN (
        SELECT page_id FROM main.outcome SEMI JOIN touched_place USING (input_id, occurrence)) USING (page_id)
    WHERE text_id IS NOT NULL
    UNION SELECT text_id FROM main.reading SEMI JOIN (
        SELECT reading_id FROM main.run_reading SEMI JOIN touched_run USING (run_id)
        UNION FROM touched_reading) USING (reading_id);
CREATE OR REPLACE TEMP TABLE touched_place AS
    SELECT DISTINCT input_id, occurrence FROM main.outcome SEMI JOIN (
        SELECT page_id FROM main.page SEMI JOIN touched_text USING (text_id)) USING (page_id);
"""
_NARROWED = {
    "outcome": "FROM main.outcome SEMI JOIN touched_place USING (input_id, occurrence)",
    "page": "FROM main.page SEMI JOIN temp.outcome USING (page_id)",
    "capture": "FROM main.capture SEMI JOIN temp.page USING (capture_id)",
    "reading": "FROM main.reading SEMI JOIN touched_text USING (text_id)",
    "run_reading": "FROM main.run_reading SEMI JOIN temp.reading USING (reading_id)",
    "incident": "FROM main.incident SEMI JOIN temp.reading USING (reading_id)",
}
VIEWS = ("current_page", "current_reading")


def counted(connection: Connection) -> dict[str, list[int]]:
    """How many outcomes and how many readings each run has: where that is as it was, a run brought nothing since."""
    runs: dict[str, list[int]] = {}
    for at, table in enumerate(("outcome", "run_reading")):
        for run_id, count in connection.execute(f"SELECT run_id, count(*) FROM {table} GROUP BY run_id").fetchall():
            runs.setdefault(str(run_id), [0, 0])[at] = count
    return dict(sorted(runs.items()))


def narrow(
    connection: Connection, runs: Iterable[str], *, readings: Iterable[str] = (), views: Sequence[str] = VIEWS
) -> None:
    """Let these views be those of the texts that the runs touched, and of those with these readings (table
    touched_text). A view comes after those that it stands on."""
    connection.execute("CREATE OR REPLACE TEMP TABLE touched_run (run_id INTEGER)")
    append(connection, "touched_run", ["run_id"], [(int(run),) for run in runs])
    connection.execute("CREATE OR REPLACE TEMP TABLE touched_reading (reading_id VARCHAR)")
    append(connection, "touched_reading", ["reading_id"], [(one,) for one in readings])
    connection.execute(_TEXTS)
    for table, rows in _NARROWED.items():
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {rows}")
    for view in views:
        query = "SELECT sql FROM duckdb_views() WHERE view_name = ? AND NOT temporary"
        ((sql,),) = connection.execute(query, [view]).fetchall()
        connection.execute(sql.replace("CREATE VIEW", "CREATE OR REPLACE TEMP VIEW", 1))


def widen(connection: Connection, *, views: Sequence[str] = VIEWS) -> None:
    """Let the views be those of the whole store again."""
    for view in reversed(views):
        connection.execute(f"DROP VIEW IF EXISTS temp.{view}")
    for table in _NARROWED:
        connection.execute(f"DROP TABLE IF EXISTS temp.{table}")

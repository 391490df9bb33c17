"""Published snapshots: a copy of the store for analysts, of finished runs only, whole or not there at all.

The store is held for as long as its file takes to copy; the snapshot is made from that copy, while the writer goes on.
A snapshot is a DuckDB file with the store's tables and views, or a folder of Parquet files with a manifest. It appears
under its name in one step, on disk, and takes the place of an older one in the same step.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dateline.models import publish_parquet, store_schema
from dateline.models.store import Store
from dateline.models.store_connection import Connection, Error, StoreError, connect, dicts, in_memory

# What hangs on what: a row stays where what this column names stays. Readings and pages of a run under way go with it.
_KEPT = {
    "run_id": "kept_run",
    "page_id": "kept_page",
    "capture_id": "kept_capture",
    "reading_id": "kept_reading",
    "text_id": "kept_text",
}
# Long stretches of the articles' own words; values keep the words that they were read from.
_TEXTS = {"article": "text", "furniture": "text", "region": "text"}


class Withheld(StoreError):
    """The gate: the last night is no success, and nothing is published of it. The message says why."""


@dataclass(frozen=True, kw_only=True)
class Published:
    """What was published: where, of which run and day (ISO, UTC), and how much. `left_out` are the runs that have not
    finished; nothing of theirs is in it. `alarms` are those that were overridden."""

    path: Path
    run_id: int
    day: str
    schema_version: int
    articles: int
    events: int
    size: int
    left_out: tuple[int, ...] = ()
    alarms: tuple[str, ...] = field(default=())


def publish_duckdb(
    db: Path, out: Path, *, with_text: bool = True, anyway: bool = False, patience: float = 0.0
) -> Published:
    """Publish the store at `db` as the DuckDB file `out`. Withheld where the last night has alarms and not `anyway`,
    StoreError where there is nothing to publish or the store cannot be read; OSError where `out` cannot be written."""
    alarms = _checked(db, out, anyway=anyway, patience=patience)
    unfinished = out.with_name(out.name + ".part")
    with _copied(db, unfinished, patience=patience) as copy, _gone_in_the_end(unfinished):
        found = _made(copy, unfinished, with_text=with_text)
        _synced(unfinished)
        _wal(out).unlink(missing_ok=True)  # of an older snapshot: it would be laid over this one
        os.replace(unfinished, out)
        _synced(out.absolute().parent)
    return Published(path=out, size=out.stat().st_size, alarms=alarms, **found)


def publish_folder(
    db: Path, out: Path, *, with_text: bool = True, anyway: bool = False, patience: float = 0.0
) -> Published:
    """Publish the store at `db` as a new folder of Parquet files in the folder `out`, to which the link `latest` points
    then; the older ones stay. Errors as with `publish_duckdb`."""
    alarms = _checked(db, out, anyway=anyway, patience=patience)
    out.mkdir(parents=True, exist_ok=True)
    unfinished = out / "snapshot.part"
    with _copied(db, unfinished, patience=patience) as copy, _gone_in_the_end(unfinished):
        found = _made(copy, unfinished, with_text=with_text)
        with connect(unfinished, read_only=True) as connection:
            folder = publish_parquet.write(connection, out, said=found, with_text=with_text)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return Published(path=folder, size=size, alarms=alarms, **found)


def _checked(db: Path, out: Path, *, anyway: bool, patience: float) -> tuple[str, ...]:
    """The alarms of the last night that a collection was read; Withheld where there are some and not `anyway`."""
    if out.absolute() == db.absolute():
        raise StoreError(f"{out} is the store itself; publish it under another name")
    with Store.open(db, read_only=True, patience=patience) as store:
        rows = store.connection.execute(
            """SELECT source || ' ' || alarm FROM run_source WHERE alarm IS NOT NULL AND run_id = (
                SELECT max(run_id) FROM run_source JOIN run USING (run_id) WHERE finished_at IS NOT NULL)
            ORDER BY position"""
        ).fetchall()
    alarms = tuple(row[0] for row in rows)
    if alarms and not anyway:
        raise Withheld(f"nothing is published, for the last night is no success: {'; '.join(alarms)}")
    return alarms


@contextmanager
def _copied(db: Path, beside: Path, *, patience: float) -> Iterator[Path]:
    """A copy of the store's file, gone in the end. Nobody writes to the store meanwhile."""
    copy = beside.with_name(beside.name + ".source")
    with _gone_in_the_end(copy):
        with ExitStack() as held:
            held.enter_context(Store.open(db, read_only=True, patience=patience))
            # A process that closes a file frees every lock it has on it: none of these may close before all are copied.
            for source, target in ((db, copy), (_wal(db), _wal(copy))):
                if source.exists():
                    shutil.copyfileobj(
                        held.enter_context(source.open("rb")), held.enter_context(target.open("wb")), 1 << 22
                    )
        yield copy


@contextmanager
def _gone_in_the_end(path: Path) -> Iterator[None]:
    for one in (path, _wal(path)):
        one.unlink(missing_ok=True)  # of a call that was killed
    try:
        yield
    finally:
        for one in (path, _wal(path)):
            one.unlink(missing_ok=True)


def _made(copy: Path, out: Path, *, with_text: bool) -> dict[str, Any]:
    """Make the snapshot file from the copy of a store; returns what it is of."""
    try:
        with in_memory() as connection:
            connection.execute(f"ATTACH '{_quoted(copy)}' AS source")
            connection.execute(f"ATTACH '{_quoted(out)}' AS snapshot")
            run = _finished(connection)
            _keep(connection)
            for table, columns in _tables(connection).items():
                connection.execute(_selected(table, columns, with_text=with_text))
            _describe(connection, run, with_text=with_text)
            connection.execute("DETACH snapshot")
        with connect(out, read_only=False) as connection:
            store_schema.make_views(connection)  # of the copied tables
            return _counted(connection)
    except Error as error:
        raise StoreError(f"the snapshot could not be made: {str(error).splitlines()[0]}") from error


def _finished(connection: Connection) -> int:
    (row,) = connection.execute("SELECT max(run_id) FROM source.run WHERE finished_at IS NOT NULL").fetchall()
    if row[0] is None:
        raise StoreError("no run of this store has finished; there is nothing to publish yet")
    return int(row[0])


def _keep(connection: Connection) -> None:
    """Note what finished runs stand on."""
    connection.execute(
        """
        CREATE TABLE kept_run AS SELECT run_id FROM source.run WHERE finished_at IS NOT NULL UNION SELECT 0;
        CREATE TABLE kept_page AS SELECT DISTINCT page_id FROM source.outcome SEMI JOIN kept_run USING (run_id);
        CREATE TABLE kept_capture AS
            SELECT DISTINCT capture_id FROM source.outcome SEMI JOIN kept_run USING (run_id)
            UNION SELECT capture_id FROM source.page SEMI JOIN kept_page USING (page_id);
        CREATE TABLE kept_reading AS
            SELECT DISTINCT reading_id FROM source.run_reading SEMI JOIN kept_run USING (run_id);
        CREATE TABLE kept_text AS
            SELECT text_id FROM source.page SEMI JOIN kept_page USING (page_id) WHERE text_id IS NOT NULL
            UNION SELECT text_id FROM source.reading SEMI JOIN kept_reading USING (reading_id)"""
    )


def _tables(connection: Connection) -> dict[str, list[str]]:
    """The tables of the store with their columns, in order."""
    query = """SELECT table_name, list(column_name ORDER BY column_index) FROM duckdb_columns()
        SEMI JOIN (SELECT table_name FROM duckdb_tables() WHERE database_name = 'source') USING (table_name)
        WHERE database_name = 'source' GROUP BY table_name ORDER BY table_name"""
    return dict(connection.execute(query).fetchall())


def _selected(table: str, columns: Sequence[str], *, with_text: bool) -> str:
    """The statement that copies what finished runs have of a table."""
    hidden = None if with_text else _TEXTS.get(table)
    names = ", ".join(f'NULL::VARCHAR AS "{name}"' if name == hidden else f'"{name}"' for name in columns)
    wanted = [
        f'("{name}" IS NULL OR "{name}" IN (SELECT {name} FROM kept))'.replace("kept", kept)
        for name, kept in _KEPT.items()
        if name in columns
    ]
    where = f" WHERE {' AND '.join(wanted)}" if wanted else ""
    return f'CREATE TABLE snapshot."{table}" AS SELECT {names} FROM source."{table}"{where}'


def _describe(connection: Connection, run: int, *, with_text: bool) -> None:
    """Table `snapshot`: what the copy is of. It is the only one that the store itself has not."""
    connection.execute(
        """CREATE TABLE snapshot.snapshot AS SELECT run_id, dateline, finished_at,
            strftime(finished_at AT TIME ZONE 'UTC', '%Y-%m-%d') AS day,
            (SELECT max(version) FROM source.schema_version) AS schema_version, ? AS with_text,
            (SELECT coalesce(list(run_id ORDER BY run_id), []) FROM source.run WHERE finished_at IS NULL) AS left_out
        FROM source.run WHERE run_id = ?""",
        [with_text, run],
    )


def _counted(connection: Connection) -> dict[str, Any]:
    (row,) = dicts(
        connection,
        """SELECT run_id, day, schema_version, left_out,
            (SELECT count(DISTINCT text_id) FROM current_page WHERE result = 'read') AS articles,
            (SELECT count(*) FROM event) AS events
        FROM snapshot""",
    )
    return {**row, "left_out": tuple(row["left_out"])}


def _synced(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _wal(path: Path) -> Path:
    return path.with_name(path.name + ".wal")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")

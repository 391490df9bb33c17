"""Making a store's tables, and bringing an older store up to date: numbered migrations, each its own transaction."""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from dateline.models import store_decisions, store_events_read, store_reductions
from dateline.models.store_connection import Connection, StoreError, transaction

FOLDER = Path(__file__).parent
_NAME = re.compile(r"(\d{4})_(\w+)\.sql")


@dataclass(frozen=True, kw_only=True)
class Migration:
    """One file of migrations/."""

    version: int
    name: str
    sql: str

    @property
    def sha256(self) -> str:
        """Names exactly these bytes."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


def migrations(folder: Path = FOLDER / "migrations") -> list[Migration]:
    """The migrations in their order; ValueError where a number is missing or twice."""
    found = []
    for path in sorted(folder.glob("*.sql")):
        if not (parts := _NAME.fullmatch(path.name)):
            raise ValueError(f"{path.name} is not named like 0001_what_it_does.sql")
        found.append(Migration(version=int(parts[1]), name=parts[2], sql=path.read_text(encoding="utf-8")))
    if [migration.version for migration in found] != list(range(1, len(found) + 1)):
        raise ValueError("the migrations are not numbered 1, 2, 3, ...")
    return found


def prepare(connection: Connection) -> None:
    """Make the tables of a new store, or apply what an older one lacks; StoreError where neither may be done."""
    if not _has_tables(connection):
        if connection.execute("SELECT 1 FROM duckdb_tables() LIMIT 1").fetchone():
            raise StoreError("this file holds tables of something else, and no Dateline store")
        _create(connection)
    else:
        check(connection)
        done = len(_applied(connection))
        for migration in migrations()[done:]:
            with transaction(connection):
                connection.execute(migration.sql)
                _note(connection, migration)
    if not _has_views(connection):
        make_views(connection)


def _has_views(connection: Connection) -> bool:
    """Whether the views are those of this code: to make them takes longer than all else at an opening."""
    query = "SELECT 1 FROM gathered WHERE what = 'views' AND state = ?"
    return connection.execute(query, [_views_state()]).fetchone() is not None


def make_views(connection: Connection) -> None:
    """Make all views anew, and note of what."""
    with transaction(connection):
        connection.execute((FOLDER / "views.sql").read_text(encoding="utf-8"))
        store_decisions.make_views(connection)
        store_reductions.make_views(connection)
        store_events_read.make_views(connection)
        connection.execute("DELETE FROM gathered WHERE what = 'views'")
        connection.execute("INSERT INTO gathered VALUES ('views', ?)", [_views_state()])


@cache
def _views_state() -> str:
    """A hash of all that views are made of: SQL, the policies, and the code that puts them together."""
    files = [
        *FOLDER.glob("*.sql"),
        *FOLDER.glob("policies/*.*"),
        *FOLDER.glob("store_*.py"),
        *FOLDER.glob("fields/*.py"),
    ]
    whole = hashlib.sha256()
    for path in sorted(files):
        whole.update(f"{path.name}\0".encode() + path.read_bytes())
    return whole.hexdigest()[:16]


def check(connection: Connection, *, current: bool = False) -> None:
    """StoreError where this store is not ours, newer than we are, made by other migrations, or (`current`) older."""
    if not _has_tables(connection):
        raise StoreError("this file holds no Dateline store")
    known = migrations()
    applied = _applied(connection)
    if len(applied) > len(known):
        raise StoreError(
            f"this store was written by a newer Dateline (schema {len(applied)}, this one knows {len(known)}); upgrade"
        )
    for (version, sha256), migration in zip(applied, known, strict=False):
        if sha256 != migration.sha256:
            raise StoreError(f"migration {version} is not the one this store was made with; reinstall Dateline")
    if current and len(applied) < len(known):
        raise StoreError("this store was written by an older Dateline; `dateline ingest` brings it up to date")


def birth(connection: Connection) -> str:
    """When the store was made, an ISO time in UTC: what tells it from an older store of the same name."""
    # A time as a string would be in the machine's zone, and another store to whoever sets another one.
    row = connection.execute("SELECT epoch_us(min(applied_at)) FROM schema_version").fetchone()
    born = datetime.fromtimestamp(0, UTC) + timedelta(microseconds=row[0]) if row and row[0] is not None else None
    return born.isoformat(timespec="microseconds") if born else ""


def bear(connection: Connection, when: str) -> None:
    """Give a store the birth of the one whose place it takes."""
    connection.execute("UPDATE schema_version SET applied_at = ?::TIMESTAMPTZ", [when])


def _create(connection: Connection) -> None:
    with transaction(connection):
        connection.execute((FOLDER / "schema.sql").read_text(encoding="utf-8"))
        for migration in migrations():
            _note(connection, migration)


def _note(connection: Connection, migration: Migration) -> None:
    connection.execute(
        "INSERT INTO schema_version VALUES (?, ?, ?, ?)",
        [migration.version, migration.name, migration.sha256, datetime.now(UTC)],
    )


def _has_tables(connection: Connection) -> bool:
    found = connection.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'schema_version'").fetchone()
    return bool(found and found[0])


def _applied(connection: Connection) -> list[tuple[int, str]]:
    return connection.execute("SELECT version, sha256 FROM schema_version ORDER BY version").fetchall()

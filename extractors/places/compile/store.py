"""Writing a gazetteer file: its tables, what it is made of, and its version.

Tables: `place` (id, name, level as index into gazetteer.LEVELS, country, ids of admin1 and admin2, degrees times
10,000, population, geonameid, whether it is a country's capital), `name` (folded key, place, whether a variant),
`source` (what the places are from) and `meta` (`version`: a hash of the content, the same whatever SQLite wrote the
file; `made_from`: the version of Dateline's own gazetteer in it).
"""

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dateline.extractors.places.gazetteer import FORMAT

_SCHEMA = f"""
    PRAGMA page_size = 4096;
    PRAGMA user_version = {FORMAT};
    CREATE TABLE place (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, level INTEGER NOT NULL, country TEXT, admin1 INTEGER,
        admin2 INTEGER, latitude INTEGER NOT NULL, longitude INTEGER NOT NULL, population INTEGER NOT NULL,
        geonameid INTEGER, capital INTEGER NOT NULL);
    CREATE TABLE name (
        key TEXT NOT NULL, place INTEGER NOT NULL, variant INTEGER NOT NULL,
        PRIMARY KEY (key, place)) WITHOUT ROWID;
    CREATE TABLE source (
        number INTEGER PRIMARY KEY, name TEXT NOT NULL, version TEXT NOT NULL, licence TEXT NOT NULL,
        places INTEGER NOT NULL);
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
INSERT_PLACE = "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)"
# A name that two sources give is usual where one of them calls it so.
INSERT_NAME = "INSERT INTO name VALUES (?,?,?) ON CONFLICT DO UPDATE SET variant = min(variant, excluded.variant)"

_CACHE = 65_536  # kB of pages kept in memory while writing, however large the file grows
_HASHED = ("place", "id"), ("name", "key, place"), ("source", "number")


@dataclass(frozen=True)
class Source:
    """What places are from: its name, its version or hash, its licence, and how many places it gave."""

    name: str
    version: str
    licence: str
    places: int


@contextmanager
def written(path: Path, *, base: Path | None = None) -> Iterator[sqlite3.Connection]:
    """A gazetteer to be written, empty or a copy of `base`. It takes the place of `path` when all is done and is on the
    disk; whatever goes wrong before leaves `path` as it was."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        if base is not None:
            shutil.copyfile(base, unfinished)
        else:
            unfinished.unlink(missing_ok=True)
        database = sqlite3.connect(unfinished, isolation_level=None)
        try:
            # no journal: an unfinished file is thrown away
            database.executescript(
                f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -{_CACHE};"
            )
            if base is None:
                database.executescript(_SCHEMA)
            database.execute("BEGIN")
            if base is not None:
                database.execute("INSERT OR IGNORE INTO meta SELECT 'made_from', value FROM meta WHERE key = 'version'")
            yield database
            database.execute("INSERT OR REPLACE INTO meta VALUES ('version', ?)", (content_version(database),))
            database.execute("COMMIT")
        finally:
            database.close()
        _sync(unfinished)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def content_version(database: sqlite3.Connection) -> str:
    """The hash of all places, names and sources, in 16 hexadecimal digits."""
    whole = hashlib.sha256()
    for table, order in _HASHED:
        for row in database.execute(f"SELECT * FROM {table} ORDER BY {order}"):
            whole.update(repr(row).encode())
    return whole.hexdigest()[:16]


def add_source(database: sqlite3.Connection, source: Source) -> None:
    """Note what places are from."""
    values = (source.name, source.version, source.licence, source.places)
    database.execute("INSERT INTO source (name, version, licence, places) VALUES (?,?,?,?)", values)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""Shards on disk: what was read in some inputs, as Parquet, on its way from whoever read it to the one writer.

A shard is a folder named by what was to be read and by which code (a content id), so that the same work has the same
name on every machine, and is done once. In it stands one file for each table that has rows, and `ended.json`: how each
piece of work ended. It appears under its name when it is whole. The writer merges it in the transaction that
stores the outcomes, and then removes it; a shard that is lost with its machine is read again.
"""

import json
import os
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from uuid import uuid4

from dateline.models.article import Result
from dateline.models.fields import fields as field_shapes
from dateline.models.reading_hash import rows_sha256
from dateline.models.store_connection import Connection, append, in_memory
from dateline.models.store_rows import COLUMNS, HUNG, Page, Reading, Rows, columns

_ENDED = "ended.json"
_KEYED = {"article": "text_id", "page": "page_id", "reading": "reading_id"}  # the others hang on a page or a reading
_HEADS = {
    "article": ("text_id", "text"),
    "reading": ("reading_id", "text_id", "published", "published_from", "unread", "field", "digest", "rows_sha256"),
}
_SCHEMA = Path(__file__).parent / "schema.sql"


class DamagedShard(Exception):
    """The files of a shard cannot be read; it has to be made again."""


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How one piece of work ended: `result` is an article's, `page_id` and `readings` are what was found."""

    result: Result
    reason: str | None = None
    page_id: str | None = None
    readings: tuple[str, ...] = ()


def write_shard(
    path: Path, *, pages: Iterable[Page] = (), readings: Iterable[Reading] = (), ended: Mapping[str, Ended]
) -> Path:
    """Write a shard to `path`: whole pages with their readings, more readings, and how every piece of work ended."""
    tables = {table: rows for table, rows in _tables(list(pages), list(readings)).items() if rows}
    partial = path.with_name(f"{path.name}.{uuid4().hex}.partial")  # two machines may be at the same work
    partial.mkdir(parents=True)
    if tables:
        with in_memory() as connection:
            for table, rows in tables.items():
                connection.execute(_definitions()[table])
                append(connection, table, list(_columns(table)), rows)
                connection.execute(f"COPY {table} TO '{_quoted(partial / table)}.parquet' (FORMAT parquet)")
    (partial / _ENDED).write_text(json.dumps({key: asdict(one) for key, one in ended.items()}), encoding="utf-8")
    try:
        os.rename(partial, path)
    except OSError:  # somebody else was quicker
        shutil.rmtree(partial)
    return path


def ended_of(path: Path) -> dict[str, Ended]:
    """How each piece of work of a shard ended. DamagedShard where its files cannot be read."""
    try:
        said = json.loads((path / _ENDED).read_text(encoding="utf-8"))
        return {key: Ended(**{**one, "readings": tuple(one["readings"])}) for key, one in said.items()}
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise DamagedShard(f"{path} cannot be read: {error}") from error


def merge_shard(connection: Connection, path: Path) -> None:
    """Add what the store has not yet of a shard's rows. To be called in the transaction that stores its outcomes."""
    fresh = {table: _fresh(connection, path, table, key) for table, key in _KEYED.items()}
    for table in _KEYED:
        _insert(connection, path, table, _KEYED[table], fresh[table])
    mapped = _unmapped(connection, path, fresh["page"])
    for table in HUNG:
        _insert(connection, path, table, "page_id", mapped if table == "text_map" else fresh["page"])
    for table in (*field_shapes(), *(name for name in COLUMNS if name != "page" and name not in HUNG)):
        _insert(connection, path, table, "reading_id", fresh["reading"])


def remove_shard(path: Path) -> None:
    """Away with a shard that was merged, or is of no use."""
    shutil.rmtree(path, ignore_errors=True)


@cache
def _definitions() -> dict[str, str]:
    """How each table is made, by its name."""
    found = re.finditer(r"^CREATE TABLE (\w+) \(.*?^\);", _SCHEMA.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return {one[1]: one[0] for one in found}


def _tables(pages: Sequence[Page], readings: Sequence[Reading]) -> Rows:
    """The rows by table, each page, text and reading once."""
    once = {page.page_id: page for page in pages}
    every = {one.reading_id: one for one in (*(one for page in pages for one in page.readings), *readings)}
    tables: Rows = {
        "article": list({page.text_id: (page.text_id, page.text) for page in pages if page.text_id}.values()),
        "page": [page.row for page in once.values()],
        "reading": [(*one.row, rows_sha256(one.rows)) for one in every.values()],
    }
    for rows in (*(page.rows for page in once.values()), *(one.rows for one in every.values())):
        for table, more in rows.items():
            tables.setdefault(table, []).extend(more)
    return tables


def _fresh(connection: Connection, path: Path, table: str, key: str) -> list[str]:
    """The ids of a shard's rows that the store has not. The few are looked for among the many, not the other way."""
    if not (file := _file(path, table)):
        return []
    query = f"SELECT {key} FROM {table} WHERE {key} IN (SELECT {key} FROM read_parquet('{file}'))"
    there = {row[0] for row in connection.execute(query).fetchall()}
    rows = connection.execute(f"SELECT DISTINCT {key} FROM read_parquet('{file}')").fetchall()
    return [row[0] for row in rows if row[0] not in there]


def _unmapped(connection: Connection, path: Path, fresh: Sequence[str]) -> list[str]:
    """Pages whose text has no map in the store: the new ones, and those that were read without one."""
    if not (file := _file(path, "text_map")):
        return []
    query = f"""SELECT DISTINCT page_id FROM read_parquet('{file}')
        WHERE page_id IN (SELECT unnest(?::VARCHAR[])) OR page_id NOT IN (SELECT page_id FROM text_map)"""
    return [row[0] for row in connection.execute(query, [list(fresh)]).fetchall()]


def _insert(connection: Connection, path: Path, table: str, key: str, ids: Sequence[str]) -> None:
    if ids and (file := _file(path, table)):
        query = f"INSERT INTO {table} BY NAME SELECT * FROM read_parquet('{file}')"
        connection.execute(f"{query} WHERE {key} IN (SELECT unnest(?::VARCHAR[]))", [list(ids)])


def _file(path: Path, table: str) -> str | None:
    file = path / f"{table}.parquet"
    return _quoted(file) if file.exists() else None


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _columns(table: str) -> tuple[str, ...]:
    if shape := field_shapes().get(table):
        return columns(shape)
    return _HEADS.get(table) or COLUMNS[table]

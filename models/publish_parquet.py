"""A snapshot as Parquet files, by year and month where a relation has a day, with a manifest of hashes.

    FOLDER/run-000012-2026-11-20-3f9a1c07/   manifest.json, views.sql, RELATION/year=2014/month=06/data_0.parquet
    FOLDER/latest                            a link to the newest

The same rows give the same files, byte for byte, so publishing one state twice leaves one folder. Who follows `latest`
has always one whole snapshot: the link is turned in one step, and older folders stay until somebody removes them.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dateline.models.fields import fields as field_shapes
from dateline.models.ids import content_id
from dateline.models.store_connection import Connection

SCHEMA = "dateline-snapshot/1"
LATEST = "latest"
UNKNOWN = "unknown"  # the year and month of what has no day

# What is published, and the day that it is parted by: a column, or that of the event it belongs to.
_OF_EVENT = "event_day.earliest"
RELATIONS: dict[str, str | None] = {
    "event_summary": "published.earliest",
    "event_claim": _OF_EVENT,
    "event_toll_history": _OF_EVENT,
    "event_contradiction": _OF_EVENT,
    "event_reduction": _OF_EVENT,
    "event_incident": _OF_EVENT,
    "event_pair": None,
    "reviewed_incident": "published.earliest",
    **{f"reviewed_{name}": None for name in field_shapes()},
    **dict.fromkeys(("current_page", "person", "person_statement", "person_pair", "reported_death")),
    **dict.fromkeys(("policy", "run", "run_source", "snapshot")),
}
TEXTS = {"article": None}  # published where texts are


def write(connection: Connection, out: Path, *, said: Mapping[str, Any], with_text: bool) -> Path:
    """Write the snapshot that is open as a new folder in `out` and turn `latest` to it; returns the folder."""
    unfinished = out / "folder.part"
    shutil.rmtree(unfinished, ignore_errors=True)  # of a call that was killed
    unfinished.mkdir()
    try:
        relations = {**RELATIONS, **(TEXTS if with_text else {})}
        connection.execute("SET threads = 1")  # more would part a relation into files by chance
        connection.execute("CREATE OR REPLACE TEMP TABLE event_day AS SELECT event_id, earliest FROM event_summary")
        parted = {name: _write(connection, unfinished / name, name, day) for name, day in relations.items()}
        (unfinished / "views.sql").write_text(_views(parted), encoding="utf-8")
        folder = out / _name(unfinished, connection, said, with_text=with_text)
        for path in sorted(unfinished.rglob("*")):
            _sync(path)
        _sync(unfinished)
        if not folder.exists():
            unfinished.rename(folder)
        _sync(out)
        _turn(out, folder.name)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return folder


def _write(connection: Connection, folder: Path, name: str, day: str | None) -> bool:
    """The files of one relation; returns whether it is parted. One without rows is an empty file, never no file."""
    folder.mkdir()
    connection.execute(f"CREATE OR REPLACE TEMP TABLE published AS FROM {name}")  # a view is worked out once
    (rows,) = connection.execute("SELECT count(*) FROM published").fetchall()
    if day is None or not rows[0]:
        query = "FROM published ORDER BY ALL"
        connection.execute(f"COPY ({query}) TO '{_quoted(folder / 'data_0.parquet')}' (FORMAT parquet)")
        return False
    parts = ", ".join(
        f"coalesce(strftime({day}, '{form}'), '{UNKNOWN}') AS {part}"
        for part, form in (("year", "%Y"), ("month", "%m"))
    )
    joined = "LEFT JOIN event_day ON event_day.event_id = published.event_id" if day == _OF_EVENT else ""
    query = f"SELECT published.*, {parts} FROM published {joined} ORDER BY ALL"
    connection.execute(f"COPY ({query}) TO '{_quoted(folder)}' (FORMAT parquet, PARTITION_BY (year, month))")
    return True


def _views(parted: Mapping[str, bool]) -> str:
    """SQL that gives the files the names of the store's views, for whoever reads it in the snapshot's folder."""
    lines = ["-- In the folder of this file: duckdb -init views.sql. The names are those of a published DuckDB file.\n"]
    for name, by_month in parted.items():
        files = f"'{name}/*/*/*.parquet', hive_partitioning = true, hive_types_autocast = false"
        files = files if by_month else f"'{name}/*.parquet'"
        lines.append(f"CREATE OR REPLACE VIEW {name} AS FROM read_parquet({files});\n")
    return "".join(lines)


def _name(folder: Path, connection: Connection, said: Mapping[str, Any], *, with_text: bool) -> str:
    """Write the manifest; returns the folder's name, which its content gives."""
    query = f"SELECT file_name, num_rows FROM parquet_file_metadata('{_quoted(folder)}/**/*.parquet')"
    rows = {str(name): int(count) for name, count in connection.execute(query).fetchall()}
    files = [
        {
            "path": path.relative_to(folder).as_posix(),
            "bytes": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            **({"rows": rows[str(path)]} if str(path) in rows else {}),
        }
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    manifest = {"schema": SCHEMA, **said, "left_out": list(said["left_out"]), "with_text": with_text, "files": files}
    text = json.dumps(manifest, indent=1)
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    return f"run-{said['run_id']:06d}-{said['day']}-{content_id(text, length=8)}"


def _turn(out: Path, name: str) -> None:
    """Let `latest` point to a folder, in one step."""
    link = out / f"{LATEST}.part"
    link.unlink(missing_ok=True)
    link.symlink_to(name, target_is_directory=True)
    os.replace(link, out / LATEST)
    _sync(out)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")

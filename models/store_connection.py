"""Connections to a store file. The only module that imports DuckDB."""

import contextlib
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

Connection = duckdb.DuckDBPyConnection
Error = duckdb.Error

VERSION = duckdb.__version__

# An extension that is not there is an error at once, never a download.
_CONFIGURATION: dict[str, Any] = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}

MEMORY = "DATELINE_STORE_MEMORY"  # the variable of the environment that bounds what DuckDB holds: "4GB"; else 80 %

_LOCKED = "lock on file"  # in what DuckDB says where another process has the file
_AGAIN = 0.05  # seconds between two attempts to open a file that others have

_HOLDER = re.compile(r"\(PID (\d+)\)")


class StoreError(Exception):
    """Something about the store that the user can act on; the message says what."""


class StoreInUse(StoreError):
    """Another process has the store open."""


def connect(path: Path, *, read_only: bool, patience: float = 0.0) -> Connection:
    """Open the store file, made where it is missing and may be written; StoreError where that is not possible.

    Where other processes have it open, wait up to `patience` seconds: a run writes for a moment, a reader soon leaves.
    """
    if read_only and not path.exists():
        raise StoreError(f"there is no store at {path}; `dateline ingest PAGE --db {path}` makes one")
    latest = time.monotonic() + patience
    while True:
        try:
            return duckdb.connect(str(path), read_only=read_only, config=_configuration())
        except duckdb.Error as error:
            locked = _LOCKED in str(error)
            if not locked or time.monotonic() >= latest:
                raise (StoreInUse if locked else StoreError)(_said(path, error)) from error
        time.sleep(_AGAIN)


def _configuration() -> dict[str, Any]:
    memory = os.environ.get(MEMORY)
    return {**_CONFIGURATION, "memory_limit": memory} if memory else _CONFIGURATION


def in_memory() -> Connection:
    """A database of its own that is gone when it is closed; a context."""
    return duckdb.connect(":memory:", config=_CONFIGURATION)


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """All of what happens inside, or nothing of it."""
    connection.execute("BEGIN TRANSACTION")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(duckdb.Error):  # a commit that failed has ended the transaction itself
            connection.execute("ROLLBACK")
        raise


def append(connection: Connection, table: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    """Add rows to a table through the appender (450,000 rows a second; executemany makes 500)."""
    if rows:
        with connection.appender(table, columns=columns) as appender:
            for row in rows:
                appender.append_row(*row)


def dicts(
    connection: Connection, query: str, parameters: list[Any] | dict[str, Any] | None = None
) -> list[dict[str, Any]]:
    """The rows of a query, each by column name."""
    found = connection.execute(query, parameters or [])
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _said(path: Path, error: Exception) -> str:
    """What went wrong while opening, in words for a person."""
    words = str(error)
    if _LOCKED in words:
        holder = _HOLDER.search(words)
        who = f"process {holder[1]}" if holder else "another process"
        return f"{path} is in use by {who}; one process at a time may have it open while it is written"
    if "not a valid DuckDB database" in words:
        return f"{path} is not a DuckDB file"
    if words.startswith("Parser Error") and MEMORY in os.environ:  # nothing else is parsed when a file is opened
        return f"{MEMORY} is a size such as 4GB, not {os.environ.get(MEMORY)!r}"
    why = words.splitlines()[0]
    if why.startswith("IO Error"):  # Cannot open file "/some/where": Permission denied
        why = why.rpartition('": ')[2].lower()
    return f"{path} cannot be opened: {why}"

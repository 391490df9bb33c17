"""One run at a time: a lock beside the store, held from a run's beginning to its end.

DuckDB's own lock is not enough: a run has the store open only for the moments in which it writes, so that people can
look into it meanwhile. The operating system frees the lock with the process that holds it, however that ends. The file
PATH.lock stays: removing it would let two runs hold a lock each, on two files of one name.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from dateline.models.store import StoreError

EXIT = 4  # the exit code of a command that found another run under way


class RunUnderWay(StoreError):
    """Another run holds the store; the message says which."""


@contextmanager
def running(db: Path) -> Iterator[None]:
    """Hold the lock of the store at `db` meanwhile; RunUnderWay, at once, where another run does."""
    try:
        file = _path(db).open("a+b")
    except OSError as error:
        raise StoreError(f"{db} cannot be opened: {(error.strerror or str(error)).lower()}") from error
    with file:
        if not _take(file):
            raise RunUnderWay(f"{holder(db) or 'another run'} is at work on {db}; nothing was done")
        _write(file, f"process {os.getpid()}, since {datetime.now().astimezone():%Y-%m-%d %H:%M:%S %z}")
        try:
            yield
        finally:
            _write(file, "")


def holder(db: Path) -> str | None:
    """Who holds the lock of the store at `db`, and since when, in words. After a kill this is still who held it last:
    ask only where something is known to be held."""
    try:
        words = _path(db).read_text(encoding="utf-8").strip()
    except OSError:
        return None
    return f"a run ({words})" if words else None


def _path(db: Path) -> Path:
    return db.with_name(db.name + ".lock")


def _write(file: BinaryIO, words: str) -> None:
    file.truncate(0)
    file.write(words.encode())
    file.flush()


if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30  # the byte that is locked: Windows lets nobody read one that is, and the first ones say who holds it

    def _take(file: BinaryIO) -> bool:
        """Take the lock; False where somebody has it."""
        file.seek(_FAR)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(file: BinaryIO) -> bool:
        """Take the lock; False where somebody has it."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

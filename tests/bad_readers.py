"""Readings that go wrong, for worker processes; the source's id says how."""

import os
import time
from pathlib import Path

from dateline.models.article import Article, Source
from dateline.models.record import Record


def read_badly(source: Source) -> Record:
    """Die, hang, exit or take a gigabyte, as the source's id says; die only the first time where it names a file."""
    if source.id == "abort":
        os.abort()
    if source.id == "hang":
        time.sleep(60)
    if source.id == "exit":
        os._exit(0)
    if source.id == "memory":
        bytearray(10**9)
    if source.id.startswith("once:"):
        mark = Path(source.id.removeprefix("once:"))
        if not mark.exists():
            mark.touch()
            os.abort()
    return Record(id=source.id, article=Article(result="read", text=source.text or ""))


def nothing() -> None:
    """A worker that is ready at once."""


def broken() -> None:
    """A worker that cannot get ready."""
    raise ImportError("no spaCy here")


def process(item: object) -> int:
    """Who reads this."""
    return os.getpid()

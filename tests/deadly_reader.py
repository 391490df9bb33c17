"""A reading that takes its process down, for the workers of a cluster; without the extractors, which take seconds."""

import os
import signal
from typing import Any

from dateline.flows import carrying
from dateline.flows.reading import Readers
from dateline.models.article import Article, Source
from dateline.models.record import Record

from .bad_readers import nothing

DEADLY = "deadly"


def read(source: Source) -> Record:
    """The text, and no fact; one page has the system end its reader."""
    if source.id == DEADLY:
        os.kill(os.getpid(), signal.SIGKILL)
    return Record(id=source.id, article=Article(result="read", text=source.text or ""))


def _readers(jobs: int, **options: Any) -> Readers:
    return Readers(jobs, **{**options, "read": read, "prepare": nothing})


def install() -> None:
    """To be called in a worker."""
    vars(carrying)["Readers"] = _readers

"""A program that ingests invented texts without Prefect or spaCy, and kills itself on the way.

    python -m tests.ingest_target

takes lines of JSON, [DB, FOLDER, POINT, NUMBER]: a process for each ingests and kills itself with SIGKILL when POINT is
passed for the NUMBERth time. Answers each with how that process ended. They are forks of one, which has imported all
that is needed and opened nothing.
"""

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from dateline.flows import collecting, orders
from dateline.flows.attempts import Attempts
from dateline.flows.request import IngestRequest
from dateline.models import shard_files, store_runs
from dateline.models.article import Source
from dateline.models.record import Record
from dateline.sources.archive import Archive

from .order_helpers import reading_with
from .store_helpers import DIGESTS, record

SHARD = 4


def _invented(source: Source) -> Record:
    found = record(source)
    _passed("read")
    return found


read = reading_with(_invented)


_left: dict[str, int] = {}


def _passed(point: str) -> None:
    if point in _left:
        _left[point] -= 1
        if _left[point] == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def _before(owner: Any, name: str, point: str) -> None:
    """Make `owner.name` pass `point` first."""
    inner = getattr(owner, name)

    def outer(*args: Any, **options: Any) -> Any:
        _passed(point)
        return inner(*args, **options)

    setattr(owner, name, outer)


def main(db: Path, folder: Path) -> None:
    _before(Archive, "keep", "archive")
    _before(Archive, "sync", "sync")
    _before(store_runs, "append", "append")  # one table of a shard's transaction each
    _before(store_runs, "finish_run", "finish")
    _before(Attempts, "clear", "clear")
    _before(orders, "page_of", "rows")
    _before(orders, "write_shard", "parquet")
    _before(shard_files, "_insert", "merge")  # and one table of what was read
    vars(collecting)["code_digests"] = lambda: DIGESTS
    request = IngestRequest(inputs=[str(folder)], db=db, shard=SHARD)
    collecting.collect(request, read=read)


if __name__ == "__main__":
    for asked in sys.stdin:
        db, folder, point, number = json.loads(asked)
        child = os.fork()
        if child == 0:
            _left[point] = number
            main(Path(db), Path(folder))
            os._exit(0)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)

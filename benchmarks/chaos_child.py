"""The ingest that chaos.py kills: `collect` without Prefect, which tells each step on standard output.

python -m benchmarks.chaos_child DB COLLECTION SHARD [--invented] [--break transaction]
"""

import argparse
import os
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

from dateline.flows import collecting, nightly, shards
from dateline.flows.attempts import Attempts
from dateline.flows.reading import Readers
from dateline.flows.request import IngestRequest
from dateline.flows.shards import Shard, read_shard
from dateline.models import store_persons, store_runs, store_sources
from dateline.models.ledger import Ledger
from dateline.models.people_file import PeopleFile
from dateline.models.record import Record
from dateline.models.store import Store
from dateline.sources import fetch_queue
from dateline.sources.archive import Archive
from tests.store_helpers import DIGESTS, TEXT, record

# What a run does, and the name of each step: it is told before it is taken.
STEPS: dict[str, tuple[Any, str]] = {
    "run": (store_runs, "start_run"),
    "list": (nightly, "discover"),
    "known": (Store, "known"),
    "keep": (Archive, "keep"),
    "sync": (Archive, "sync"),
    "note": (Attempts, "note"),
    "rows": (shards, "page_of"),
    "shard": (store_runs, "add_shard"),
    "table": (store_runs, "append"),
    "ledger": (Ledger, "write"),
    "sources": (store_sources, "append"),
    "people-file": (PeopleFile, "found"),
    "people": (store_persons, "append"),
    "finish": (store_runs, "finish_run"),
    "clear": (Attempts, "clear"),
}


def _told(owner: Any, name: str, step: str) -> None:
    """Make `owner.name` tell its step first."""
    inner = getattr(owner, name)

    def outer(*args: Any, **options: Any) -> Any:
        os.write(1, f"{step}\n".encode())
        return inner(*args, **options)

    setattr(owner, name, outer)


def _invented(
    shard: Shard, readers: Readers, attempts: Attempts, done: Callable[[Record], None] | None = None
) -> dict[str, Record]:
    """Records without an extractor: a text of our own for each page, with the notes that a reading makes."""
    found = {}
    for own, source in shard.unread().items():
        attempts.note("trying", own, alone=False)
        found[own] = record(replace(source, page=None, text=f"{TEXT} As {source.id} has it."))
        attempts.note("done", own, alone=False)
    return found


def main() -> None:
    """Ingest once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("db", type=Path)
    parser.add_argument("collection", type=Path)
    parser.add_argument("shard", type=int)
    parser.add_argument("--invented", action="store_true")
    parser.add_argument("--break", dest="broken", choices=("transaction",))
    options = parser.parse_args()
    for step, (owner, name) in STEPS.items():
        _told(owner, name, step)
    fetch_queue.BACK_OFF, fetch_queue.TRIES = 0.01, 2  # the site's broken pages stay broken
    if options.broken:
        vars(store_runs)["transaction"] = nullcontext  # each table is committed by itself
    if options.invented:
        vars(collecting)["code_digests"] = lambda: DIGESTS
    request = IngestRequest(collection=options.collection, db=options.db, shard=options.shard)
    collecting.collect(request, read=_invented if options.invented else read_shard)


if __name__ == "__main__":
    main()

"""The run that chaos.py kills, without Prefect. It tells each step on standard output before it takes it.

python -m benchmarks.chaos_child DB COLLECTION SHARD [--what rerun] [--stage N] [--invented [--alone]]
    [--break transaction] [--kill STEP NUMBER SECONDS]

A transaction is told of as "begin", "commit" (all is written, and the COMMIT comes next) and "committed". These hold on
to the one function that every transaction goes through. Those that make tables and views at the opening are "schema".
"""

import argparse
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from dateline.flows import collecting, nightly, orders, rerunning, storing
from dateline.flows.attempts import Attempts
from dateline.flows.orders import Done, Order
from dateline.flows.reading import Readers, Watch, Work
from dateline.flows.request import IngestRequest, RerunRequest
from dateline.models import shard_files, store_connection, store_persons, store_runs, store_sources
from dateline.models.again import Again
from dateline.models.article import Source
from dateline.models.ledger import Ledger
from dateline.models.people_file import PeopleFile
from dateline.models.record import Record
from dateline.models.store import Store
from dateline.sources import fetch_queue
from dateline.sources.archive import Archive
from tests.store_helpers import DIGESTS, TEXT, record

# What a run does beside its transactions, and the name of each step.
STEPS: dict[str, tuple[Any, str]] = {
    "run": (store_runs, "start_run"),
    "list": (nightly, "discover"),
    "known": (Store, "known"),
    "keep": (Archive, "keep"),
    "sync": (Archive, "sync"),
    "note": (Attempts, "note"),
    "rows": (orders, "page_of"),
    "parquet": (orders, "write_shard"),
    "merge": (shard_files, "_insert"),
    "table": (store_runs, "append"),
    "ledger": (Ledger, "write"),
    "sources": (store_sources, "append"),
    "people-file": (PeopleFile, "found"),
    "people": (store_persons, "append"),
    "finish": (store_runs, "finish_run"),
    "clear": (Attempts, "clear"),
}
Within = Callable[[Any], Any]  # what begins a transaction: store_connection.transaction, or what is put in its place


_kill: dict[str, float] = {}  # the step that is waited for: how often it is still to come; "": seconds after it


def _tell(step: str) -> None:
    os.write(1, f"{step}\n".encode())
    if step in _kill:
        _kill[step] -= 1
        if _kill[step] == 0:
            threading.Thread(target=_killed, args=(_kill[""],), daemon=True).start()


def _killed(seconds: float) -> None:
    """The whole group, from another thread than the one that writes."""
    time.sleep(seconds)
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)


def _told(owner: Any, name: str, step: str) -> None:
    """Make `owner.name` tell its step first."""
    inner = getattr(owner, name)

    def outer(*args: Any, **options: Any) -> Any:
        _tell(step)
        return inner(*args, **options)

    setattr(owner, name, outer)


def _tell_transactions(*, broken: bool) -> None:
    """Have every transaction told, in whatever module it is begun; `broken` takes it away but for the schema's."""
    inner: Within = store_connection.transaction
    within: Within = nullcontext if broken else inner

    @contextmanager
    def told(connection: Any) -> Iterator[None]:
        _tell("begin")
        with within(connection):
            yield
            _tell("commit")
        _tell("committed")

    @contextmanager
    def schema(connection: Any) -> Iterator[None]:
        _tell("schema")
        with inner(connection):
            yield

    for module in [*sys.modules.values()]:
        if getattr(module, "transaction", None) is inner:
            vars(module)["transaction"] = schema if module.__name__.endswith("store_schema") else told


class _Invented:
    """Readers that give records without an extractor, with the usual notes. On a later stage the rules are others: then
    the mayor of the text has died."""

    def __init__(self, stage: int) -> None:
        self._stage = stage

    def read(self, sources: Iterable[Work], *, alone: bool, watch: Watch) -> Iterator[Record]:
        for source in sources:
            watch("trying", source)
            yield self._record(source)
            watch("done", source)

    def _record(self, source: Work) -> Record:
        if isinstance(source, Again):
            found = record(Source(id=source.id, text=source.article.text, published=source.article.published))
        else:
            found = record(replace(source, page=None, text=f"{TEXT} As {source.id} has it."))
        if self._stage == 1:
            return found
        leaders = tuple(replace(one, status="killed") for one in found.facts["leaders"])
        return replace(found, facts={**found.facts, "leaders": leaders})


def _digests(stage: int) -> dict[str, str]:
    """Of the invented rules: on the second stage those of a field are others, on the third those of all."""
    others = {"leaders", "incidents"} if stage == 2 else set(DIGESTS) if stage == 3 else set()
    return {name: f"{digest}-{stage}" if name in others else digest for name, digest in DIGESTS.items()}


def _invent(stage: int) -> Any:
    """Put invented rules in the place of the code's; returns what reads by them."""
    found = _digests(stage)
    for module in (collecting, rerunning):
        vars(module)["code_digests"] = lambda: found
        vars(module)["code_parts"] = lambda: {name: {"rules": digest} for name, digest in found.items()}

    def read(order: Order, readers: Readers, attempts: Attempts, done: Done | None = None) -> Path:
        return orders.carry_out(order, cast(Readers, _Invented(stage)), attempts, done)

    return read


def main() -> None:
    """Run once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("db", type=Path)
    parser.add_argument("collection", type=Path)
    parser.add_argument("shard", type=int)
    parser.add_argument("--what", choices=("ingest", "rerun"), default="ingest")
    parser.add_argument("--stage", type=int, default=1)
    parser.add_argument("--invented", action="store_true")
    parser.add_argument("--alone", action="store_true")
    parser.add_argument("--break", dest="broken", choices=("transaction",))
    parser.add_argument("--kill", nargs=3, metavar=("STEP", "NUMBER", "SECONDS"))
    options = parser.parse_args()
    if options.kill:
        _kill.update({options.kill[0]: float(options.kill[1]), "": float(options.kill[2])})
        sys.setswitchinterval(0.0005)  # the thread that kills must not wait for the one that writes
    for step, (owner, name) in STEPS.items():
        _told(owner, name, step)
    _tell_transactions(broken=options.broken is not None)
    fetch_queue.BACK_OFF, fetch_queue.TRIES = 0.01, 2  # the site's broken pages stay broken
    if options.alone:
        vars(storing)["settle"] = lambda *given, **more: None
    read = _invent(options.stage if options.what == "rerun" else 1) if options.invented else orders.carry_out
    if options.what == "ingest":
        request = IngestRequest(collection=options.collection, db=options.db, shard=options.shard)
        collecting.collect(request, read=read)
    else:
        fields = ["leaders"] if options.stage == 2 else None  # texts are read again; on the third stage whole pages
        rerunning.rerun(RerunRequest(db=options.db, shard=options.shard, fields=fields), read=read)


if __name__ == "__main__":
    main()

"""The Prefect flow `ingest`: inputs into the store, one task a shard, one writer.

A task costs Prefect 5 ms, and three rows and ten events of its history; so never one an article. Its history is no
ledger (it loses task runs when it ends): the tables `run` and `outcome` of the store are.

The store is imported inside the functions. Prefect keeps hold of a flow to the very end, and through the flow's module
of all that the module imports; DuckDB then complains of leaks on the user's terminal when the program leaves.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from dateline.flows.request import IngestReport, IngestRequest
from dateline.models.record import Record

if TYPE_CHECKING:
    from dateline.flows.attempts import Attempts
    from dateline.flows.collecting import Progress
    from dateline.flows.reading import Readers
    from dateline.flows.shards import Shard

# What the task reads that is running, and who is told of it. No parameters: Prefect walks through every parameter to
# look for futures, and a deployment's must be plain values.
_work: "list[Callable[[], dict[str, Record]]]" = []
_told: "list[Progress]" = []


@task(name="read-shard", cache_policy=NO_CACHE, persist_result=False, cache_result_in_memory=False)
def _read_shard(first: str, inputs: int) -> dict[str, Record]:
    """The records of one shard, by capture id; `first` and `inputs` name it in Prefect's history."""
    return _work.pop()()


def _as_task(
    shard: "Shard", readers: "Readers", attempts: "Attempts", done: Callable[[Record], None] | None
) -> dict[str, Record]:
    from dateline.flows.shards import read_shard

    _work.append(lambda: read_shard(shard, readers, attempts, done))
    return _read_shard(shard.items[0].source.id, len(shard.items))


@flow(name="ingest", validate_parameters=True, persist_result=False)
def ingest(request: IngestRequest) -> IngestReport:
    """Read pages, texts, folders and URLs into the store; call it again to go on where it was killed."""
    from dateline.flows.collecting import collect
    from dateline.flows.leaving import guard_servers

    guard_servers()
    return collect(request, read=_as_task, progress=_told[-1] if _told else None)


def ingest_telling(request: IngestRequest, progress: "Progress") -> IngestReport:
    """Run the flow here and tell how it goes."""
    _told.append(progress)
    try:
        return ingest(request)
    finally:
        _told.pop()

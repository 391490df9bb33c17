"""The Prefect flow `ingest`: inputs into the store, one task a shard, one writer.

A task costs Prefect 5 ms, and three rows and ten events of its history; so never one an article. Its history is no
ledger (it loses task runs when it ends): the tables `run` and `outcome` of the store are.

A run in which a source gave far too little or too much ends in Prefect's state Failed, though all that came is stored:
what people have set up to be told of failures tells them of this too. The state keeps that name, since an automation
waits for the event `prefect.flow-run.Failed`, and a state of another name would send another event; its message begins
with "Alarm".

The store is imported inside the functions. Prefect keeps hold of a flow to the very end, and through the flow's module
of all that the module imports; DuckDB then complains of leaks on the user's terminal when the program leaves.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas import State
from prefect.exceptions import FailedRun
from prefect.states import Failed

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
def ingest(request: IngestRequest) -> IngestReport | State[Any]:
    """Read pages, texts, folders, URLs and collections into the store; call it again to go on where it was killed."""
    from dateline.flows.artifacts import leave_artifacts
    from dateline.flows.collecting import collect
    from dateline.flows.leaving import guard_servers

    guard_servers()
    request = request.placed()
    report = collect(request, read=_as_task, progress=_told[-1] if _told else None)
    leave_artifacts(report, request.db)
    if report.alarms:
        return Failed(message=alarm_message(report.alarms))
    return report


def alarm_message(alarms: Mapping[str, str]) -> str:
    """What the state of a run with alarms says."""
    return "Alarm: " + "; ".join(f"{source} {why}" for source, why in alarms.items()) + ". All that came is stored."


def ingest_telling(request: IngestRequest, progress: "Progress") -> None:
    """Run the flow here and tell how it goes. Alarms are in the report that `progress` is given."""
    _told.append(progress)
    try:
        ingest(request)
    except FailedRun:  # the state of a run with alarms: no exception is behind it
        pass
    finally:
        _told.pop()

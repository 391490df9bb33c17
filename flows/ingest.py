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
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas import State
from prefect.exceptions import FailedRun
from prefect.states import Failed

from dateline.flows.request import IngestReport, IngestRequest

if TYPE_CHECKING:
    from dateline.flows.attempts import Attempts
    from dateline.flows.collecting import Progress
    from dateline.flows.orders import Done, Order
    from dateline.flows.reading import Readers

# What the task reads that is running. No parameter: Prefect walks through every parameter to look for futures.
_work: "list[Callable[[], Path]]" = []


@task(name="read-shard", cache_policy=NO_CACHE, persist_result=False, cache_result_in_memory=False)
def _read_shard(name: str, works: int) -> Path:
    """Where one shard was left; `name` and `works` name it in Prefect's history."""
    return _work.pop()()


def as_task(order: "Order", readers: "Readers", attempts: "Attempts", done: "Done | None") -> Path:
    """Carry an order out here, as a task of the flow that runs."""
    from dateline.flows.orders import carry_out

    _work.append(lambda: carry_out(order, readers, attempts, done))
    return _read_shard(order.name, len(order))


@flow(name="ingest", validate_parameters=True, persist_result=False)
def ingest(request: IngestRequest) -> IngestReport | State[Any]:
    """Read pages, texts, folders, URLs and collections into the store; call it again to go on where it was killed."""
    from dateline.flows.artifacts import leave_artifacts
    from dateline.flows.collecting import collect
    from dateline.flows.leaving import guard_servers
    from dateline.flows.telling import listener

    guard_servers()
    request = request.placed()
    report = collect(request, read=as_task, progress=listener())
    leave_artifacts(report, request.db)
    if report.alarms:
        return Failed(message=alarm_message(report.alarms))
    return report


def alarm_message(alarms: Mapping[str, str]) -> str:
    """What the state of a run with alarms says."""
    return "Alarm: " + "; ".join(f"{source} {why}" for source, why in alarms.items()) + ". All that came is stored."


def ingest_telling(request: IngestRequest, progress: "Progress") -> None:
    """Run the flow here and tell how it goes. Alarms are in the report that `progress` is given."""
    from dateline.flows.telling import telling

    # FailedRun: the state of a run with alarms; no exception is behind it
    with telling(progress), suppress(FailedRun):
        ingest(request)

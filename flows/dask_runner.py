"""Orders through a Dask cluster: `dask scheduler` somewhere, and workers on machines that share our folders.

Within a Prefect flow each order is a task run, as it is at home: prefect-dask's client takes it to a worker, which
tells Prefect's API how it goes. Our own temporary server answers on this machine alone; where it is in use and a worker
is on another machine, orders go out as plain calls, and only Prefect's history is the poorer.
"""

import logging
import os
import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from dateline.flows.carrying import carry
from dateline.flows.runners import Elsewhere, Future, RunnerError
from dateline.flows.stations import Station, check_in

CONNECT = 30  # seconds for the scheduler to answer, and for a first worker to be there
HOME = ("127.0.0.1", "localhost", "::1", "0.0.0.0")


class DaskCluster:
    """The workers of one scheduler, behind a client that is connected to it."""

    def __init__(self, client: Any, *, seconds: float, work: Callable[..., Any] = carry) -> None:
        self._client, self._seconds, self._work = client, seconds, work

    def submit(self, file: Path, *, name: str, works: int) -> Future:
        """As every cluster does."""
        key = (
            f"read-shard-{name[:12]}-{works}-{uuid4().hex}"  # no result of Dask's memory will do: a shard is used once
        )
        future: Future = self._client.submit(self._work, str(file), self._seconds, key=key, pure=False)
        return future

    def slots(self) -> int:
        """The threads of all workers."""
        if self._client.status not in ("running", "connecting"):
            raise RunnerError("the Dask scheduler is gone; start it and its workers, and call this again to go on")
        return sum(self._client.nthreads().values())

    def is_lost(self, error: BaseException) -> bool:
        """Dask gives a task to other workers when its own dies, and gives up when three more have."""
        from distributed import KilledWorker

        return isinstance(error, KilledWorker)


@contextmanager
def dask_runner(address: str, *, folder: Path, archive: Path, seconds: float) -> Iterator[Elsewhere]:
    """A runner on the cluster at `address` (tcp://host:8786). RunnerError where there is none, or where a worker cannot
    work for us."""
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters of it is told by us, in words
    with ExitStack() as stack:
        within = _within_flow()
        client = _connected(address, stack, within=within)
        stations = check_in(_ask(client), folder=folder, archive=archive)
        work = _task() if within and _reachable(stations) else carry
        yield Elsewhere(DaskCluster(client, seconds=seconds, work=work))


def _connected(address: str, stack: ExitStack, *, within: bool) -> Any:
    """A client with at least one worker behind it; prefect-dask's within a flow."""
    try:
        from distributed import Client

        if within:
            from prefect_dask.task_runners import DaskTaskRunner
    except ImportError as error:
        raise RunnerError(f"--runner dask needs more packages: pip install 'dateline[dask]' ({error})") from None
    try:
        if within:
            client = stack.enter_context(DaskTaskRunner(address=address, client_kwargs={"timeout": CONNECT})).client
        else:
            made: Callable[..., Any] = Client  # it has no types
            client = stack.enter_context(made(address, timeout=CONNECT, set_as_default=False))
    except (OSError, TimeoutError, ValueError) as error:
        raise RunnerError(f"no Dask scheduler answers at {address} ({error}); `dask scheduler` starts one") from None
    try:
        client.wait_for_workers(1, timeout=CONNECT)
    except TimeoutError:
        said = f"the scheduler at {address} has no worker; start some: "
        raise RunnerError(f"{said}DASK_DISTRIBUTED__WORKER__DAEMON=False dask worker {address}") from None
    return client


def _ask(client: Any) -> Callable[..., Any]:
    """One call on every worker; who raises, or is gone, has its exception for an answer."""
    return lambda function, *args: client.run(function, *args, on_error="return")


def _within_flow() -> bool:
    if "prefect.context" not in sys.modules:
        return False  # nobody began one, and to import Prefect takes seconds
    from prefect.context import FlowRunContext

    return FlowRunContext.get() is not None


def _task() -> Any:
    from prefect import task
    from prefect.cache_policies import NO_CACHE

    return task(name="read-shard", cache_policy=NO_CACHE, persist_result=False, cache_result_in_memory=False)(carry)


def _reachable(stations: Sequence[Station]) -> bool:
    """Whether every worker can tell Prefect's API how its tasks go."""
    from prefect.settings import get_current_settings

    api = get_current_settings().api.url or os.environ.get("PREFECT_API_URL") or ""
    home = not api or urlsplit(api).hostname in HOME
    return not home or all(one.host == platform.node() for one in stations)

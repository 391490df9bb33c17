"""Orders through a Ray cluster, whose machines share our folders. An extra, `dateline[ray]`.

Ray's own tasks and not prefect-ray's: those tell Prefect of a worker's death as a crash of the task, and then it is not
known whether the order is at fault. Prefect has the run in its history, and not its shards.
"""

import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from dateline.flows.carrying import carry
from dateline.flows.runners import Elsewhere, Future, RunnerError
from dateline.flows.stations import check_in

DEATHS = 3  # workers that an order may take down before Ray gives it up, as Dask does
SETTINGS = {"RAY_USAGE_STATS_ENABLED": "0"}  # unless the user has set it: tell nobody what is run here


class RayCluster:
    """The Ray cluster that this process is connected to."""

    def __init__(self, ray: Any, *, seconds: float) -> None:
        self._ray, self._seconds = ray, seconds

    @cached_property
    def _carry(self) -> Any:
        return self._ray.remote(carry)

    def submit(self, file: Path, *, name: str, works: int) -> Future:
        """As every cluster does."""
        options = {"num_cpus": 1, "max_retries": DEATHS, "name": f"read-shard {name[:12]}, {works}"}
        future: Future = self._carry.options(**options).remote(str(file), self._seconds).future()
        return future

    def slots(self) -> int:
        """The processors of all machines."""
        return int(self._ray.cluster_resources().get("CPU", 0))

    def is_lost(self, error: BaseException) -> bool:
        """Whether worker or machine died, DEATHS times in a row."""
        lost = self._ray.exceptions
        return isinstance(error, lost.WorkerCrashedError | lost.NodeDiedError | lost.OutOfMemoryError)


@contextmanager
def ray_runner(address: str | None, *, folder: Path, archive: Path, seconds: float) -> Iterator[Elsewhere]:
    """A runner on the cluster at `address` ("host:6379"; by default the one that runs on this machine). RunnerError
    where there is none, or where a machine of it cannot work for us."""
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    try:
        import ray
    except ImportError as error:
        raise RunnerError(f"--runner ray needs more packages: pip install 'dateline[ray]' ({error})") from None
    try:
        ray.init(address or "auto", logging_level=logging.ERROR, log_to_driver=False)
    except (ConnectionError, OSError, ValueError, RuntimeError) as error:
        said = str(error).partition("\n")[0]
        raise RunnerError(
            f"no Ray answers at {address or 'this machine'} ({said}); `ray start --head` starts one"
        ) from None
    try:
        check_in(_ask(ray), folder=folder, archive=archive)
        yield Elsewhere(RayCluster(ray, seconds=seconds))
    finally:
        ray.shutdown()


def _ask(ray: Any) -> Callable[..., Mapping[str, object]]:
    """One call on every machine; who raises, or is gone, has its exception for an answer."""
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

    def ask(function: Callable[..., Any], *args: Any) -> dict[str, object]:
        answers: dict[str, object] = {}
        called = {}
        for node in (one for one in ray.nodes() if one["Alive"]):
            there = NodeAffinitySchedulingStrategy(node["NodeID"], soft=False)
            called[node["NodeManagerAddress"]] = ray.remote(function).options(scheduling_strategy=there).remote(*args)
        for name, answer in called.items():
            try:
                answers[name] = ray.get(answer)
            except Exception as error:
                answers[name] = getattr(error, "cause", None) or error
        return answers

    return ask

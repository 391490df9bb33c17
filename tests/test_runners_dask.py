"""A real Dask scheduler and workers in processes of their own: the rows do not show who read, nor who died."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.flows.attempts import Attempts
from dateline.flows.collecting import Progress, collect
from dateline.flows.request import IngestRequest
from dateline.flows.runners import RunnerError, opened
from dateline.models.store import Store

from . import deadly_reader
from .scale_helpers import DaskProcesses, dask_cluster, write_articles
from .store_helpers import dump


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskProcesses]:
    pytest.importorskip("distributed", reason="dateline[dask] is not installed")
    with dask_cluster(tmp_path_factory.mktemp("dask")) as processes:
        yield processes


class _Killing(Progress):
    """Kills a worker of the cluster when some shards are stored."""

    def __init__(self, cluster: DaskProcesses, *, after: int) -> None:
        self._cluster, self._left = cluster, after
        self.killed: int | None = None

    def stored(self, inputs: int) -> None:
        self._left -= 1
        if self._left == 0:
            self.killed = self._cluster.kill_worker(0)


@pytest.mark.slow
def test_the_rows_do_not_show_that_a_worker_was_killed(tmp_path: Path, cluster: DaskProcesses) -> None:
    articles = write_articles(tmp_path / "articles.jsonl", 18)
    with articles.open("a", encoding="utf-8") as out:
        out.write('{"id": "no text"}\n')
    here = IngestRequest(inputs=[str(articles)], db=tmp_path / "here.duckdb", shard=3)
    there = here.model_copy(update={"db": tmp_path / "there.duckdb", "runner": "dask", "address": cluster.address})
    killing = _Killing(cluster, after=2)
    report = collect(there, progress=killing)
    assert killing.killed
    assert report.outcomes == {"failed": 1, "read": 18}
    assert collect(here) == report
    assert _rows(there.db) == _rows(here.db)
    assert not (tmp_path / "there.duckdb.shards").exists()


def _rows(db: Path) -> dict[str, list[str]]:
    with Store.open(db, read_only=True) as store:
        return dump(store)


@pytest.mark.slow
def test_a_page_that_kills_its_reader_costs_only_itself_there_too(tmp_path: Path, cluster: DaskProcesses) -> None:
    from distributed import Client

    client: Any = Client(cluster.address, set_as_default=False)  # type: ignore[no-untyped-call]
    with client:
        client.wait_for_workers(2, timeout=30)
        client.run(deadly_reader.install)
    rows = [{"id": name, "text": f"Two men died in Gao, {name} said."} for name in ("a", "deadly", "b")]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    terms: dict[str, Any] = {"runner": "dask", "address": cluster.address, "seconds": 29.0}  # of their own: new readers
    report = collect(IngestRequest(inputs=[str(path)], db=tmp_path / "x.duckdb", **terms))
    assert report.outcomes == {"failed": 1, "read": 2}
    with Store.open(tmp_path / "x.duckdb", read_only=True) as store:
        (problem,) = store.problems()
    assert (problem.input_id, problem.reason) == ("deadly", "it killed its worker 2 times")


@pytest.mark.slow
def test_no_scheduler_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="dateline[dask] is not installed")
    from dateline.flows import dask_runner

    monkeypatch.setattr(dask_runner, "CONNECT", 1)
    how = IngestRequest(inputs=["x"], runner="dask", address="tcp://127.0.0.1:9")
    attempts = Attempts(tmp_path / "attempts")
    with (
        pytest.raises(RunnerError, match=r"no Dask scheduler answers at tcp://127.0.0.1:9"),
        opened(how, archive=tmp_path, folder=tmp_path, attempts=attempts),
    ):
        pass

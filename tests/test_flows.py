"""The flows as Prefect sees them, without a server: what they return, what they leave, and that two never overlap."""

import csv
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import prefect.context
import pytest
import yaml
from prefect.client.schemas import State
from prefect.logging import disable_run_logger
from pydantic import ValidationError

from dateline.flows import artifacts, cli, collecting, lock, nightly, quiet
from dateline.flows.attempts import Attempts
from dateline.flows.export import export
from dateline.flows.ingest import ingest
from dateline.flows.orders import Order
from dateline.flows.publish import PublishRequest, publish
from dateline.flows.reading import Readers
from dateline.flows.request import ExportRequest, IngestReport, IngestRequest, RerunRequest
from dateline.flows.rerun import rerun
from dateline.flows.telling import telling
from dateline.models import store_connection
from dateline.models.article import Source
from dateline.models.store import Problem, StoredSource, StoreError

from .ingest_target import read as invented
from .store_helpers import DIGESTS, TEXT

REPORT = IngestReport(
    run_id=3, resumed=False, outcomes={"failed": 1, "read": 4}, facts={"casualties": 9}, incidents=2, alarms={}
)
ALARMED = REPORT.model_copy(update={"alarms": {"Feed": "gave 0 articles; 10 to 160 are usual"}})


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of six texts, read without the extractors."""
    monkeypatch.setattr(collecting, "code_digests", lambda: DIGESTS)
    rows = [{"id": f"row{number}", "text": f"{TEXT} Number {number}."} for number in range(6)]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def _collect(monkeypatch: pytest.MonkeyPatch, report: IngestReport) -> None:
    monkeypatch.setattr(collecting, "collect", lambda request, **others: report)


def test_a_run_with_alarms_is_a_failure_for_prefect(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under the name that automations wait for; and one without is its report."""
    request = IngestRequest(inputs=["x"])
    _collect(monkeypatch, REPORT)
    assert ingest.fn(request) is REPORT
    _collect(monkeypatch, ALARMED)
    state = ingest.fn(request)
    assert isinstance(state, State)
    assert state.is_failed()
    assert state.name == "Failed"
    assert state.message == "Alarm: Feed gave 0 articles; 10 to 160 are usual. All that came is stored."


def test_the_collection_names_the_store(tmp_path: Path) -> None:
    path = tmp_path / "dateline.toml"
    path.write_text('store = "news.duckdb"\n', encoding="utf-8")
    assert IngestRequest(collection=path).placed().db == tmp_path / "news.duckdb"
    assert IngestRequest(collection=path, db=tmp_path / "x.duckdb").placed().db == tmp_path / "x.duckdb"
    assert IngestRequest(inputs=["x"]).placed().db == Path("dateline.duckdb")


def test_the_export_s_parameters_are_checked(tmp_path: Path) -> None:
    wrong: list[dict[str, Any]] = [
        {},
        {"out": "x", "format": "ods"},
        {"out": "x", "what": "weather"},
        {"out": "x", "y": 1},
    ]
    for asked in wrong:
        with pytest.raises(ValidationError):
            ExportRequest(**asked)
    with pytest.raises(StoreError, match="there is no store"):
        export.fn(ExportRequest(db=tmp_path / "none.duckdb", out=tmp_path / "x.csv"))


def test_an_export_is_a_whole_file(tmp_path: Path, pages: Path) -> None:
    db, out = tmp_path / "x.duckdb", tmp_path / "incidents.csv"
    collecting.collect(IngestRequest(inputs=[str(pages)], db=db), read=invented)
    with disable_run_logger():
        count = export.fn(ExportRequest(db=db, out=out))
    with out.open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == count + 1 == 7
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_the_tables_of_a_run() -> None:
    night = StoredSource(
        source="Feed", kind="feed", listed=7, outcomes={"read": 4, "not_article": 1}, problem=None, notes=(), alarm=None
    )
    gone = StoredSource(
        source="Gone", kind="feed", listed=0, outcomes={}, problem="HTTP 404", notes=(), alarm="gave nothing: HTTP 404"
    )
    assert artifacts.sources([night, gone]) == [
        {"source": "Feed", "listed": 7, "not article": 1, "read": 4, "alarm": ""},
        {"source": "Gone", "listed": 0, "not article": 0, "read": 0, "alarm": "gave nothing: HTTP 404"},
    ]
    counts = [(row["what"], row["which"], row["count"]) for row in artifacts.summary(ALARMED)]
    assert counts == [
        ("inputs", "all", 5),
        ("inputs", "failed", 1),
        ("inputs", "read", 4),
        ("values in the store", "casualties", 9),
        ("incidents in the store", "", 2),
        ("alarms", "", 1),
    ]


def test_the_problem_list_is_bounded() -> None:
    problems = [
        Problem(
            run_id=3,
            origin="",
            input_id=f"page {number}",
            occurrence=0,
            outcome="failed",
            reason="x" * 5000,
            capture_id=None,
            source=None,
            tries=1,
            given_up=False,
        )
        for number in range(artifacts.MOST + 20)
    ]
    table = artifacts.problem_list(problems)
    assert len(table) == artifacts.MOST
    assert table[0] == {"input": "page 0", "outcome": "failed", "why": "x" * artifacts.LONGEST}
    assert artifacts.said(len(problems), 3) == "Inputs of run 3 that gave nothing; the first 100 of 120"


def test_artifacts_never_fail_a_run(tmp_path: Path, pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside a flow run there are none; where Prefect does not take them, the run goes on."""
    db = tmp_path / "x.duckdb"
    report = collecting.collect(IngestRequest(inputs=[str(pages)], db=db), read=invented)
    asked: list[str] = []

    def refuse(*, key: str, **others: object) -> None:
        asked.append(key)
        raise OSError("the server is gone")

    monkeypatch.setattr(artifacts, "create_table_artifact", refuse)
    artifacts.leave_artifacts(report, db)
    assert asked == []
    monkeypatch.setattr(prefect.context.FlowRunContext, "get", lambda: object())
    artifacts.leave_artifacts(report, db)
    assert asked == ["ingest-summary"]


def test_two_runs_never_overlap(tmp_path: Path, pages: Path) -> None:
    """The second leaves at once, says who is at work, and has touched nothing; afterwards the store is free."""
    db = tmp_path / "x.duckdb"
    request = IngestRequest(inputs=[str(pages)], db=db)
    seen = []

    def overlapping(order: Order, readers: Readers, attempts: Attempts, done: Any = None) -> Path:
        with pytest.raises(lock.RunUnderWay, match=r"a run \(process \d+, since \d{4}-.*\) is at work on .*x\.duckdb"):
            collecting.collect(request, read=invented)
        seen.append(lock.holder(db))
        return invented(order, readers, attempts, done)

    assert collecting.collect(request, read=overlapping).outcomes == {"read": 6}
    assert len(seen) == 1
    assert lock.holder(db) is None
    assert collecting.collect(request, read=invented).outcomes == {"unchanged": 6}


@pytest.mark.slow
def test_the_lock_goes_with_a_killed_run(tmp_path: Path) -> None:
    db = tmp_path / "x.duckdb"
    lines = (
        "import sys, time, pathlib; from dateline.flows.lock import running\n"
        "with running(pathlib.Path(sys.argv[1])):\n    print(flush=True)\n    time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", lines, str(db)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    with pytest.raises(lock.RunUnderWay, match=f"process {process.pid}"), lock.running(db):
        pass
    process.kill()
    process.communicate()
    with lock.running(db):
        assert f"process {process.pid}" not in str(lock.holder(db))


def test_the_store_can_be_read_while_pages_are(tmp_path: Path, pages: Path) -> None:
    """A run has it open only while it looks something up or writes: what is stored can be seen at once."""
    db = tmp_path / "x.duckdb"
    seen = []

    def looking(order: Order, readers: Readers, attempts: Attempts, done: Any = None) -> Path:
        with duckdb.connect(str(db), read_only=True) as other:  # refused where it is open to be written
            row = other.execute("SELECT count(*) FROM outcome").fetchone()
        seen.append(row[0] if row else None)
        return invented(order, readers, attempts, done)

    collecting.collect(IngestRequest(inputs=[str(pages)], db=db, shard=2), read=looking)
    assert seen == [0, 2, 4]


def test_who_is_patient_gets_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock that passes is waited for; any other fault is told at once."""
    answers: list[Exception] = []
    asked = []

    def opening(*others: object, **options: object) -> str:
        asked.append(1)
        if answers:
            raise answers.pop(0)
        return "open"

    monkeypatch.setattr(store_connection.duckdb, "connect", opening)
    monkeypatch.setattr(store_connection.time, "sleep", lambda seconds: None)
    path = tmp_path / "x.duckdb"
    answers += [duckdb.IOException("Could not set lock on file: (PID 7)")] * 2
    assert store_connection.connect(path, read_only=False, patience=60) == "open"  # type: ignore[comparison-overlap]
    assert len(asked) == 3
    answers += [duckdb.IOException("Could not set lock on file: (PID 7)")]
    with pytest.raises(StoreError, match="in use by process 7"):
        store_connection.connect(path, read_only=False)
    answers += [duckdb.IOException("no such disk")]
    with pytest.raises(StoreError, match="no such disk"):
        store_connection.connect(path, read_only=False, patience=60)
    assert len(asked) == 5


def test_what_is_deployed_can_be_called() -> None:
    """Every deployment of prefect.yaml names a flow, and gives it parameters that it takes."""
    given = yaml.safe_load((Path(__file__).parent.parent / "prefect.yaml").read_text(encoding="utf-8"))
    flows = {
        "dateline.flows.ingest.ingest": (ingest, IngestRequest),
        "dateline.flows.rerun.rerun": (rerun, RerunRequest),
        "dateline.flows.export.export": (export, ExportRequest),
        "dateline.flows.publish.publish": (publish, PublishRequest),
    }
    for deployment in given["deployments"]:
        flow, shape = flows[deployment["entrypoint"]]
        assert flow.validate_parameters(deployment["parameters"])["request"] == shape(
            **deployment["parameters"]["request"]
        )
        assert deployment["concurrency_limit"]["limit"] == 1
        assert all(schedule["timezone"] for schedule in deployment["schedules"])


def test_the_command_says_who_is_at_work(
    tmp_path: Path, pages: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With an exit code of its own, before Prefect is started."""
    monkeypatch.setattr(quiet, "quiet_prefect", lambda: None)
    db = tmp_path / "x.duckdb"
    with lock.running(db):
        code = cli.main(["ingest", str(pages), "--db", str(db)])
    assert code == lock.EXIT == 4
    assert f"process {os.getpid()}, since" in capsys.readouterr().err
    assert not db.exists()


def test_the_lock_is_told_like_any_fault_of_the_store(tmp_path: Path) -> None:
    with (
        pytest.raises(StoreError, match="cannot be opened: no such file or directory"),
        lock.running(tmp_path / "no" / "x"),
    ):
        pass


def test_the_store_can_be_read_while_pages_are_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when a shard has been stored just before the next page is asked for."""
    monkeypatch.setattr(collecting, "code_digests", lambda: DIGESTS)
    db = tmp_path / "x.duckdb"
    seen = []

    def fetching(urls: Iterable[str], *others: object, **options: object) -> Iterator[Source]:
        for url in urls:
            with duckdb.connect(str(db), read_only=True) as other:
                row = other.execute("SELECT count(*) FROM outcome").fetchone()
            seen.append(row[0] if row else None)
            yield Source(id=url, origin=url, url=url, text=f"{TEXT} {url}")

    monkeypatch.setattr(collecting, "fetch_all", fetching)
    monkeypatch.setattr(nightly, "fetch_all", fetching)
    urls = [f"https://example.org/{number}" for number in range(5)]
    collecting.collect(IngestRequest(inputs=urls, db=db, shard=2), read=invented)
    (tmp_path / "urls.txt").write_text("\n".join(urls), encoding="utf-8")
    (tmp_path / "dateline.toml").write_text('[[source]]\nname = "x"\nurls = "urls.txt"\n', encoding="utf-8")
    collecting.collect(IngestRequest(collection=tmp_path / "dateline.toml", db=db, shard=2), read=invented)
    assert seen == [0, 0, 2, 2, 4, 5, 5, 7, 7, 9]


def test_a_flow_can_be_sent_to_another_machine_while_a_terminal_is_told() -> None:
    """prefect-dask sends the flow along with each task, and all that the flow's module names in it."""
    cloudpickle = pytest.importorskip("cloudpickle")

    class Terminal(collecting.Progress):
        lock = threading.RLock()  # as rich's has

    with telling(Terminal()):
        for sent in (ingest, rerun):
            assert cloudpickle.loads(cloudpickle.dumps(sent)).name == sent.name

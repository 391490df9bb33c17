"""The flows as Prefect sees them, without a server: what they return and what they leave."""

import csv
import json
import threading
from pathlib import Path
from typing import Any

import prefect.context
import pytest
import yaml
from prefect.client.schemas import State
from prefect.logging import disable_run_logger
from pydantic import ValidationError

from dateline.flows import artifacts, collecting
from dateline.flows.export import export
from dateline.flows.ingest import ingest
from dateline.flows.publish import PublishRequest, publish
from dateline.flows.request import ExportRequest, IngestReport, IngestRequest, RerunRequest
from dateline.flows.rerun import rerun
from dateline.flows.telling import telling
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


def test_a_flow_can_be_sent_to_another_machine_while_a_terminal_is_told() -> None:
    """prefect-dask sends the flow along with each task, and all that the flow's module names in it."""
    cloudpickle = pytest.importorskip("cloudpickle")

    class Terminal(collecting.Progress):
        lock = threading.RLock()  # as rich's has

    with telling(Terminal()):
        for sent in (ingest, rerun):
            assert cloudpickle.loads(cloudpickle.dumps(sent)).name == sent.name

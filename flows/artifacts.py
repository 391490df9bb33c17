"""What a run leaves in the Prefect UI: a summary, what each source gave, and the inputs that gave nothing.

Copies for the eye. The tables of the store are the record; where an artifact cannot be written the run goes on.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from prefect.artifacts import create_table_artifact
from prefect.context import FlowRunContext
from prefect.logging import get_logger

from dateline.flows.request import IngestReport
from dateline.models.store import Problem, Store, StoredSource

MOST = 100  # problems listed; `dateline status` lists the others
LONGEST = 300  # characters of a reason

Table = list[dict[str, Any]]


def leave_artifacts(report: IngestReport, db: Path) -> None:
    """Leave the artifacts of the run of `report`; nothing outside a flow run, and no error whatever happens."""
    if FlowRunContext.get() is None:
        return
    try:
        with Store.open(db, read_only=True) as store:
            nights, problems = store.run_sources(report.run_id), store.problems(run_id=report.run_id)
        _leave("ingest-summary", summary(report), f"Run {report.run_id} into {db}")
        if nights:
            _leave("ingest-sources", sources(nights), f"What each source gave in run {report.run_id}")
        _leave("ingest-problems", problem_list(problems), said(len(problems), report.run_id))
    except Exception as error:
        get_logger("flow_runs").warning("the artifacts of run %s could not be written: %s", report.run_id, error)


def _leave(key: str, table: Table, description: str) -> None:
    create_table_artifact(table=table, key=key, description=description)


def summary(report: IngestReport) -> Table:
    """How the inputs ended, and what the store holds now."""
    rows = [("inputs", "all", report.inputs)]
    rows += [("inputs", outcome.replace("_", " "), count) for outcome, count in report.outcomes.items()]
    rows += [("values in the store", name, count) for name, count in report.facts.items()]
    rows += [("incidents in the store", "", report.incidents), ("alarms", "", len(report.alarms))]
    return [{"what": what, "which": which, "count": count} for what, which, count in rows]


def sources(nights: Sequence[StoredSource]) -> Table:
    """What each source listed, how that ended, and its alarm."""
    outcomes = sorted({outcome for night in nights for outcome in night.outcomes})
    return [
        {
            "source": night.source,
            "listed": night.listed,
            **{outcome.replace("_", " "): night.outcomes.get(outcome, 0) for outcome in outcomes},
            "alarm": night.alarm or "",
        }
        for night in nights
    ]


def problem_list(problems: Sequence[Problem]) -> Table:
    """The first inputs that gave nothing, and why."""
    return [
        {"input": problem.input_id, "outcome": problem.outcome, "why": (problem.reason or "")[:LONGEST]}
        for problem in problems[:MOST]
    ]


def said(problems: int, run_id: int) -> str:
    """The line above the list."""
    more = f"; the first {MOST} of {problems:,}" if problems > MOST else ""
    return (
        f"Inputs of run {run_id} that gave nothing{more}" if problems else f"Every input of run {run_id} gave something"
    )

"""How often the machine was right: shares and their intervals, what counts, and what does not."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.flows.cli import main
from dateline.flows.deciding import decide
from dateline.models.decision import Verdict
from dateline.models.evaluation import Judged, scores, wilson
from dateline.models.ids import text_id
from dateline.models.store import Store

from .decision_helpers import AT, TEXT, exactly, facts, fresh_store, read, run, verdict, without_events

MILLERS, DRIVERS, ORRIN, MAY = facts()
START = TEXT.index("Officials")
ADDED = Verdict(
    verdict="add",
    field="casualties",
    text=text_id(TEXT),
    start=START,
    stop=START + 9,
    corrected={"outcome": "captured", **exactly(2)},
    why="nobody else counted them",
)


@pytest.fixture(autouse=True)
def _no_events(monkeypatch: pytest.MonkeyPatch) -> None:
    without_events(monkeypatch)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with fresh_store(tmp_path) as store:
        yield store


def taken(store: Store, *verdicts: Verdict, who: str = "jk") -> None:
    decide(store, verdicts, who=who, at=AT)


def judged(number: int, kind: str, *, rule: str = "casualties.object", **more: bool) -> Judged:
    values = {"disputed": False, "complete": True, **more}
    return Judged(
        decision_id=str(number),
        field="casualties",
        rule=rule,
        source="The Gazette",
        verdict=kind,  # type: ignore[arg-type]
        text_id="t",
        sentence="",
        start=0,
        stop=0,
        **values,
    )


def test_wilsons_interval() -> None:
    # Figures of R: prop.test(8, 10, correct = FALSE), prop.test(0, 5, correct = FALSE)
    assert [round(bound, 4) for bound in wilson(8, 10)] == [0.4902, 0.9433]
    assert [round(bound, 4) for bound in wilson(0, 5)] == [0.0, 0.4345]


@given(st.integers(1, 500).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_the_interval_holds_the_share(counts: tuple[int, int]) -> None:
    low, high = wilson(*counts)
    assert 0 <= low <= counts[0] / counts[1] + 1e-9
    assert counts[0] / counts[1] - 1e-9 <= high <= 1


def test_what_is_counted_as_what() -> None:
    kinds = ["accept"] * 6 + ["correct"] * 2 + ["reject"] + ["add"] * 2
    found = [judged(number, kind) for number, kind in enumerate(kinds)]
    found += [judged(90, "reject", disputed=True), judged(91, "accept", complete=False)]
    (score,) = scores(found)
    assert (score.accepted, score.corrected, score.rejected, score.added) == (7, 2, 1, 2)
    assert (score.precision.part, score.precision.whole) == (7, 10)
    assert (score.found.part, score.found.whole) == (9, 10)
    assert (score.recall.part, score.recall.whole) == (6, 10), "an article that nobody finished says nothing of misses"
    (rule,) = scores(found, by="rule")
    assert (rule.added, rule.recall.whole, rule.recall.value) == (0, 0, None)


def test_decisions_are_counted_by_the_rule_that_made_the_value(store: Store) -> None:
    taken(store, verdict("accept", MILLERS), verdict("correct", DRIVERS, exactly(6)), ADDED)
    run(store, [read("mill", TEXT, facts(killed=13, rule="newer"))], version="2")
    rules = {score.name: (score.accepted, score.corrected) for score in scores(store.judged(), by="rule")}
    assert rules == {"casualties.object": (1, 1)}, "it was the old rule that was judged, stale or not"
    again = replace(verdict("correct", facts(killed=13, rule="newer")[0], exactly(12)), at="2026-02-02T00:00:00Z")
    taken(store, again)
    rules = {score.name: (score.accepted, score.corrected) for score in scores(store.judged(), by="rule")}
    assert rules == {"casualties.object": (1, 1), "casualties.newer": (0, 1)}


def test_recall_wants_every_value_decided(store: Store) -> None:
    taken(store, verdict("accept", MILLERS), ADDED)
    (score,) = scores(store.judged())
    assert (score.recall.whole, score.texts) == (0, 0)
    taken(store, verdict("accept", DRIVERS))
    (score,) = scores(store.judged())
    assert (score.recall.part, score.recall.whole, score.texts) == (2, 3, 1)


def test_who_agrees_counts_once_and_who_does_not_counts_nowhere(store: Store) -> None:
    taken(store, verdict("accept", MILLERS), verdict("reject", DRIVERS))
    taken(store, verdict("accept", MILLERS), verdict("accept", DRIVERS), who="ab")
    (score,) = scores(store.judged())
    assert (score.accepted, score.rejected) == (1, 0)
    assert sum(one.disputed for one in store.judged()) == 1


def test_adding_what_the_machine_has_is_no_miss(store: Store) -> None:
    values = {"outcome": "killed", **exactly(12)}
    same = replace(ADDED, start=MILLERS.start, stop=MILLERS.stop, corrected=values)
    taken(store, same)
    (score,) = scores(store.judged())
    assert (score.accepted, score.added) == (1, 0)


def test_the_command(store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "90")
    taken(
        store, verdict("accept", MILLERS), verdict("correct", DRIVERS, exactly(6), why="=cmd"), verdict("reject", ORRIN)
    )
    taken(store, ADDED)
    store.close()
    db = str(store.path)

    def evaluate(*words: str) -> tuple[str, str]:
        assert main(["evaluate", *words, "--db", db]) == 0
        told = capsys.readouterr()
        assert all(len(line) <= 90 for line in told.out.splitlines()), told.out
        return told.out, told.err

    out, err = evaluate()
    assert "50%* 9–91" in out
    assert "fewer than 30" in err
    assert "recall is over the articles" in err
    out, _ = evaluate("--by", "rule")
    assert "casualties.object" in out
    assert "not found" not in out
    out, _ = evaluate("--misses")
    assert "5 injured → 6 injured" in out
    assert "[5 drivers]" in out
    assert "missed: nothing → 2 captured" in out
    main(["evaluate", "--format", "csv", "--by", "source", "--db", db])
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["field"]: row["precision"] for row in rows} == {"casualties": "0.5", "places": "0.0"}
    main(["evaluate", "--format", "csv", "--misses", "--db", db])
    cells = [cell for row in csv.reader(io.StringIO(capsys.readouterr().out)) for cell in row]
    assert "'=cmd" in cells
    assert main(["evaluate", "--rule", "casualties.nothing", "--db", db]) == 1
    assert "no decision on rule casualties.nothing" in capsys.readouterr().err

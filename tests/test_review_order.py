"""What needs eyes first: every reason can be found, the heaviest comes first, what was decided is gone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.flows.cli import main
from dateline.flows.deciding import decide
from dateline.models.decision import Verdict
from dateline.models.ids import text_id
from dateline.models.review_order import ToReview
from dateline.models.store import Store
from dateline.models.store_review_order import queries, reasons

from .decision_helpers import AT, claim, day, empty_store, exactly, facts, place, read, run, verdict, without_events

CALM = "Calm\n\nA blast killed 12 millers in Orrin on 3 May 2021."
DOUBTFUL = (
    "Doubt\n\nThe army said 30 rebels died in Velm a day after the feast. "
    "Elders said 4 villagers died there, or dozens. A clash killed one and two guards."
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    doubtful = [
        claim(DOUBTFUL, "30 rebels", 30, attribution="The army", group="rebels"),
        claim(DOUBTFUL, "4 villagers", 4, attribution="Elders", group="villagers"),
        claim(DOUBTFUL, "dozens", None, "injured", vague="dozens"),
        claim(DOUBTFUL, "one and two guards", 3, "captured", derived=True),
        place(DOUBTFUL, "Velm", doubtful=True, geonameid=None),
        day(DOUBTFUL, "a day after the feast", "2021-05-03", anchor="text"),
    ]
    with Store.open(tmp_path_factory.mktemp("order") / "ledger.duckdb") as store:
        run(store, [read("calm", CALM, facts(CALM)), read("doubt", DOUBTFUL, doubtful)])
        yield store


def named(one: ToReview) -> set[str]:
    return {doubt.name for doubt in one.doubts}


def test_every_reason_has_its_query_and_its_words() -> None:
    assert set(reasons()) == set(queries())
    for name, reason in reasons().items():
        assert reason["weight"] > 0, name
        assert ("{words}" in reason["say"]) == ("NULL AS words" not in queries()[name]), name


def test_the_doubtful_comes_first_and_says_why(store: Store) -> None:
    first, last = store.review_order()
    assert named(last) == set()
    assert named(first) >= {"contradiction", "derived", "vague", "ambiguous_place", "date_from_text", "no_point"}
    assert first.score > last.score == 0
    said = " / ".join(first.reasons)
    for words in (
        "“30 rebels” (The army) and “4 villagers” (Elders)",
        "“one and two guards”",
        "Velm (XA) or Velm (XB)",
    ):
        assert words in said
    assert [doubt.weight for doubt in first.doubts] == sorted((doubt.weight for doubt in first.doubts), reverse=True)
    known = {fact for doubt in first.doubts for fact in doubt.facts}
    assert known <= set(first.facts)
    assert store.review_order() == [first, last], "the order must be the same each time"


def test_what_was_decided_is_not_asked_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    without_events(monkeypatch)
    with empty_store(tmp_path) as store:
        run(store, [read("calm", CALM, facts(CALM))])
        millers, orrin, may = facts(CALM)
        decide(store, [verdict("accept", millers), verdict("accept", orrin)], who="jk", at=AT)
        (left,) = store.review_order()
        assert left.facts == (may.id,)
        values = {"outcome": "injured", **exactly(2)}
        add = Verdict(verdict="add", field="casualties", text=text_id(CALM), start=0, stop=4, corrected=values)
        decide(store, [add], who="jk", at=AT)
        assert store.review_order()[0].facts == (may.id,), "what somebody added is not asked of anybody"
        decide(store, [verdict("accept", may)], who="jk", at=AT)
        assert store.review_order() == []
        run(store, [read("calm", CALM, facts(CALM, killed=13))], version="2")
        (stale,) = store.review_order()
        assert named(stale) == {"stale"}
        assert stale.facts == (millers.id,)
        (fresh, *_) = facts(CALM, killed=13)
        decide(store, [verdict("correct", fresh, exactly(14), at="2026-02-02T00:00:00Z")], who="jk", at=AT)
        assert store.review_order() == []
    assert main(["review", "next", "--db", str(tmp_path / "ledger.duckdb")]) == 0
    assert "everything is decided" in capsys.readouterr().err


def test_the_command_prints_reasons_and_ids(
    store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "90")
    (first, _) = store.review_order()
    store.close()
    assert main(["review", "next", "--db", str(store.path)]) == 0
    told = capsys.readouterr()
    assert first.incident[:8] in told.out
    assert "two claims exclude each other" in told.out
    assert "1 more undecided, 1 of them without any doubt" in told.err
    assert all(len(line) <= 90 for line in told.out.splitlines())

"""Decisions taken in: what is refused, what is there already, who changed his mind, who disagrees, what follows."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dateline.flows.deciding import check, decide, review_again
from dateline.models.decision import ForeignDecisions, Taken, Verdict
from dateline.models.decision_file import DecisionsFile, decisions_file
from dateline.models.ids import text_id
from dateline.models.store import Store

from .decision_helpers import (
    AT,
    TEXT,
    claim,
    empty_store,
    exactly,
    facts,
    fresh_store,
    read,
    run,
    verdict,
    without_events,
)
from .store_helpers import dump

MILLERS, DRIVERS, ORRIN, MAY = facts()


@pytest.fixture(autouse=True)
def _no_events(monkeypatch: pytest.MonkeyPatch) -> None:
    without_events(monkeypatch)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with fresh_store(tmp_path) as store:
        yield store


def taken(store: Store, *verdicts: Verdict, who: str = "jk", at: str = AT) -> Taken:
    return decide(store, verdicts, who=who, at=at)


def rows(store: Store, query: str) -> list[Any]:
    return store.connection.execute(query).fetchall()


def test_correction_reaches_the_claim_and_its_incident(store: Store) -> None:
    assert rows(store, "SELECT killed_low, killed_best, human FROM reviewed_incident") == [(12, 12, False)]
    made = taken(store, verdict("correct", MILLERS, exactly(14)))
    assert len(made.taken) == 1
    assert not made.stale
    claims = rows(store, "SELECT low, best, high, rule, human, verdict FROM reviewed_casualties ORDER BY start")
    assert claims == [(14, 14, 14, "human.correct", True, "correct"), (5, 5, 5, "casualties.object", False, None)]
    (incident,) = rows(
        store, "SELECT killed_low, killed_best, injured_best, human, human_values FROM reviewed_incident"
    )
    assert incident == (14, 14, 5, True, ["killed"])
    assert rows(store, "SELECT killed_best FROM current_incident") == [(12,)], "the machine's value must stay as it is"
    (kept,) = rows(store, "SELECT start, stop, quote FROM reviewed_casualties WHERE human")
    assert TEXT[kept[0] : kept[1]] == kept[2] == "12 millers"
    (evidence,) = rows(store, f"SELECT count(*) FROM evidence WHERE fact_id = '{MILLERS.id}'")
    assert evidence[0] > 0, "a corrected claim keeps the machine's evidence"


def test_rejected_place_frees_its_incident(store: Store) -> None:
    taken(store, verdict("reject", ORRIN))
    assert rows(store, "SELECT place_name, place_id, killed_best FROM reviewed_incident") == [(None, None, 12)]
    assert rows(store, "FROM reviewed_places") == []
    assert rows(store, "SELECT place_name FROM current_incident") == [("Orrin",)]


def test_added_claim_is_counted(store: Store) -> None:
    start = TEXT.index("Officials")
    add = Verdict(
        verdict="add",
        field="casualties",
        text=text_id(TEXT),
        start=start,
        stop=start + len("Officials"),
        corrected={"outcome": "captured", **exactly(2)},
    )
    made = taken(store, add)
    (row,) = rows(
        store, "SELECT id, quote, rule, best, human, scope FROM reviewed_casualties WHERE outcome = 'captured'"
    )
    assert row == (made.taken[0].target, "Officials", "human.add", 2, True, "incident")
    assert rows(store, "SELECT captured_best, killed_best FROM reviewed_incident") == [(2, 12)]


def test_an_incident_can_be_rejected_and_corrected(store: Store) -> None:
    (incident,) = store.incidents()
    on: dict[str, Any] = {"field": "incidents", "target": incident.incident.id}
    right = {"killed_low": 13, "killed_best": 13, "killed_high": 13, "place_name": "Orrin Mill"}
    taken(store, Verdict(verdict="correct", judged={"killed_best": 12}, corrected=right, **on))
    query = "SELECT killed_best, place_name, place_latitude, injured_best, human, human_values, verdict "
    query += "FROM reviewed_incident"
    assert rows(store, query) == [(13, "Orrin Mill", None, 5, True, ["killed", "place"], "correct")]
    later = "2026-01-06T10:00:00+00:00"
    taken(store, verdict("correct", MILLERS, exactly(15)), at=later)
    assert rows(store, query)[0][:2] == (15, "Orrin Mill"), "the later word on the claim must count"
    taken(store, Verdict(verdict="reject", **on), at=later)
    assert rows(store, query) == []
    assert rows(store, "SELECT count(*) FROM reviewed_incident_fact") == [(0,)]


def test_what_follows_from_a_correction(store: Store) -> None:
    taken(
        store,
        verdict("correct", MILLERS, {"low": 12, "best": 12, "high": None}),
        verdict("correct", MAY, {"earliest": "2021-05-02"}),
        verdict("correct", ORRIN, {"country": "XC"}),
    )
    assert rows(store, "SELECT qualifier FROM reviewed_casualties WHERE human") == [("at_least",)]
    assert rows(store, "SELECT precision, granularity FROM reviewed_dates") == [(2, "span")]
    place = rows(store, "SELECT name, country, country_name, latitude, geonameid FROM reviewed_places")
    assert place == [("Orrin", "XC", None, None, None)], "the point of the wrong place must not stay"


BAD = {
    "unknown target": replace(verdict("accept", MILLERS), target="0" * 16),
    "another field": replace(verdict("accept", MILLERS), field="dates"),
    "no field": replace(verdict("accept", MILLERS), field="weapons"),
    "no verdict": replace(verdict("accept", MILLERS), verdict="maybe"),  # type: ignore[arg-type]
    "negative": verdict("correct", MILLERS, exactly(-1)),
    "no number": verdict("correct", MILLERS, {"best": "many"}),
    "a half": verdict("correct", MILLERS, exactly(12) | {"best": 12.5}),
    "low above high": verdict("correct", MILLERS, {"low": 20, "best": 14, "high": 14}),
    "low above the machine's high": verdict("correct", MILLERS, {"low": 20}),
    "too large": verdict("correct", MILLERS, exactly(2**40)),
    "infinite": verdict("correct", MILLERS, {"best": float("inf")}),
    "no day": verdict("correct", MAY, {"earliest": "2021-02-30"}),
    "backwards": verdict("correct", MAY, {"earliest": "2022-01-01", "latest": "2021-01-01"}),
    "no role": verdict("correct", ORRIN, {"role": "somewhere"}),
    "off the globe": verdict("correct", ORRIN, {"latitude": 95, "longitude": 0}),
    "no column": verdict("correct", MILLERS, {"colour": "red"}),
    "no column judged": replace(verdict("accept", MILLERS), judged={"colour": "red"}),
    "its id": verdict("correct", MILLERS, {"id": "0" * 16}),
    "nothing corrected": verdict("correct", MILLERS),
    "accepted otherwise": verdict("accept", MILLERS, exactly(3)),
    "another quote": replace(verdict("accept", MILLERS), judged={"quote": "13 millers"}),
    "another text": replace(verdict("accept", MILLERS), text="0" * 16),
    "half a character": verdict("correct", ORRIN, {"name": "Orr\ud800n"}),
    "nobody": replace(verdict("accept", MILLERS), who="   "),
    "no time": replace(verdict("accept", MILLERS), at="yesterday"),
    "added nowhere": Verdict(verdict="add", field="places", corrected={"role": "event"}),
    "added outside": Verdict(
        verdict="add", field="places", text=text_id(TEXT), start=5, stop=5000, corrected={"role": "event"}
    ),
    "added on other words": Verdict(
        verdict="add", field="places", text=text_id(TEXT), start=0, stop=5, judged={"quote": "Orrin"},
        corrected={"role": "event"},
    ),
    "added without figure": Verdict(
        verdict="add", field="casualties", text=text_id(TEXT), start=0, stop=5, corrected={"outcome": "killed"}
    ),
    "an added incident": Verdict(
        verdict="add", field="incidents", text=text_id(TEXT), start=0, stop=5, corrected={"main": True}
    ),
}  # fmt: skip


def test_one_bad_verdict_refuses_all(store: Store) -> None:
    taken(store, verdict("accept", DRIVERS))
    before, kept = dump(store), decisions_file(store.path).read_bytes()
    for name, bad in BAD.items():
        with pytest.raises(ForeignDecisions, match="verdict 2 of 2: "):
            decide(
                store,
                [verdict("correct", MILLERS, exactly(14), who="jk"), bad],
                who="" if name == "nobody" else "jk",
                at=AT,
            )
        assert decisions_file(store.path).read_bytes() == kept, f"{name}: something was written"
    assert dump(store) == before


def test_taking_the_same_in_again_adds_nothing(store: Store) -> None:
    verdicts = [verdict("correct", MILLERS, exactly(14), why="driver"), verdict("accept", ORRIN)]
    first = taken(store, *verdicts)
    before, kept = dump(store), decisions_file(store.path).read_bytes()
    again = taken(store, *verdicts, at="2027-03-03T00:00:00Z")
    assert (len(again.taken), again.known) == (0, first.taken)
    assert (dump(store), decisions_file(store.path).read_bytes()) == (before, kept)
    other = taken(store, *verdicts, who="ab")
    assert len(other.taken) == 2, "another reviewer's word is another decision"
    assert not other.disputed


def test_the_checker_writes_nothing(store: Store) -> None:
    before = dump(store)
    found = check(store, [verdict("accept", MILLERS)], who="jk", at=AT)
    assert len(found.taken) == 1
    assert dump(store) == before
    assert not decisions_file(store.path).exists()


def test_a_reviewer_may_change_his_mind_and_back(store: Store) -> None:
    accept, correct = verdict("accept", MILLERS), verdict("correct", MILLERS, exactly(14))
    taken(store, accept)
    taken(store, correct, at="2026-01-06T10:00:00Z")
    best = "SELECT best FROM reviewed_casualties WHERE human"
    assert rows(store, best) == [(14,)]
    old = taken(store, accept)  # the old sheet once more
    assert not old.taken
    assert old.replaced == {old.known[0].id}
    assert rows(store, best) == [(14,)]
    back = taken(store, replace(accept, at="2026-01-07T10:00:00Z"))
    assert len(back.taken) == 1
    assert rows(store, best) == [(12,)]
    assert [state.latest for state in store.review_states()] == [False, False, True]
    assert len({one.id for one in store.decisions()}) == 3, "every word is kept"


def test_an_older_file_that_comes_late_does_not_win(store: Store) -> None:
    taken(store, replace(verdict("correct", MILLERS, exactly(14)), at="2026-02-01T00:00:00Z"))
    taken(store, replace(verdict("correct", MILLERS, exactly(13)), at="2026-01-01T00:00:00Z"))
    assert rows(store, "SELECT best FROM reviewed_casualties WHERE human") == [(14,)]


def test_where_reviewers_disagree_the_machine_stands(store: Store) -> None:
    taken(store, verdict("correct", MILLERS, exactly(14)), who="jk")
    made = taken(store, verdict("accept", MILLERS), who="ab")
    assert made.disputed == {made.taken[0].id}
    query = "SELECT best, human, verdict, rule FROM reviewed_casualties ORDER BY start"
    assert rows(store, query)[0] == (12, False, "disputed", "casualties.object")
    assert rows(store, "SELECT killed_best, human FROM reviewed_incident") == [(12, False)]
    (conflict,) = rows(store, "SELECT who, verdicts, quote FROM decision_conflict")
    assert conflict == (["jk", "ab"], ["correct", "accept"], "12 millers")
    taken(store, verdict("correct", MILLERS, exactly(14)), who="ab", at="2026-01-08T00:00:00Z")
    assert rows(store, query)[0] == (14, True, "correct", "human.correct")
    assert rows(store, "FROM decision_conflict") == []
    assert len(store.decisions()) == 3


def test_a_rejection_against_an_acceptance_is_a_dispute(store: Store) -> None:
    taken(store, verdict("reject", ORRIN), who="jk")
    taken(store, verdict("accept", ORRIN), who="ab")
    assert rows(store, "SELECT name, verdict, human FROM reviewed_places") == [("Orrin", "disputed", False)]
    assert rows(store, "SELECT place_name FROM reviewed_incident") == [("Orrin",)]


def test_a_verdict_on_another_value_is_stale_at_once(store: Store) -> None:
    seen = verdict("accept", MILLERS, judged=exactly(11))
    made = taken(store, seen)
    assert made.stale == {made.taken[0].id}
    (state,) = store.review_states()
    assert (state.state, state.counts, state.machine and state.machine["best"]) == ("stale", True, 12)
    refused = taken(store, replace(verdict("reject", DRIVERS), judged=exactly(6)))
    assert refused.stale
    assert rows(store, "SELECT count(*) FROM reviewed_casualties") == [(2,)]


def test_part_of_a_rejected_claim_stands_for_itself(tmp_path: Path) -> None:
    text = "Raid\n\nTroops killed 39 people in Orrin, including 10 guards."
    whole = claim(text, "39 people", 39)
    part = claim(text, "10 guards", 10, part_of=whole.id)
    with empty_store(tmp_path) as store:
        run(store, [read("raid", text, [whole, part])])
        assert rows(store, "SELECT killed_best FROM reviewed_incident") == [(39,)]
        taken(store, verdict("reject", whole))
        assert rows(store, "SELECT killed_best FROM reviewed_incident") == [(10,)]


def test_the_file_is_first_and_brings_the_tables_back(store: Store) -> None:
    taken(store, verdict("correct", MILLERS, exactly(14)), verdict("reject", ORRIN))
    before = dump(store)
    for table in ("decision", "decision_state", "reviewed_fact", "reviewed_reading", "reviewed_incident_row"):
        store.connection.execute(f"DELETE FROM {table}")
    for table in ("fact", "group", "leader"):
        store.connection.execute(f"DELETE FROM reviewed_incident_{table}_row")
    assert rows(store, "SELECT killed_best FROM reviewed_incident") == [(12,)]
    review_again(store)
    assert dump(store) == before


def test_a_batch_that_was_cut_short_counts_for_nothing(store: Store) -> None:
    taken(store, verdict("accept", MILLERS))
    path = decisions_file(store.path)
    whole = path.read_bytes()
    taken(store, verdict("accept", DRIVERS), verdict("accept", ORRIN))
    longer = path.read_bytes()
    for stop in {*range(len(whole), len(longer) - 1, 97), len(longer) - 2}:
        path.write_bytes(longer[:stop])
        assert len(DecisionsFile(store.path).decisions()) == 1, f"cut at {stop}: half a batch was believed"
    made = taken(store, verdict("accept", DRIVERS), verdict("accept", ORRIN))
    assert len(made.taken) == 2
    assert len(DecisionsFile(store.path).decisions()) == 3
    assert all(json.loads(line) or True for line in longer.decode().splitlines())

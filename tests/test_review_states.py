"""Decisions through reruns: other rules, another text, words that are gone. Counted, and nothing lost."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.flows.deciding import decide, review_again
from dateline.models.decision import Decision, Verdict
from dateline.models.decision_file import DecisionsFile, decisions_file
from dateline.models.decision_standing import context, found_again
from dateline.models.ids import text_id
from dateline.models.store import Store

from .decision_helpers import (
    AT,
    BODY,
    TEXT,
    claim,
    day,
    empty_store,
    exactly,
    facts,
    fresh_store,
    read,
    run,
    verdict,
    without_events,
)

MILLERS, DRIVERS, ORRIN, MAY = facts()


@pytest.fixture(autouse=True)
def _no_events(monkeypatch: pytest.MonkeyPatch) -> None:
    without_events(monkeypatch)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with fresh_store(tmp_path) as store:
        yield store


def taken(store: Store, *verdicts: Verdict) -> None:
    decide(store, verdicts, who="jk", at=AT)


def rows(store: Store, query: str) -> list[Any]:
    return store.connection.execute(query).fetchall()


def states(store: Store) -> dict[str, str]:
    return {state.decision.quote: state.state for state in store.review_states()}


def test_other_rules_with_the_same_value_change_nothing(store: Store) -> None:
    taken(store, verdict("correct", MILLERS, exactly(14)), verdict("reject", ORRIN), verdict("accept", MAY))
    before = rows(store, "SELECT killed_best, place_name FROM reviewed_incident")
    run(store, [read("mill", TEXT, facts(rule="newer"))], version="2")
    assert set(states(store).values()) == {"applied"}
    assert rows(store, "SELECT killed_best, place_name FROM reviewed_incident") == before == [(14, None)]


def test_another_value_makes_decisions_stale_and_a_persons_word_stands(store: Store) -> None:
    taken(store, verdict("correct", MILLERS, exactly(14)), verdict("accept", DRIVERS))
    run(store, [read("mill", TEXT, facts(killed=13))], version="2")
    assert states(store) == {"12 millers": "stale", "5 drivers": "applied"}
    state = store.review_states()[0]
    assert state.counts
    assert state.machine is not None
    assert (state.decision.judged["best"], state.machine["best"]) == (12, 13)
    assert rows(store, "SELECT killed_best FROM reviewed_incident") == [(14,)]
    assert rows(store, "SELECT killed_best FROM current_incident") == [(13,)]
    run(store, [read("mill", TEXT, facts(killed=14))], version="3")
    assert states(store)["12 millers"] == "applied", "the machine came round to what the reviewer said"
    taken(store, replace(verdict("reject", DRIVERS), at="2026-02-02T00:00:00Z"))
    other = [*facts(killed=14)[:1], claim(TEXT, "5 drivers", 6, "injured"), ORRIN, MAY]
    run(store, [read("mill", TEXT, other)], version="4")
    found = store.review_states()[-1]
    assert (found.state, found.counts) == ("stale", False)
    drivers = rows(store, "SELECT best, human FROM reviewed_casualties WHERE outcome = 'injured'")
    assert drivers == [(6, False)], "nobody rejected six"


def test_a_value_that_is_not_read_any_more(store: Store) -> None:
    taken(store, verdict("accept", MILLERS), verdict("reject", ORRIN))
    run(store, [read("mill", TEXT, [DRIVERS, MAY])], version="2")
    assert states(store) == {"12 millers": "stale", "Orrin": "applied"}
    (row,) = rows(store, 'SELECT quote, best, rule, verdict, "group" FROM reviewed_casualties WHERE human')
    assert row == ("12 millers", 12, "human.accept", "accept", "millers"), "what a person confirmed is not lost"
    assert rows(store, "SELECT killed_best, injured_best FROM reviewed_incident WHERE main") == [(12, 5)]


def test_words_that_moved_are_found_and_words_that_went_are_not(store: Store) -> None:
    (incident,) = store.incidents()
    on = Verdict(verdict="accept", field="incidents", target=incident.incident.id, judged={"killed_best": 12})
    taken(store, verdict("correct", MILLERS, exactly(14)), verdict("accept", DRIVERS), verdict("reject", ORRIN), on)
    moved = "Blast at the mill\n\nUpdated with a statement. " + BODY.replace("5 drivers", "7 drivers")
    run(store, [read("mill", moved, facts(moved))], note="next day")
    found = {(state.decision.field, state.decision.quote): state for state in store.review_states()}
    assert {key: state.state for key, state in found.items()} == {
        ("casualties", "12 millers"): "applied",
        ("casualties", "5 drivers"): "orphan",
        ("places", "Orrin"): "applied",
        ("incidents", "12 millers"): "applied",
    }
    (row,) = rows(store, "SELECT start, stop, quote, best, human FROM reviewed_casualties WHERE outcome = 'killed'")
    assert moved[row[0] : row[1]] == row[2] == "12 millers"
    assert row[3:] == (14, True)
    assert rows(store, "SELECT killed_best, place_name, human FROM reviewed_incident") == [(14, None, True)]
    run(store, [read("mill", "Blast at the mill\n\nThis article was withdrawn.", [])], note="withdrawn")
    assert Counter(state.state for state in store.review_states()) == {"orphan": 4}
    assert len(DecisionsFile(store.path).decisions()) == len(store.decisions()) == 4
    run(store, [read("mill", TEXT, facts())], note="put back")
    assert Counter(state.state for state in store.review_states()) == {"applied": 4}, "the words are back"


def test_one_text_under_two_days(tmp_path: Path) -> None:
    text = "Fire\n\nA fire killed 12 millers in Orrin yesterday. Officials said 5 drivers were hurt."
    with empty_store(tmp_path) as store:
        first, second = (day(text, "yesterday", iso, anchor="published") for iso in ("2021-05-03", "2021-05-10"))
        run(store, [
            read("a", text, [first], published="2021-05-04"), read("b", text, [second], published="2021-05-11")
        ])  # fmt: skip
        taken(store, verdict("correct", second, {"earliest": "2021-05-09", "latest": "2021-05-09"}))
        found = rows(store, "SELECT published, earliest::VARCHAR, human FROM reviewed_dates ORDER BY published")
        assert found == [("2021-05-04", "2021-05-03", False), ("2021-05-11", "2021-05-09", True)]
        assert list(states(store).values()) == ["applied"]


def test_fifty_decisions_through_rules_texts_and_a_new_store(tmp_path: Path) -> None:
    names = [f"mill-{number}" for number in range(25)]

    def text(name: str, *, reworded: bool = False) -> str:
        body = TEXT.replace("mill\n", f"{name}\n")
        return body.replace("12 millers", "twelve millers") if reworded else body

    with empty_store(tmp_path) as store:
        run(store, [read(name, text(name), facts(text(name))) for name in names])
        verdicts = []
        for name in names:
            millers, drivers, *_ = facts(text(name))
            verdicts += [verdict("correct", millers, exactly(14)), verdict("accept", drivers)]
        taken(store, *verdicts)
        assert Counter(state.state for state in store.review_states()) == {"applied": 50}
        # Other rules read 13 in the first ten; five articles have other words now; one is withdrawn.
        later = [read(name, text(name), facts(text(name), killed=13)) for name in names[:10]]
        later += [read(name, text(name), facts(text(name))) for name in names[10:19]]
        for name in names[19:24]:
            changed = text(name, reworded=True)
            later.append(read(name, changed, facts(changed)))
        later.append(read(names[24], "Withdrawn", []))
        run(store, later, version="2")
        counted = Counter(state.state for state in store.review_states())
        assert counted == {"stale": 10, "orphan": 5 + 2, "applied": 50 - 10 - 7}
        assert rows(store, "SELECT count(*) FROM reviewed_casualties WHERE human") == [(50 - 7,)]
        assert rows(store, "SELECT count(*) FROM reviewed_incident WHERE killed_best = 14 AND human") == [(19,)]
        kept = [(one.id, one.who, one.corrected) for one in store.decisions()]
        whole = decisions_file(store.path).read_bytes()
    (tmp_path / "new").mkdir()
    with empty_store(tmp_path / "new") as store:  # made again: only what is read today is there
        decisions_file(store.path).write_bytes(whole)
        run(store, later, version="2")
        assert [(one.id, one.who, one.corrected) for one in store.decisions()] == kept
        found = Counter(state.state for state in store.review_states())
        assert found["stale"] == 10
        assert sum(found.values()) == 50
        again = [replace(one, at=AT) for one in verdicts[:20]]
        assert len(decide(store, again, who="jk", at=AT).known) == 20, "the same file is known in the new store too"


def test_nothing_is_done_where_nobody_decided(store: Store) -> None:
    review_again(store)
    assert rows(store, "SELECT count(*) FROM reviewed_reading") == [(0,)]
    assert store.review_states() == []


def _decision(text: str, start: int, stop: int) -> Decision:
    before, after = context(text, start, stop)
    return Decision(
        id="d", position=0, verdict="accept", field="places", target="f", text=text_id(text), start=start, stop=stop,
        quote=text[start:stop], before=before, after=after, judged={}, corrected={}, who="jk", why="", at=AT,
    )  # fmt: skip


@given(st.text("ab ", max_size=60), st.text("ab ", max_size=60), st.text("xyz\n", max_size=50))
def test_words_are_found_wherever_they_move_or_nowhere(before: str, after: str, put_in_front: str) -> None:
    text = before + "Orrin" + after
    one = _decision(text, len(before), len(before) + 5)
    found = found_again(one, put_in_front + text)
    assert found == len(put_in_front) + len(before)
    assert found_again(one, put_in_front + before + after) is None


def test_the_same_words_elsewhere_are_not_taken_for_them() -> None:
    text = "Two died in Orrin on Monday, the mayor said after the blast at the mill."
    one = _decision(text, 12, 17)
    assert found_again(one, "Orrin is a town of 400 people known for its cheese and its long winters.") is None
    assert found_again(one, "UPDATE. Two died in Orrin on Monday, the governor said after the blast.") == 20
    assert found_again(one, text + "\n\n" + text) is None, "nobody can say which of the two"

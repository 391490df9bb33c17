"""A night looks only at what it touched, and the result is what linking everything anew gives: with reruns, pages that
changed, texts printed twice, decisions, and killed runs that are resumed."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.extractors.digests import digest_of
from dateline.flows.cli import main
from dateline.flows.deciding import decide
from dateline.flows.events import judge, link_events
from dateline.models import store_events_look
from dateline.models.decision import Verdict
from dateline.models.store import Store
from dateline.models.verify_events import events_kept

from .event_helpers import Told, night, piece
from .store_helpers import DIGESTS

BOMB = Told(day="2021-05-03", killed=9)
NAMES = [f"p{number}" for number in range(6)]


def _looked(store: Store) -> int:
    """How many incidents the next linking would look at."""
    with_code = store_events_look.look(store.connection, code=digest_of("events"))
    store_events_look.done(store.connection)
    return with_code


def _state(store: Store) -> tuple:
    """All that linking made: groups, pairs, keys, and what each report tells."""
    queries = (
        "SELECT list(incident_id ORDER BY incident_id) AS own FROM event_incident GROUP BY event_id ORDER BY own",
        "FROM event_pair ORDER BY ALL",
        "SELECT key, incident_id, fine FROM event_key ORDER BY ALL",
        "SELECT incident_id, reading_id, version, published, mentions, told FROM event_report ORDER BY ALL",
    )
    return tuple(store.connection.execute(query).fetchall() for query in queries)


def _anew(store: Store) -> tuple:
    """What linking everything anew makes of this store; it is emptied of events before."""
    for table in ("event", "event_incident", "event_report", "event_key", "event_pair"):
        store.connection.execute(f"DELETE FROM {table}")
    store.connection.execute("DELETE FROM gathered WHERE what = 'events'")
    link_events(store, 1, again=True)
    return _state(store)


STORY = st.builds(
    lambda name, day, killed, place, digest: (name, day, replace(BOMB, killed=killed, place=place), digest),
    st.sampled_from(NAMES),
    st.sampled_from(["2021-05-03", "2021-05-04"]),
    st.sampled_from([None, 3, 9, 14]),
    st.sampled_from(["Velm", "Tarn", "North"]),
    st.sampled_from(["", "-2"]),
)


@settings(max_examples=4, deadline=None)
@given(stories=st.lists(STORY, min_size=4, max_size=14), size=st.integers(1, 5), seed=st.integers(0, 9))
def test_nights_give_what_linking_anew_gives(
    tmp_path_factory: pytest.TempPathFactory, stories: list, size: int, seed: int
) -> None:
    """Addresses whose text changes (and changes back), days of print, other rules, and decisions between."""
    rng = random.Random(seed)
    with Store.open(tmp_path_factory.mktemp("nightly") / "ledger.duckdb") as store:
        for first in range(0, len(stories), size):
            some = {name: (day, told, other) for name, day, told, other in stories[first : first + size]}
            digests = {name: name + next(iter(some.values()))[2] for name in DIGESTS}
            pieces = [piece(name, day, told) for name, (day, told, _) in some.items()]
            night(store, pieces, digests=digests, note=str(first))
            if rng.random() < 0.5:
                _decide(store, rng.choice((5, 20)))
            assert _looked(store) == 0
        assert _state(store) == _anew(store)


def _decide(store: Store, killed: int) -> None:
    """Somebody corrects the toll of the first claim that is read now."""
    rows = store.connection.execute(
        "SELECT id, low, best, high FROM reviewed_casualties ORDER BY id LIMIT 1"
    ).fetchall()
    for target, *bounds in rows:
        judged = dict(zip(("low", "best", "high"), bounds, strict=True))
        corrected = dict.fromkeys(("low", "best", "high"), killed)
        verdict = Verdict(
            verdict="correct", field="casualties", target=target, judged=judged, corrected=corrected, why="counted"
        )
        decide(store, [verdict], who="jk", at="2026-01-01T00:00:00+00:00")


def test_a_night_looks_at_what_it_touched(tmp_path: Path) -> None:
    """Not at the archive: only the views over the texts of the night are asked."""
    with Store.open(tmp_path / "ledger.duckdb") as store:
        night(store, [piece(f"old{number}", "2021-05-03", BOMB) for number in range(8)])
        night(store, [piece("new", "2021-05-03", BOMB)])
        texts = store.connection.execute("SELECT count(*) FROM touched_text").fetchall()[0][0]
        assert texts == 1
        assert _looked(store) == 0
        assert store.connection.execute("SELECT count(*) FROM current_page").fetchall()[0][0] == 9


def test_the_incidents_of_a_superseded_page_go(tmp_path: Path) -> None:
    """The address has another text now: what the old one told is told no more."""
    with Store.open(tmp_path / "ledger.duckdb") as store:
        night(store, [piece("live", "2021-05-03", BOMB), piece("still", "2021-05-03", replace(BOMB, place="Kett"))])
        night(store, [piece("live", "2021-05-04", replace(BOMB, killed=14))])
        assert store.connection.execute("SELECT count(*) FROM event_report").fetchall()[0][0] == 2
        assert _state(store) == _anew(store)


def test_other_code_looks_at_everything(tmp_path: Path) -> None:
    """What links has changed: every report is looked for, whatever was noted."""
    with Store.open(tmp_path / "ledger.duckdb") as store:
        night(store, [piece("a", "2021-05-03", BOMB), piece("b", "2021-05-03", BOMB)])
        store.connection.execute("UPDATE event_report SET version = 'other'")
        assert _looked(store) == 0, "nothing was touched"
        assert store_events_look.look(store.connection, code="other") == 2


def test_other_code_compares_everything_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(tmp_path / "ledger.duckdb") as store:
        night(store, [piece("a", "2021-05-03", BOMB), piece("b", "2021-05-03", BOMB)])
        state = _state(store)
        store.connection.execute("UPDATE event_pair SET parts = '[]', score = 9")
        link_events(store, 1)
        assert _state(store) != state, "of what this code compared nothing is compared again"
        monkeypatch.setattr("dateline.flows.events.digest_of", lambda folder: "other")
        link_events(store, 1)
        assert _state(store) == state


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A linked store with a pair and a judgement."""
    store = Store.open(tmp_path_factory.mktemp("verified") / "ledger.duckdb")
    night(store, [piece("a", "2021-05-03", BOMB), piece("b", "2021-05-04", BOMB)])
    left, right = store.connection.execute("SELECT left_id, right_id FROM event_pair").fetchall()[0]
    judge(store, left, right, "different", who="jk", why="two bombs")
    return store


DAMAGE = {
    "incidents in one event": "DELETE FROM event_incident WHERE incident_id = (SELECT min(id) FROM event_reading)",
    "event_incident to incident": "UPDATE event_incident SET incident_id = 'nothing'",
    "event_incident to event": "UPDATE event SET event_id = 'another'",
    "events with reports": "INSERT INTO event VALUES ('empty', 'nothing')",
    "event ids": "INSERT INTO event FROM event LIMIT 1",
    "event pairs to reports": "DELETE FROM event_report",
    "event judgements as in their file": "UPDATE event_judgement SET verdict = 'same'",
}


@pytest.mark.parametrize("check", DAMAGE)
def test_verify_finds_what_is_wrong_with_events(judged: Store, check: str) -> None:
    """Each check fails where its rows are damaged by hand, and holds before."""
    assert all(one.ok and one.checked for one in events_kept(judged))
    judged.connection.execute("BEGIN TRANSACTION")
    try:
        judged.connection.execute(DAMAGE[check])
        assert check in {one.name for one in events_kept(judged) if not one.ok}
    finally:
        judged.connection.execute("ROLLBACK")


def test_show_tells_some_reports_of_a_much_told_event(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Eight, how many more there are, and all with --all."""
    db = tmp_path / "ledger.duckdb"
    with Store.open(db) as store:
        night(store, [piece(f"p{number}", "2021-05-03", BOMB) for number in range(11)])
        ((event,),) = store.connection.execute("SELECT event_id FROM event").fetchall()
    for more, shown in (([], 8), (["--all"], 11)):
        assert main(["events", "show", event, *more, "--db", str(db)]) == 0
        said = capsys.readouterr().out
        assert said.count("[9 people]") == shown
        assert ("and 3 more" in said) == (not more)

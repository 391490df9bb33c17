"""Events over articles: what is one event and what is not, ids that stay, judgements that hold, and nights that are
equal to linking everything anew."""

import random
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.flows.cli import main
from dateline.flows.events import judge
from dateline.models import store_events, store_events_read
from dateline.models.event_file import EventFile
from dateline.models.store import Store, StoreError

from .event_helpers import Told, events, groups, night, piece
from .store_helpers import DIGESTS

BOMB = Told(day="2021-05-03", killed=9)
SHOT = "gunmen opened fire on a checkpoint"
STORY = (
    piece("first", "2021-05-03", BOMB),
    piece("risen", "2021-05-04", replace(BOMB, killed=14)),
    piece("beside", "2021-05-05", Told(day="2021-05-05", place="Tarn", killed=2), replace(BOMB, killed=14)),
    piece("province", "2021-05-04", replace(BOMB, place="North", killed=14)),
    piece("year", "2022-05-03", replace(BOMB, killed=14)),
    piece("next", "2021-05-04", replace(BOMB, day="2021-05-04", killed=5, words=SHOT)),
    piece("away", "2021-05-03", replace(BOMB, place="Kett", killed=9)),
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "ledger.duckdb")


def test_reports_of_one_event_are_one(store: Store) -> None:
    """A risen toll, a province instead of the town, a look back in another story, an anniversary: one event. Another
    attack on the day after, and one in another town on that day: two more."""
    night(store, STORY)
    assert groups(store) == [
        ["away 0"],
        ["beside 0"],
        ["beside 1", "first 0", "province 0", "risen 0", "year 0"],
        ["next 0"],
    ]
    roles = dict(
        store.connection.execute("SELECT title, role FROM event_incident JOIN current_page USING (text_id)").fetchall()
    )
    assert (roles["first"], roles["year"]) == ("report", "background")


def test_every_incident_is_of_one_event(store: Store) -> None:
    """Also those of which neither day nor place nor toll is known: they stay alone."""
    night(
        store,
        [*STORY, piece("bare", "2021-05-03", Told(place=None)), piece("bare-too", "2021-05-03", Told(place=None))],
    )
    counted = store.connection.execute("SELECT count(*), count(DISTINCT incident_id) FROM event_incident").fetchone()
    assert counted == (10, 10)
    assert ["bare 0"] in groups(store)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (BOMB, replace(BOMB, day="2021-05-05")),
        (BOMB, replace(BOMB, day="2021-05-04")),
        (BOMB, replace(BOMB, place="Tarn")),
        (BOMB, replace(BOMB, killed=2, words=SHOT)),
        (replace(BOMB, day=None), replace(BOMB, day="2021-04-29")),
    ],
    ids=["two days later", "next day", "another town", "another attack", "days before the print"],
)
def test_two_events_are_two(store: Store, one: Told, other: Told) -> None:
    """Whatever they have in common besides."""
    night(store, [piece("a", "2021-05-06", one), piece("b", "2021-05-06", other)])
    assert groups(store) == [["a 0"], ["b 0"]]


def test_two_incidents_of_an_article_are_two(store: Store) -> None:
    """Its own words say so; and a report that fits both is joined to neither, but left to people."""
    night(
        store,
        [
            piece("both", "2021-05-03", BOMB, replace(BOMB, place="Orst", killed=9)),
            piece("one", "2021-05-04", replace(BOMB, place="North")),
        ],
    )
    assert groups(store) == [["both 0"], ["both 1"], ["one 0"]]
    assert len(store_events_read.doubtful(store.connection)) == 2


def test_a_spanning_incident_is_the_parent_of_its_parts(store: Store) -> None:
    """It is the event of no part, and no sum has both."""
    over = Told(day="2021-05-03", until="2021-05-04", killed=(10, 16))
    parts = (
        replace(over, until=None, killed=None, part=True),
        replace(over, day="2021-05-04", until=None, killed=None, part=True),
    )
    night(store, [piece("round-up", "2021-05-05", over, *parts), piece("first", "2021-05-03", replace(BOMB, killed=6))])
    assert ["first 0", "round-up 1"] in groups(store)
    rows = {row["killed_high"]: row for row in store_events_read.events(store.connection)}
    assert rows[6]["part_of"] == rows[16]["event_id"]
    assert rows[16]["part_of"] is None


def test_copies_count_as_one_source(store: Store) -> None:
    """However many sites print them; a site's own report is another."""
    wire = " ".join(f"word{number}" for number in range(60))
    copies = [piece(f"copy{number}", "2021-05-03", BOMB, note=wire) for number in range(4)]
    night(store, [*copies, piece("own", "2021-05-03", replace(BOMB, killed=10), site="copy1")])
    (row,) = store_events_read.events(store.connection)
    assert (row["articles"], row["sources"]) == (5, 2)
    assert (row["killed_low"], row["killed_high"]) == (9, 10)


def test_the_toll_now_is_what_current_sources_say(store: Store) -> None:
    """The first figure is superseded by later ones; of the current ones the least, the most, and the number of most."""
    told = [("a", "2021-05-03", 6), ("b", "2021-05-08", 14), ("c", "2021-05-08", 14), ("d", "2021-05-09", 17)]
    night(store, [piece(name, day, replace(BOMB, killed=killed)) for name, day, killed in told])
    (row,) = store_events_read.events(store.connection)
    assert (row["killed_low"], row["killed_best"], row["killed_high"]) == (14, 14, 17)
    assert not store_events_read.contradictions(store.connection)
    night(store, [piece("e", "2021-05-09", replace(BOMB, killed=12))])
    (found,) = [
        row
        for row in store_events_read.contradictions(store.connection)
        if row["one_publisher"][0] in "de" and row["other_publisher"][0] in "de"
    ]
    assert {found["one_best"], found["other_best"]} == {12, 17}


def _whole(store: Store) -> tuple:
    """All that linking made, but for what is told of the order of nights."""
    tables = {
        "event": "event_id, founder",
        "event_incident": "incident_id, event_id, role, copy_of",
        "event_pair": "*",
        "event_key": "key, incident_id, fine",
    }
    return tuple(
        store.connection.execute(f"SELECT {names} FROM {table} ORDER BY ALL").fetchall()
        for table, names in tables.items()
    )


def _clusters(store: Store) -> tuple:
    """The same, but for ids, which hang on what came first."""
    query = "SELECT list(incident_id ORDER BY incident_id) AS own FROM event_incident GROUP BY event_id ORDER BY own"
    return store.connection.execute(query).fetchall(), *_whole(store)[2:]


DAYS = [f"2021-05-{day:02}" for day in range(1, 6)]
TOLD = st.builds(
    Told,
    day=st.sampled_from([*DAYS, None]),
    place=st.sampled_from(["Velm", "Orst", "Tarn", "North", "Aland", None]),
    killed=st.sampled_from([None, 1, 3, 4, 12, 30, (3, None)]),
    words=st.sampled_from(["a bomb went off in a market", SHOT, "it was a drone", "nobody knows"]),
    dead=st.sampled_from([None, None, "Hakim Noor Zadran"]),
)


@settings(max_examples=6, deadline=None)
@given(
    stories=st.lists(st.tuples(st.sampled_from(DAYS), st.lists(TOLD, min_size=1, max_size=3)), min_size=6, max_size=16),
    cuts=st.lists(st.integers(1, 15), max_size=3),
    seed=st.integers(0, 99),
)
def test_nights_are_equal_to_linking_anew(
    tmp_path_factory: pytest.TempPathFactory, stories: list, cuts: list[int], seed: int
) -> None:
    """In whatever order articles come, and in however many nights: the same events, pairs and keys."""
    pieces = [piece(f"p{number}", day, *told) for number, (day, told) in enumerate(stories)]
    shuffled = random.Random(seed).sample(pieces, len(pieces))
    bounds = [0, *sorted({cut for cut in cuts if cut < len(pieces)}), len(pieces)]
    folder = tmp_path_factory.mktemp("events")
    with Store.open(folder / "once.duckdb") as once, Store.open(folder / "nights.duckdb") as nights:
        night(once, pieces)
        for first, last in pairwise(bounds):
            night(nights, shuffled[first:last])
        assert _clusters(nights) == _clusters(once)


def test_large_blocks_are_cut_and_nights_stay_equal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred attacks of a day of which only the country is told: few pairs, and the same whatever came first."""
    monkeypatch.setattr("dateline.flows.events.PIVOTS", 3)
    told = Told(day="2021-05-03", place="Aland", killed=None)
    pieces = [piece(f"p{number}", "2021-05-03", replace(told, words=f"story {number}")) for number in range(40)]
    pieces += [piece(f"q{number}", "2021-05-03", replace(BOMB, killed=20 + number % 3)) for number in range(12)]
    with Store.open(tmp_path / "once.duckdb") as once, Store.open(tmp_path / "nights.duckdb") as nights:
        night(once, pieces)
        for first in (30, 15, 0):
            night(nights, pieces[first : first + 15])
        night(nights, pieces[45:])
        assert _clusters(nights) == _clusters(once)
        compared = store_events.candidates(once.connection, 0, 999, pivots=3)
        assert len(compared) < 300  # all with all would be 1,300


def test_a_rerun_by_other_rules_keeps_ids(store: Store) -> None:
    """The same facts under another digest: the same events, and nothing to say of them."""
    night(store, STORY)
    before = events(store)
    night(store, STORY, digests={name: f"{name}-2" for name in DIGESTS})
    assert events(store) == before
    assert store.connection.execute("SELECT * FROM event_change").fetchall() == []


def test_an_event_keeps_its_id_when_an_earlier_report_comes(store: Store) -> None:
    """Ids hang on the first that came; the file keeps which mention that is now, for a store that is made again."""
    night(store, STORY[1:2])
    (before,) = events(store)
    night(store, STORY[:1])
    assert set(events(store)) == {before}
    assert list(EventFile(store.path).kept().values()) == [before]


def test_a_page_that_changes_keeps_its_event(store: Store) -> None:
    """The same address with a higher toll is another text, and the same event."""
    night(store, [piece("live", "2021-05-03", BOMB)])
    (before,) = events(store)
    night(store, [piece("live", "2021-05-03", replace(BOMB, killed=14))])
    assert set(events(store)) == {before}


def test_merges_and_splits_are_noted(store: Store) -> None:
    """Two events that a third report joins: one keeps its id, and the other is found under it."""
    apart = [
        piece("a", "2021-05-03", replace(BOMB, place="Velm")),
        piece("b", "2021-05-03", replace(BOMB, killed=None, place="North", words="nobody knows")),
    ]
    night(store, apart)
    first = set(events(store))
    assert len(first) == 2
    left, right = sorted(first)
    judge(store, left, right, "same", who="jk", why="the hospital says so")
    (kept,) = events(store)
    changes = store.connection.execute("SELECT kind, event_id, other_id FROM event_change").fetchall()
    assert changes == [("merged", next(iter(first - {kept})), kept)]
    assert store_events_read.event(store.connection, next(iter(first - {kept})))["event_id"] == kept


def test_judgements_hold(store: Store) -> None:
    """Different takes apart what is alike, survives other rules and new reports, and the later one counts."""
    night(store, [piece("a", "2021-05-03", BOMB), piece("b", "2021-05-04", replace(BOMB, killed=14))])
    (own,) = events(store)
    ids = sorted(row["incident_id"] for row in store_events_read.reports(store.connection, own))
    judge(store, ids[0], ids[1], "different", who="jk", why="two bombs")
    assert groups(store) == [["a 0"], ["b 0"]]
    night(
        store,
        [piece("a", "2021-05-03", BOMB), piece("c", "2021-05-03", replace(BOMB, place="Kett"))],
        digests={name: f"{name}-2" for name in DIGESTS},
    )
    assert ["a 0"] in groups(store)
    assert ["b 0"] in groups(store)
    judge(store, ids[0], ids[1], "same", who="jk", why="it was one")
    assert ["a 0", "b 0"] in groups(store)
    with pytest.raises(StoreError, match="one event already"):
        judge(store, ids[0], ids[1], "same", who="jk", why="again")


def test_the_command_tells_lists_explains_and_takes_judgements(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    """What people see of all this; `show` knows events too, and a wrong id is told in words."""
    night(store, STORY)
    (own,) = (event for event, names in events(store).items() if "first 0" in names)
    other = next(event for event, names in events(store).items() if "next 0" in names)
    store.close()
    db = ["--db", str(store.path)]
    assert main(["events", "--place", "Velm", *db]) == 0
    assert own[:8] in capsys.readouterr().out
    for command in (["show", own[:10]], ["events", "show", own[:10]]):
        assert main([*command, *db]) == 0
        said = capsys.readouterr().out
        assert "killed, as reported" in said
        assert "[9 people]" in said
        assert "looks back" in said
    assert main(["events", "explain", own, other, *db]) == 0
    assert "-0.20 day     next" in capsys.readouterr().out
    assert main(["events", "judge", own, other, "same", "--who", "jk", "--why", "one night", *db]) == 0
    assert main(["events", "judge", own, "ffff", "same", "--who", "jk", "--why", "x", *db]) == 1
    assert "no event has the id ffff" in capsys.readouterr().err
    assert main(["reduce", "--policy", "acled", *db]) == 0
    assert own[:8] in capsys.readouterr().out

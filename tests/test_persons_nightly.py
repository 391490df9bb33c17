"""Persons night by night: only what is new is looked at, and they are those that gathering all anew would give."""

from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from dateline.extractors.persons import blocking
from dateline.flows.people import gather_people
from dateline.models import store_persons
from dateline.models.ids import content_id
from dateline.models.people_file import PeopleFile
from dateline.models.person import VERDICTS, Judgement
from dateline.models.store import Store

from . import persons_plain as plain
from .store_helpers import DIGESTS

SEEDS = (1, 5, 102)


def _judge(store: Store, random: Random) -> None:
    """Somebody decides on two appearances, or on two persons."""
    by = random.choice(("person_id, appearance_id", "person_id"))
    query = """SELECT person_id, list(fact_id ORDER BY fact_id) AS mentions
        FROM person_mention JOIN person_appearance USING (appearance_id)"""
    rows = store.connection.execute(f"{query} GROUP BY {by} ORDER BY person_id, mentions").fetchall()
    if len(rows) > 1:
        (one, mine), (other, theirs) = random.sample(rows, 2)
        file = PeopleFile(store.path)
        own = content_id(len(file.judgements()), mine, theirs)
        names = {"left_name": "x", "right_name": "y", "who": "jk", "why": "x", "at": "2024-05-04"}
        sides = {"left": one, "right": other, "left_mentions": tuple(mine), "right_mentions": tuple(theirs)}
        file.judge(Judgement(id=own, verdict=random.choice(VERDICTS), **sides, **names))  # type: ignore[arg-type]


class _Killed(Exception):
    """In the place of SIGKILL."""


def _kill(store: Store, run_id: int) -> None:
    """A gathering that ends when the file has been written and the tables have not; where anything is new at all."""
    with pytest.MonkeyPatch.context() as patch:

        def killed(*given: object, **options: object) -> None:
            raise _Killed

        patch.setattr(store_persons, "replace", killed)
        with suppress(_Killed):
            gather_people(store, run_id)


@pytest.mark.parametrize("seed", SEEDS)
def test_night_by_night_is_all_anew(store: Store, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles come, change and go from their addresses; rules change; people judge; some nights are cut short."""
    monkeypatch.setattr(blocking, "NEIGHBOURS", 2)
    random = Random(seed)
    known = {}
    for night in range(10):
        digests = dict(DIGESTS)
        come = [f"a{random.randrange(30)}" for _ in range(random.choice((1, 2, 8)))]
        records = {address: plain.article(random, address) for address in come}
        if random.random() < 0.2:  # the rules of leaders change: what was read is read anew, and some of it otherwise
            digests["leaders"] = f"leaders-{night}"
            again = {one: record for one, record in known.items() if one not in records}
            records |= {one: plain.reread(random, record) for one, record in again.items()}
        run_id = plain.store_all(store, records.values(), digests=digests)
        known |= records
        for _ in range(random.choice((0, 0, 1, 2))):
            _judge(store, random)
        was, judgements = plain.before(store), PeopleFile(store.path).judgements()
        found = plain.appearances(store)
        alike = plain.pairs(found)
        if random.random() < 0.2:
            _kill(store, run_id)
        gather_people(store, run_id)
        pairs = {both: (pair.verdict, pair.score) for both, pair in alike.items()}
        assert plain.pairs_there(store) == pairs, night
        assert plain.there(store) == plain.persons(found, alike.values(), judgements, was), night
        founders = dict(PeopleFile(store.path).founders())
        rows = store.connection.execute("SELECT fact_id, person_id FROM person_founder").fetchall()
        assert sorted(rows) == sorted(founders.items())


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "ledger.duckdb")

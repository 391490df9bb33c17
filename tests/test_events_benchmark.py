"""The archive that benchmarks/linking.py measures on: what is repeated into the past is as linked as the rest."""

from pathlib import Path

import pytest

from benchmarks import linking
from dateline.models import store_events_look
from dateline.models.store import Store

ONCE, TIMES = 150, 3


def test_an_archive_is_repeated_with_its_events(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linking, "LINKED", ONCE)
    monkeypatch.setattr(linking, "A_DAY", 20)  # the night that stays to be linked
    db = tmp_path / "archive.duckdb"
    linking.build(db, ONCE * TIMES, a_day=50)
    query = "SELECT count(*), count(DISTINCT event_id) FROM event_incident"
    with Store.open(db) as store:
        linked, events = store.connection.execute(query).fetchall()[0]
        assert linked == ONCE * TIMES
        assert events % TIMES == 0, "each repeat has the events of the first"
        assert ONCE / 4 < events / TIMES < ONCE
        assert store_events_look.look(store.connection) == 20, "only the new night is to be looked at"
        months = "SELECT count(DISTINCT published) FROM page"
        assert store.connection.execute(months).fetchall()[0][0] > 6
        linking.link(store, 2)
        assert store.connection.execute(query).fetchall()[0][0] == ONCE * TIMES + 20
        assert store_events_look.look(store.connection) == 0

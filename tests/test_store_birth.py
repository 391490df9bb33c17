"""A store is the same store wherever its machine is, and whatever zone it is set to."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.models.ledger import Ledger, birth_of, read_ledger
from dateline.models.store import Store, StoreError
from dateline.models.store_ledger import runs_of
from tests.store_helpers import dump, run, source


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    yield monkeypatch
    monkeypatch.undo()
    time.tzset()


def _set(patch: pytest.MonkeyPatch, name: str) -> None:
    patch.setenv("TZ", name)
    time.tzset()


def test_a_birth_does_not_hang_on_the_zone(tmp_path: Path, zone: pytest.MonkeyPatch) -> None:
    path, births = tmp_path / "x.duckdb", []
    for name in ("UTC", "Asia/Kolkata", "America/St_Johns"):
        _set(zone, name)
        with Store.open(path) as store:
            births.append(store.ledger.birth)
            run(store, [source()], note=name)
            assert sum(line["what"] == "run" for line in store.ledger.lines()) == len(births)
    assert len(set(births)) == 1
    assert births[0].endswith("+00:00")


@pytest.mark.parametrize("written", ["Asia/Kolkata", "UTC"])
def test_a_ledger_of_an_older_dateline_is_kept(tmp_path: Path, zone: pytest.MonkeyPatch, written: str) -> None:
    """Its birth was written as DuckDB shows a time: in the zone of the machine."""
    path = tmp_path / "x.duckdb"
    _set(zone, written)
    with Store.open(path) as store:
        run(store, [source()])
        query = "SELECT min(applied_at)::VARCHAR FROM schema_version"
        (old,) = store.connection.execute(query).fetchone() or ("",)
        ledger = store.ledger.path
    first, *others = ledger.read_text(encoding="utf-8").splitlines()
    assert json.loads(first)["birth"] != old
    ledger.write_text("\n".join([json.dumps({"what": "store", "birth": old}), *others, ""]), encoding="utf-8")
    _set(zone, "America/St_Johns")
    with Store.open(path) as store:
        before = len(list(store.ledger.lines()))
        run(store, [source("other.html")], note="2")
        assert before > 1
        assert len(list(store.ledger.lines())) > before
    assert sum(line["what"] == "store" for line in map(json.loads, ledger.read_text().splitlines())) == 1
    assert next(read_ledger(ledger))["birth"] == birth_of(old)


def test_what_is_no_time_is_left_as_it_is() -> None:
    assert (birth_of("x"), birth_of("")) == ("x", "")


def test_the_stores_of_these_tests_are_like_any_other(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """They begin as copies of one (conftest.py): the rows, tables and views of one that is made, and own births."""
    births, rows = [], []
    for name in ("copy", "another", "made"):
        if name == "made":
            request.getfixturevalue("made_for_real")
        with Store.open(tmp_path / name) as store:
            shape = "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"
            rows.append((dump(store), store.connection.execute(shape).fetchall()))
            births.append(store.ledger.birth)
    assert rows[0] == rows[1] == rows[2]
    assert len(set(births)) == 3


def test_a_ledger_larger_than_the_memory_is_read_line_by_line(tmp_path: Path) -> None:
    """Every run looks through it: what it holds of a run is counted, and not kept."""
    path = tmp_path / "x.ledger"
    said = [{"what": "run", "run_id": 1, "kind": "ingest", "parameters": {}, "digests": {}, "versions": {}}]
    said += [
        {"what": "shard", "run_id": 1, "outcomes": 2, "rows": [["a", str(n), 0], ["b", str(n), 0]]} for n in range(9)
    ]
    ledger = Ledger(path, birth="x")
    for line in said:
        ledger.write(**line)  # type: ignore[arg-type]
    assert next(ledger.lines()) == {"what": "store", "birth": "x"}
    (run,) = runs_of(ledger.lines(), outcomes=False)
    assert (run.counted, run.told, len(run.outcomes)) == (18, 18, 0)
    assert [len(run.outcomes) for run in runs_of(ledger.lines())] == [18]


def test_what_duckdb_holds_is_bounded_by_a_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.duckdb"
    monkeypatch.setenv("DATELINE_STORE_MEMORY", "256MiB")
    with Store.open(path) as store:
        assert store.connection.execute("SELECT current_setting('memory_limit')").fetchall() == [("256.0 MiB",)]
    for wrong in ("much", "4"):
        monkeypatch.setenv("DATELINE_STORE_MEMORY", wrong)
        with pytest.raises(StoreError, match=f"DATELINE_STORE_MEMORY is a size such as 4GB, not '{wrong}'"):
            Store.open(path)

"""The store: its schema, what goes in comes out, versions and shared texts, locks."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from dateline.models import store_schema
from dateline.models.article import Article, Source
from dateline.models.fields import fields as field_shapes
from dateline.models.record import Record
from dateline.models.store import Entry, Store, StoreError
from dateline.models.store_connection import connect
from dateline.models.store_rows import COLUMNS, columns, page_of
from dateline.models.verify import verify

from .store_helpers import DIGESTS, TEXT, VERSIONS, capture, dump, entry, record, run, source


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "ledger.duckdb")


def _schema(store: Store) -> list[tuple[str, ...]]:
    query = (
        "SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"
    )
    keys = "SELECT table_name, constraint_text FROM duckdb_constraints() ORDER BY ALL"
    return store.connection.execute(query).fetchall() + store.connection.execute(keys).fetchall()


@pytest.mark.usefixtures("made_for_real")
def test_a_fresh_schema_is_a_migrated_one(tmp_path: Path, store: Store) -> None:
    migrated = tmp_path / "migrated.duckdb"
    connection = connect(migrated, read_only=False)
    dictionary = (store_schema.FOLDER / "schema.sql").read_text(encoding="utf-8")
    start = dictionary.index("CREATE TABLE schema_version")
    connection.execute(dictionary[start : dictionary.index(";", start)])
    connection.close()
    with Store.open(migrated) as other:
        assert _schema(other) == _schema(store)
        assert other.counts()["runs"] == 0


def test_tables_fit_the_shapes(store: Store) -> None:
    """A field's table holds its shape, and what is appended has the columns of its table, in any order."""
    expected = {name: columns(shape) for name, shape in field_shapes().items()} | COLUMNS
    for table, names in expected.items():
        query = "SELECT column_name FROM duckdb_columns() WHERE table_name = ?"
        found = {row[0] for row in store.connection.execute(query, [table]).fetchall()}
        assert found == set(names), table


def test_a_newer_store_is_refused(tmp_path: Path, store: Store) -> None:
    store.connection.execute("INSERT INTO schema_version SELECT 99, 'later', 'x', now()")
    store.close()
    with pytest.raises(StoreError, match="newer Dateline"):
        Store.open(tmp_path / "ledger.duckdb", read_only=True)


def test_a_changed_migration_is_refused(tmp_path: Path, store: Store) -> None:
    store.connection.execute("UPDATE schema_version SET sha256 = 'x' WHERE version = 1")
    store.close()
    with pytest.raises(StoreError, match="migration 1 is not the one"):
        Store.open(tmp_path / "ledger.duckdb")


@pytest.mark.parametrize("names", [["0001_a.sql", "0003_b.sql"], ["1_a.sql"]])
def test_migrations_are_numbered(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / name).write_text("SELECT 1;")
    with pytest.raises(ValueError, match=r"number|named"):
        store_schema.migrations(tmp_path)


def test_files_that_are_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store at"):
        Store.open(tmp_path / "none.duckdb", read_only=True)
    (tmp_path / "text.duckdb").write_text("hello" * 5000)
    with pytest.raises(StoreError, match=r"cannot be opened|is not a DuckDB file"):
        Store.open(tmp_path / "text.duckdb", read_only=True)
    connect(tmp_path / "other.duckdb", read_only=False).close()
    with pytest.raises(StoreError, match="no Dateline store"):
        Store.open(tmp_path / "other.duckdb", read_only=True)
    with connect(tmp_path / "other.duckdb", read_only=False) as theirs:
        theirs.execute("CREATE TABLE page (number INTEGER)")
    with pytest.raises(StoreError, match="tables of something else"):
        Store.open(tmp_path / "other.duckdb")
    with pytest.raises(StoreError, match=r"cannot be opened: is a directory"):
        Store.open(tmp_path)


@pytest.mark.slow
def test_a_store_in_use_names_who_has_it(tmp_path: Path, store: Store) -> None:
    store.close()
    path = tmp_path / "ledger.duckdb"
    hold = "import sys; from pathlib import Path; from dateline.models.store import Store\n"
    hold += "store = Store.open(Path(sys.argv[1])); print('open', flush=True); sys.stdin.read()"
    holder = subprocess.Popen(
        [sys.executable, "-c", hold, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "open\n"
    with pytest.raises(StoreError, match=f"in use by process {holder.pid}"):
        Store.open(path, read_only=True)
    holder.communicate()


def test_a_record_comes_back_as_it_went_in(store: Store) -> None:
    given = [source(), source("undated.txt", text=TEXT + " More.", published=None)]
    run(store, given)
    assert [store.record(store.article(one.id)) for one in given] == [record(one) for one in given]
    assert [found.id for _, found in store.records()] == ["undated.txt", "velm.html"]


def test_things_are_found_by_short_ids(store: Store) -> None:
    run(store, [source()])
    read = record(source())
    toll = read.facts["casualties"][0]
    found = store.fact(toll.id[:6])
    assert (found.field, found.fact, found.digest, found.article.input_id) == (
        *("casualties", toll),
        *("casualties-1", "velm.html"),
    )
    incident = store.incident(read.incidents[0].id[:6])
    assert incident.incident == read.incidents[0]
    assert incident.facts == read.all_facts()
    assert store.article(str(store.article("velm.html").text_id)[:6]).input_id == "velm.html"
    for missing in (store.fact, store.incident, store.article):
        with pytest.raises(StoreError, match="has the id zz"):
            missing("zz")
    run(store, [source("b", text=TEXT + " B.")], note="2")
    with pytest.raises(StoreError, match="means 8 facts"):
        store.fact("")


def test_incidents_are_chosen_by_place_and_part(store: Store) -> None:
    run(store, [source()])
    assert len(store.incidents()) == len(store.incidents(main=True, place="north", limit=1)) == 1
    assert len(store.incidents(place="xa")) == len(store.incidents(place="VELM")) == 1
    assert store.incidents(main=False) == store.incidents(place="Nowhere") == []


def test_one_text_from_two_sites_is_read_once(store: Store) -> None:
    run(store, [source("a.html"), source("b.html")])
    assert store.counts() == {
        "captures": 2,
        "articles": 1,
        "incidents": 1,
        "runs": 1,
        **dict.fromkeys(field_shapes(), 1),
    }
    assert len(store.articles()) == 2
    assert len(store.incidents()) == 1


def test_one_text_printed_on_two_days_is_read_twice(store: Store) -> None:
    run(store, [source("a.html"), source("b.html", published="2021-05-05")])
    assert store.counts()["articles"] == store.counts()["dates"] == 2
    assert len(store.incidents()) == 2


def test_a_new_version_takes_the_place_of_the_old(store: Store) -> None:
    run(store, [source("a.html")])
    run(store, [source("a.html", text=TEXT + " Corrected.")], note="2")
    (article,) = store.articles()
    assert article.text.endswith("Corrected.")
    assert store.counts()["captures"] == 2
    assert store.counts()["dates"] == 1


def test_a_file_of_the_same_name_elsewhere_does_not(store: Store) -> None:
    run(store, [source("a.html")])
    run(store, [replace(source("a.html", text=TEXT + " Other."), origin="/elsewhere/a.html")], note="2")
    assert len(store.articles()) == 2


def test_what_today_s_code_has_read_is_known(store: Store) -> None:
    one = source()
    own = capture(one).capture_id
    first = run(store, [one])
    later = first + 1
    assert store.known(later, [own, "other"], DIGESTS)[own].before
    assert not store.known(first, [own], DIGESTS)[own].before
    for changed in ("page", "dates", "incidents"):
        assert store.known(later, [own], {**DIGESTS, changed: "2"}) == {}


def test_a_changed_field_leaves_the_readings_of_the_others(store: Store) -> None:
    run(store, [source()])
    run(store, [source()], digests={**DIGESTS, "dates": "dates-2"}, note="2")
    count = store.connection.execute("SELECT field, count(*) FROM reading GROUP BY ALL ORDER BY ALL").fetchall()
    assert dict(count) == {"casualties": 1, "dates": 2, "incidents": 1, "leaders": 1, "places": 1}
    assert store.counts()["dates"] == 1
    assert store.fact(record(source()).facts["dates"][0].id).digest == "dates-2"


def test_an_unfinished_run_goes_on(store: Store) -> None:
    def start(note: str) -> tuple[int, bool]:
        return store.start_run("ingest", parameters={"note": note}, digests=DIGESTS, versions=VERSIONS)

    assert start("a") == (1, False)
    assert start("a") == (1, True)
    assert start("b") == (2, False)
    store.add_shard(1, [entry(source())])
    assert store.handled(1) == {("/pages/velm.html", "velm.html", 0)}
    store.finish_run(1)
    assert start("a") == (3, False)
    finished = store.runs()[-1]
    assert (finished.inputs, finished.outcomes, finished.finished_at is None) == (1, {"read": 1}, False)


def test_a_shard_is_stored_whole_or_not_at_all(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    run_id, _ = store.start_run("ingest", parameters={}, digests=DIGESTS, versions=VERSIONS)
    before = dump(store)
    twice = [entry(source()), entry(source())]  # one input with two outcomes
    with pytest.raises(Exception, match=r"[Dd]uplicate"):
        store.add_shard(run_id, twice)
    assert dump(store) == before
    store.add_shard(run_id, twice[:1])
    assert store.counts()["articles"] == 1


def test_problems_are_listed(store: Store) -> None:
    run_id, _ = store.start_run("ingest", parameters={}, digests=DIGESTS, versions=VERSIONS)
    key = ("/pages/no.html", "no.html", 0)
    store.add_shard(run_id, [entry(source()), Entry(key=key, outcome="failed", reason="there is no such file")])
    (problem,) = store.problems()
    assert (problem.input_id, problem.outcome, problem.reason) == ("no.html", "failed", "there is no such file")


@pytest.mark.parametrize(
    "article",
    [
        Article(result="read", text="half a pair \ud800"),
        Article(result="read", text="ok", title="\udfff"),
        Article(result="read", text="ok", authors=("Ada", "\udfff")),
    ],
)
def test_what_fits_no_column_is_refused_before_the_shard(article: Article) -> None:
    with pytest.raises(ValueError, match="surrogate"):
        page_of(Record(id="x", article=article), "capture", DIGESTS)


def test_a_day_that_is_none_and_a_number_too_large_are_refused() -> None:
    given = source()
    read = record(given)
    day = replace(read.facts["dates"][0], earliest="2021-02-30")  # type: ignore[call-arg]
    toll = replace(read.facts["casualties"][0], low=2**40)  # type: ignore[call-arg]
    for name, fact in (("dates", day), ("casualties", toll)):
        with pytest.raises(ValueError, match=r"day|too large"):
            page_of(replace(read, facts={**read.facts, name: (fact,)}), "capture", DIGESTS)


def test_a_read_only_store_is_not_written(tmp_path: Path, store: Store) -> None:
    store.close()
    with (
        Store.open(tmp_path / "ledger.duckdb", read_only=True) as reader,
        pytest.raises(Exception, match="read-only"),
    ):
        run(reader, [Source(id="x", text="x")])


def test_the_ledger_tells_of_a_write_ahead_log_that_was_cut_short(tmp_path: Path, store: Store) -> None:
    """DuckDB opens such a store without a word, the last transactions missing."""
    store.connection.execute("CHECKPOINT")
    store.close()
    path = tmp_path / "ledger.duckdb"
    kept = path.read_bytes()
    with Store.open(path) as store:
        run(store, [source()])
    path.write_bytes(kept)
    with Store.open(path) as store:
        check = next(check for check in verify(store) if check.name == "what the ledger says was stored")
        assert check.problems == ("run 1: 1 of 1 outcomes are gone",)


def test_a_new_store_of_the_same_name_begins_its_own_ledger(tmp_path: Path, store: Store) -> None:
    run(store, [source(), source("b")])
    store.close()
    path = tmp_path / "ledger.duckdb"
    path.unlink()
    with Store.open(path) as store:
        assert list(store.ledger.lines()) == []
        run(store, [source()])
        assert [line["what"] for line in store.ledger.lines()] == ["store", "run", "shard", "end"]
        with store.ledger.path.open("a") as out:
            out.write('{"what": "sha')
        assert all(check.ok for check in verify(store))

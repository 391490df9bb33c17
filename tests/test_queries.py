"""The documented queries run against what is published, say what they promise, and count events, not articles."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dateline.flows.cli import main
from dateline.models.publish import publish_duckdb, publish_folder
from dateline.models.queries import Query, queries
from dateline.models.store_connection import Connection, connect, in_memory

from .publish_helpers import make_store

ROOT = Path(__file__).parent.parent
QUERIES = {query.name: query for query in queries()}
MAY = date(2021, 5, 1)

# What each query finds in the small store: the whole rows, or some columns of them.
EXPECTED: dict[str, tuple[str, list[tuple[Any, ...]]]] = {
    "tolls_by_month_and_province": (
        "month, country, province, events, killed_low, killed_best, killed_high, open_ended",
        [(MAY, "XA", "North", 2, 3, 8, 8, 0)],  # 7 and 1; 15 would be the sum over articles
    ),
    "sources_that_disagree": (
        "DISTINCT event_id, outcome, least(one_high, other_high), greatest(one_low, other_low), apart",
        [("event-1", "killed", 5, 7, 2)],
    ),
    "leaders_reported_dead": (
        "person, death, first_report, last_report, articles, offices",
        [("Ada Brok", 1, "2021-05-04", "2021-06-01", 4, "Mayor")],
    ),
    "rising_tolls": (
        "event_id, first_day, first_toll, last_day, last_toll, rose_by, reports",
        [("event-1", date(2021, 5, 4), 2, date(2021, 5, 6), 7, 5, 3)],
    ),
    "doubtful_pairs": ("score, left_day, left_place", [(1.5, date(2021, 5, 3), "Velm")]),
    "first_reports_by_source": (
        "publisher, events, first, alone, days_after",
        [("Velm Post", 2, 2, 1, 0.0), ("Aland Radio", 1, 0, 0, 2.0), ("North Gazette", 1, 0, 0, 2.0)],
    ),
    "tolls_under_a_policy": ("DISTINCT year, country", [(2021, "XA")]),
}


@pytest.fixture(scope="module")
def snapshots(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Connection]]:
    """The same store, published as a DuckDB file and as Parquet."""
    folder = tmp_path_factory.mktemp("queries")
    make_store(folder / "ledger.duckdb").close()
    publish_duckdb(folder / "ledger.duckdb", folder / "out.duckdb")
    parquet = publish_folder(folder / "ledger.duckdb", folder / "parquet").path
    with connect(folder / "out.duckdb", read_only=True) as file, in_memory() as files:
        views = (parquet / "views.sql").read_text(encoding="utf-8")
        files.execute(views.replace("read_parquet('", f"read_parquet('{parquet}/"))
        yield {"duckdb": file, "parquet": files}


@pytest.mark.parametrize("kind", ["duckdb", "parquet"])
@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_every_query(snapshots: dict[str, Connection], query: Query, kind: str) -> None:
    connection = snapshots[kind]
    found = connection.execute(query.sql)
    assert [column[0] for column in found.description or ()] == list(query.columns), "the head names other columns"
    assert found.fetchall(), "the small store has nothing to show for it"
    names, expected = EXPECTED[query.name]
    shown = connection.execute(f"SELECT {names} FROM ({query.sql.rstrip(';')})").fetchall()
    assert shown == expected


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_every_query_says_what_it_answers(query: Query) -> None:
    assert query.about.endswith(".")
    assert all(what for what in query.columns.values()), "a column without a word on it"


def test_no_sum_runs_over_articles() -> None:
    for query in QUERIES.values():
        assert "FROM incident" not in query.sql, query.name
        assert "sum(" not in query.sql or "event" in query.sql, query.name


def test_the_documentation_lists_them(capsys: pytest.CaptureFixture[str]) -> None:
    told = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
    assert [name for name in QUERIES if f"`{name}`" not in told] == []
    assert main(["publish", "--queries"]) == 0
    listed = capsys.readouterr().out
    assert [name for name in QUERIES if f"-- {name}: " not in listed] == []

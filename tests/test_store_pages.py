"""What the store keeps of a page: what it says of itself, where that stands, and the map of its text."""

from dataclasses import fields, replace
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.models import store_schema
from dateline.models.article import Article, Furniture, PageFacts, Region, Source, Statement
from dateline.models.capture import origin
from dateline.models.record import Record
from dateline.models.span import Traced
from dateline.models.store import Entry, Store
from dateline.models.store_connection import connect
from dateline.models.store_rows import page_id, page_of

from .store_helpers import DIGESTS, TEXT, VERSIONS, capture, entry, record, run, source


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "ledger.duckdb")


_NUMBERS = count()
_WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_OFFSET = st.none() | st.integers(0, 10**9)
_PLACES = {"start": _OFFSET, "stop": _OFFSET}
_MAPPED = {
    name: st.integers(0, 10**9) for name in ("start", "stop", "page_start", "page_stop", "byte_start", "byte_stop")
}
_ARTICLES = st.builds(
    Article,
    result=st.just("read"),
    reason=st.none() | _WORDS,
    updated=st.none() | _WORDS,
    corrected=st.none() | _WORDS,
    authors=st.lists(_WORDS, max_size=3).map(tuple),
    page=st.none()
    | st.builds(
        PageFacts,
        **{name: st.integers(0, 10**9) for name in ("size", "replaced", "unseen", "reversed")},
        encoding=_WORDS,
        truncated=st.lists(_WORDS, max_size=2).map(tuple),
    ),
    about=st.lists(st.builds(Statement, **_PLACES, value=_WORDS, quote=_WORDS), max_size=3).map(tuple),
    text=_WORDS.filter(bool),
    regions=st.lists(st.builds(Region, **_PLACES, page_start=_OFFSET, page_stop=_OFFSET), max_size=3).map(tuple),
    furniture=st.lists(st.builds(Furniture, start=st.integers(0, 9), stop=st.integers(0, 9)), max_size=3).map(tuple),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(_ARTICLES, st.lists(st.builds(Traced, **_MAPPED), max_size=3)), min_size=2, max_size=3))
def test_whatever_an_article_says_comes_back(store: Store, articles: list[tuple[Article, list[Traced]]]) -> None:
    """Two or three of them in a shard."""
    entries, whole = [], []
    for article, parts in articles:
        given = source(f"page {next(_NUMBERS)}")
        read = Record(id=given.id, article=article, text_map=tuple(parts))
        whole.append(read)
        entries.append(replace(entry(given), page=page_of(read, capture(given).capture_id, DIGESTS)))
    run_id, _ = store.start_run("ingest", parameters={"id": whole[0].id}, digests=DIGESTS, versions=VERSIONS)
    store.add_shard(run_id, entries)
    for read in whole:
        assert replace(store.record(store.article(read.id)), facts={}) == read


@pytest.mark.usefixtures("made_for_real")
def test_a_store_of_the_first_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    """What its pages do not say stays unsaid, and their map is made when it is asked for."""
    connection = connect(tmp_path / "old.duckdb", read_only=False)
    dictionary = (store_schema.FOLDER / "schema.sql").read_text(encoding="utf-8")
    start = dictionary.index("CREATE TABLE schema_version")
    connection.execute(dictionary[start : dictionary.index(";", start)])
    first = store_schema.migrations()[0]
    connection.execute(first.sql)
    connection.execute("INSERT INTO schema_version VALUES (1, ?, ?, now())", [first.name, first.sha256])
    one = capture(source())
    values = [getattr(one, field.name) for field in fields(one)]
    connection.execute(f"INSERT INTO capture VALUES ({', '.join('?' * len(values))})", values)
    page = page_id(one.capture_id, DIGESTS["page"])
    connection.execute(
        """INSERT INTO page VALUES (?, ?, ?, 'read', NULL, NULL, 'T', NULL, NULL, NULL, 'en', 't', '[]')""",
        [page, one.capture_id, DIGESTS["page"]],
    )
    connection.execute("INSERT INTO article VALUES ('t', 'Text')")
    connection.execute("INSERT INTO outcome VALUES (1, '/x', 'x', 0, 'read', NULL, ?, ?)", [one.capture_id, page])
    connection.close()
    with Store.open(tmp_path / "old.duckdb") as store:
        (article,) = store.articles()
        assert store.record(article).article == Article(result="read", title="T", language="en", text="Text")


def test_a_map_may_come_later(store: Store) -> None:
    given = Source(id="a.html", page=TEXT.encode(), origin="/pages/a.html")
    own = capture(given).capture_id
    parts = (Traced(0, 3, 5, 8, 5, 8),)

    def add(read: Record, note: str) -> None:
        run_id, _ = store.start_run("ingest", parameters={"note": note}, digests=DIGESTS, versions=VERSIONS)
        key = (origin(given), given.id, 0)
        page = page_of(read, own, DIGESTS)
        store.add_shard(run_id, [Entry(key=key, outcome="read", capture_id=own, capture=capture(given), page=page)])
        store.finish_run(run_id)

    read = replace(record(source()), id=given.id)
    add(read, "1")
    assert store.known(2, [own], DIGESTS).keys() == {own}
    assert store.known(2, [own], DIGESTS, mapped=True) == {}
    for note in ("2", "3"):
        add(replace(read, text_map=parts), note)
        assert store.known(9, [own], DIGESTS, mapped=True).keys() == {own}
        assert store.record(store.article("a.html")).text_map == parts


def test_a_text_that_was_given_needs_no_map(store: Store) -> None:
    run(store, [source()])
    own = capture(source()).capture_id
    assert store.known(2, [own], DIGESTS, mapped=True).keys() == {own}
    assert store.capture(store.article("velm.html")) == capture(source())

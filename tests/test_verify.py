"""`verify` finds each kind of damage, names it, and finds none where there is none."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dateline.extractors.page.byte_map import byte_map
from dateline.extractors.page.read_back import read_back
from dateline.models.article import Article, Furniture, PageFacts, Region, Source, Statement
from dateline.models.capture import origin
from dateline.models.record import Record
from dateline.models.store import Entry, Store, archive_folder
from dateline.models.store_rows import page_of
from dateline.models.verify import Check, verify
from dateline.sources.archive import Archive, read_payload

from .store_helpers import DIGESTS, TEXT, VERSIONS, record, source

PAGE = """<title>Two die - Gazette</title><meta property="article:published_time" content="3 May 2021">
<p>Share</p><h1>Two die</h1><figure>At the dam &amp; mill</figure><p>Two <b>shep&#104;erds</b> died.</p>"""


def _page() -> tuple[Source, Record]:
    """A page with its map, and what is said of its parts."""
    given = Source(id="page.html", page=PAGE.encode(), origin="/pages/page.html")
    text = "Two die\n\nTwo shepherds died."

    def on_page(words: str) -> tuple[int, int]:
        return PAGE.index(words), PAGE.index(words) + len(words)

    about = [
        Statement(name=name, value="2021-05-03", rule="page.x", quote=quote, where=where, start=start, stop=stop)
        for name, quote, where, start, stop in (
            ("published", "3 May 2021", "page", *on_page("3 May 2021")),
            ("updated", "shepherds", "text", 13, 22),
            ("title", "Two die", "given", None, None),
        )
    ]
    caption = on_page("At the dam &amp; mill")
    regions = [
        Region(kind="caption", rule="page.x", text="At the dam & mill", start=None, stop=None,
               page_start=caption[0], page_stop=caption[1]),
        Region(kind="headline", rule="page.x", text="Two die", start=0, stop=7, page_start=None, page_stop=None),
    ]  # fmt: skip
    start, stop = on_page("Share")
    article = Article(
        result="read",
        page=PageFacts(size=len(PAGE), encoding="utf-8", encoding_from="bytes", replaced=0, unseen=0, reversed=0),
        about=tuple(about),
        text=text,
        regions=tuple(regions),
        furniture=(Furniture(kind="share", rule="page.x", text="Share", start=start, stop=stop),),
    )
    return given, Record(id=given.id, article=article, text_map=tuple(byte_map(PAGE.encode(), text)))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store with two texts and a page, kept in an archive and read."""
    store = Store.open(tmp_path_factory.mktemp("sound") / "ledger.duckdb")
    run_id, _ = store.start_run("ingest", parameters={}, digests=DIGESTS, versions=VERSIONS)
    entries = []
    with Archive(archive_folder(store.path)) as archive:
        texts = (source(), source("b.txt", text=TEXT + " More."))
        for given, read in [*((one, record(one)) for one in texts), _page()]:
            kept = archive.keep(given, at=datetime(2026, 1, 1, tzinfo=UTC))
            page = page_of(read, kept.capture_id, DIGESTS)
            key = (origin(given), given.id, 0)
            entries.append(Entry(key=key, outcome="read", capture_id=kept.capture_id, capture=kept, page=page))
    store.add_shard(run_id, entries)
    store.finish_run(run_id)
    return store


@pytest.fixture
def store(sound: Store) -> Iterator[Store]:
    """It, to be damaged; whole again afterwards."""
    (path,) = archive_folder(sound.path).iterdir()
    kept = path.read_bytes()
    sound.connection.execute("BEGIN TRANSACTION")
    yield sound
    sound.connection.execute("ROLLBACK")
    path.write_bytes(kept)


def _verify(store: Store) -> dict[str, Check]:
    folder = archive_folder(store.path)
    checks = verify(store, lambda file, offset: read_payload(folder, file, offset), read_back)
    return {check.name: check for check in checks}


def test_a_sound_store(store: Store) -> None:
    checks = _verify(store)
    assert [check for check in checks.values() if not check.ok] == []
    assert checks["dates spans"].checked == 2
    assert checks["capture bytes"].checked == 3
    read = ("furniture", "region", "statement", "text_map")
    assert [checks[f"{table} read back from the page"].checked for table in read] == [1, 1, 1, 2]
    assert checks["text_map read back from the bytes"].checked == 2


def test_a_check_over_no_rows_says_that_it_has_shown_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path / "empty.duckdb") as empty:
        checks = {str(check) for check in verify(empty)}
    assert "text_map spans: ok (no rows, so nothing is shown)" in checks


@pytest.mark.parametrize(
    ("damage", "name"),
    [
        ("UPDATE dates SET start = start + 1", "dates spans"),
        ("UPDATE dates SET start = start + 1, quote = quote[2:]", "dates ids"),
        ("UPDATE places SET quote = 'Vold'", "places spans"),
        ("UPDATE casualties SET stop = 100000", "casualties spans"),
        ("UPDATE leaders SET id = 'x'", "leaders ids"),
        ("UPDATE evidence SET quote = 'near by' WHERE role = 'cue'", "evidence spans"),
        ("UPDATE evidence SET fact_id = 'x'", "evidence to its fact"),
        ("UPDATE sentence SET stop = 100000", "sentences"),
        ("UPDATE furniture SET text = 'x'", "furniture spans in given texts"),
        ("UPDATE furniture SET text = 'x'", "furniture read back from the page"),
        ("UPDATE region SET text = 'x'", "region spans"),
        ("UPDATE region SET page_stop = page_start", "region spans"),
        ("UPDATE region SET page_start = page_start + 3", "region read back from the page"),
        ("UPDATE statement SET quote = 'x'", "statement spans"),
        ("UPDATE statement SET start = 5, stop = 9 WHERE \"where\" = 'given'", "statement spans"),
        ("UPDATE statement SET quote = 'x'", "statement read back from the page"),
        ("UPDATE text_map SET stop = 100000", "text_map spans"),
        ("UPDATE text_map SET byte_stop = 100000", "text_map spans"),
        ("UPDATE text_map SET start = start - 5", "text_map spans"),
        ("UPDATE text_map SET page_start = page_start + 1", "text_map read back from the page"),
        ("UPDATE text_map SET byte_stop = byte_stop - 1", "text_map read back from the bytes"),
        ("UPDATE text_map SET page_id = 'x'", "text_map to page"),
        ("UPDATE region SET page_id = 'x'", "region to page"),
        ("UPDATE statement SET page_id = 'x'", "statement to page"),
        ("UPDATE page SET size = 7", "page sizes"),
        ("UPDATE article SET text = text || '.'", "text ids"),
        ("DELETE FROM article", "dates spans"),
        ("DELETE FROM article", "reading to article"),
        ("DELETE FROM capture", "page to capture"),
        ("DELETE FROM page", "outcome to page"),
        ("DELETE FROM page", "article to page"),
        ("DELETE FROM reading WHERE field = 'dates'", "dates to reading"),
        ("DELETE FROM run_reading", "reading to run_reading"),
        ("DELETE FROM run", "outcome to run"),
        ("DELETE FROM incident", "incident_fact to incident"),
        ("DELETE FROM places", "incident places are facts"),
        ("DELETE FROM casualties", "incident facts are facts"),
        ("UPDATE casualties SET part_of = 'x'", "casualties part_of"),
        ("UPDATE casualties SET supersedes = 'x'", "casualties supersedes"),
        ("UPDATE incident SET part_of = 'x'", "incident part_of"),
        ("INSERT INTO dates SELECT * FROM dates", "facts once in a reading"),
        ("INSERT INTO incident SELECT * FROM incident", "incidents once in a reading"),
        ("UPDATE page SET digest = 'other'", "page ids"),
        ("UPDATE reading SET published = '1999-01-01'", "reading ids"),
        ("UPDATE capture SET url = 'http://example.org/'", "capture ids"),
        ("UPDATE capture SET sha256 = 'x'", "capture bytes"),
        ("UPDATE capture SET archive_offset = 7", "capture bytes"),
        ("UPDATE capture SET archive_file = '../../etc/passwd'", "capture bytes"),
        ("DELETE FROM outcome WHERE input_id = 'b.txt'", "what the ledger says was stored"),
        ("DELETE FROM outcome WHERE input_id = 'b.txt'", "runs: inputs are the sum of outcomes"),
        ("UPDATE outcome SET outcome = 'lost'", "outcomes as their pages say"),
        ("UPDATE page SET result = 'empty'", "outcomes as their pages say"),
    ],
)
def test_damage_is_found(store: Store, damage: str, name: str) -> None:
    store.connection.execute(damage)
    check = _verify(store)[name]
    assert not check.ok
    assert check.problems
    assert "wrong" in str(check)


@pytest.mark.parametrize("at", [3, 300, 500])
def test_a_bit_that_fell_over_in_the_archive(store: Store, at: int) -> None:
    (path,) = archive_folder(store.path).iterdir()
    start = store.connection.execute("SELECT min(archive_offset) FROM capture").fetchall()[0][0]
    data = bytearray(path.read_bytes())
    data[start + at] ^= 0x10
    path.write_bytes(data)
    assert _verify(store)["capture bytes"].failed >= 1


def test_an_archive_that_is_gone(store: Store) -> None:
    (path,) = archive_folder(store.path).iterdir()
    path.unlink()
    assert _verify(store)["capture bytes"].failed == 3
    assert _verify(store)["text_map read back from the bytes"].failed == 2


def test_a_ledger_that_is_gone(store: Store) -> None:
    kept = store.ledger.path.read_bytes()
    store.ledger.path.unlink()
    check = _verify(store)["what the ledger says was stored"]
    store.ledger.path.write_bytes(kept)
    assert check.problems == ("run 1 is not in the ledger ledger.duckdb.ledger",)

"""Rebuilding: the archive, the ledger and the people's file give the store again, row for row."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dateline.flows import collecting, rebuild
from dateline.flows.cli import main
from dateline.flows.orders import Order
from dateline.flows.people import judge
from dateline.flows.reading import failed
from dateline.flows.rebuild import LOST
from dateline.flows.request import IngestRequest
from dateline.models import store_runs
from dateline.models.article import Source
from dateline.models.record import Record
from dateline.models.store import Store, archive_folder
from dateline.models.verify import verify
from dateline.sources import fetch_queue
from dateline.sources.archive import read_payload

from .night_site import collection, night_site
from .order_helpers import reading_with
from .store_helpers import DIGESTS, TEXT, dump, record

STORIES = 8
ONE = Path(__file__).parent / "fixtures" / "pages" / "wire-dateline.html"


def _record(source: Source) -> Record:
    """An invented record for each page; a text that says so kills whoever reads it."""
    text = source.text or (source.plain or source.page or b"").decode()
    found = record(replace(source, page=None, plain=None, text=f"{TEXT} {source.id} has {len(text)} letters."))
    if "Hugo" in text:
        (leader,) = found.facts["leaders"]
        found = replace(found, facts={**found.facts, "leaders": (replace(leader, name="Hugo Lenz"),)})
    return failed(source, "it killed its worker 2 times") if "poison" in text else found


_read = reading_with(_record)


@pytest.fixture(scope="module", autouse=True)
def _invented() -> Iterator[None]:
    """Readings that do not depend on the rules, and no patience with a site that misbehaves."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(collecting, "code_digests", lambda: DIGESTS)
        patch.setattr(rebuild, "code_digests", lambda: DIGESTS)
        patch.setattr(fetch_queue, "BACK_OFF", 0.01)
        patch.setattr(fetch_queue, "TRIES", 1)
        yield


def _ingest(db: Path, *inputs: Path, **options: Any) -> None:
    request = IngestRequest(inputs=[str(one) for one in inputs], db=db, shard=3, **options)
    collecting.collect(request, read=_read)


def _rows(db: Path) -> dict[str, list[str]]:
    with Store.open(db, read_only=True) as store:
        checks = verify(store, lambda file, at: read_payload(archive_folder(db), file, at))
        assert [str(check) for check in checks if not check.ok] == []
        return dump(store)


def _pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    rows = [{"id": f"row{number}", "text": f"{TEXT} Number {number}.", "title": "Two “die”"} for number in range(5)]
    rows += [{"id": "odd", "text": TEXT, "published": "some day"}, {"id": "bad", "text": "poison"}, {"id": "none"}]
    (folder / "rows.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    (folder / "wire.html").write_bytes(ONE.read_bytes())
    return folder


@pytest.fixture
def full(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(made.parent, tmp_path / "copy")) / made.name


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with everything in it: texts, a page, failures with and without a capture, the same again, two nights of
    a collection with failures, and a judgement of two persons."""
    tmp_path = tmp_path_factory.mktemp("made")
    db = tmp_path / "ledger.duckdb"
    pages = _pages(tmp_path)
    _ingest(db, pages, tmp_path / "missing.html")
    (pages / "rows.jsonl").write_text((pages / "rows.jsonl").read_text() + '\n{"id": "late", "text": "Hugo of Velm"}')
    _ingest(db, pages, published="2021-05-04")
    path = tmp_path / "dateline.toml"
    with night_site(1, stories=STORIES) as site:
        path.write_text(collection(site.base, seconds=0.2))
        collecting.collect(IngestRequest(collection=path, db=db), read=_read)
    with night_site(2, stories=STORIES, port=site.server_port):
        collecting.collect(IngestRequest(collection=path, db=db), read=_read)
    with Store.open(db) as store:
        one, two = [row[0] for row in store.connection.execute("FROM person ORDER BY ALL LIMIT 2").fetchall()]
        judge(store, one, two, "same", who="ed", why="one office")
    return db


def _again(db: Path) -> rebuild.Rebuilt:
    return rebuild.rebuild(db, read=_read)


def test_the_same_rows_come_back(full: Path) -> None:
    before = _rows(full)
    assert {"outcome", "run_source", "person_change", "person_judgement"} <= {name for name in before if before[name]}
    data = full.read_bytes()
    full.write_bytes(data[: len(data) // 2])
    done = _again(full)
    assert done.whole
    assert _rows(full) == before
    assert full.with_name("ledger.duckdb.before-rebuild").read_bytes() == data[: len(data) // 2]

    full.unlink()
    assert _again(full).whole
    assert _rows(full) == before
    assert sorted(path.name for path in full.parent.glob("ledger.duckdb*")) == [
        *("ledger.duckdb", "ledger.duckdb.before-rebuild", "ledger.duckdb.ledger", "ledger.duckdb.lock"),
        *("ledger.duckdb.people", "ledger.duckdb.warc"),
    ]


def test_an_interrupted_rebuild_goes_on(full: Path) -> None:
    """And until it is whole the old store stands where it stood."""
    before = _rows(full)
    calls = []

    def short(order: Order, *others: Any) -> Path:
        calls.append(order)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return _read(order, *others)

    with pytest.raises(KeyboardInterrupt):
        rebuild.rebuild(full, read=short)
    assert _rows(full) == before
    read: list[str] = []

    def counted(order: Order, *others: Any) -> Path:
        read.extend(one.key for one in order.pieces)
        return _read(order, *others)

    assert rebuild.rebuild(full, read=counted).whole
    assert _rows(full) == before
    assert 0 < len(read) < len(before["page"])


def test_a_run_that_was_cut_short_is_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kill between a shard and its line in the ledger: the next call completes the ledger."""
    db, pages = tmp_path / "ledger.duckdb", _pages(tmp_path)
    _ingest(tmp_path / "whole.duckdb", pages)
    with monkeypatch.context() as patch:
        inner = store_runs.add_shard

        def add_shard(*args: Any, **options: Any) -> None:
            inner(*args, **options)
            raise KeyboardInterrupt

        patch.setattr(store_runs, "add_shard", add_shard)
        with pytest.raises(KeyboardInterrupt):
            _ingest(db, pages)
    with db.with_name("ledger.duckdb.ledger").open("a") as out:
        out.write('{"what": "shard", "run_id": 1, "outc')  # a line that was being written
    _ingest(db, pages)
    before = _rows(db)
    assert before == _rows(tmp_path / "whole.duckdb")
    db.unlink()
    assert _again(db).whole
    assert _rows(db) == before


def test_what_the_archive_has_lost_is_said(full: Path) -> None:
    (file,) = archive_folder(full).glob("*.gz")
    with Store.open(full, read_only=True) as store:
        offsets = [row[0] for row in store.connection.execute("SELECT archive_offset FROM capture").fetchall()]
    data = bytearray(file.read_bytes())
    damaged = sorted(offsets)[2]
    data[damaged + 20 : damaged + 60] = b"x" * 40
    file.write_bytes(bytes(data))
    full.unlink()
    done = _again(full)
    assert len(done.lost) == 1
    with Store.open(full, read_only=True) as store:
        lost = store.connection.execute("SELECT count(*) FROM outcome WHERE starts_with(reason, ?)", [LOST]).fetchone()
    assert lost is not None
    assert lost[0] >= 1
    assert len(_rows(full)["capture"]) == len(offsets) - 1


def _old(db: Path) -> None:
    """The ledger as an older Dateline wrote it, which only counted."""
    path = db.with_name("ledger.duckdb.ledger")
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    kept = [line for line in lines if line["what"] not in ("sources", "people", "events", "parts")]
    for line in kept:
        line.pop("rows", None), line.pop("at", None)
    path.write_text("".join(json.dumps(line) + "\n" for line in kept))


def test_an_older_ledger_is_completed_from_its_store(full: Path) -> None:
    before = _rows(full)
    _old(full)
    assert _again(full).whole
    assert _rows(full) == before


@pytest.mark.parametrize("ledger", ["old", "none"])
def test_without_outcomes_the_archive_is_taken_in(full: Path, ledger: str) -> None:
    """As runs of their own, the latest version of each page last; again gives the same."""
    before = _rows(full)
    with Store.open(full, read_only=True) as store:
        expected = {article.text for article in store.articles() if article.url}
    if ledger == "old":
        _old(full)
    else:
        full.with_name("ledger.duckdb.ledger").unlink()
    full.unlink()
    done = _again(full)
    assert (done.found, done.unknown > 0) == (len(before["capture"]), ledger == "old")
    with Store.open(full, read_only=True) as store:
        found = dump(store)
        assert {article.text for article in store.articles() if article.url} == expected
    assert found["capture"] == before["capture"]
    full.unlink()
    _again(full)
    with Store.open(full, read_only=True) as store:
        assert dump(store) == found


def test_the_command_says_what_came_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = tmp_path / "ledger.duckdb"
    assert main(["rebuild", "--db", str(db)]) == 1
    assert "neither a ledger nor an archive" in capsys.readouterr().err
    (tmp_path / "none.jsonl").write_text('{"id": "none"}')
    _ingest(db, tmp_path / "none.jsonl", tmp_path / "missing.html")
    before = _rows(db)
    db.unlink()
    assert main(["rebuild", "--db", str(db)]) == 0
    assert "1 runs, 2 inputs" in capsys.readouterr().out
    assert _rows(db) == before

"""The ingest: an outcome for every input, unchanged inputs, kills at every point, the archive."""

import json
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from dateline.flows import collecting
from dateline.flows.attempts import MOST, Attempts
from dateline.flows.orders import carry_out
from dateline.flows.reading import Readers, read_one
from dateline.flows.request import IngestReport, IngestRequest
from dateline.flows.shards import Shard, numbered
from dateline.models.article import Article, Response, Source
from dateline.models.capture import capture_id
from dateline.models.record import Record
from dateline.models.shard_files import ended_of
from dateline.models.store import Store, archive_folder
from dateline.models.verify import verify
from dateline.sources.archive import Archive, Place, read_payload
from dateline.sources.inputs import sources, url_list

from .ingest_target import SHARD
from .ingest_target import read as invented
from .order_helpers import reading_with
from .store_helpers import DIGESTS, TEXT, dump, record

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _fixed_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """The invented readings do not depend on the rules, whose digests change while somebody edits them."""
    monkeypatch.setattr(collecting, "code_digests", lambda: DIGESTS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of ten texts, two of them the same."""
    folder = tmp_path / "pages"
    folder.mkdir()
    rows = [{"id": f"row{number}", "text": f"{TEXT} Number {number % 9}."} for number in range(10)]
    (folder / "rows.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    return folder


def _ingest(db: Path, *inputs: Path | str, **options: Any) -> IngestReport:
    request = IngestRequest(inputs=[str(one) for one in inputs], db=db, shard=SHARD, **options)
    return collecting.collect(request, read=invented)


def _rows(db: Path) -> dict[str, list[str]]:
    with Store.open(db, read_only=True) as store:
        return dump(store)


def _sound(db: Path) -> None:
    with Store.open(db, read_only=True) as store:
        checks = verify(store, lambda file, offset: read_payload(archive_folder(db), file, offset))
    assert [str(check) for check in checks if not check.ok] == []


def test_every_input_has_its_outcome(tmp_path: Path, folder: Path) -> None:
    db = tmp_path / "ledger.duckdb"
    (folder / "broken.jsonl").write_text('{"id": "fine", "text": ' + json.dumps(TEXT) + "}\n{broken\n")
    report = _ingest(db, folder, tmp_path / "missing.html")
    assert report.outcomes == {"failed": 2, "read": 11}
    assert (report.inputs, report.incidents, report.run_id, report.resumed) == (13, 10, 1, False)
    assert report.facts == {"casualties": 10, "dates": 10, "leaders": 10, "places": 10}
    with Store.open(db, read_only=True) as store:
        assert [problem.input_id for problem in store.problems()] == [str(tmp_path / "missing.html"), "broken.jsonl:2"]
    _sound(db)
    assert not db.with_name("ledger.duckdb.attempts").exists()


def test_the_same_input_again_is_unchanged(tmp_path: Path, folder: Path) -> None:
    db = tmp_path / "ledger.duckdb"
    _ingest(db, folder)
    before = _rows(db)
    report = _ingest(db, folder)
    after = _rows(db)
    assert (report.run_id, report.outcomes) == (2, {"unchanged": 10})
    grown = {table for table in after if after[table] != before[table]}
    assert grown - {"gathered"} == {"run", "outcome", "run_policies", "run_reading"}  # it says up to which run
    _sound(db)


def test_one_input_twice_in_a_run(tmp_path: Path, folder: Path) -> None:
    db = tmp_path / "ledger.duckdb"
    assert _ingest(db, folder, folder).outcomes == {"read": 20}
    _sound(db)


def test_another_publication_date_is_another_capture(tmp_path: Path, folder: Path) -> None:
    db = tmp_path / "ledger.duckdb"
    _ingest(db, folder)
    assert _ingest(db, folder, published="2021-05-04").outcomes == {"read": 10}


def test_a_page_that_failed_is_tried_again(tmp_path: Path, folder: Path) -> None:
    def failing(source: Source) -> Record:
        return Record(id=source.id, article=Article(result="failed", reason="it took longer than 30 s to read"))

    db = tmp_path / "ledger.duckdb"
    request = IngestRequest(inputs=[str(folder)], db=db, shard=SHARD)
    assert collecting.collect(request, read=reading_with(failing)).outcomes == {"failed": 10}
    assert _ingest(db, folder).outcomes == {"read": 10}
    _sound(db)


Kill = Callable[..., int]


@pytest.fixture(scope="module")
def killed() -> Iterator[Kill]:
    """Ingests in a process of its own, killed at a point; gives how it ended."""
    command = [sys.executable, "-m", "tests.ingest_target"]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=Path(__file__).parent.parent, **pipes) as target:
        assert target.stdin
        assert target.stdout

        def ingest(db: Path, folder: Path, point: str, number: int) -> int:
            assert target.stdin
            assert target.stdout
            print(json.dumps([str(db), str(folder), point, number]), file=target.stdin, flush=True)
            return int(target.stdout.readline())

        yield ingest
        target.stdin.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    "points",
    [
        [("archive", 1), ("archive", 3), ("sync", 1)],
        [("read", 2), ("rows", 6), ("read", 3)],
        [("parquet", 1), ("merge", 1), ("merge", 20), ("append", 4)],
        [("finish", 1), ("clear", 1)],
    ],
    ids=lambda points: points[0][0],
)
def test_a_kill_does_not_show(tmp_path: Path, folder: Path, killed: Kill, points: list[tuple[str, int]]) -> None:
    _ingest(tmp_path / "whole.duckdb", folder)
    db = tmp_path / "killed.duckdb"
    for point, number in points:
        assert killed(db, folder, point, number) == -9
    report = _ingest(db, folder)
    if points[-1][0] != "clear":  # there the run was finished already, and this is another
        assert report.resumed
        assert _rows(db) == _rows(tmp_path / "whole.duckdb")
    _sound(db)


def test_the_archive_takes_off_what_was_cut_short_and_keeps_the_rest(tmp_path: Path) -> None:
    one, two = Source(id="1", page=b"<p>one</p>" * 50, url="https://example.org/1"), Source(id="2", text="two 😀")
    said = Response(status=200, headers=(("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("X", "a\r\nb")))
    fetched = replace(one, id="3", response=said)
    with Archive(tmp_path) as archive:
        kept = [archive.keep(source, at=NOW) for source in (one, two, fetched)]
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:50])
    with Archive(tmp_path, since=Place(path.name, kept[0].archive_offset)) as archive:
        assert path.read_bytes() == whole
        assert archive.keep(fetched, at=NOW) == kept[2]
        later = archive.keep(Source(id="4", text="four"), at=NOW)
    assert later.archive_offset == len(whole)
    assert [read_payload(tmp_path, path.name, one.archive_offset) for one in [*kept, later]] == [
        *(one.page, "two 😀".encode(), one.page, b"four")
    ]
    assert re.search(rb"X-Crawl-Content-Encoding: gzip", path.read_bytes())  # headers are not compressed


def test_nothing_behind_a_damaged_record_is_cut_off(tmp_path: Path) -> None:
    """Damage in the middle is no write that was cut short: the pages behind it stay."""
    with Archive(tmp_path) as archive:
        places = [archive.keep(Source(id=str(number), text="one " * 99), at=NOW) for number in range(3)]
    (path,) = tmp_path.iterdir()
    damaged = bytearray(path.read_bytes())
    damaged[places[1].archive_offset + 30] ^= 255
    path.write_bytes(bytes(damaged))
    with Archive(tmp_path):
        assert path.read_bytes() == bytes(damaged)
    assert read_payload(tmp_path, path.name, places[2].archive_offset) == b"one " * 99


def test_what_takes_everything_down_is_given_up(tmp_path: Path) -> None:
    """What was under way when a run died is suspected; only what died alone, or killed its worker, is condemned."""
    path = tmp_path / "attempts"
    for life in range(MOST + 1):
        attempts = Attempts(path)
        assert attempts.suspected("bad") == (life > 0)
        assert attempts.deaths("bad") == max(0, life - 1)
        attempts.note("trying", "good", alone=False)
        attempts.note("done", "good", alone=False)
        attempts.note("trying", "bad", alone=life > 0)
        attempts.close()
    attempts = Attempts(path)
    assert (attempts.deaths("bad"), attempts.suspected("good")) == (MOST, False)
    path.write_text(path.read_text() + '["tryi')
    assert Attempts(path).deaths("bad") == MOST

    source = Source(id="x", text="x")
    (item,) = numbered([source])
    condemned = Attempts(tmp_path / "more")
    for _ in range(MOST):
        condemned.note("died", capture_id(source), alone=True)
    condemned.close()
    with Readers() as readers:
        order = Shard([item]).order(archive=tmp_path, folder=tmp_path / "shards", digests=DIGESTS)
        path = carry_out(order, readers, Attempts(tmp_path / "more"))
    assert ended_of(path)[capture_id(source)].reason == f"it killed its worker {MOST} times"


def test_urls_are_fetched_once_and_kept_with_what_the_server_said(tmp_path: Path) -> None:
    asked: list[str] = []

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404 if self.path == "/robots.txt" else 200)
            self.send_header("Content-Type", "text/plain; charset=utf-8")
            self.send_header("ETag", '"1"')
            self.end_headers()
            self.wfile.write(TEXT.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/story"
    (tmp_path / "urls.txt").write_text(f"# tonight\n\n{url}\n")
    db = tmp_path / "ledger.duckdb"

    def fetched(source: Source) -> Record:
        return record(replace(source, text=TEXT, plain=None))

    def ingest(*urls: str, allow_private: bool = True) -> dict[str, int]:
        request = IngestRequest(inputs=list(urls), db=db, allow_private=allow_private, pause=0, published="2021-05-04")
        return collecting.collect(request, read=reading_with(fetched)).outcomes

    assert ingest(url, allow_private=False) == {"failed": 1}
    assert asked == []
    assert ingest(*url_list(tmp_path / "urls.txt"), url) == {"read": 1}
    assert asked == ["/robots.txt", "/story"]
    assert ingest(url) == {"unchanged": 1}
    server.shutdown()
    server.server_close()
    with Store.open(db, read_only=True) as store:
        said = store.connection.execute("SELECT http_status, etag, charset, redirects, kind, url FROM capture")
        assert said.fetchall() == [(200, '"1"', "utf-8", 0, "text", url)]
        assert store.article(url).published == "2021-05-04"
        (problem,) = store.problems(run_id=1)
        assert "no public address" in str(problem.reason)
    _sound(db)


def test_what_is_stored_is_what_extract_writes(tmp_path: Path) -> None:
    """Every record of the invented pages comes back from the store as it was read."""
    given = list(sources([str(Path(__file__).parent / "fixtures" / "pages")]))
    read = {source.id: read_one(source) for source in given}

    db = tmp_path / "ledger.duckdb"
    request = IngestRequest(inputs=[str(Path(__file__).parent / "fixtures" / "pages")], db=db)
    collecting.collect(request, read=reading_with(lambda source: read[source.id]))
    with Store.open(db, read_only=True) as store:
        stored = [store.record(article) for article in store.articles(result=None)]
    assert [record.to_json() for record in stored] == [
        read[record.id].to_json() for record in stored if read[record.id].article.result != "failed"
    ]
    assert [record.sentences for record in stored] == [read[record.id].sentences for record in stored]
    assert len(stored) >= 12
    _sound(db)

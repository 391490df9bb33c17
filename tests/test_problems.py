"""Problems: what gave nothing and why, pages that are given up, and trying them again."""

import csv
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from dateline.flows import collecting, retry
from dateline.flows.cli import main
from dateline.flows.reading import failed
from dateline.flows.request import IngestReport, IngestRequest
from dateline.models.article import Source
from dateline.models.record import Record
from dateline.models.store import Problem, Store, StoreError
from dateline.models.store_runs import MOST_RUNS
from dateline.sources import fetch_queue

from .order_helpers import reading_with
from .store_helpers import DIGESTS, TEXT, dump, record
from .test_ingest import _sound


class _Site(ThreadingHTTPServer):
    """One story, which is there or not."""

    there = False


class _Handler(BaseHTTPRequestHandler):
    server: _Site

    def do_GET(self) -> None:
        there = self.server.there and self.path == "/story"
        self.send_response(200 if there else 404)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        self.wfile.write(TEXT.encode() if there else b"")

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def site() -> Iterator[_Site]:
    """The site, running."""
    server = _Site(("127.0.0.1", 0), _Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def _invented(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "code_digests", lambda: DIGESTS)
    monkeypatch.setattr(retry, "code_digests", lambda: DIGESTS)
    monkeypatch.setattr(fetch_queue, "TRIES", 1)


class _Reader:
    """Reads all but what is in `poison`; `tried` is what it was handed, by input id."""

    def __init__(self) -> None:
        self.poison = {"bad"}
        self.tried: list[str] = []

    def __call__(self, source: Source) -> Record:
        self.tried.append(source.id)
        if source.id in self.poison:
            return failed(source, "it killed its worker 2 times")
        return record(replace(source, text=source.text or (source.plain or b"").decode(), plain=None))


@pytest.fixture
def reader() -> _Reader:
    return _Reader()


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps({"id": name, "text": f"{TEXT} {name}"}) for name in ("good", "bad")))
    return path


def _ingest(db: Path, reader: _Reader, *inputs: object) -> IngestReport:
    request = IngestRequest(inputs=[str(one) for one in inputs], db=db, allow_private=True, pause=0)
    return collecting.collect(request, read=reading_with(reader))


def _retry(db: Path, reader: _Reader, **options: Any) -> IngestReport | None:
    return retry.retry(db, read=reading_with(reader), allow_private=True, **options)


def _problems(db: Path, run_id: int | None = None) -> list[Problem]:
    with Store.open(db, read_only=True) as store:
        return store.problems(run_id=run_id)


def test_a_poison_page_is_given_up_after_some_runs(tmp_path: Path, rows: Path, reader: _Reader) -> None:
    db = tmp_path / "ledger.duckdb"
    for night in range(MOST_RUNS):
        assert _ingest(db, reader, rows).outcomes["failed"] == 1
        assert [one.tries for one in _problems(db)] == [night + 1]
    assert reader.tried.count("bad") == MOST_RUNS
    _ingest(db, reader, rows)
    (problem,) = _problems(db)
    assert reader.tried.count("bad") == MOST_RUNS
    assert problem.reason == "given up after 3 runs: it killed its worker 2 times"
    assert (problem.tries, problem.given_up) == (MOST_RUNS, True)
    _sound(db)


def test_other_code_tries_what_was_given_up(
    tmp_path: Path, rows: Path, reader: _Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = tmp_path / "ledger.duckdb"
    for _ in range(MOST_RUNS + 1):
        _ingest(db, reader, rows)
    monkeypatch.setattr(collecting, "code_digests", lambda: {**DIGESTS, "page": "page-2"})
    reader.poison.clear()
    assert _ingest(db, reader, rows).outcomes == {"read": 2}


def test_a_retry_reads_from_the_archive_and_fetches_the_rest(
    tmp_path: Path, rows: Path, reader: _Reader, site: _Site
) -> None:
    db = tmp_path / "ledger.duckdb"
    url = f"http://127.0.0.1:{site.server_port}/story"
    for _ in range(MOST_RUNS + 1):
        _ingest(db, reader, rows, tmp_path / "late.txt", url)
    rows.unlink()  # what came in is in the archive
    reader.poison.clear()
    site.there = True
    (tmp_path / "late.txt").write_text(TEXT)
    report = _retry(db, reader)
    assert report is not None
    assert report.outcomes == {"read": 3}
    assert _problems(db) == []
    assert _retry(db, reader) is None
    with Store.open(db, read_only=True) as store:
        run, before = store.runs(limit=2)
        assert (run.kind, run.parameters) == ("retry", {"run": before.run_id})
        assert {article.input_id for article in store.articles()} == {"good", "bad", url, str(tmp_path / "late.txt")}
    _sound(db)


def test_tries_are_bounded(tmp_path: Path, reader: _Reader) -> None:
    db = tmp_path / "ledger.duckdb"
    missing = tmp_path / "missing.txt"
    _ingest(db, reader, missing)
    tries = 1
    while _retry(db, reader, most=3):
        tries += 1
    assert tries == 3
    assert _retry(db, reader, most=4) is not None


def test_a_retry_that_was_cut_short_goes_on(tmp_path: Path, rows: Path, reader: _Reader) -> None:
    db = tmp_path / "ledger.duckdb"
    _ingest(db, reader, rows)

    def cut(*args: object) -> dict[str, Record]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        retry.retry(db, read=cut)
    reader.poison.clear()
    report = _retry(db, reader)
    assert report is not None
    assert (report.run_id, report.resumed, report.outcomes) == (2, True, {"read": 1})
    with pytest.raises(StoreError, match="no run 9"):
        _retry(db, reader, run_id=9)


def test_the_command_lists_and_its_exit_code_means_something(
    tmp_path: Path, reader: _Reader, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    db, missing = tmp_path / "ledger.duckdb", tmp_path / "missing.txt"
    for more in ([], ["--retry"]):
        with pytest.raises(SystemExit) as left:
            main(["problems", "--db", str(db), *more])
        assert left.value.code == 1
    _ingest(db, reader, missing)
    capsys.readouterr()
    monkeypatch.setenv("COLUMNS", "60")
    assert main(["problems", "--db", str(db)]) == 3
    table = capsys.readouterr().out
    assert "1 inputs gave no article" in table
    assert max(len(line) for line in table.splitlines()) <= 60
    assert main(["problems", "--format", "csv", "--db", str(db)]) == 3
    (row,) = csv.DictReader(capsys.readouterr().out.splitlines())
    assert (row["run"], row["outcome"], row["tries"], row["input"]) == ("1", "failed", "1", str(missing))
    with pytest.raises(SystemExit):
        main(["problems", "--run", "9", "--db", str(db)])
    assert "no run 9" in capsys.readouterr().err
    with pytest.raises(SystemExit) as left:
        main(["problems", "--retry", "--jobs", "0", "--db", str(db)])
    assert left.value.code == 2
    assert main(["problems", "--retry", "--db", str(db)]) == 3
    capsys.readouterr()
    _ingest(db, reader, tmp_path / "nothing")
    (tmp_path / "good.jsonl").write_text(json.dumps({"id": "good", "text": TEXT}))
    _ingest(db, reader, tmp_path / "good.jsonl")
    assert main(["problems", "--db", str(db)]) == 0
    assert main(["problems", "--retry", "--run", "1", "--tries", "1", "--db", str(db)]) == 3
    assert "nothing to try again" in capsys.readouterr().err


def test_the_store_has_one_row_an_input_of_a_retry(tmp_path: Path, rows: Path, reader: _Reader) -> None:
    db = tmp_path / "ledger.duckdb"
    _ingest(db, reader, rows, rows)  # one input twice is two outcomes
    assert _retry(db, reader) is not None
    with Store.open(db, read_only=True) as store:
        assert len(dump(store)["outcome"]) == 6

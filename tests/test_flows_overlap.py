"""Two runs never overlap, and whoever reads the store meanwhile gets it; without a server."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dateline.flows import cli, collecting, lock, nightly, quiet
from dateline.flows.attempts import Attempts
from dateline.flows.orders import Order
from dateline.flows.reading import Readers
from dateline.flows.request import IngestReport, IngestRequest
from dateline.models import store_connection
from dateline.models.article import Source
from dateline.models.store import StoreError

from .ingest_target import read as invented
from .store_helpers import DIGESTS, TEXT


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of six texts, read without the extractors."""
    monkeypatch.setattr(collecting, "code_digests", lambda: DIGESTS)
    rows = [{"id": f"row{number}", "text": f"{TEXT} Number {number}."} for number in range(6)]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def _collect(monkeypatch: pytest.MonkeyPatch, report: IngestReport) -> None:
    monkeypatch.setattr(collecting, "collect", lambda request, **others: report)


def test_two_runs_never_overlap(tmp_path: Path, pages: Path) -> None:
    """The second leaves at once, says who is at work, and has touched nothing; afterwards the store is free."""
    db = tmp_path / "x.duckdb"
    request = IngestRequest(inputs=[str(pages)], db=db)
    seen = []

    def overlapping(order: Order, readers: Readers, attempts: Attempts, done: Any = None) -> Path:
        with pytest.raises(lock.RunUnderWay, match=r"a run \(process \d+, since \d{4}-.*\) is at work on .*x\.duckdb"):
            collecting.collect(request, read=invented)
        seen.append(lock.holder(db))
        return invented(order, readers, attempts, done)

    assert collecting.collect(request, read=overlapping).outcomes == {"read": 6}
    assert len(seen) == 1
    assert lock.holder(db) is None
    assert collecting.collect(request, read=invented).outcomes == {"unchanged": 6}


@pytest.mark.slow
def test_the_lock_goes_with_a_killed_run(tmp_path: Path) -> None:
    db = tmp_path / "x.duckdb"
    lines = (
        "import sys, time, pathlib; from dateline.flows.lock import running\n"
        "with running(pathlib.Path(sys.argv[1])):\n    print(flush=True)\n    time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", lines, str(db)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    with pytest.raises(lock.RunUnderWay, match=f"process {process.pid}"), lock.running(db):
        pass
    process.kill()
    process.communicate()
    with lock.running(db):
        assert f"process {process.pid}" not in str(lock.holder(db))


def test_the_store_can_be_read_while_pages_are(tmp_path: Path, pages: Path) -> None:
    """A run has it open only while it looks something up or writes: what is stored can be seen at once."""
    db = tmp_path / "x.duckdb"
    seen = []

    def looking(order: Order, readers: Readers, attempts: Attempts, done: Any = None) -> Path:
        with duckdb.connect(str(db), read_only=True) as other:  # refused where it is open to be written
            row = other.execute("SELECT count(*) FROM outcome").fetchone()
        seen.append(row[0] if row else None)
        return invented(order, readers, attempts, done)

    collecting.collect(IngestRequest(inputs=[str(pages)], db=db, shard=2), read=looking)
    assert seen == [0, 2, 4]


def test_who_is_patient_gets_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock that passes is waited for; any other fault is told at once."""
    answers: list[Exception] = []
    asked = []

    def opening(*others: object, **options: object) -> str:
        asked.append(1)
        if answers:
            raise answers.pop(0)
        return "open"

    monkeypatch.setattr(store_connection.duckdb, "connect", opening)
    monkeypatch.setattr(store_connection.time, "sleep", lambda seconds: None)
    path = tmp_path / "x.duckdb"
    answers += [duckdb.IOException("Could not set lock on file: (PID 7)")] * 2
    assert store_connection.connect(path, read_only=False, patience=60) == "open"  # type: ignore[comparison-overlap]
    assert len(asked) == 3
    answers += [duckdb.IOException("Could not set lock on file: (PID 7)")]
    with pytest.raises(StoreError, match="in use by process 7"):
        store_connection.connect(path, read_only=False)
    answers += [duckdb.IOException("no such disk")]
    with pytest.raises(StoreError, match="no such disk"):
        store_connection.connect(path, read_only=False, patience=60)
    assert len(asked) == 5


def test_the_command_says_who_is_at_work(
    tmp_path: Path, pages: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With an exit code of its own, before Prefect is started."""
    monkeypatch.setattr(quiet, "quiet_prefect", lambda: None)
    db = tmp_path / "x.duckdb"
    with lock.running(db):
        code = cli.main(["ingest", str(pages), "--db", str(db)])
    assert code == lock.EXIT == 4
    assert f"process {os.getpid()}, since" in capsys.readouterr().err
    assert not db.exists()


def test_the_lock_is_told_like_any_fault_of_the_store(tmp_path: Path) -> None:
    with (
        pytest.raises(StoreError, match="cannot be opened: no such file or directory"),
        lock.running(tmp_path / "no" / "x"),
    ):
        pass


def test_the_store_can_be_read_while_pages_are_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when a shard has been stored just before the next page is asked for."""
    monkeypatch.setattr(collecting, "code_digests", lambda: DIGESTS)
    db = tmp_path / "x.duckdb"
    seen = []

    def fetching(urls: Iterable[str], *others: object, **options: object) -> Iterator[Source]:
        for url in urls:
            with duckdb.connect(str(db), read_only=True) as other:
                row = other.execute("SELECT count(*) FROM outcome").fetchone()
            seen.append(row[0] if row else None)
            yield Source(id=url, origin=url, url=url, text=f"{TEXT} {url}")

    monkeypatch.setattr(collecting, "fetch_all", fetching)
    monkeypatch.setattr(nightly, "fetch_all", fetching)
    urls = [f"https://example.org/{number}" for number in range(5)]
    collecting.collect(IngestRequest(inputs=urls, db=db, shard=2), read=invented)
    (tmp_path / "urls.txt").write_text("\n".join(urls), encoding="utf-8")
    (tmp_path / "dateline.toml").write_text('[[source]]\nname = "x"\nurls = "urls.txt"\n', encoding="utf-8")
    collecting.collect(IngestRequest(collection=tmp_path / "dateline.toml", db=db, shard=2), read=invented)
    assert seen == [0, 0, 2, 2, 4, 5, 5, 7, 7, 9]

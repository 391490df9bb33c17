"""Published snapshots: whole, of finished runs only, behind the gate, and never half there."""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from dateline.flows.cli import main
from dateline.models import publish
from dateline.models.gate import SourceNight
from dateline.models.publish import Published, Withheld, publish_duckdb, publish_folder
from dateline.models.store import Store, StoreError
from dateline.models.store_connection import connect, in_memory
from dateline.models.verify import verify

from .publish_helpers import make_store, sources
from .store_helpers import DIGESTS, VERSIONS, entry, source


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one finished run, and one that is under way and has stored a shard."""
    path = tmp_path_factory.mktemp("store") / "ledger.duckdb"
    with make_store(path) as store:
        run_id, _ = store.start_run("ingest", parameters={"n": 2}, digests=DIGESTS, versions=VERSIONS)
        late = replace(sources()[0], id="late.html", text="Late. " + (sources()[0].text or ""), url=None)
        store.add_shard(run_id, [entry(late), entry(source())])
    return path


@pytest.fixture(scope="module")
def published(db: Path) -> Path:
    out = db.with_name("published.duckdb")
    publish_duckdb(db, out)
    return out


@pytest.fixture(scope="module")
def parquet(db: Path) -> Published:
    return publish_folder(db, db.with_name("parquet"))


def test_a_snapshot_says_what_it_is_of(published: Path) -> None:
    with Store.open(published, read_only=True) as snapshot:
        (row,) = snapshot.connection.execute(
            "SELECT run_id, with_text, left_out, dateline, day FROM snapshot"
        ).fetchall()
        assert row[:4] == (1, True, [2], "1")
        assert row[4] == f"{snapshot.runs()[0].finished_at:%Y-%m-%d}"


def test_nothing_of_a_run_under_way_is_in_it(db: Path, published: Path) -> None:
    with Store.open(db, read_only=True) as store, Store.open(published, read_only=True) as snapshot:
        assert (store.counts()["articles"], snapshot.counts()["articles"]) == (5, 4)
        assert set(snapshot.counts().values()) == {4, 1}  # captures, facts and incidents of four articles, one run
        for table in ("article", "reading", "outcome", "run_reading", "furniture", "evidence", "sentence"):
            query = f"SELECT count(*) FROM {table}"
            there, here = (one.connection.execute(query).fetchall()[0][0] for one in (store, snapshot))
            assert 0 < here < there, table


def test_a_snapshot_is_a_sound_store(published: Path) -> None:
    """Every span, hash, link and count holds in it. The ledger stays with the store."""
    with Store.open(published, read_only=True) as snapshot:
        wrong = [check.name for check in verify(snapshot) if not check.ok]
        assert wrong == ["what the ledger says was stored"]
        assert [one.article.title for one in snapshot.incidents(limit=1)] == ["Two die in Velm"]
        assert snapshot.reductions(policy="acled")


def test_without_texts(db: Path, tmp_path: Path) -> None:
    done = publish_duckdb(db, tmp_path / "short.duckdb", with_text=False)
    assert (done.articles, done.events, done.left_out) == (4, 2, (2,))
    with connect(done.path, read_only=True) as snapshot:
        assert snapshot.execute("SELECT count(text) FROM article").fetchall() == [(0,)]
        assert snapshot.execute("SELECT count(text) FROM furniture").fetchall() == [(0,)]
        assert snapshot.execute("SELECT killed_best FROM event_summary ORDER BY ALL").fetchall() == [(1,), (7,)]
        assert snapshot.execute("SELECT DISTINCT quote FROM casualties").fetchall() == [("Two shepherds were killed",)]


def test_an_older_snapshot_stays_until_the_new_one_is_whole(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.duckdb"
    out.write_bytes(b"the older one")
    out.with_name("out.duckdb.wal").write_bytes(b"of somebody who wrote into it")

    def broken(path: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(publish, "_synced", broken)
        with pytest.raises(OSError, match="No space"):
            publish_duckdb(db, out)
    assert out.read_bytes() == b"the older one"
    with connect(out.with_name("left.duckdb"), read_only=False):
        pass
    publish_duckdb(db, out)
    with Store.open(out, read_only=True) as snapshot:
        assert snapshot.counts()["articles"] == 4
    assert {path.name for path in tmp_path.iterdir()} == {"out.duckdb", "left.duckdb"}


def test_an_alarm_holds_it_back(tmp_path: Path) -> None:
    db, out = tmp_path / "ledger.duckdb", tmp_path / "out.duckdb"
    with make_store(db) as store:
        store.add_sources(1, [SourceNight(source="wire", kind="feed", listed=0, problem="it cannot be reached")])
    with pytest.raises(Withheld, match="wire gave nothing: it cannot be reached"):
        publish_duckdb(db, out)
    assert not out.exists()
    assert main(["publish", "-o", str(out), "--db", str(db)]) == 3
    assert publish_duckdb(db, out, anyway=True).alarms == ("wire gave nothing: it cannot be reached",)


def test_what_cannot_be_published(tmp_path: Path, db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(StoreError, match="is the store itself"):
        publish_duckdb(db, db)
    with Store.open(tmp_path / "new.duckdb"):
        pass
    with pytest.raises(StoreError, match="no run of this store has finished"):
        publish_duckdb(tmp_path / "new.duckdb", tmp_path / "out.duckdb")
    assert main(["publish", "-o", str(tmp_path / "no" / "out.duckdb"), "--db", str(db)]) == 2
    assert main(["publish", "-o", str(tmp_path / "out.duckdb"), "--db", str(tmp_path / "none.duckdb")]) == 1
    assert "Traceback" not in capsys.readouterr().err


def test_parquet_by_month_with_a_manifest(db: Path, parquet: Published) -> None:
    out = parquet.path.parent
    latest = out / "latest"
    assert os.readlink(latest) == parquet.path.name
    manifest = json.loads((latest / "manifest.json").read_text())
    assert (manifest["schema"], manifest["run_id"], manifest["left_out"]) == ("dateline-snapshot/1", 1, [2])
    for file in manifest["files"]:
        assert hashlib.sha256((latest / file["path"]).read_bytes()).hexdigest() == file["sha256"]
    rows = {file["path"]: file["rows"] for file in manifest["files"] if "rows" in file}
    assert rows["event_summary/year=2021/month=05/data_0.parquet"] == 2
    assert rows["article/data_0.parquet"] == 4
    # The same state again is the same folder; another one is a new folder, and the old one stays.
    assert publish_folder(db, out).path == parquet.path
    other = publish_folder(db, out, with_text=False)
    assert other.path != parquet.path
    assert latest.resolve() == other.path.resolve()
    assert {path.name for path in out.iterdir()} == {"latest", parquet.path.name, other.path.name}
    assert not (latest / "article").exists()


@pytest.mark.slow
def test_while_a_run_writes(db: Path, tmp_path: Path) -> None:
    """A writer in another process opens the store, writes and lets it rest, again and again; every snapshot meanwhile
    is whole: each of the writer's pairs of rows is in it with both halves or not at all."""
    busy = tmp_path / "ledger.duckdb"
    busy.write_bytes(db.read_bytes())
    busy.with_name(busy.name + ".ledger").write_bytes(db.with_name(db.name + ".ledger").read_bytes())
    writer = """
import sys, time
from pathlib import Path
from dateline.models.store import Store, PATIENCE
store = Store.open(Path(sys.argv[1]), patience=PATIENCE)
for number in range(400):
    store.connection.execute("BEGIN")
    for half in ("left", "right"):
        store.connection.execute("INSERT INTO event_pair VALUES (?, ?, 'doubtful', 0, '[]')", [str(number), half])
    store.connection.execute("COMMIT")
    store.rest()
    print(number, flush=True)
    time.sleep(0.05)
"""
    with subprocess.Popen([sys.executable, "-c", writer, str(busy)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        seen = []
        for number in range(3):
            out = tmp_path / f"{number}.duckdb"
            publish_duckdb(busy, out, patience=30)
            with connect(out, read_only=True) as snapshot:
                query = "SELECT left_id, count(*) FROM event_pair WHERE right_id IN ('left', 'right') GROUP BY left_id"
                pairs = snapshot.execute(query).fetchall()
            assert {count for _, count in pairs} == {2}
            seen.append(len(pairs))
        assert process.poll() is None, "the writer was done before it was of use"
        process.kill()
    assert seen[0] < seen[-1]


def test_parquet_reads_like_the_file(published: Path, parquet: Published, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(parquet.path)
    query = "SELECT event_id, earliest, killed_best, articles, sources FROM event_summary ORDER BY ALL"
    with in_memory() as files, connect(published, read_only=True) as snapshot:
        files.execute(Path("views.sql").read_text(encoding="utf-8"))
        assert files.execute(query).fetchall() == snapshot.execute(query).fetchall()

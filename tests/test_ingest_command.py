"""`dateline ingest` as a person calls it: checked parameters, Prefect kept quiet, wrong calls, interrupts."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from dateline.flows import quiet
from dateline.flows.request import IngestRequest
from dateline.models.store import Store, archive_folder
from dateline.models.verify import verify
from dateline.sources.archive import read_payload

from .store_helpers import TEXT


def test_what_was_asked_is_checked() -> None:
    asked: list[dict[str, Any]] = [
        {"inputs": []},
        {"published": "last June"},
        {"published": "2014-02-30"},
        {"jobs": 0},
        {"extra": 1},
    ]
    for wrong in asked:
        with pytest.raises(ValidationError):
            IngestRequest(**{"inputs": ["x"], **wrong})
    assert IngestRequest(inputs=["x"], published="2014-06").published == "2014-06"


def test_prefect_s_settings_are_the_user_s_where_there_are_any(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*quiet.SETTINGS, "PREFECT_HOME", "PREFECT_API_URL"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("DO_NOT_TRACK", "0")
    assert quiet.quiet_prefect() is None
    assert os.environ["PREFECT_HOME"] == str(tmp_path / "state" / "dateline" / "prefect")
    assert os.environ["DO_NOT_TRACK"] == "0"
    (tmp_path / "state" / "dateline" / "prefect" / "profiles.toml").write_text(
        'active = "x"\n[profiles.x]\nPREFECT_API_URL = "http://127.0.0.1:4200/api"\n'
    )
    assert quiet.quiet_prefect() == "http://127.0.0.1:4200/api"


@pytest.mark.slow
def test_a_wrong_call_is_told_at_once(tmp_path: Path) -> None:
    def ingest(*words: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "dateline.flows.cli", "ingest", *words]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False, timeout=20)
        return done.returncode, done.stderr

    code, said = ingest("missing.html")
    assert code == 1
    assert "there is no such file or folder: missing.html" in said
    assert ingest(".", "--published", "soon")[0] == 2
    assert ingest()[0] == 2


@pytest.mark.slow
def test_through_prefect_from_the_command_line(
    tmp_path: Path, run_cli: Callable[..., tuple[int, list[str], str]]
) -> None:
    """The whole way as a user goes it: a first line within a second, no noise, a summary, and the store it made."""
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.html").write_bytes(b"%PDF-1.4")
    db = tmp_path / "ledger.duckdb"
    code, lines, out = run_cli("ingest", str(tmp_path / "a.txt"), str(tmp_path / "b.html"), "--db", str(db))
    assert code == 0
    assert lines[0].startswith("dateline: starting Prefect")
    assert all(line.startswith("dateline: ") for line in lines), lines
    assert re.search(r"2\s+inputs", out)
    assert "next: dateline show" in out
    with Store.open(db, read_only=True) as store:
        checks = verify(store, lambda file, offset: read_payload(archive_folder(db), file, offset))
    assert [str(check) for check in checks if not check.ok] == []


@pytest.fixture
def run_cli() -> Callable[..., tuple[int, list[str], str]]:
    """Runs `dateline`; gives exit code, lines of stderr, stdout. The first line must come before Prefect can."""

    def run(*words: str) -> tuple[int, list[str], str]:
        began = time.monotonic()
        command = [sys.executable, "-m", "dateline.flows.cli", *words]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert process.stderr is not None
        assert process.stdout is not None
        first = process.stderr.readline()
        assert time.monotonic() - began < 8  # well before Prefect is there, also on a busy machine
        rest = process.stderr.read()
        out = process.stdout.read()
        return process.wait(), (first + rest).splitlines(), out

    return run


@pytest.mark.slow
def test_an_interrupt_ends_all_of_it_at_once() -> None:
    lines = [
        "import multiprocessing, time",
        "from dateline.flows.leaving import leave_on_signals",
        "leaving = leave_on_signals()",
        "leaving.__enter__()",
        "worker = multiprocessing.get_context('fork').Process(target=time.sleep, args=(60,))",
        "worker.start()",
        "print(worker.pid, flush=True)",
        "time.sleep(60)",
    ]
    process = subprocess.Popen(
        [sys.executable, "-c", "\n".join(lines)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=5)  # the worker has the same pipes, so this ends only when it has ended
    assert (process.returncode, "interrupted" in err, "Traceback" in err) == (130, True, False)

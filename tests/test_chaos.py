"""The harness that kills ingests: a few kills leave no trace, and a transaction that is taken away is found."""

from pathlib import Path

import pytest

from benchmarks.chaos import Ingest, Moment, chaos, killed


@pytest.mark.slow
def test_a_few_kills_do_not_show(tmp_path: Path) -> None:
    """`make chaos` makes thirty."""
    assert chaos(tmp_path, kills=2, seed=3, stories=6, shard=4, nights=1, seconds=0.2, invented=True) == []


@pytest.mark.slow
def test_a_missing_transaction_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed between two tables of a shard, one that is stored table by table is found to be another."""
    monkeypatch.setattr("benchmarks.chaos.moment", lambda *others: Moment(step="table", times=4))
    found = chaos(
        tmp_path, kills=1, seed=1, stories=6, shard=4, nights=1, seconds=0.2, invented=True, broken="transaction"
    )
    assert any("rows lost" in line for line in found)


@pytest.mark.slow
def test_a_run_that_fails_by_itself_is_no_kill(tmp_path: Path) -> None:
    """Else a harness that cannot start anything would find no difference."""
    how = Ingest(tmp_path / "missing.toml", 4, invented=True)
    with pytest.raises(SystemExit, match="nobody killed it"):
        killed(how, tmp_path / "x.duckdb", Moment(seconds=600.0))

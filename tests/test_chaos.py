"""The harness that kills runs: a few kills leave no trace, and a transaction that is taken away is found."""

import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import chaos
from benchmarks.chaos import Runs, killed, prepared, rounds
from benchmarks.chaos_moments import Moment, Pace, Told, moment, pace_of
from tests.night_site import NightSite, night_site

STORIES = 6


@pytest.fixture(scope="module")
def ingest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Runs, NightSite]]:
    """One night of a small site that nobody disturbs."""
    runs = Runs(tmp_path_factory.mktemp("chaos"), shard=4, stories=STORIES, stages=(1,), invented=True, alone=True)
    with night_site(1, stories=STORIES) as site:
        prepared(runs, site, seconds=0.15)
        yield runs, site


@pytest.mark.slow
def test_a_few_kills_do_not_show(ingest: tuple[Runs, NightSite], capsys: pytest.CaptureFixture[str]) -> None:
    """`make chaos` makes thirty, over all that a run does."""
    assert rounds(*ingest, kills=2, seed=4) == []
    assert "within a transaction" in capsys.readouterr().out


@pytest.mark.slow
def test_a_missing_transaction_is_found(ingest: tuple[Runs, NightSite], monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed between two tables of a shard, one that is stored table by table is found to be another."""
    monkeypatch.setattr(chaos, "moment", lambda *given: Moment(step="merge", times=4))
    monkeypatch.setattr(ingest[0], "broken", "transaction")
    assert any("rows lost" in line for line in rounds(*ingest, kills=1, seed=1))


@pytest.mark.slow
def test_a_run_that_fails_by_itself_is_no_kill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a harness that cannot start anything would find no difference."""

    def started(*given: object, **options: object) -> "subprocess.Popen[bytes]":
        return subprocess.Popen([sys.executable, "-c", "exit(3)"], stdout=subprocess.PIPE, start_new_session=True)

    monkeypatch.setattr(Runs, "started", started)
    with pytest.raises(SystemExit, match="nobody killed it"):
        killed(Runs(tmp_path), tmp_path / "x.duckdb", 1, Moment(seconds=600.0))


def test_what_an_undisturbed_run_did() -> None:
    told = [Told(step, at) for at, step in enumerate(("run", "begin", "table", "commit", "committed", "begin", "end"))]
    assert pace_of(told, 9.0) == Pace(9.0, Counter(one.step for one in told), ((2, 1),), ("table",))


def test_half_of_the_kills_fall_into_transactions() -> None:
    """Shared between what is written and the commits; of a run that is nearly over only the last ones are drawn."""
    pace = Pace(60.0, Counter({"keep": 100, "merge": 400}), ((0.1, 0.01),) * 20, ("merge",))
    chance = random.Random(1)
    drawn = [moment(pace, 1.0, chance) for _ in range(1000)]
    counts = Counter("clock" if one.seconds is not None else one.step for one in drawn)
    assert (
        450
        < counts["commit"] + counts["begin"] + sum(one.step == "merge" and one.linger < 0.002 for one in drawn)
        < 560
    )
    assert min(counts["commit"], counts["begin"]) > 100
    assert 200 < counts["clock"] < 300
    assert max(one.times for one in drawn if one.step == "commit") == 20
    assert max(moment(pace, 0.05, chance).times for _ in range(200)) <= 20

"""Worker processes: what dies, hangs or lives too long costs nobody else anything."""

import time
from collections import Counter
from pathlib import Path

import pytest

from dateline.flows.reading import Readers
from dateline.flows.workers import Workers, WorkersBroken
from dateline.models.article import Source

from . import bad_readers

pytestmark = pytest.mark.slow  # processes start
GOOD = "Two men were killed."


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_worker_that_dies_or_hangs_costs_only_its_source(tmp_path: Path, jobs: int) -> None:
    ids = ["a", "abort", "b", "hang", "c", f"once:{tmp_path / 'mark'}", "exit", "d"]
    told: list[tuple[str, str]] = []
    began = time.monotonic()
    with Readers(jobs, seconds=1.0, read=bad_readers.read_badly, prepare=bad_readers.nothing) as readers:
        given = [Source(id=one, text=GOOD) for one in ids]
        found = list(readers.read(given, watch=lambda event, source: told.append((event, source.id))))
    assert time.monotonic() - began < 30
    assert [record.id for record in found] == ids
    reasons = {record.id: record.article.reason for record in found if record.article.result == "failed"}
    assert reasons == {
        "abort": "it killed its worker 2 times",
        "hang": "it took longer than 1 s to read",
        "exit": "it killed its worker 2 times",
    }
    for one in ids:
        assert told.count(("done", one)) == 1
    assert told.count(("died", "abort")) == told.count(("trying", "abort")) == 2


def test_workers_that_cannot_start_are_no_page_s_fault() -> None:
    items = iter([(0, "x")])
    with (
        Workers(str, prepare=bad_readers.broken, jobs=1, seconds=1) as workers,
        pytest.raises(WorkersBroken, match="no spaCy here"),
    ):
        list(workers.run(lambda: next(items, None)))


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_worker_is_replaced_before_it_holds_every_word_of_an_archive(jobs: int) -> None:
    items = iter(enumerate("abcdefghij"))
    with Workers(bad_readers.process, prepare=bad_readers.nothing, jobs=jobs, seconds=30, life=3) as workers:
        found = dict(workers.run(lambda: next(items, None)))
    assert sorted(found) == list(range(10))
    assert max(Counter(found.values()).values()) == 3


def test_many_sources_stay_in_order() -> None:
    with Readers(3, read=bad_readers.read_badly, prepare=bad_readers.nothing) as readers:
        found = list(readers.read(Source(id=str(number), text=GOOD) for number in range(100)))
    assert [record.id for record in found] == [str(number) for number in range(100)]

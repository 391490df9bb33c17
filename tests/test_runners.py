"""Runners: orders go to whoever carries them out and come back as rows that do not show who did, nor who died."""

import argparse
import importlib
import re
import shlex
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from dateline.extractors.digests import digests
from dateline.flows import runners
from dateline.flows.attempts import MOST, Attempts
from dateline.flows.carrying import OtherCode, carry
from dateline.flows.orders import Order, Whole
from dateline.flows.request import IngestRequest
from dateline.flows.runners import AGAIN, Elsewhere, RunnerError
from dateline.flows.stations import check_in
from dateline.models.article import Source
from dateline.models.capture import capture_id
from dateline.models.shard_files import Ended, ended_of, write_shard

from .scale_helpers import ROOT


class Lost(Exception):
    """A worker died over it."""


Then = Callable[["Desk", Path], None]


class Desk:
    """A cluster in this process: orders lie on it until somebody does them. `then` is called when one has come."""

    def __init__(self, *, slots: int = 2, then: Then = lambda desk, path: None) -> None:
        self._slots, self._then = slots, then
        self.lying: dict[Path, Future[str]] = {}
        self.given: list[str] = []

    def submit(self, file: Path, *, name: str, works: int) -> Future[str]:
        assert file.exists()
        self.given.append(name)
        path = file.with_suffix("")
        future = self.lying[path] = Future()
        self._then(self, path)
        return future

    def slots(self) -> int:
        return self._slots

    def is_lost(self, error: BaseException) -> bool:
        return isinstance(error, Lost)

    def do(self, path: Path) -> None:
        path.mkdir()
        self.lying.pop(path).set_result(str(path))


def _orders(tmp_path: Path, count: int) -> list[Order]:
    return [
        Order(archive=tmp_path, folder=tmp_path / "shards", digests={}, whole=(Whole(capture_id=f"c{number}"),))
        for number in range(count)
    ]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runners, "BEAT", 0.01)
    monkeypatch.setattr(runners, "ARRIVES", 0.01)


def test_no_more_is_asked_for_than_can_be_worked_at(tmp_path: Path) -> None:
    """And what is done comes at once, whatever its place."""
    orders, asked = _orders(tmp_path, 50), 0

    def newest(desk: Desk, path: Path) -> None:
        if len(desk.lying) == 6:
            desk.do(path)

    def handed() -> Iterator[Order]:
        nonlocal asked
        for order in orders:
            asked += 1
            yield order
        for path in list(desk.lying):
            desk.do(path)

    desk = Desk(slots=3, then=newest)
    came = []
    for order, path in Elsewhere(desk).run(handed()):
        assert path == order.path
        assert asked - len(came) <= 6
        came.append(order.name)
    assert came[0] == orders[5].name
    assert sorted(came) == sorted(order.name for order in orders)
    assert list((tmp_path / "shards").glob("*.order")) == []


def _losing(error: Exception, times: int) -> Then:
    """The first so many orders end with an error, all others are done at once."""
    left = [times]

    def then(desk: Desk, path: Path) -> None:
        left[0] -= 1
        if left[0] >= 0:
            desk.lying.pop(path).set_exception(error)
        else:
            desk.do(path)

    return then


@pytest.mark.parametrize("error", [Lost("gone"), OSError(28, "No space left on device")])
def test_what_is_lost_is_done_again_but_not_for_ever(tmp_path: Path, error: Exception) -> None:
    (order,) = _orders(tmp_path, 1)
    desk = Desk(then=_losing(error, AGAIN))
    assert [path for _, path in Elsewhere(desk).run([order])] == [order.path]
    assert len(desk.given) == 1 + AGAIN
    (other,) = _orders(tmp_path / "other", 1)
    with pytest.raises(RunnerError, match=rf"was given out {AGAIN + 1} times.*{error.args[-1]}"):
        list(Elsewhere(Desk(then=_losing(error, AGAIN + 1))).run([other]))


def test_a_shard_that_does_not_arrive_is_done_again(tmp_path: Path) -> None:
    (order,) = _orders(tmp_path, 1)

    def first_nowhere(desk: Desk, path: Path) -> None:
        if len(desk.given) == 1:
            desk.lying.pop(path).set_result(str(path))
        else:
            desk.do(path)

    desk = Desk(then=first_nowhere)
    assert [path for _, path in Elsewhere(desk).run([order])] == [order.path]
    assert len(desk.given) == 2


def test_what_fails_by_itself_ends_the_run_and_leaves_nothing(tmp_path: Path) -> None:
    desk = Desk(then=_losing(OtherCode("other rules for dates"), 1))
    with pytest.raises(RunnerError, match=r"shard \w{12} \(1 pages or texts\) failed: OtherCode: other rules"):
        list(Elsewhere(desk).run(_orders(tmp_path, 4)))
    assert list((tmp_path / "shards").glob("*.order")) == []


def test_nobody_there_is_waited_for_and_then_said(tmp_path: Path) -> None:
    desk = Desk(slots=0)
    with pytest.raises(RunnerError, match="without a worker"):
        list(Elsewhere(desk, patience=0.05).run(_orders(tmp_path, 3)))
    assert len(desk.given) == 1


def test_the_same_work_is_never_out_twice(tmp_path: Path) -> None:
    """One shard would be merged and removed under the other's hands."""
    order, other = _orders(tmp_path, 2)
    desk = Desk(slots=8, then=Desk.do)
    for _, path in Elsewhere(desk).run([order, order, other, order]):
        path.rmdir()  # as when it is merged
    assert desk.given.count(order.name) == 3


def test_a_shard_that_was_left_is_not_ordered_again(tmp_path: Path) -> None:
    (order,) = _orders(tmp_path, 1)
    write_shard(order.path, ended={"c0": Ended(result="empty")})
    desk = Desk()
    assert [path for _, path in Elsewhere(desk).run([order])] == [order.path]
    assert desk.given == []


def _there(**others: Any) -> Callable[..., dict[str, object]]:
    """A cluster of one worker, in this process, of which something is not as it should be."""

    def ask(function: Callable[..., Any], folder: str, archive: str, word: str) -> dict[str, object]:
        station = function(others.pop("folder", folder), others.pop("archive", archive), word)
        return {"tcp://10.0.0.7:4711": replace(station, **others)}

    return ask


def test_workers_that_cannot_work_for_us_are_refused(tmp_path: Path) -> None:
    folder, archive = tmp_path / "shards", tmp_path / "archive"
    archive.mkdir()
    wrong = {
        r"does not see .*shards: share that folder": _there(folder=str(tmp_path / "elsewhere")),
        r"does not see .*archive: share that folder": _there(archive=str(tmp_path / "elsewhere")),
        r"does not arrive here": _there(wrote="not-here"),
        r"its rules for casualties, places are not ours .*install the same": _there(
            digests={**digests(), "casualties": "0", "places": "0"}
        ),
        r"start it with DASK_DISTRIBUTED__WORKER__DAEMON=False": _there(childless=True),
        r"has no module 'dateline': install": lambda *args: {"a": ModuleNotFoundError("no", name="dateline")},
        r"cannot be asked: OSError": lambda *args: {"a": OSError("timed out")},
    }
    for words, ask in wrong.items():
        with pytest.raises(RunnerError, match=rf"1 of 1 workers cannot work for us; .*{words}") as refused:
            check_in(ask, folder=folder, archive=archive)
        assert "\n" not in str(refused.value)
    (station,) = check_in(_there(), folder=folder, archive=archive)
    assert station.digests == digests()
    assert list(folder.iterdir()) == []


def test_a_worker_that_came_later_is_held_to_the_same_code(tmp_path: Path) -> None:
    (order,) = _orders(tmp_path, 1)
    file = tmp_path / "x.order"
    runners._write(file, replace(order, digests={**digests(), "dates": "0"}))
    with pytest.raises(OtherCode, match="other rules for dates than the writer"):
        carry(str(file), 30.0)


def test_a_page_that_took_whole_machines_down_is_not_tried_again(tmp_path: Path) -> None:
    """The attempts at an order lie beside it, so that the next machine knows of them."""
    source = Source(id="bad", text="Two men died.")
    order = Order(archive=tmp_path, folder=tmp_path, digests=digests(), whole=(_whole(source),))
    file = tmp_path / f"{order.name}.order"
    runners._write(file, order)
    attempts = Attempts(file.with_suffix(".attempts"))
    for _ in range(MOST):
        attempts.note("trying", capture_id(source), alone=True)  # and no more was heard
    attempts.close()
    (ended,) = ended_of(Path(carry(str(file), 30.0))).values()
    assert (ended.result, ended.reason) == ("failed", f"it killed its worker {MOST} times")


def _whole(source: Source) -> Whole:
    return Whole(capture_id=capture_id(source), source=source)


def test_requests_say_where_the_cluster_is() -> None:
    for wrong in ({"runner": "dask"}, {"address": "tcp://x:1"}, {"runner": "spark"}):
        with pytest.raises(ValidationError):
            IngestRequest.model_validate({"inputs": ["x"], **wrong})
    request = IngestRequest(inputs=["x"], runner="dask", address="tcp://127.0.0.1:8786")
    assert request.meaning() == IngestRequest(inputs=["x"]).meaning()  # whoever reads, it is the same run


def test_the_commands_of_the_page_can_be_called() -> None:
    """docs/large-archives.md: every one is taken as it stands, without being run."""
    page = (ROOT / "docs" / "large-archives.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```console\n(.*?)^```", page, flags=re.MULTILINE | re.DOTALL)
    commands = [shlex.split(line.removeprefix("$ ")) for block in blocks for line in block.splitlines()]
    assert len(commands) == 4
    for words in commands:
        if words[0].startswith("DASK_"):
            assert words.pop(0) == "DASK_DISTRIBUTED__WORKER__DAEMON=False"
        called = {"dask": _dask_takes, "dateline": _dateline_takes}[words[0]]
        called(words[1], words[2:])


def _dask_takes(command: str, words: list[str]) -> None:
    name = f"distributed.cli.dask_{command}"
    module = pytest.importorskip(name, reason="dateline[dask] is not installed")
    assert module.main.make_context(command, words).params


def _dateline_takes(command: str, words: list[str]) -> None:
    module = importlib.import_module(f"dateline.flows.cli.{command}")
    parser = argparse.ArgumentParser()
    module.configure(parser)
    options = parser.parse_args(words)
    assert options.runner == "dask"
    assert options.address == "tcp://127.0.0.1:8786"

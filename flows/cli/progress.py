"""Progress of a run: one live line on a terminal, a plain line every few seconds elsewhere."""

import time
from types import TracebackType
from typing import TextIO

from rich.console import Console
from rich.status import Status

from dateline.flows.collecting import Progress
from dateline.flows.request import IngestReport
from dateline.models.article import Source
from dateline.models.record import Record

EVERY = 5.0  # seconds between plain lines


class Shown(Progress):
    """Tells on `out` how a run goes. A context: the live line ends with it."""

    def __init__(self, out: TextIO, *, waiting: str = "waiting for Prefect") -> None:
        self._console = Console(file=out, highlight=False, soft_wrap=True)
        self._waiting = waiting
        self._status: Status | None = None
        self.report: IngestReport | None = None
        self.begun_at: float | None = None
        self._last = time.monotonic()
        self._came = self._read = self._failed = self._stored = 0
        self._works: int | None = None

    def __enter__(self) -> "Shown":
        if self._console.is_terminal:
            self._status = self._console.status(self._waiting)
            self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Take the live line away."""
        if self._status is not None:
            self._status.stop()
            self._status = None

    def begun(self, *, run_id: int, resumed: bool, done: int) -> None:
        """A run begins, or goes on with `done` inputs behind it."""
        self.begun_at = self._last = time.monotonic()
        again = f", going on after {done:,} inputs" if resumed else ""
        self._console.print(f"dateline: run {run_id} has begun{again}", markup=False)

    def came(self, source: Source) -> None:
        """A source was found or fetched."""
        self._came += 1
        self._tell()

    def planned(self, works: int) -> None:
        """So many pages and texts are to be read."""
        self._works = works

    def read(self, record: Record) -> None:
        """A source was read."""
        self._read += 1
        self._failed += record.article.result == "failed"
        self._tell()

    def stored(self, inputs: int) -> None:
        """So many inputs have their outcome now."""
        self._stored += inputs
        self._tell()

    def finished(self, report: IngestReport) -> None:
        """Every input has its outcome."""
        self.report = report

    def _left(self, pace: float) -> str:
        seconds = max(0, (self._works or 0) - self._read) / max(pace, 0.01)
        return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"

    def _tell(self) -> None:
        now = time.monotonic()
        if self._status is None and now - self._last < EVERY:
            return
        self._last = now
        pace = self._read / max(0.1, now - (self.begun_at or now))
        failed = f" ({self._failed:,} failed)" if self._failed else ""
        found = f"{self._came:,} inputs, " if self._works is None else ""
        of = "" if self._works is None else f" of {self._works:,}"
        left = "" if not self._works or not self._read else f", {self._left(pace)} left"
        line = f"{found}{self._read:,}{of} read{failed}, {self._stored:,} stored, {pace:.0f} a second{left}"
        if self._status is not None:
            self._status.update(line)
        else:
            self._console.print(f"dateline: {line}", markup=False)

"""Attempts: a note beside the store of what is being read, so that a page that takes everything down cannot loop.

A worker that dies is counted against its page at once. When the whole run dies, what was under way is only suspected;
next time it is read last, and alone, and what then takes the run down again is known. Notes survive the end of the
process, not a power cut, and are thrown away when the run is finished.
"""

import json
from collections import Counter
from pathlib import Path
from typing import TextIO

from dateline.flows.reading import Event

MOST = 3  # deaths after which a source is not tried again in this run


class Attempts:
    """The notes of one store; an append-only file of JSON lines [event, capture id, alone]."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._deaths: Counter[str] = Counter()
        self._suspects: set[str] = set()
        self._out: TextIO | None = None
        if path.exists():
            self._load()

    def suspected(self, capture_id: str) -> bool:
        """Whether it was under way when a run died."""
        return capture_id in self._suspects or self._deaths[capture_id] > 0

    def deaths(self, capture_id: str) -> int:
        """How many workers or runs it has taken down for certain."""
        return self._deaths[capture_id]

    def note(self, event: Event, capture_id: str, *, alone: bool) -> None:
        """Write down what happens to a source, before it happens where it is `trying`."""
        if self._out is None:
            self._out = self.path.open("a", encoding="utf-8")
        self._out.write(json.dumps([event, capture_id, alone]) + "\n")
        self._out.flush()

    def close(self) -> None:
        """Keep the notes for the next run."""
        if self._out is not None:
            self._out.close()
            self._out = None

    def clear(self) -> None:
        """Throw the notes away: every input has its outcome."""
        self.close()
        self.path.unlink(missing_ok=True)

    def _load(self) -> None:
        trying: dict[str, bool] = {}
        for line in self.path.read_text(encoding="utf-8").splitlines():
            try:
                event, capture_id, alone = json.loads(line)
            except ValueError:
                continue  # the last line of a run that was killed while it wrote
            if event == "trying":
                if capture_id in trying:  # it never ended: that run died
                    self._died(capture_id, alone=trying[capture_id])
                trying[capture_id] = alone
            else:
                trying.pop(capture_id, None)
                self._deaths[capture_id] += event == "died"
        for capture_id, alone in trying.items():
            self._died(capture_id, alone=alone)

    def _died(self, capture_id: str, *, alone: bool) -> None:
        self._suspects.add(capture_id)
        self._deaths[capture_id] += alone

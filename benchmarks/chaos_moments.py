"""When to kill: moments drawn from what an undisturbed run was seen to do.

Half of them fall into a transaction: between what is written within it, or into its COMMIT, which is too short for the
clock to find. A quarter is drawn from the clock, and a quarter from the steps of the run, the kind of step first, so
that rare ones come too. A moment after a step is waited for by the run itself, which then kills its group: on a busy
machine anybody else would come too late.
"""

import math
import os
import random
import selectors
import subprocess
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

SOON = 0.002  # seconds after a step within a transaction: before the next one, nearly always
LINGER = 0.03  # seconds after a step within which its kill falls: about as long as a shard takes to be stored
AT_THE_END = 4  # transactions of a run when all its inputs are stored: its sources, persons, events, its end
WITHIN = {"merge", "table", "sources", "people"}  # steps of a child that each write a table
TRANSACTION = {"begin": "within a transaction", "commit": "in its commit"}  # where a kill fell, by the last word of it


@dataclass(frozen=True)
class Told:
    """A step, and when it was heard of: seconds after the start."""

    step: str
    at: float


@dataclass
class Moment:
    """When to kill: so many seconds after the start, or `linger` seconds after a step was taken for the nth time."""

    seconds: float | None = None
    step: str = ""
    times: int = 1
    linger: float = 0.0

    def __str__(self) -> str:
        if self.seconds is not None:
            return f"{self.seconds:.2f} s after the start"
        return f"{self.linger * 1000:.1f} ms after {self.step} {self.times}"


@dataclass(frozen=True)
class Pace:
    """What an undisturbed run did: the seconds it took, its steps counted, and of each transaction the seconds up to
    its commit and those of the commit."""

    took: float
    steps: Counter[str] = field(default_factory=Counter)
    transactions: tuple[tuple[float, float], ...] = ()
    inside: tuple[str, ...] = ()  # the kinds of steps that were taken within transactions


def pace_of(told: list[Told], took: float) -> Pace:
    """What was told in an undisturbed run."""
    spans, began = [], 0.0
    ends = [one for one in told if one.step in ("begin", "commit", "committed")]
    for one, after in pairwise(ends):
        if one.step == "begin":
            began = one.at
        elif one.step == "commit" and after.step == "committed":
            spans.append((one.at - began, after.at - one.at))
    steps = Counter(one.step for one in told)
    return Pace(took, steps, tuple(spans), tuple(sorted(WITHIN & steps.keys())))


def moment(pace: Pace, left: float, chance: random.Random) -> Moment:
    """One at random, of a run of which this share is `left` to do (0 to 1)."""
    kind = chance.random()
    if kind < 0.2 and pace.inside:
        step = chance.choice(pace.inside)
        return Moment(step=step, times=_nth(pace, step, left, chance), linger=chance.uniform(0.0, SOON))
    if kind < 0.5 and pace.transactions:
        spans = pace.transactions[-(math.ceil(left * len(pace.transactions)) + AT_THE_END) :]
        number = chance.randrange(len(spans))
        at_commit = chance.random() < 0.5
        linger = chance.uniform(0.0, spans[number][1 if at_commit else 0])
        return Moment(step="commit" if at_commit else "begin", times=number + 1, linger=linger)
    if kind < 0.75:
        return Moment(seconds=chance.uniform(0.0, pace.took))
    step = chance.choice(sorted(pace.steps))
    return Moment(step=step, times=_nth(pace, step, left, chance), linger=chance.uniform(0.0, LINGER))


def _nth(pace: Pace, step: str, left: float, chance: random.Random) -> int:
    return chance.randint(1, max(1, math.ceil(left * pace.steps[step])))


class Listener:
    """Hears what a run tells, step by step."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stdout is not None
        self._file, self._began = process.stdout.fileno(), time.monotonic()
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._file, selectors.EVENT_READ)
        self._rest = b""
        self.told: list[Told] = []
        self.ended = False

    def wait(self, seconds: float) -> None:
        """Return so many seconds after the start, or when the run has ended."""
        end = self._began + seconds
        while not self.ended and (wait := end - time.monotonic()) > 0 and self._selector.select(wait):
            self._heard()

    def last_words(self) -> None:
        """What was told until its end, which has come."""
        while not self.ended:
            self._heard()
        self._selector.close()

    def _heard(self) -> list[Told]:
        data = os.read(self._file, 1 << 16)
        self.ended = not data
        *lines, self._rest = (self._rest + data).split(b"\n")
        heard = [Told(line.decode(), time.monotonic() - self._began) for line in lines]
        self.told += heard
        return heard

    @property
    def place(self) -> str:
        """Where it was at last: within a transaction, in its commit, or outside of any."""
        for one in reversed(self.told):
            if one.step in ("begin", "commit", "committed", "schema"):
                return TRANSACTION.get(one.step, "outside")
        return "outside"

"""The gate before publishing: a source that usually gives 40 articles and gives none tonight is an alarm, no success.

What is usual is what the collection says (`expect`), or what the source gave in its last runs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

LEARNED_FROM = 3  # runs, at least, before anything is usual
LATEST = 14  # runs that are looked at: two weeks of nights
FEWEST, MOST = 0.25, 4.0  # of the median: weekends and slow days stay well inside
SMALL = 4  # articles: around so few, half or double means nothing


@dataclass(frozen=True, kw_only=True)
class SourceNight:
    """What one source of a collection gave in one run: addresses or inputs listed, or why none."""

    source: str
    kind: str
    listed: int
    problem: str | None = None
    notes: tuple[str, ...] = ()
    expect: tuple[int, int] | None = None


def usual(before: Sequence[int]) -> tuple[int, int] | None:
    """The range that the counts of earlier runs (the latest first) make usual; None where they are too few."""
    latest = before[:LATEST]
    if len(latest) < LEARNED_FROM:
        return None
    middle = median(latest)
    if middle <= SMALL:
        return (0, max(20, max(latest) * 5))
    return max(1, int(middle * FEWEST)), max(latest[0], int(middle * MOST))


def alarm(night: SourceNight, before: Sequence[int]) -> str | None:
    """Why tonight's count of a source is no success, in words; None where it may be."""
    if night.problem is not None:
        return f"gave nothing: {night.problem}"
    expected = night.expect or usual(before)
    if expected is None or expected[0] <= night.listed <= expected[1]:
        return None
    said = "expected" if night.expect else "usual"
    return f"gave {night.listed:,} articles; {expected[0]:,} to {expected[1]:,} are {said}"

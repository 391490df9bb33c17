"""How the figures of two reports go together: the same, both possible, rising from day to day, or far apart."""

from typing import Any

from dateline.extractors.events.days import printed
from dateline.extractors.events.weights import part
from dateline.models.event import Count, Part, Report

FAR = 3  # times: tolls further apart than this are hardly two counts of one event
FEW = 4  # dead: two counts so small differ by a man or two, whatever their ratio


def toll(one: Report, other: Report, *, shared: bool) -> Part | None:
    """How the dead of two reports go together, else the injured. `shared`: they name one dead leader."""
    for outcome in ("killed", "killed_or_injured", "injured"):
        mine, theirs = _count(one, outcome), _count(other, outcome)
        if mine is None or theirs is None:
            continue
        a, b = point(mine), point(theirs)
        if a != b and (f"toll {b}" in one.former or f"toll {a}" in other.former):
            return part("toll", "corrected", f"{outcome.replace('_', ' ')} {a}, {b}: one corrects the other")
        found = _counts(mine, theirs, *(printed(each) for each in (one, other)))
        if found.kind == "rising" and outcome != "killed" and _tells_dead(one) != _tells_dead(other):
            return part("toll", "unsettled", f"{found.why}: with dead, and without")
        if found.kind == "other" and outcome == "killed" and 1 in (a, b) and shared:
            return part("toll", "unsettled", f"{found.why}: the leader, and all")
        return found
    return None


def _tells_dead(report: Report) -> bool:
    """Whether it says that somebody died: one that tells of the hurt alone hardly raises the toll of another's dead."""
    count = _count(report, "killed")
    return count is not None and point(count) != 0


def _count(report: Report, outcome: str) -> Count | None:
    """The count of an outcome that says a number."""
    found = next((count for count in report.counts if count.outcome == outcome), None)
    return found if found is not None and point(found) is not None else None


def point(count: Count) -> int | None:
    """The one number that stands for a count."""
    return next((value for value in (count.best, count.low, count.high) if value is not None), None)


def _counts(one: Count, other: Count, when: Any, then: Any) -> Part:
    a, b = point(one) or 0, point(other) or 0
    why = f"{one.outcome.replace('_', ' ')} {a}" + (f", {b}" if a != b else "")
    if (a == 0) != (b == 0):
        return part("toll", "nobody", why)
    if a == b:
        kind = "few" if a < 3 else "some" if a < 10 else "many" if a < 25 else "mass"
        return part("toll", kind, why)
    if _least(one) <= _most(other) and _least(other) <= _most(one) and max(a, b) <= FAR * min(a, b):
        return part("toll", "overlap", why)
    close = max(a, b) <= FAR * min(a, b) or max(a, b) <= FEW
    if not close:
        return part("toll", "other", why)
    if when is None or then is None or when == then:
        return part("toll", "unsettled", why)
    return part("toll", "rising" if (a < b) == (when < then) else "falling", why)


def _least(count: Count) -> int:
    return next((value for value in (count.low, count.best) if value is not None), 0)


def _most(count: Count) -> float:
    return next((value for value in (count.high, count.best if count.low is None else None) if value is not None), 1e9)

"""Whether two reports are of one event: the sum of their parts, and what keeps two events apart."""

from dateline.extractors.events.days import span
from dateline.extractors.events.features import parts, weights
from dateline.models.event import Pair, Report

# Two strikes on following days hardly have these in common.
TELLING = frozenset({("toll", "many"), ("toll", "mass"), ("named", "dead"), ("text", "sentence"), ("text", "copy")})


def compared(one: Report, other: Report) -> Pair | None:
    """How two reports compare; None where they cannot be of one event, or too little speaks for it. Of two incidents of
    one article its reader has said that they are two."""
    if one.text_id == other.text_id:
        return None
    left, right = (one, other) if one.id < other.id else (other, one)
    found = parts(left, right)
    if found is None:
        return None
    total, known = round(sum(part.value for part in found), 2), weights().of["thresholds"]
    if total < known["doubtful"]:
        return None
    return Pair(left=left.id, right=right.id, verdict="same" if total >= known["same"] else "doubtful", parts=found)


def opposed(one: Report, other: Report) -> bool:
    """Whether two reports say too much against each other for one event to hold both, if only through a third report:
    they exclude each other, are of neighbouring days and not known to be one, or contradict in place, toll or weapon.
    Two incidents of one article are opposed too, unless one may be a piece of the other: told for another outcome, or
    without a toll, and nothing against it."""
    if one.text_id == other.text_id and {count.outcome for count in one.counts} & {
        count.outcome for count in other.counts
    }:
        return True
    found = parts(one, other) if one.id < other.id else parts(other, one)
    if found is None:
        return True
    if one.text_id == other.text_id:
        return ("day", "next") in {(part.what, part.kind) for part in found} or any(part.value < 0 for part in found)
    known = weights().of["thresholds"]
    if sum(part.value for part in found) >= known["same"]:
        return False
    kinds = {(part.what, part.kind) for part in found}
    if ("day", "next") in kinds and kinds.isdisjoint(TELLING) and _single_days(one, other):
        return True
    return sum(part.value for part in found if part.value < 0) <= known["opposed"]


def _single_days(*reports: Report) -> bool:
    """Whether each names one day: "overnight" and "at the weekend" often end a day beside what another tells."""
    return all(when is not None and when.kind == "day" for when in map(span, reports))

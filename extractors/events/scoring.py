"""Whether two reports are of one event: the sum of their parts, and what keeps two events apart."""

from collections.abc import Iterable
from itertools import chain

from dateline.extractors.events.days import span
from dateline.extractors.events.features import parts
from dateline.extractors.events.weights import weights
from dateline.models.event import Pair, Part, Report

Parts = tuple[Part, ...]

# Two strikes on following days hardly have these in common.
TELLING = frozenset({("toll", "many"), ("toll", "mass"), ("named", "dead"), ("text", "sentence"), ("text", "copy")})


# The kinds of place that outweigh, between two events, two towns: the town at either end of a road, and a correction.
WIDER = frozenset({"region", "corrected"})
LOST = -0.2  # what speaks more than so against two reports: more than a toll that fell, or another target


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


def opposed(one: Report, other: Report, found: Parts | None) -> bool:
    """Whether two reports, of which `found` are the parts, say too much against each other for one event to hold both,
    if only through a third report: they exclude each other, or contradict in place, toll or weapon. Two incidents of
    one article are opposed too, unless one may be a piece of the other: told for another outcome, or without a toll,
    and little against it."""
    if one.text_id == other.text_id and {count.outcome for count in one.counts} & {
        count.outcome for count in other.counts
    }:
        return True
    if found is None:
        return True
    if one.text_id == other.text_id:
        return ("day", "next") in {(part.what, part.kind) for part in found} or any(part.value < LOST for part in found)
    known = weights().of["thresholds"]
    if sum(part.value for part in found) >= known["same"]:
        return False
    return excluded(one, other, found) or sum(part.value for part in found if part.value < 0) <= known["opposed"]


def excluded(one: Report, other: Report, found: Parts | None) -> bool:
    """Whether no third report can make these two one event: other days, or neighbouring ones and nothing telling."""
    if found is None:
        return True
    kinds = {(part.what, part.kind) for part in found}
    return ("day", "next") in kinds and kinds.isdisjoint(TELLING) and _single_days(one, other)


def together(every: Iterable[Parts]) -> float:
    """What two events have in common, each taken as all that its reports tell (`every`: the parts of each two of their
    reports): of every part the best that is there. Two towns stay two, unless one report tells of both. Where what is
    against is too much, that alone; less, where they meet in no day and place."""
    best: dict[str, float] = {}
    towns = wider = near = False
    for part in chain.from_iterable(every):
        best[part.what] = max(part.value, best.get(part.what, part.value))
        towns |= (part.what, part.kind) == ("place", "other")
        near |= part.what == "place" and part.value > 0 and part.kind != "country"
        wider |= part.what == "place" and part.kind in WIDER
    if towns and not wider:
        best["place"] = weights().of["place"]["other"]
    known = weights().of["thresholds"]
    against = sum(value for value in best.values() if value < 0)
    if against <= known["opposed"]:
        return round(against, 2)
    rough = best.get("day", 0.0) <= weights().of["day"]["month"]  # a month and a place, unless of the same number
    met = near and best.get("day", 0.0) > 0 and not (rough and best.get("toll", 0.0) <= weights().of["toll"]["rising"])
    return round(sum(best.values()) - (0 if met else known["apart"]), 2)


def _single_days(*reports: Report) -> bool:
    """Whether each names one day: "overnight" and "at the weekend" often end a day beside what another tells."""
    return all(when is not None and when.kind == "day" for when in map(span, reports))

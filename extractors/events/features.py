"""What speaks for and against two reports being of one event: day, place, toll, names, words, text, each with why."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any, Literal

from dateline.extractors.events.days import Span, printed, span
from dateline.extractors.events.words import lexicon, likeness
from dateline.extractors.language.data import load_yaml
from dateline.extractors.leaders.identity import same_person
from dateline.extractors.persons.scoring import is_weak
from dateline.models.event import Count, Part, Report, Spot

CLOSE, NEAR = 5.0, 25.0  # km: parts of one town or a village by it; a place that is "near" another
WIDE = 400.0  # km from the middle of a lake, a valley, a desert to what may lie in it
FAR = 3  # times: tolls further apart than this are hardly two counts of one event
FEW = 4  # dead: two counts so small differ by a man or two, whatever their ratio
ALIKE = 0.5  # of the runs of words of two texts: one is made from the other
TOWN, SECOND, FIRST, REGION, COUNTRY, WATER = 2, 3, 4, 5, 6, 7  # UCDP where_prec
OPEN = frozenset({"printed", "said"})
_EARTH = 6371.0  # km, mean radius
What = Literal["day", "place", "toll", "named", "weapon", "target", "text"]


@dataclass(frozen=True)
class Weights:
    """scoring.yml."""

    of: Mapping[str, Mapping[str, float]]


@cache
def weights() -> Weights:
    """The weights, read once a process."""
    data: dict[str, Any] = load_yaml(Path(__file__).parent / "scoring.yml")
    return Weights({group: {name: float(value) for name, value in rows.items()} for group, rows in data.items()})


def _part(what: What, kind: str, why: str) -> Part:
    return Part(what=what, kind=kind, value=weights().of[what][kind], why=why)


def parts(one: Report, other: Report) -> tuple[Part, ...] | None:
    """Every part of two reports' score; None where they cannot be of one event: other days, or an event and what spans
    it."""
    if one.parent != other.parent:
        return None
    days = _day(span(one), span(other))
    if days is False:
        return None
    found = (
        days or None, place(one.place, other.place), _toll(one, other), _named(one, other),
        _words("weapon", one, other), _words("target", one, other), _text(one, other),
    )  # fmt: skip
    return tuple(part for part in found if part is not None)


def _day(one: Span | None, other: Span | None) -> Part | Literal[False] | None:
    """How the days of two reports go together; None where one is not known, False where they exclude each other."""
    if one is None or other is None:
        return None
    kinds = {one.kind, other.kind}
    if not kinds.isdisjoint(OPEN):
        return _by_print(one, other)
    apart = (max(one.first, other.first) - min(one.last, other.last)).days
    if apart > (1 if kinds <= {"day", "days"} else 0):
        return False
    why = str(one.first) if one == other else f"{_written(one)}, {_written(other)}"
    if kinds == {"day"}:
        return _part("day", "same" if apart == 0 else "next", why)
    if kinds <= {"day", "days"}:
        if one == other:
            return _part("day", "same", why)
        return _part("day", "within" if apart <= 0 else "next", why)
    return _part("day", "year" if "year" in kinds else "month", why)


def _by_print(one: Span, other: Span) -> Part | Literal[False]:
    """At least one report names no day of its own, and is of a few days up to its span's last."""
    if {one.kind, other.kind} <= OPEN:
        apart = abs((one.last - other.last).days)
        why = f"no day of its own, {apart} days apart" if apart else f"no day of its own, both of {one.last}"
        kind = "late" if apart else "said" if one.kind == other.kind == "said" else "undated"
        return _part("day", kind, why) if apart <= 1 else False
    undated, dated = (one, other) if one.kind in OPEN else (other, one)
    if dated.last < undated.first or dated.first > undated.last:
        return False
    why = f"{_written(dated)}, and {undated.kind} {undated.last}"
    if dated.kind in ("month", "year"):
        return _part("day", dated.kind, why)
    late = (undated.last - dated.last).days
    if undated.kind == "said" and late <= 0:
        return _part("day", "said", why)
    return _part("day", "printed" if late <= 1 else "late", why)


def _written(when: Span) -> str:
    return str(when.first) if when.first == when.last else f"{when.first}/{when.last}"


def place(one: Spot | None, other: Spot | None) -> Part | None:
    """How two places go together; None where neither is known, or nothing follows."""
    if one is None or other is None:
        known = one or other
        return None if known is None else _part("place", "unknown", f"{known.name}, not told")
    why = one.name if one.name == other.name else f"{one.name}, {other.name}"
    if _is_same(one, other):
        return _part("place", _of_level(max(_level(one), _level(other))), why)
    if REGION in (_level(one), _level(other)):
        if one.admin1 and one.admin1 == other.admin1 and one.country == other.country:
            return _part("place", "region", why)
        far = WIDE < _km(one, other) < float("inf") and one.country != other.country
        return _part("place", "other", why) if far and WATER not in (one.precision, other.precision) else None
    if one.country is None or other.country is None:
        return None
    if one.country != other.country:
        return _part("place", "close" if _towns(one, other) and _km(one, other) <= CLOSE else "other", why)
    if _towns(one, other):
        return _two_towns(one, other, why)
    coarser = max(_level(one), _level(other))
    if coarser >= COUNTRY:
        return _part("place", "country", why)
    if not one.admin1 or not other.admin1:
        return None
    if one.admin1 != other.admin1:
        return _part("place", "other", why)
    if coarser == FIRST:
        return _part("place", "first", why)
    if not one.admin2 or not other.admin2:
        return None
    if one.admin2 != other.admin2:
        return _part("place", "other", why)
    villages = one.name != one.admin2 and other.name != other.admin2 and {one.geonameid, other.geonameid} != {None}
    return _part("place", "near" if villages else "second", why)


def _two_towns(one: Spot, other: Spot, why: str) -> Part:
    km = _km(one, other)
    kind = "close" if km <= CLOSE else "near" if km <= NEAR else "other"
    return _part("place", kind, f"{why}: {km:.0f} km apart")


def _is_same(one: Spot, other: Spot) -> bool:
    if one.geonameid is not None and one.geonameid == other.geonameid:
        return True
    return (
        one.name.lower() == other.name.lower()
        and one.country == other.country
        and (one.admin1 == other.admin1 or not (one.admin1 and other.admin1))
    )


def _level(spot: Spot) -> int:
    """A place's precision, that of a town where it is a point with none; a sea is a region."""
    found = spot.precision or (TOWN if spot.geonameid is None else SECOND)
    return REGION if found > COUNTRY else TOWN if found <= TOWN else found


def _of_level(level: int) -> str:
    return {TOWN: "same", SECOND: "second", FIRST: "first", REGION: "region"}.get(level, "country")


def _towns(one: Spot, other: Spot) -> bool:
    return _level(one) == TOWN == _level(other)


def _km(one: Spot, other: Spot) -> float:
    """The distance of two points over the ground, by the haversine formula."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return float("inf")
    a, b, c, d = (radians(value or 0.0) for value in (one.latitude, one.longitude, other.latitude, other.longitude))
    chord = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(chord)))


def _toll(one: Report, other: Report) -> Part | None:
    """How the dead of two reports go together, else the injured."""
    for outcome in ("killed", "killed_or_injured", "injured"):
        mine, theirs = _count(one, outcome), _count(other, outcome)
        if mine is not None and theirs is not None:
            found = _counts(mine, theirs, *(printed(each) for each in (one, other)))
            alone = found.kind == "other" and outcome == "killed" and 1 in (_point(mine), _point(theirs))
            if alone and _shared(one.dead, other.dead):
                return _part("toll", "unsettled", f"{found.why}: the leader, and all")
            return found
    return None


def _count(report: Report, outcome: str) -> Count | None:
    """The count of an outcome that says a number."""
    found = next((count for count in report.counts if count.outcome == outcome), None)
    return found if found is not None and _point(found) is not None else None


def _point(count: Count) -> int | None:
    """The one number that stands for a count."""
    return next((value for value in (count.best, count.low, count.high) if value is not None), None)


def _counts(one: Count, other: Count, when: Any, then: Any) -> Part:
    a, b = _point(one) or 0, _point(other) or 0
    why = f"{one.outcome.replace('_', ' ')} {a}" + (f", {b}" if a != b else "")
    if (a == 0) != (b == 0):
        return _part("toll", "nobody", why)
    if a == b:
        kind = "few" if a < 3 else "some" if a < 10 else "many" if a < 25 else "mass"
        return _part("toll", kind, why)
    if _least(one) <= _most(other) and _least(other) <= _most(one) and max(a, b) <= FAR * min(a, b):
        return _part("toll", "overlap", why)
    close = max(a, b) <= FAR * min(a, b) or max(a, b) <= FEW
    if not close:
        return _part("toll", "other", why)
    if when is None or then is None or when == then:
        return _part("toll", "unsettled", why)
    return _part("toll", "rising" if (a < b) == (when < then) else "falling", why)


def _least(count: Count) -> int:
    return next((value for value in (count.low, count.best) if value is not None), 0)


def _most(count: Count) -> float:
    return next((value for value in (count.high, count.best if count.low is None else None) if value is not None), 1e9)


def _named(one: Report, other: Report) -> Part | None:
    """The leaders of two reports: the same one dead, two each the only one, or the same one told of."""
    if shared := _shared(one.dead, other.dead):
        return _part("named", "dead", shared)
    if len(one.dead) == 1 == len(other.dead) and not any(map(is_weak, (*one.dead, *other.dead))):
        return _part("named", "other", f"{one.dead[0]}, {other.dead[0]}")
    if shared := _shared((*one.dead, *one.named), (*other.dead, *other.named)):
        return _part("named", "told", shared)
    return None


def _shared(names: tuple[str, ...], others: tuple[str, ...]) -> str | None:
    found = [f"{a} = {b}" for a in names for b in others if same_person(a, b)]
    return min(found, default=None)


def _words(what: Literal["weapon", "target"], one: Report, other: Report) -> Part | None:
    mine, theirs = ({word for word in each.words if word.startswith(what)} for each in (one, other))
    if not mine or not theirs:
        return None
    if mine & theirs:
        return _part(what, "same", ", ".join(sorted(word.partition(" ")[2] for word in mine & theirs)))
    plain = [sorted(word.partition(" ")[2] for word in words) for words in (mine, theirs)]
    why = f"{', '.join(plain[0])}; {', '.join(plain[1])}"
    if what == "target":
        return _part(what, "other", why)
    strange = lexicon().strangers
    if all(frozenset((a, b)) in strange for a in plain[0] for b in plain[1]):
        return _part(what, "other", why)
    return None


def _text(one: Report, other: Report) -> Part | None:
    if set(one.sentences) & set(other.sentences):
        return _part("text", "sentence", "the same sentence")
    if one.main and other.main and (alike := likeness(one.sketch, other.sketch)) >= ALIKE:
        return _part("text", "copy", f"{alike:.0%} of their words in the same runs")
    return None

"""What speaks for and against two reports being of one event: day, place, toll, names, words, text, each with why."""

from typing import Literal

from dateline.extractors.events.days import BEFORE, Span, on_print, span
from dateline.extractors.events.places import named_by, place
from dateline.extractors.events.tolls import toll
from dateline.extractors.events.weights import part
from dateline.extractors.events.words import lexicon, likeness
from dateline.extractors.leaders.identity import same_person
from dateline.extractors.persons.scoring import is_weak
from dateline.models.event import Part, Report

ALIKE = 0.5  # of the runs of words of two texts: one is made from the other
ALIKE_TOLLS = frozenset({"some", "many", "mass"})
OPEN = frozenset({"printed", "said"})


def parts(one: Report, other: Report) -> tuple[Part, ...] | None:
    """Every part of two reports' score; None where they cannot be of one event: other days, or an event and what spans
    it."""
    if one.parent != other.parent:
        return None
    shared = _shared(one.dead, other.dead)
    tolls = toll(one, other, shared=shared is not None)
    days = _day(one, other)
    if tolls is not None and tolls.kind in ALIKE_TOLLS and (days is False or days.kind == "next"):
        days = _eve(one, other) or days
    if days is False:
        return None
    found = (
        days, _place(one, other), tolls, _named(one, other, shared),
        _words("weapon", one, other), _words("target", one, other), _text(one, other),
    )  # fmt: skip
    return tuple(part for part in found if part is not None)


def _day(one: Report, other: Report) -> Part | Literal[False]:
    """How the days of two reports go together; False where they exclude each other, and
    neither article says that it corrects the other's."""
    first, second = span(one), span(other)
    if first is None or second is None:
        return part("day", "untold", "no day told")
    found = _by_print(first, second) if not {first.kind, second.kind}.isdisjoint(OPEN) else _days(first, second)
    if found is not False and found.kind == "next":
        found = _over_night(one, other, found)
    if (found is False or found.value < 0) and (_was(one, second) or _was(other, first)):
        return part("day", "corrected", f"{_written(first)}, {_written(second)}: one corrects the other")
    return found


def _eve(one: Report, other: Report) -> Part | None:
    """A day that is that of the print, and one of the few before."""
    before, after = sorted((one, other), key=lambda report: report.latest or "")
    first, last = span(before), span(after)
    if first is None or last is None or first.kind != "day" or not on_print(after):
        return None
    if not 1 <= (last.last - first.first).days <= BEFORE:
        return None
    return part("day", "eve", f"{first.first}, {last.last}, which is the day of print")


def _over_night(one: Report, other: Report, found: Part) -> Part:
    """Neighbouring days, unless the one ends and the other begins with the night between them."""
    before, after = sorted((one, other), key=lambda report: report.latest or "")
    edges = ("late" in before.nights, "early" in after.nights)
    return part("day", "night" if all(edges) else "edge" if any(edges) else "next", found.why)


def _was(report: Report, when: Span) -> bool:
    """Whether this is the day that a report says it was not."""
    return when.first == when.last and f"day {when.first}" in report.former


def _days(one: Span, other: Span) -> Part | Literal[False]:
    """Two reports of which each names its days."""
    kinds = {one.kind, other.kind}
    apart = (max(one.first, other.first) - min(one.last, other.last)).days
    if apart > (1 if kinds <= {"day", "days"} else 0):
        return False
    why = str(one.first) if one == other else f"{_written(one)}, {_written(other)}"
    if kinds == {"day"}:
        return part("day", "same" if apart == 0 else "next", why)
    if kinds <= {"day", "days"}:
        if one == other:
            return part("day", "same", why)
        return part("day", "within" if apart <= 0 else "next", why)
    return part("day", "year" if "year" in kinds else "month", why)


def _by_print(one: Span, other: Span) -> Part | Literal[False]:
    """At least one report names no day of its own, and is of a few days up to its span's last."""
    if {one.kind, other.kind} <= OPEN:
        apart = abs((one.last - other.last).days)
        why = f"no day of its own, {apart} days apart" if apart else f"no day of its own, both of {one.last}"
        kind = "apart" if apart else "said" if one.kind == other.kind == "said" else "undated"
        return part("day", kind, why) if apart <= 1 else False
    undated, dated = (one, other) if one.kind in OPEN else (other, one)
    if dated.last < undated.first or dated.first > undated.last:
        return False
    why = f"{_written(dated)}, and {undated.kind} {undated.last}"
    if dated.kind in ("month", "year"):
        return part("day", dated.kind, why)
    late = (undated.last - dated.last).days
    if undated.kind == "said" and late <= 0:
        return part("day", "said", why)
    return part("day", "printed" if late <= 1 else "late", why)


def _written(when: Span) -> str:
    return str(when.first) if when.first == when.last else f"{when.first}/{when.last}"


def _place(one: Report, other: Report) -> Part | None:
    """Where two reports were, or what one of them corrects."""
    bare = one if one.place is None else other
    found = place(one.place, other.place, bare.about)
    if found is None or found.value <= 0:
        for report, spot in ((one, other.place), (other, one.place)):
            if report.former and spot is not None and not named_by(spot).isdisjoint(report.former):
                return part("place", "corrected", f"{spot.name}, which the other corrects")
    return found


def _named(one: Report, other: Report, shared: str | None) -> Part | None:
    """The leaders of two reports: the same one dead (`shared`), two each the only one, or the same one told of."""
    if shared:
        return part("named", "dead", shared)
    if len(one.dead) == 1 == len(other.dead) and not any(map(is_weak, (*one.dead, *other.dead))):
        return part("named", "other", f"{one.dead[0]}, {other.dead[0]}")
    if spoken := _shared(one.dead, other.named) or _shared(one.named, other.dead):
        return part("named", "spoken", spoken)
    if told := _shared(one.named, other.named):
        return part("named", "told", told)
    return None


def _shared(names: tuple[str, ...], others: tuple[str, ...]) -> str | None:
    found = [f"{a} = {b}" for a in names for b in others if same_person(a, b)]
    return min(found, default=None)


def _words(what: Literal["weapon", "target"], one: Report, other: Report) -> Part | None:
    mine, theirs = ({word for word in each.words if word.startswith(what)} for each in (one, other))
    if not mine or not theirs:
        return None
    if mine & theirs:
        return part(what, "same", ", ".join(sorted(word.partition(" ")[2] for word in mine & theirs)))
    plain = [sorted(word.partition(" ")[2] for word in words) for words in (mine, theirs)]
    why = f"{', '.join(plain[0])}; {', '.join(plain[1])}"
    if what == "target":
        return part(what, "other", why)
    strange = lexicon().strangers
    if all(frozenset((a, b)) in strange for a in plain[0] for b in plain[1]):
        return part(what, "other", why)
    return None


def _text(one: Report, other: Report) -> Part | None:
    if set(one.sentences) & set(other.sentences):
        return part("text", "sentence", "the same sentence")
    if one.main and other.main and (alike := likeness(one.sketch, other.sketch)) >= ALIKE:
        return part("text", "copy", f"{alike:.0%} of their words in the same runs")
    return None

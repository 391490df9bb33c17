"""An event as the claims of one article make it, and what can be one with it."""

import re
from dataclasses import dataclass, field
from datetime import date as Day
from datetime import timedelta

from dateline.extractors.incidents.agreement import NEAR, dates_agree, places_agree
from dateline.extractors.incidents.occasions import words
from dateline.extractors.incidents.relations import adds, repeats
from dateline.extractors.incidents.text import Layout
from dateline.extractors.language.numbers import TENS, UNITS
from dateline.models.fields.casualties import CasualtyFact
from dateline.models.fields.dates import DateFact
from dateline.models.fields.places import PlaceFact

TOTAL = "casualties.toll"
RECENT = 30  # claims of an event that are looked at, and events that a claim is held against
LATELY = timedelta(days=3)  # before the day of a statement: what it tells of without a day happened then, or that day
_WORD = re.compile(r"[^\W_]+(?:['’]s)?")
REACH = 400  # characters around a claim in which "the attack" can stand
_AMONG = re.compile(
    r"\s*(?:He|She|They|Both|All)\b[^.,;]{1,30}\b(?:among|amongst|one of)\b"
)  # "He was among six killed"
_NOUN = 4  # words from "the" to its attack: "the twin suicide bombings"

_SOME_OF = re.compile(r"\w+(?: more)? of the (\w+)$", re.IGNORECASE)


@dataclass(slots=True)
class Event:
    """Claims about one event, first told in sentence `at`. `said` is the day of the statement that tells of it, where
    no day of its own is known. `background` events are what the article's news looks back on, `old` ones by their date;
    an event over `several` is the parent of those it spans; nothing joins one that stands `alone`, and no claim without
    day and place one that was only told of `aside` ("a day after a mortar killed two")."""

    at: int
    claims: list[CasualtyFact] = field(default_factory=list)
    dates: list[DateFact] = field(default_factory=list)
    place: PlaceFact | None = None
    said: DateFact | None = None
    background: bool = False
    old: bool = False
    several: bool = False
    alone: bool = False
    aside: bool = False
    apart: bool = False  # told of as another one than those before: "elsewhere", "the same day in Orvan"
    undated: bool = False  # "a day later" than one that nobody knows: no other event's day is its own
    elsewhere: bool = False  # in "a neighbouring district": no place is known but its own
    parent: "Event | None" = None

    def agrees(self, date: DateFact | None, place: PlaceFact | None) -> bool:
        """Whether a day and place can be this event's."""
        if not places_agree(self.place, place):
            return False
        if self.dates:
            return any(dates_agree(own, date) for own in self.dates)
        return date is None or self.said is None or is_lately(date, self.said)


def is_lately(date: DateFact, said: DateFact) -> bool:
    """Whether a day can be that of what a statement told of as just happened."""
    if date.earliest is None or said.latest is None:
        return True
    latest, spoken = Day.fromisoformat(date.latest or date.earliest), Day.fromisoformat(said.latest)
    return date.earliest <= said.latest and spoken - latest <= LATELY


def is_retold(event: Event, claim: CasualtyFact) -> bool:
    """Whether a claim gives a figure that the event has already."""
    figure = (claim.outcome, claim.low, claim.best, claim.high)
    return any((other.outcome, other.low, other.best, other.high) == figure for other in event.claims[-RECENT:])


def can_be(layout: Layout, event: Event, claim: CasualtyFact, new: Event) -> bool:
    """Whether a claim can be of an event, where `new` is what it would tell of by its own words."""
    date, said = (new.dates[0] if new.dates else None), new.said
    if not event.agrees(date, new.place) or _is_other_town(layout, event, claim, new):
        return False
    if _is_other_village(layout, event, claim, new):
        return False
    if date is None and said is not None and event.dates:
        same = any(dates_agree(own, said) for own in event.dates)
        return same or (_is_before(event.dates, said) and goes_on(layout, event, claim))
    if date is not None and not event.dates and event.said is not None:
        return dates_agree(event.said, date) or goes_on(layout, event, claim) or _is_new_outcome(event, claim)
    return True


def _is_other_town(layout: Layout, event: Event, claim: CasualtyFact, new: Event) -> bool:
    """Whether one sentence tells of both, each in a town of its own: "two in Orvan and three in Tessel"."""
    one, other = event.place, new.place
    if one is None or other is None or not event.claims or one.geonameid == other.geonameid:
        return False
    towns = (one.precision or 9) <= NEAR and (other.precision or 9) <= NEAR
    return towns and layout.sentence(event.claims[-1].start) == layout.sentence(claim.start)


def _is_other_village(layout: Layout, event: Event, claim: CasualtyFact, new: Event) -> bool:
    """Whether a claim is of a place that no gazetteer knows, and the event of a town or of another such place; unless
    it says that it speaks of the same attack."""
    one, other = event.place, new.place
    if one is None or other is None or one.name == other.name or (one.country and other.country):
        return False
    exact = all(place.country is None or (place.precision or 9) <= NEAR for place in (one, other))
    return exact and not goes_on(layout, event, claim)


def _is_new_outcome(event: Event, claim: CasualtyFact) -> bool:
    """Whether an event is not known to have left any such victims: "Four died, police said on Monday. The men came on
    Sunday evening and wounded nine" (the injured)."""
    return bool(event.claims) and all(other.outcome != claim.outcome for other in event.claims[-RECENT:])


def _is_before(dates: list[DateFact], said: DateFact) -> bool:
    """Whether what happened on these dates can have been told of on a day."""
    return any(date.earliest is None or said.latest is None or date.earliest <= said.latest for date in dates)


def goes_on(layout: Layout, event: Event, claim: CasualtyFact) -> bool:
    """Whether a claim that names another day than the statement of an event can all the same tell of that event: it
    gives its figure, or more of its people, or speaks of "the attack"."""
    told = is_retold(event, claim) or claim.rule == TOTAL or repeats(claim) or adds(layout, claim)
    start, stop = layout.bounds(layout.sentence(claim.start))
    told = told or _AMONG.match(layout.text, start, claim.start) is not None or _is_named(event, claim)
    return told or names_attack(layout.text[max(start, claim.start - REACH) : min(stop, claim.stop + REACH)])


def _is_named(event: Event, claim: CasualtyFact) -> bool:
    """Whether a claim names whom one of the event's named: "Karim Shah died … Shah and his son were killed"."""
    names = [other.quote.split()[-1] for other in event.claims[-RECENT:] if other.best == 1]
    return any(name[:1].isupper() and name in claim.quote.split() for name in names)


def names_attack(sentence: str) -> bool:
    """Whether a sentence speaks of an attack as one that is known: "the blast", "Monday's raid"."""
    found = _WORD.findall(sentence.lower())
    known = [at for at, word in enumerate(found) if word in ("the", "this") or word.endswith(("day's", "day’s"))]
    return any(not words("attacks").isdisjoint(found[at + 1 : at + 1 + _NOUN]) for at in known)


def of_number(events: list[Event], claim: CasualtyFact) -> Event | None:
    """The event of which a claim counts some of the people by their number: "two of the six died on Friday"."""
    found = _SOME_OF.match(claim.quote)
    number = _number(found.group(1)) if found else None
    told = (event for event in reversed(events[-RECENT:]) if not event.alone)
    return (
        next((event for event in told if any(fact.best == number for fact in event.claims[-RECENT:])), None)
        if number
        else None
    )


def _number(word: str) -> int | None:
    """The value of a number of one word."""
    return int(word) if word.isdecimal() and len(word) < 6 else {**UNITS, **TENS}.get(word.lower())

"""Events: the claims of an article gathered by day, place and where they stand."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from dateline.extractors.incidents.occasions import is_occasion, is_separate, tells_event, tells_violence
from dateline.extractors.incidents.place_time import (
    Setting,
    date_at,
    dates_agree,
    days_around,
    days_of,
    interval,
    is_old,
    night_of,
    place_at,
    places_agree,
    within,
)
from dateline.extractors.incidents.relations import repeats
from dateline.extractors.incidents.text import Layout
from dateline.models.fields.casualties import CasualtyFact
from dateline.models.fields.dates import DateFact
from dateline.models.fields.places import PlaceFact

TOTAL = "casualties.toll"
PARTIAL = frozenset({"casualties.among", "casualties.attributive"})  # their sentence tells what became of some later
ROSTER = "casualties.roster"  # each of a list of named dead died on a day and in a place of his own
COUNTRY = 6  # where_prec of a country: the town may be named in a later sentence
BEFORE = 40  # sentences: further back, a day or place belongs to another part of the article
RECENT = 30  # events a claim may belong to
MOST = 40  # events without a toll: an article with more is a chronology, and none of them its news
CONTEXT = 4  # sentences of its paragraph in which the day and place of a claim that names none can stand
_CLAUSE_END = re.compile(r"[,;]|\sand\s")
SEPARATE = 60  # characters behind a claim: "three died in a separate clash"
AFTER = 3  # sentences: how far ahead a day or place may be given for the first time


@dataclass(slots=True)
class Event:
    """Claims about one event, first told in sentence `at`. `background` events are what the article's news looks back
    on, `old` ones by their date; an event over `several` is the parent of those it spans; nothing joins one that stands
    `alone`."""

    at: int
    claims: list[CasualtyFact] = field(default_factory=list)
    dates: list[DateFact] = field(default_factory=list)
    place: PlaceFact | None = None
    background: bool = False
    old: bool = False
    several: bool = False
    alone: bool = False
    parent: "Event | None" = None

    def agrees(self, date: DateFact | None, place: PlaceFact | None) -> bool:
        """Whether a day and place can be this event's."""
        return places_agree(self.place, place) and (not self.dates or any(dates_agree(own, date) for own in self.dates))


def events_of(
    layout: Layout, setting: Setting, claims: Sequence[CasualtyFact], named: Mapping[str, Sequence[str]]
) -> list[Event]:
    """The events that the claims, in text order, speak of; then those of which only day and place are told. `named`
    are the persons that a claim says were killed, by its id: nobody dies in two events."""
    events: list[Event] = []
    by_claim: dict[str, Event] = {}
    by_person: dict[str, Event] = {}
    for claim in claims:
        persons = named.get(claim.id, ())
        event = by_claim.get(claim.part_of or "") or next((by_person[one] for one in persons if one in by_person), None)
        if event is None:
            event = _event(layout, setting, events, claim)
        elif not event.dates and claim.part_of is None:
            date, place = _told_at(layout, setting, events, claim)
            event.dates = [] if date is None else night_of(layout, setting, layout.sentence(claim.start), date)
            event.place = _finer(event.place, place) if places_agree(event.place, place) else event.place
        event.claims.append(claim)
        by_claim[claim.id] = event
        by_person.update({one: event for one in persons if one not in by_person})
    for event in events:
        _complete(layout, setting, event)
    for event in [event for event in events if event.several and event.dates][:MOST]:
        events.extend(_parts(events, event))
    told = len(events)
    for sentence in sorted(setting.dates):
        if len(events) - told < MOST:
            events.extend(_bare_events(layout, setting, events, sentence))
    return events


def _event(layout: Layout, setting: Setting, events: list[Event], claim: CasualtyFact) -> Event:
    """The event of a claim: the latest that agrees in day, place and kind, else a new one."""
    sentence = layout.sentence(claim.start)
    if claim.rule == TOTAL and events and any(layout.sentence(other.start) == sentence for other in events[-1].claims):
        return events[-1]  # "died at dawn, lifting the toll to three"
    date, place = _told_at(layout, setting, events, claim)
    new = _new(layout, setting, claim, date, place)
    last = next((event for event in reversed(events[-RECENT:]) if not event.alone), None)
    bare = date is None and place is None and not new.alone
    if last is not None and claim.vague is not None and repeats(claim):
        return last  # "the killing of these leaders" tells of no other event
    if bare and not new.background:
        told = next((event for event in reversed(events[-RECENT:]) if _leads_on(layout, event, claim)), None)
        if told is not None:
            return told
    for event in islice(reversed(events), 0 if new.alone or _is_apart(layout, claim) else RECENT):
        if event.background == new.background and not event.alone and event.agrees(date, place):
            if event.several == new.several:
                if claim.rule not in PARTIAL:
                    event.dates = _narrower(event.dates, date) if event.dates else new.dates
                event.place = _finer(event.place, place)
                return event
            if _is_retold(event, claim) and (event.several or not event.dates):
                event.dates, event.several = event.dates or new.dates, True  # the headline's sum of two clashes
                return event
    if last is not None and bare and (repeats(claim) or _cue(claim).endswith(" of")):
        return last  # "all four were killed", "the death of Karim Shah split the group": they were told of before
    events.append(new)
    return new


def _new(
    layout: Layout, setting: Setting, claim: CasualtyFact, date: DateFact | None, place: PlaceFact | None
) -> Event:
    """The event that a claim with this day and place would be the first to tell of."""
    sentence = layout.sentence(claim.start)
    start, stop = layout.bounds(sentence)
    dates = [] if date is None else night_of(layout, setting, sentence, date)
    new = Event(sentence, [], dates, place, several=claim.scope == "several")
    if claim.rule == ROSTER:
        new.background = new.alone = True
    else:
        nominal = _cue(claim).endswith(" of")
        new.old = is_old(setting, layout, date, claim)
        new.background = new.old or is_occasion(layout.text[start:stop], claim.start - start, nominal=nominal)
    if new.several:
        new.dates = days_around(setting, sentence, claim.start)
    return new


def _cue(claim: CasualtyFact) -> str:
    return next((part.quote for part in claim.evidence if part.role == "cue"), "")


def _is_apart(layout: Layout, claim: CasualtyFact) -> bool:
    """Whether the words around a claim say that it is another event's: "in a separate clash"."""
    if claim.rule == TOTAL:
        return False
    start, stop = layout.bounds(layout.sentence(claim.start))
    behind = layout.text[claim.stop : min(stop, claim.stop + SEPARATE)]
    return is_separate(layout.text[start : claim.start]) or is_separate(_CLAUSE_END.split(behind, 1)[0])


def _leads_on(layout: Layout, event: Event, claim: CasualtyFact) -> bool:
    """Whether a claim without day and place goes on, in the next sentence, from an event long past: "Ten years ago a
    bomb killed nine people there. The bomber was shot dead."""
    last = event.claims[-1].start if event.old and event.claims else None
    if last is None or layout.paragraph(last) != layout.paragraph(claim.start):
        return False
    return layout.sentence(claim.start) - layout.sentence(last) <= 1


def _told_at(
    layout: Layout, setting: Setting, events: list[Event], claim: CasualtyFact
) -> tuple[DateFact | None, PlaceFact | None]:
    """The day and place of a claim: its sentence's, or those of an attack told before it in its paragraph ("Shells fell
    on Menaka on Monday. A woman died."), as long as no other toll stands between."""
    sentence = layout.sentence(claim.start)
    date = date_at(setting, sentence, claim.start, claim.stop)
    place = place_at(setting, sentence, claim.start, claim.stop)
    if date is not None or place is not None:
        return date, place
    first = layout.sentence(layout.paragraphs[layout.paragraph(claim.start)])
    told = layout.sentence(events[-1].claims[-1].start) if events else -1
    for before in range(sentence - 1, max(first - 1, told, sentence - 1 - CONTEXT), -1):
        start, stop = layout.bounds(before)
        date, place = date_at(setting, before, stop, stop), place_at(setting, before, stop, stop)
        if date is not None and date in days_of(setting, before) and tells_violence(layout.text[start:stop]):
            return date, place
    return None, None


def _is_retold(event: Event, claim: CasualtyFact) -> bool:
    """Whether a claim gives a figure that the event has already."""
    figure = (claim.outcome, claim.low, claim.best, claim.high)
    return any((other.outcome, other.low, other.best, other.high) == figure for other in event.claims[-RECENT:])


def _parts(events: list[Event], whole: Event) -> Iterable[Event]:
    """The events that one over several spans: those told on a day of it become its parts; for a day of which nothing
    more is told there is a new one."""
    earliest, latest, precision = interval(whole.dates)
    if precision == 1:
        return
    for event in islice((event for event in events if event.claims and not event.several), MOST):
        first, last, _ = interval(event.dates)
        inside = first is not None and str(earliest) <= first and str(last) <= str(latest)
        if inside and not (event.background or event.alone) and places_agree(event.place, whole.place):
            event.parent = whole
    parts = [event for event in events if event.parent is whole]
    for date in whole.dates if len(whole.dates) > 1 else ():
        if not any(dates_agree(date, own) for event in parts for own in event.dates):
            yield Event(whole.at, [], [date], whole.place, parent=whole)


def _narrower(dates: list[DateFact], date: DateFact | None) -> list[DateFact]:
    """An event's dates, or the one that says more exactly when its only one was ("overnight", then "Monday night")."""
    if date is None or len(dates) > 1:
        return dates
    if not (within(date, dates[0]) and (date.precision or 9) < (dates[0].precision or 9)):
        return dates
    return [date]


def _finer(one: PlaceFact | None, other: PlaceFact | None) -> PlaceFact | None:
    if one is None or other is None:
        return one or other
    return other if (other.precision or 9) < (one.precision or 9) else one


def _complete(layout: Layout, setting: Setting, event: Event) -> None:
    """Give an event the day and place of the nearest sentence before it, else of one soon after. What the article looks
    back on has only its own."""
    if event.background:
        return
    for sentence in _near(layout, event.at):
        if event.dates and event.place is not None and (event.place.precision or 9) < COUNTRY:
            return
        stop = layout.bounds(sentence)[1]
        date = date_at(setting, sentence, stop, stop)
        if not event.dates and date is not None and date in days_of(setting, sentence):
            event.dates = night_of(layout, setting, sentence, date)  # a month or year elsewhere tells of something else
        if event.place is None or (sentence > event.at and (event.place.precision or 9) >= COUNTRY):
            place = place_at(setting, sentence, stop, stop)
            event.place = _finer(event.place, place) if places_agree(event.place, place) else event.place


def _near(layout: Layout, sentence: int) -> Iterable[int]:
    yield from range(sentence - 1, max(-1, sentence - 1 - BEFORE), -1)
    yield from range(sentence + 1, min(sentence + 1 + AFTER, len(layout.sentences)))


def _bare_events(layout: Layout, setting: Setting, events: list[Event], sentence: int) -> Iterable[Event]:
    """The events of which a sentence gives day and place, and no toll."""
    start, stop = layout.bounds(sentence)
    if not tells_event(layout.text[start:stop]):
        return
    found: list[Event] = []
    for date in days_of(setting, sentence)[:MOST]:
        near = (place_at(setting, other, date.start, date.stop) for other in (sentence, sentence - 1, sentence + 1))
        place = next((place for place in near if place is not None), None)
        if place is not None and not any(event.agrees(date, place) for event in [*events, *found] if not event.several):
            parent = next((event for event in events if event.several and event.agrees(date, place)), None)
            found.append(Event(sentence, [], [date], place, parent=parent))
    yield from found

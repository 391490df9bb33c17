"""Events: the claims of an article gathered by day, place and where they stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from dateline.extractors.incidents.occasions import is_occasion, tells_event
from dateline.extractors.incidents.place_time import (
    Setting,
    date_at,
    dates_agree,
    days_of,
    place_at,
    places_agree,
    within,
)
from dateline.extractors.incidents.text import Layout
from dateline.models.fields.casualties import CasualtyFact
from dateline.models.fields.dates import DateFact
from dateline.models.fields.places import PlaceFact

TOTAL = "casualties.toll"
ROSTER = "casualties.roster"  # each of a list of named dead died on a day and in a place of his own
DAYS = 2  # date_prec of a few days: nothing coarser makes an event on its own
COUNTRY = 6  # where_prec of a country: the town may be named in a later sentence
BEFORE = 40  # sentences: further back, a day or place belongs to another part of the article
RECENT = 30  # events a claim may belong to
MOST = 40  # events without a toll: an article with more is a chronology, and none of them its news
AFTER = 3  # sentences: how far ahead a day or place may be given for the first time


@dataclass(slots=True)
class Event:
    """Claims about one event, first told in sentence `at`. `background` events are what the article's news looks back
    on; an event over `several` is the parent of those it spans; nothing joins one that stands `alone`."""

    at: int
    claims: list[CasualtyFact] = field(default_factory=list)
    dates: list[DateFact] = field(default_factory=list)
    place: PlaceFact | None = None
    background: bool = False
    several: bool = False
    alone: bool = False
    parent: "Event | None" = None

    def agrees(self, date: DateFact | None, place: PlaceFact | None) -> bool:
        """Whether a day and place can be this event's."""
        return places_agree(self.place, place) and (not self.dates or any(dates_agree(own, date) for own in self.dates))


def events_of(layout: Layout, setting: Setting, claims: Sequence[CasualtyFact]) -> list[Event]:
    """The events that the claims, in text order, speak of; then those of which only day and place are told."""
    events: list[Event] = []
    by_claim: dict[str, Event] = {}
    for claim in claims:
        event = by_claim.get(claim.part_of or "") or _event(layout, setting, events, claim)
        event.claims.append(claim)
        by_claim[claim.id] = event
    for event in events:
        _complete(layout, setting, event)
    for event in [event for event in events if event.several and len(event.dates) > 1]:
        events.extend(Event(event.at, [], [date], event.place, parent=event) for date in event.dates)
    told = len(events)
    for sentence in sorted(setting.dates):
        if len(events) - told < MOST:
            events.extend(_bare_events(layout, setting, events, sentence))
    return events


def _event(layout: Layout, setting: Setting, events: list[Event], claim: CasualtyFact) -> Event:
    """The event of a claim: the latest that agrees in day, place and kind, else a new one."""
    sentence = layout.sentence(claim.start)
    start, stop = layout.bounds(sentence)
    several = claim.scope == "several"
    if claim.rule == TOTAL and events and any(layout.sentence(other.start) == sentence for other in events[-1].claims):
        return events[-1]  # "died of his wounds on Monday, raising the toll to three"
    date = date_at(setting, sentence, claim.start, claim.stop)
    place = place_at(setting, sentence, claim.start, claim.stop)
    if claim.rule == ROSTER:
        events.append(Event(sentence, [], _dates(date), place, background=True, alone=True))
        return events[-1]
    background = is_occasion(layout.text[start:stop], claim.start - start, nominal=claim.rule == "casualties.of")
    for event in islice(reversed(events), RECENT):
        if (event.background, event.several) == (background, several) and not event.alone and event.agrees(date, place):
            event.dates = _narrower(event.dates, date)
            event.place = _finer(event.place, place)
            return event
    dates = days_of(setting, sentence) if several else _dates(date)
    events.append(Event(sentence, [], dates, place, background, several))
    return events[-1]


def _dates(date: DateFact | None) -> list[DateFact]:
    return [] if date is None else [date]


def _narrower(dates: list[DateFact], date: DateFact | None) -> list[DateFact]:
    """An event's dates, or the one that says more exactly when its only one was ("overnight", then "Monday night")."""
    if date is None or len(dates) > 1:
        return dates
    if dates and not (within(date, dates[0]) and (date.precision or 9) < (dates[0].precision or 9)):
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
            event.dates = [date]  # a month or year elsewhere tells of something else
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

"""The day and place of an event that its claims' own sentences do not tell."""

from collections.abc import Iterable, Sequence

from dateline.extractors.incidents.agreement import places_agree
from dateline.extractors.incidents.event import Event, is_lately
from dateline.extractors.incidents.occasions import tells_violence
from dateline.extractors.incidents.place_time import Setting, date_at, days_of, night_of, place_at
from dateline.extractors.incidents.text import Layout
from dateline.models.fields.dates import DateFact
from dateline.models.fields.places import PlaceFact

COUNTRY = 6  # where_prec of a country: the town may be named in a later sentence
BEFORE = 40  # sentences: further back, a day or place belongs to another part of the article
AFTER = 3  # sentences: how far ahead a day or place may be given for the first time


def complete(layout: Layout, setting: Setting, events: Sequence[Event]) -> None:
    """Give each event the day and place of the nearest sentence before it, else of one soon after; one that has no day
    even so that of the statement that tells of it. What the article looks back on has only its own."""
    taken = {date.id for event in events for date in event.dates}
    for event in events:
        if not event.background:
            _complete(layout, setting, event, taken)
        if not event.dates and event.said is not None and not event.several:
            event.dates = [event.said]


def _complete(layout: Layout, setting: Setting, event: Event, taken: set[str]) -> None:
    for sentence in _near(layout, event.at):
        if event.dates and event.place is not None and (event.place.precision or 9) < COUNTRY:
            return
        stop = layout.bounds(sentence)[1]
        date = date_at(setting, sentence, stop, stop)
        known = date is not None and date in days_of(setting, sentence)  # no month or year elsewhere
        if not event.dates and date is not None and known and _is_its_day(layout, event, sentence, date, taken):
            event.dates = night_of(layout, setting, sentence, date)
        if event.place is None or (sentence > event.at and (event.place.precision or 9) >= COUNTRY):
            place = place_at(setting, sentence, stop, stop)
            event.place = finer(event.place, place) if places_agree(event.place, place) else event.place


def _is_its_day(layout: Layout, event: Event, sentence: int, date: DateFact, taken: set[str]) -> bool:
    """Whether the day of a sentence can be that of an event. Where a statement tells of it, that is no other event's
    day, and that of an attack shortly before ("…, officials said on Thursday. The blast happened on Wednesday")."""
    if event.said is None:
        return True
    start, stop = layout.bounds(sentence)
    return date.id not in taken and is_lately(date, event.said) and tells_violence(layout.text[start:stop])


def _near(layout: Layout, sentence: int) -> Iterable[int]:
    yield from range(sentence - 1, max(-1, sentence - 1 - BEFORE), -1)
    yield from range(sentence + 1, min(sentence + 1 + AFTER, len(layout.sentences)))


def finer(one: PlaceFact | None, other: PlaceFact | None) -> PlaceFact | None:
    """The more precise of two places; the first where neither is."""
    if one is None or other is None:
        return one or other
    return other if (other.precision or 9) < (one.precision or 9) else one

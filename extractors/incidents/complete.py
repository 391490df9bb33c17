"""The day and place of an event that its claims' own sentences do not tell."""

import re
from collections.abc import Iterable, Sequence

from dateline.extractors.incidents.agreement import NEAR, is_within, places_agree
from dateline.extractors.incidents.event import TOTAL, Event, is_lately
from dateline.extractors.incidents.home import headline_of
from dateline.extractors.incidents.occasions import is_separate, tells_violence
from dateline.extractors.incidents.place_time import Setting, date_at, days_of, night_of, place_at
from dateline.extractors.incidents.relations import hurt
from dateline.extractors.incidents.telling import is_late_death
from dateline.extractors.incidents.text import Layout
from dateline.models.fields.dates import DateFact
from dateline.models.fields.places import PlaceFact

COUNTRY = 6  # where_prec of a country: the town may be named in a later sentence
BEFORE = 40  # sentences: further back, a day or place belongs to another part of the article
_NOW = re.compile(r"\bnow (?:known|confirmed|believed|thought|stands?)\b")
AFTER = 3  # sentences: how far ahead a day or place may be given for the first time


def complete(layout: Layout, setting: Setting, events: Sequence[Event]) -> None:
    """Give each event the day and place of the nearest sentence before it, else of one soon after; one that has no day
    even so that of the statement that tells of it. What the article looks back on has only its own."""
    taken = {date.id for event in events for date in event.dates}
    taken |= {event.place.id for event in events if event.apart and event.place is not None}
    for event in events:
        if not event.background:
            _complete(layout, setting, event, taken)
        if setting.home is not None:
            _at_home(layout, event, setting.home)
        if (
            not (event.dates or event.undated)
            and event.said is not None
            and not event.several
            and not _only_rose(layout, event)
        ):
            event.dates = [event.said]


def _complete(layout: Layout, setting: Setting, event: Event, taken: set[str]) -> None:
    for sentence in _near(layout, event.at):
        if event.dates and event.place is not None and (event.place.precision or 9) < COUNTRY:
            return
        stop = layout.bounds(sentence)[1]
        date = date_at(setting, sentence, stop, stop)
        known = date is not None and date in days_of(setting, sentence)  # no month or year elsewhere
        if (
            not event.dates
            and not event.undated
            and date is not None
            and known
            and _is_its_day(layout, setting, event, sentence, date, taken)
        ):
            several = event.several  # "The first, on Monday, hit a house; the second, on Tuesday, a car"
            event.dates = days_of(setting, sentence) if several else night_of(layout, setting, sentence, date)
        if event.elsewhere:
            continue
        if event.place is None or (sentence > event.at and (event.place.precision or 9) >= COUNTRY):
            place = place_at(setting, sentence, stop, stop)
            if places_agree(event.place, place) and (sentence < event.at or place is None or place.id not in taken):
                event.place = finer(event.place, place)


def _at_home(layout: Layout, event: Event, home: PlaceFact) -> None:
    """Give an event that has no place, or of it only the country, the town that its article is at home in, where that
    is named before or in the dateline or headline; and one in a province the town of the headline. What the article
    looks back on has it only in the paragraph of the dateline."""
    paragraph = layout.paragraph(home.start)
    dateline, headline = home.role == "dateline", home.start < headline_of(layout)
    if event.elsewhere or not (dateline or headline or layout.sentence(home.start) <= event.at):
        return
    if event.background and not (dateline and layout.paragraph(layout.sentences[event.at]) == paragraph):
        return
    least = NEAR if headline and not event.several else COUNTRY - 1
    if event.place is None or ((event.place.precision or 9) > least and is_within(home, event.place)):
        event.place = home


def _only_rose(layout: Layout, event: Event) -> bool:
    """Whether the statement is on what had happened before: on a toll that rose ("has reached 21, officials said on
    Friday"), or on one of the wounded who died; or the day is that of such a death."""
    if event.said is not None and is_late_death(layout, event.said):
        return True
    said = layout.sentence(event.said.start) if event.said else -1
    told = [claim for claim in event.claims if layout.sentence(claim.start) == said]
    stretch = layout.text[slice(*layout.bounds(said))] if told else ""
    return _NOW.search(stretch) is not None or any(claim.rule == TOTAL or hurt(layout, claim) for claim in told)


def _is_its_day(layout: Layout, setting: Setting, event: Event, sentence: int, date: DateFact, taken: set[str]) -> bool:
    """Whether the day of a sentence can be that of an event: one of several only where it tells of an attack. Where a
    statement tells of it, that is no other event's day, and that of an attack shortly before ("…, officials said on
    Thursday. The blast happened on Wednesday")."""
    start, stop = layout.bounds(sentence)
    if event.said is None:
        days = {day.earliest for day in days_of(setting, sentence)}
        one = len(days) < 2 or len(night_of(layout, setting, sentence, date)) > 1
        return one or tells_violence(layout.text[start:stop])
    if date.id in taken or is_separate(layout.text[start : date.start]):
        return False
    return is_lately(date, event.said) and tells_violence(layout.text[start:stop])


def _near(layout: Layout, sentence: int) -> Iterable[int]:
    yield from range(sentence - 1, max(-1, sentence - 1 - BEFORE), -1)
    yield from range(sentence + 1, min(sentence + 1 + AFTER, len(layout.sentences)))


def finer(one: PlaceFact | None, other: PlaceFact | None) -> PlaceFact | None:
    """The more precise of two places; the first where neither is."""
    if one is None or other is None:
        return one or other
    return other if (other.precision or 9) < (one.precision or 9) else one

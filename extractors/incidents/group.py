"""Events: the claims of an article gathered by day, place and where they stand."""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import islice
from operator import attrgetter

from dateline.extractors.incidents.agreement import is_within, places_agree, within
from dateline.extractors.incidents.apart import is_apart, is_next_day, later_at
from dateline.extractors.incidents.bare import bare_events
from dateline.extractors.incidents.complete import complete, finer
from dateline.extractors.incidents.event import RECENT, TOTAL, Event, can_be, is_retold, of_number
from dateline.extractors.incidents.home import names_other
from dateline.extractors.incidents.occasions import is_occasion, tells_violence
from dateline.extractors.incidents.parts import add_up, give_parts, totals_of
from dateline.extractors.incidents.place_time import (
    Setting,
    date_at,
    days_around,
    days_of,
    in_inset,
    in_vague_past,
    is_old,
    night_of,
    place_at,
    said_at,
)
from dateline.extractors.incidents.relations import repeats, was_hurt
from dateline.extractors.incidents.text import Layout
from dateline.models.fields.casualties import CasualtyFact
from dateline.models.fields.dates import DateFact
from dateline.models.fields.places import PlaceFact

PARTIAL = frozenset({"casualties.among", "casualties.attributive"})  # their sentence tells what became of some later
ROSTER = "casualties.roster"  # each of a list of named dead died on a day and in a place of his own
MOST = 40  # events without a toll: an article with more is a chronology, and none of them its news
CONTEXT = 4  # sentences of its paragraph in which the day and place of a claim that names none can stand
ELIDED = "casualties.elided"
BESIDE = 12  # characters between people and what is said of them: "nine people were killed"
HURT = 120  # ... that can tell where they were hurt
RELATIVE = 24  # ... that hold a clause of its own: "a man who was taken in May was shot"
_JOINT = re.compile(r"(?:\band|[;:])\s*$")
_HURT_AT = re.compile(
    r"\b(?:wounds?|injur(?:y|ies)|burns)(?: that| which)?(?: he| she| they)?(?: had)?(?: been)?"
    r" (?:suffered|sustained|received|incurred)\b"
)
SHORT = 60  # characters of a sentence that only says whose turn it was
SEPARATE = 60  # characters behind a claim: "three died in a separate clash"


def events_of(
    layout: Layout, setting: Setting, claims: Sequence[CasualtyFact], named: Mapping[str, Sequence[str]]
) -> list[Event]:
    """The events that the claims, in text order, speak of; then those of which only day and place are told. `named`
    are the persons that a claim says were killed, by its id: nobody dies in two events."""
    totals = totals_of(layout, claims, partial(_own_setting, layout, setting))
    events: list[Event] = []
    by_claim: dict[str, Event] = {}
    by_person: dict[str, Event] = {}
    for claim in _wholes_first(layout, claims):
        persons = named.get(claim.id, ())
        event = by_claim.get(claim.part_of or "") or _of_person(setting, layout, claim, persons, by_person)
        if event is None or (event.several and _is_inside(layout, setting, event, claim)):
            event = _event(layout, setting, events, claim, several=claim.scope == "several" or claim.id in totals)
        elif not event.dates and claim.part_of is None:
            date, place, said = _told_at(layout, setting, events, claim)
            event.dates = [] if date is None else night_of(layout, setting, layout.sentence(claim.start), date)
            event.said = event.said or said
            event.place = finer(event.place, place) if places_agree(event.place, place) else event.place
        event.claims.append(claim)
        by_claim[claim.id] = event
        by_person.update({one: event for one in persons if one not in by_person})
    for event in events:
        event.claims.sort(key=attrgetter("start", "stop"))
    add_up(events)
    complete(layout, setting, events)
    give_parts(events)
    told = len(events)
    for sentence in sorted(setting.dates):
        if len(events) - told < MOST:
            events.extend(bare_events(layout, setting, events, sentence))
    return events


def _wholes_first(layout: Layout, claims: Sequence[CasualtyFact]) -> list[CasualtyFact]:
    """The claims in text order, of each sentence those on parts last: they belong where the whole does."""
    known = {claim.id for claim in claims}
    return sorted(claims, key=lambda claim: (layout.sentence(claim.start), claim.part_of in known))


def _of_person(
    setting: Setting, layout: Layout, claim: CasualtyFact, persons: Sequence[str], by_person: Mapping[str, Event]
) -> Event | None:
    """The event in which one of the persons of a claim died; on another day it was another's death, or a false one."""
    events = [by_person[one] for one in persons if one in by_person]
    date = date_at(setting, layout.sentence(claim.start), *_verb(layout, claim)) if events else None
    return next((event for event in events if event.agrees(date, None)), None)


def _is_inside(layout: Layout, setting: Setting, event: Event, claim: CasualtyFact) -> bool:
    """Whether a claim on some of the people of several events names a place inside theirs, and so one of them: "14 died
    in the province in separate attacks. Eleven of the dead were on a bus in Orvan"."""
    sentence, (start, stop) = layout.sentence(claim.start), _verb(layout, claim)
    return sentence > event.at and is_within(place_at(setting, sentence, start, stop), event.place)


def _event(layout: Layout, setting: Setting, events: list[Event], claim: CasualtyFact, *, several: bool) -> Event:
    """The event of a claim: the latest that agrees in day, place and kind, else a new one."""
    sentence = layout.sentence(claim.start)
    if claim.rule == TOTAL and events and any(layout.sentence(other.start) == sentence for other in events[-1].claims):
        return _of_toll(layout, setting, events[-1], claim)  # "died at dawn, lifting the toll to three"
    if (whole := of_number(events, claim)) is not None:
        return whole
    date, place, said = _told_at(layout, setting, events, claim)
    new = _new(layout, setting, claim, date, place, several=several)
    new.said = said
    recent = [event for event in reversed(events[-RECENT:]) if not event.alone]
    last = next((event for event in recent if not event.aside), recent[0] if recent else None)
    bare = date is None and place is None and not new.alone
    if last is not None and claim.vague is not None and repeats(claim) and last.agrees(date, None):
        return last  # "the killing of these leaders" tells of no other event
    if bare and not new.background:
        told = next((event for event in reversed(events[-RECENT:]) if _leads_on(layout, event, claim)), None)
        if told is not None:
            return told
    new.apart = is_apart(layout, claim, date, place)
    if new.apart and date is not None and (later := later_at(layout, claim)) is not None and date.start < later:
        new.dates, new.undated = [], True  # the day before it in the sentence is that of the other event
    for event in islice(reversed(events), 0 if new.alone or new.apart else RECENT):
        if bare and event.aside and layout.sentence(event.claims[-1].start) != sentence:
            continue
        if event.background == new.background and not event.alone and can_be(layout, event, claim, new):
            if event.several == new.several:
                if claim.rule not in PARTIAL:
                    event.dates = _narrower(event.dates, date) if event.dates else new.dates
                event.place = finer(event.place, place)
                return event
            if is_retold(event, claim) and (event.several or not event.dates):
                event.dates, event.several = event.dates or new.dates, True  # the headline's sum of two clashes
                return event
    told_of = repeats(claim) and not is_next_day(layout, claim)
    if last is not None and bare and (told_of or _cue(claim).endswith(" of")):
        return last  # "all four were killed", "the death of Karim Shah split the group": they were told of before
    events.append(new)
    return new


def _of_toll(layout: Layout, setting: Setting, event: Event, claim: CasualtyFact) -> Event:
    """The event of a toll that a death has raised: of the day that the toll's own words name, not of that of the death
    ("died on Tuesday, raising to 27 the toll of Monday's ambush")."""
    sentence, (start, stop) = layout.sentence(claim.start), _verb(layout, claim)
    date = date_at(setting, sentence, start, stop)
    if date is not None and date.start >= start and date in days_of(setting, sentence) and date not in event.dates:
        event.dates = [date]
    return event


def _new(
    layout: Layout,
    setting: Setting,
    claim: CasualtyFact,
    date: DateFact | None,
    place: PlaceFact | None,
    *,
    several: bool,
) -> Event:
    """The event that a claim with this day and place would be the first to tell of."""
    sentence = layout.sentence(claim.start)
    start, stop = layout.bounds(sentence)
    dates = [] if date is None else night_of(layout, setting, sentence, date)
    new = Event(sentence, [], dates, place, several=several, aside=in_inset(setting, sentence, claim.start))
    new.elsewhere = place is None and names_other(layout.text[claim.stop : min(stop, claim.stop + SEPARATE)])
    if claim.rule == ROSTER:
        new.background = new.alone = True
    else:
        nominal = _cue(claim).endswith(" of")
        new.old = is_old(setting, layout, date, claim)
        new.background = new.old or is_occasion(layout.text[start:stop], claim.start - start, nominal=nominal)
        new.background = new.background or in_vague_past(setting, sentence, claim.start)
    if new.several:
        new.dates = days_around(setting, sentence, claim.start)
    return new


def _cue(claim: CasualtyFact) -> str:
    return next((part.quote for part in claim.evidence if part.role == "cue"), "")


def _leads_on(layout: Layout, event: Event, claim: CasualtyFact) -> bool:
    """Whether a claim without day and place goes on, in the next sentence, from an event long past: "Ten years ago a
    bomb killed nine people there. The bomber was shot dead."""
    last = event.claims[-1].start if event.old and event.claims else None
    if last is None or layout.paragraph(last) != layout.paragraph(claim.start):
        return False
    return layout.sentence(claim.start) - layout.sentence(last) <= 1


def _verb(layout: Layout, claim: CasualtyFact) -> tuple[int, int]:
    """Where a claim says what happened to its people: at its cue where that stands behind them ("a man wanted since the
    raid of 2 May was shot dead in Orvan") or names a toll ("brings to six the toll of Monday's raid"), else at them;
    and so where they were hurt before they died ("a guard hurt in Monday's raid died on Friday")."""
    cues = [part for part in claim.evidence if part.role == "cue" and (part.start >= claim.stop or claim.rule == TOTAL)]
    between = layout.text[claim.stop : min(cues[-1].start, claim.stop + HURT)] if cues else ""
    hurt_at = (
        _HURT_AT.search(layout.text, cues[-1].stop, layout.bounds(layout.sentence(claim.start))[1]) if cues else None
    )
    if hurt_at is not None and claim.outcome == "killed":
        return hurt_at.span()  # "died on Thursday of the burns that he had suffered on Tuesday"
    if not cues or was_hurt(between):
        return claim.start, claim.stop
    beside = 0 <= cues[-1].start - claim.stop <= BESIDE
    return claim.start if beside else cues[-1].start, cues[-1].stop


def _opens(layout: Layout, claim: CasualtyFact) -> int | None:
    """Where a claim opens a clause, whose day and place then follow: "three on Monday in Orvan and two on Tuesday in
    Tessel"; or goes on behind another: "a man who was taken in May was shot on Monday"."""
    before = layout.text[max(0, claim.start - 8) : claim.start]
    if claim.rule == ELIDED or _JOINT.search(before):
        return claim.start
    start, _ = _verb(layout, claim)
    return start if start - claim.stop > RELATIVE else None


def _own_setting(layout: Layout, setting: Setting, claim: CasualtyFact) -> tuple[str | None, str | None]:
    """The day and the place that a claim's own sentence names."""
    sentence, stretch, opens = layout.sentence(claim.start), _verb(layout, claim), _opens(layout, claim)
    date, place = date_at(setting, sentence, *stretch, opens), place_at(setting, sentence, *stretch, opens)
    return date.earliest if date else None, place.name if place else None


def _told_at(
    layout: Layout, setting: Setting, events: list[Event], claim: CasualtyFact
) -> tuple[DateFact | None, PlaceFact | None, DateFact | None]:
    """The day and place of a claim, and the day of the statement that tells of it: its sentence's, or those of an
    attack told before it in its paragraph ("Shells fell on Menaka on Monday. A woman died."), as long as no other toll
    stands between."""
    sentence, (start, stop) = layout.sentence(claim.start), _verb(layout, claim)
    opens = _opens(layout, claim)
    date, place = date_at(setting, sentence, start, stop, opens), place_at(setting, sentence, start, stop, opens)
    said = said_at(setting, sentence, start, stop) if date is None else None
    if date is not None or place is not None:
        return date, place, said
    first = layout.sentence(layout.paragraphs[layout.paragraph(claim.start)])
    opener = _opener(layout, setting, sentence - 1) if sentence > first else None
    if opener is not None and tells_violence(layout.text[slice(*layout.bounds(sentence))]):
        return opener, None, said
    told = layout.sentence(events[-1].claims[-1].start) if events else -1
    for before in range(sentence - 1, max(first - 1, told, sentence - 1 - CONTEXT), -1):
        start, stop = layout.bounds(before)
        date, place = date_at(setting, before, stop, stop), place_at(setting, before, stop, stop)
        if date is not None and date in days_of(setting, before) and tells_violence(layout.text[start:stop]):
            return date, place, said
    return None, None, said


def _opener(layout: Layout, setting: Setting, sentence: int) -> DateFact | None:
    """The day with which a short sentence opens what the next one tells: "On Thursday it was her son. He died …"."""
    start, stop = layout.bounds(sentence)
    opens = (date for date in days_of(setting, sentence) if date.start - start <= len("On "))
    return next(opens, None) if stop - start <= SHORT else None


def _narrower(dates: list[DateFact], date: DateFact | None) -> list[DateFact]:
    """An event's dates, or the one that says more exactly when its only one was ("overnight", then "Monday night")."""
    if date is None or len(dates) > 1:
        return dates
    if not (within(date, dates[0]) and (date.precision or 9) < (dates[0].precision or 9)):
        return dates
    return [date]

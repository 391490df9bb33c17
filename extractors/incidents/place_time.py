"""The day and place of what a sentence tells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date as Day
from datetime import timedelta
from itertools import pairwise
from typing import TypeVar

from dateline.extractors.incidents.agreement import NEAR, places_agree, within
from dateline.extractors.incidents.home import home_of
from dateline.extractors.incidents.telling import is_no_day, is_told, some_of
from dateline.extractors.incidents.text import Layout
from dateline.models.fields.casualties import CasualtyFact
from dateline.models.fields.dates import DateFact
from dateline.models.fields.places import PlaceFact

DATELINE = 40  # characters from a dateline's city to its date: "KABUL, Afghanistan (Jan. 10, 2011)"
DISTRICT = 3  # where_prec of a district: the next lower unit of a province
OLD = timedelta(days=180)  # before publication: no news, but what the article looks back on
WEEK = timedelta(days=7)
OPENING = 12  # characters before a date that opens its sentence: "Early in 2010"
CLOSE = 12  # characters between a toll and its date: "was killed there in 2010"
MOST = 40  # dates, or places, of one sentence that are looked at
CLAUSE = 400  # characters to either side of a toll in which semicolons are looked for
LATE = 16  # characters before a date in which "late" can stand
BEARING = 40  # characters before a place in which "north of the capital" can stand
_BEARING = re.compile(r"\b(?:north|south|east|west)(?:east|west|-east|-west)?\s+of\s+(?:the\s+)?(?:[a-z]+\s+){0,2}$")
_RELATIVE = re.compile(r"(?:after|before)$")
_CLOSES = re.compile(r"\s*(?:[.,;!?]|$)")
_WHICH = re.compile(r",? (?:in|during|at|on) which ")
_VAGUELY = re.compile(r"(?<=\S )(?:days|weeks|months|years) (?:after|before)(?= (?:\S+ ){1,12}?\S)")
_CLAUSE = re.compile(r",\s")
_INSET_END = re.compile(r"\s[–—-]{1,2}\s|—|\)")
_EVENING = re.compile(r"\b(?:late|night|evening|dusk|midnight)\b")
_OVERNIGHT = re.compile(r"\bovernight\b")
_MORNING = re.compile(r"\b(?:early|dawn|first hours|small hours|morning|into)\b")


Told = TypeVar("Told", DateFact, PlaceFact)


@dataclass(frozen=True, slots=True)
class Setting:
    """The dates and event places of an article by sentence. `said` are the days of statements, which stand apart from
    the `dates` on which something happened. `insets` are the stretches that tell of another day than the rest of their
    sentence: "on Friday, a day after a mortar killed two". `home` is the
    town of what has no place of its own. `published` is a day or None."""

    dates: dict[int, list[DateFact]] = field(default_factory=dict)
    said: dict[int, list[DateFact]] = field(default_factory=dict)
    places: dict[int, list[PlaceFact]] = field(default_factory=dict)
    insets: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    landmarks: set[str] = field(default_factory=set)
    home: PlaceFact | None = None
    published: str | None = None
    text: str = ""


def setting_of(
    layout: Layout, dates: Sequence[DateFact], places: Sequence[PlaceFact], published: str | None
) -> Setting:
    """Sort the facts of an article by sentence.

    Left out are dates without a value, dates after publication (`published`: an ISO day or month), dates that only
    bound a time ("held since July") or are set for something to come ("a curfew for Monday"), places with another
    role, and both in a dateline ("KABUL, Afghanistan (Jan. 10, 2011) – "): they tell what is still to come, or where
    and when the story was written.
    """
    setting = Setting(published=published, text=layout.text, home=home_of(layout, places))
    datelines = [date for date in dates if _in_brackets(layout.text, date) and _after_place(layout.text, date, places)]
    for date in dates:
        if date.earliest is None or date in datelines or _is_future(date.earliest, published):
            continue
        if is_no_day(layout, date):
            continue
        sentence = layout.sentence(date.start)
        listed = (setting.said if is_told(layout, sentence, date) else setting.dates).setdefault(sentence, [])
        if len(listed) == MOST:
            continue
        listed.append(date)
        if inset := _inset(layout, sentence, date) or some_of(layout, sentence, date):
            setting.insets.setdefault(sentence, []).append(inset)
    stops = {date.stop for date in dates}
    for vague in _VAGUELY.finditer(layout.text):
        if vague.end() in stops:
            continue  # "two days after"
        sentence = layout.sentence(vague.start())
        setting.insets.setdefault(sentence, []).append((vague.start(), layout.bounds(sentence)[1]))
    for place in places:
        if place.role == "event" and not any(0 <= date.start - place.stop <= DATELINE for date in datelines):
            named = setting.places.setdefault(layout.sentence(place.start), [])
            named.extend([place] if len(named) < MOST else [])
            if _BEARING.search(layout.text, max(0, place.start - BEARING), place.start):
                setting.landmarks.add(place.id)
    return setting


def is_old(setting: Setting, layout: Layout, date: DateFact | None, claim: CasualtyFact) -> bool:
    """Whether a claim's date is too long before publication for what happened then to be the article's news. A month or
    year is the claim's own only where it opens the sentence or stands close to the claim's words."""
    if date is None or date.earliest is None or setting.published is None or len(setting.published) < len("2014-06-12"):
        return False
    latest = date.latest or date.earliest
    days = Day.fromisoformat(latest) - Day.fromisoformat(date.earliest)
    if days > WEEK and not _is_close(layout, date, claim):
        return False
    return Day.fromisoformat(setting.published) - Day.fromisoformat(latest) > OLD


def _is_close(layout: Layout, date: DateFact, claim: CasualtyFact) -> bool:
    cues = [part for part in claim.evidence if part.role == "cue"]
    start = min([claim.start, *(cue.start for cue in cues)])
    stop = max([claim.stop, *(cue.stop for cue in cues)])
    opens = date.start - layout.bounds(layout.sentence(date.start))[0] <= OPENING
    return opens or distance(date.start, date.stop, start, stop) <= CLOSE


def _in_brackets(text: str, date: DateFact) -> bool:
    return text[date.stop : date.stop + 1] == ")" and text[date.start - 1 : date.start] == "("


def _after_place(text: str, date: DateFact, places: Sequence[PlaceFact]) -> bool:
    """Whether the bracket follows right on a place."""
    return any(0 <= date.start - place.stop <= 4 and "." not in text[place.stop : date.start] for place in places)


def _is_future(day: str, published: str | None) -> bool:
    return published is not None and day[: len(published)] > published


def _inset(layout: Layout, sentence: int, date: DateFact) -> tuple[int, int] | None:
    """The stretch that a "two days after" opens: to the end of its sentence, or of the dashes or brackets it is in; one
    that opens the sentence to the comma before its main clause."""
    start, stop = layout.bounds(sentence)
    before = layout.text[start : date.start].rstrip()
    if not before and date.quote.lower().endswith("after"):
        comma = _CLAUSE.search(layout.text, date.stop, stop)
        return (date.start, comma.start()) if comma else None
    if not before or not _RELATIVE.search(date.quote.lower()) or _CLOSES.match(layout.text, date.stop):
        return None  # "fired on the town the day before."
    end = _INSET_END.search(layout.text, date.stop, stop) if before[-1] in "–—-(" else None
    return date.start, end.start() if end else stop


def date_at(setting: Setting, sentence: int, start: int, stop: int, opens: int | None = None) -> DateFact | None:
    """The date of its sentence that stands nearest to the words at `start:stop`, or a narrower one within it
    ("overnight … yesterday"). Dates of an inset are for what is told in it, and for nothing else. Where a clause
    `opens` with the words, one behind them comes before all others."""
    own = _inset_at(setting, sentence, start)
    dates = [date for date in setting.dates.get(sentence, []) if _inset_at(setting, sentence, date.start) == own]
    dates = _behind(_between_semicolons(setting, dates, start), opens)
    nearest = min(dates, key=lambda date: _away(setting, date, start, stop), default=None)
    if nearest is None:
        return None
    inside = [date for date in dates if within(date, nearest)]
    if len({(date.earliest, date.latest) for date in inside if date is not nearest}) > 1:
        return nearest  # "three this week: two on Tuesday and one on Wednesday"
    return min(inside, key=lambda date: (date.precision or 9, date.start), default=nearest)


def _away(setting: Setting, date: DateFact, start: int, stop: int) -> tuple[int, bool, int]:
    """How far a date stands from the words at `start:stop`; of two as near the one behind them is theirs, and before
    all others the "8 March" of "the bombing of 8 March, in which seven soldiers died"."""
    if _WHICH.fullmatch(setting.text, date.stop, max(date.stop, start)):
        return 0, False, date.start
    return distance(date.start, date.stop, start, stop), date.stop <= start, date.start


def said_at(setting: Setting, sentence: int, start: int, stop: int) -> DateFact | None:
    """The day of a statement in a sentence that stands nearest to the words at `start:stop`."""
    said = setting.said.get(sentence, [])
    return min(said, key=lambda date: (distance(date.start, date.stop, start, stop), date.start), default=None)


def _behind(facts: list[Told], start: int | None) -> list[Told]:
    """Of dates, or places, those behind `start`; all where there are none."""
    return ([] if start is None else [fact for fact in facts if fact.start >= start]) or facts


def _between_semicolons(setting: Setting, facts: list[Told], start: int) -> list[Told]:
    """Of dates, or places, of a sentence those that no semicolon parts from `start`; all where there are none."""
    if len(facts) < 2:
        return facts
    before = setting.text.rfind(";", max(0, start - CLAUSE), start)
    after = setting.text.find(";", start, start + CLAUSE)
    return [fact for fact in facts if before < fact.start and (after < 0 or fact.start < after)] or facts


def in_vague_past(setting: Setting, sentence: int, offset: int) -> bool:
    """Whether it is told of what happened nobody says how long before or after: "days after nine were shot there"."""
    inset = _inset_at(setting, sentence, offset)
    return inset is not None and _VAGUELY.match(setting.text, inset[0]) is not None


def in_inset(setting: Setting, sentence: int, offset: int) -> bool:
    """Whether it is told of only beside what its sentence tells: "on Friday, a day after a mortar killed two"."""
    return _inset_at(setting, sentence, offset) is not None


def _inset_at(setting: Setting, sentence: int, offset: int) -> tuple[int, int] | None:
    insets = setting.insets.get(sentence, ())
    return next(((start, stop) for start, stop in insets if start <= offset < stop), None)


def night_of(layout: Layout, setting: Setting, sentence: int, date: DateFact) -> list[DateFact]:
    """The two dates of a night, of which `date` is one: "late on Monday and left in the first hours of Tuesday"; else
    `date` alone."""
    dates = setting.dates.get(sentence, [])
    for evening, morning in pairwise(dates):
        if date in (evening, morning) and _is_next_day(evening, morning):
            late = layout.text[max(0, evening.start - LATE) : evening.stop].lower()
            early = layout.text[evening.stop : morning.stop].lower()
            if _OVERNIGHT.search(late) or (_EVENING.search(late) and _MORNING.search(early)):
                return [evening, morning]
    return [date]


def _is_next_day(one: DateFact, other: DateFact) -> bool:
    if one.precision != 1 or other.precision != 1 or not one.latest or not other.earliest:
        return False
    return Day.fromisoformat(other.earliest) - Day.fromisoformat(one.latest) == timedelta(days=1)


def days_of(setting: Setting, sentence: int) -> list[DateFact]:
    """The dates of a sentence that are a day or a few."""
    return [date for date in setting.dates.get(sentence, []) if date.precision is not None and date.precision <= 2]


def days_around(setting: Setting, sentence: int, offset: int) -> list[DateFact]:
    """The same, of those that are told of what stands at `offset`."""
    own = _inset_at(setting, sentence, offset)
    return [date for date in days_of(setting, sentence) if _inset_at(setting, sentence, date.start) == own]


def place_at(setting: Setting, sentence: int, start: int, stop: int, opens: int | None = None) -> PlaceFact | None:
    """The event place of its sentence that stands nearest, or a more precise one within it where that is no town: the
    first, or another town that stands nearer to the words; a whole sentence has none (`start` is `stop`, its end)."""
    places = _behind(_between_semicolons(setting, _told_of(setting, sentence, start), start), opens)
    nearest = min(places, key=lambda place: (distance(place.start, place.stop, start, stop), place.start), default=None)
    if nearest is None:
        return None
    if (nearest.precision or 9) <= NEAR:
        return nearest
    inside = [place for place in places if places_agree(place, nearest)]
    first = min(inside, key=lambda place: (place.precision or 9, place.start), default=nearest)
    if start == stop or (first.precision or 9) > NEAR:
        return first
    towns = [place for place in inside if place.precision == first.precision and not places_agree(place, first)]
    return min([first, *towns], key=lambda place: (distance(place.start, place.stop, start, stop), place.start))


def _told_of(setting: Setting, sentence: int, offset: int) -> list[PlaceFact]:
    """The places of a sentence: those of the inset or rest that holds `offset`, no landmarks, and known ones, where
    there are any."""
    places = setting.places.get(sentence, [])
    own = _inset_at(setting, sentence, offset)
    near = [place for place in places if _inset_at(setting, sentence, place.start) == own] or places
    near = _without_landmarks(setting, near)
    return [place for place in near if place.country is not None] or near


def _without_landmarks(setting: Setting, places: list[PlaceFact]) -> list[PlaceFact]:
    """The places without the landmarks, where it is a town or district of its own that lies "south of Karsk"."""
    own = [place for place in places if place.id not in setting.landmarks]
    return own if any((place.precision or 9) <= DISTRICT for place in own) else places


def distance(start: int, stop: int, other_start: int, other_stop: int) -> int:
    """How many characters lie between two stretches of the text."""
    return max(other_start - stop, start - other_stop, 0)

"""The day and place of what a sentence tells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date as Day
from datetime import timedelta
from itertools import pairwise

from dateline.extractors.incidents.text import Layout
from dateline.models.fields.casualties import CasualtyFact
from dateline.models.fields.dates import DateFact
from dateline.models.fields.places import PlaceFact

DATELINE = 40  # characters from a dateline's city to its date: "KABUL, Afghanistan (Jan. 10, 2011)"
OLD = timedelta(days=180)  # before publication: no news, but what the article looks back on
WEEK = timedelta(days=7)
OPENING = 12  # characters before a date that opens its sentence: "Early in 2010"
CLOSE = 12  # characters between a toll and its date: "was killed there in 2010"
MOST = 40  # dates, or places, of one sentence that are looked at
LATE = 16  # characters before a date in which "late" can stand
_RELATIVE = re.compile(r"(?:after|before)$")
_BOUND = re.compile(r"\b(?:since|until|till)\s+(?:the\s+)?$", re.IGNORECASE)
_INSET_END = re.compile(r"\s[–—-]{1,2}\s|—|\)")
_EVENING = re.compile(r"\b(?:late|night|evening|dusk|midnight)\b")
_OVERNIGHT = re.compile(r"\bovernight\b")
_MORNING = re.compile(r"\b(?:early|dawn|first hours|small hours|morning|into)\b")


@dataclass(frozen=True, slots=True)
class Setting:
    """The dates and event places of an article by sentence. `insets` are the stretches that tell of another day than
    the rest of their sentence: "on Friday, a day after a mortar killed two". `published` is a day or None."""

    dates: dict[int, list[DateFact]] = field(default_factory=dict)
    places: dict[int, list[PlaceFact]] = field(default_factory=dict)
    insets: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    published: str | None = None


def setting_of(
    layout: Layout, dates: Sequence[DateFact], places: Sequence[PlaceFact], published: str | None
) -> Setting:
    """Sort the facts of an article by sentence.

    Left out are dates without a value, dates after publication (`published`: an ISO day or month), dates that only
    bound a time ("held since July"), places with another role, and both in a dateline ("KABUL, Afghanistan (Jan. 10,
    2011) – "): they tell what is still to come, or where and when the story was written.
    """
    setting = Setting(published=published)
    datelines = [date for date in dates if _in_brackets(layout.text, date) and _after_place(layout.text, date, places)]
    for date in dates:
        if date.earliest is None or date in datelines or _is_future(date.earliest, published):
            continue
        if _BOUND.search(layout.text, max(0, date.start - LATE), date.start):
            continue
        sentence = layout.sentence(date.start)
        listed = setting.dates.setdefault(sentence, [])
        if len(listed) == MOST:
            continue
        listed.append(date)
        if inset := _inset(layout, sentence, date):
            setting.insets.setdefault(sentence, []).append(inset)
    for place in places:
        if place.role == "event" and not any(0 <= date.start - place.stop <= DATELINE for date in datelines):
            named = setting.places.setdefault(layout.sentence(place.start), [])
            named.extend([place] if len(named) < MOST else [])
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
    return opens or _distance(date.start, date.stop, start, stop) <= CLOSE


def _in_brackets(text: str, date: DateFact) -> bool:
    return text[date.stop : date.stop + 1] == ")" and text[date.start - 1 : date.start] == "("


def _after_place(text: str, date: DateFact, places: Sequence[PlaceFact]) -> bool:
    """Whether the bracket follows right on a place."""
    return any(0 <= date.start - place.stop <= 4 and "." not in text[place.stop : date.start] for place in places)


def _is_future(day: str, published: str | None) -> bool:
    return published is not None and day[: len(published)] > published


def _inset(layout: Layout, sentence: int, date: DateFact) -> tuple[int, int] | None:
    """The stretch that a "two days after" opens: to the end of its sentence, or of the dashes or brackets it is in."""
    start, stop = layout.bounds(sentence)
    before = layout.text[start : date.start].rstrip()
    if not before or not _RELATIVE.search(date.quote.lower()):
        return None
    end = _INSET_END.search(layout.text, date.stop, stop) if before[-1] in "–—-(" else None
    return date.start, end.start() if end else stop


def date_at(setting: Setting, sentence: int, start: int, stop: int) -> DateFact | None:
    """The date of its sentence that stands nearest to the words at `start:stop`, or a narrower one within it
    ("overnight … yesterday"). Dates of an inset are for what is told in it, and for nothing else."""
    own = _inset_at(setting, sentence, start)
    dates = [date for date in setting.dates.get(sentence, []) if _inset_at(setting, sentence, date.start) == own]
    nearest = min(dates, key=lambda date: (_distance(date.start, date.stop, start, stop), date.start), default=None)
    if nearest is None:
        return None
    return min(
        (date for date in dates if within(date, nearest)),
        key=lambda date: (date.precision or 9, date.start),
        default=nearest,
    )


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


def within(one: DateFact, other: DateFact) -> bool:
    """Whether one date lies inside another."""
    ends = one.earliest, one.latest, other.earliest, other.latest
    if None in ends:
        return False
    return str(other.earliest) <= str(one.earliest) and str(one.latest) <= str(other.latest)


def days_of(setting: Setting, sentence: int) -> list[DateFact]:
    """The dates of a sentence that are a day or a few."""
    return [date for date in setting.dates.get(sentence, []) if date.precision is not None and date.precision <= 2]


def days_around(setting: Setting, sentence: int, offset: int) -> list[DateFact]:
    """The same, of those that are told of what stands at `offset`."""
    own = _inset_at(setting, sentence, offset)
    return [date for date in days_of(setting, sentence) if _inset_at(setting, sentence, date.start) == own]


def place_at(setting: Setting, sentence: int, start: int, stop: int) -> PlaceFact | None:
    """The event place of its sentence that stands nearest, or a more precise one within it."""
    places = _told_of(setting, sentence, start)
    nearest = min(
        places, key=lambda place: (_distance(place.start, place.stop, start, stop), place.start), default=None
    )
    if nearest is None:
        return None
    return min(
        (place for place in places if places_agree(place, nearest)),
        key=lambda place: (place.precision or 9, place.start),
        default=nearest,
    )


def _told_of(setting: Setting, sentence: int, offset: int) -> list[PlaceFact]:
    """The places of a sentence: those of the inset or rest that holds `offset`, and known ones, where there are any."""
    places = setting.places.get(sentence, [])
    own = _inset_at(setting, sentence, offset)
    near = [place for place in places if _inset_at(setting, sentence, place.start) == own] or places
    return [place for place in near if place.country is not None] or near


def _distance(start: int, stop: int, other_start: int, other_stop: int) -> int:
    return max(other_start - stop, start - other_stop, 0)


def dates_agree(one: DateFact | None, other: DateFact | None) -> bool:
    """Whether two dates can be of one event: their intervals overlap, or one is not known."""
    if one is None or other is None or one.earliest is None or other.earliest is None:
        return True
    return one.earliest <= (other.latest or other.earliest) and other.earliest <= (one.latest or one.earliest)


def places_agree(one: PlaceFact | None, other: PlaceFact | None) -> bool:
    """Whether two places can be of one event: one holds the other, or is not known."""
    if one is None or other is None or None in (one.country, other.country):
        return True
    for name in ("country", "admin1", "admin2"):
        mine, theirs = getattr(one, name), getattr(other, name)
        if mine and theirs and mine != theirs:
            return False
    return True


def interval(dates: Sequence[DateFact]) -> tuple[str | None, str | None, int | None]:
    """The first and last day of an event, and UCDP's date_prec for them: of several dates, the span they make."""
    known = [date for date in dates if date.earliest is not None]
    if not known:
        return None, None, None
    earliest = min(date.earliest for date in known if date.earliest)
    latest = max(date.latest or date.earliest or "" for date in known)
    if len(known) == 1:
        return earliest, latest, known[0].precision
    days = (Day.fromisoformat(latest) - Day.fromisoformat(earliest)).days + 1
    spans = ((1, 1), (6, 2), (7, 3), (31, 4))
    return earliest, latest, next((precision for longest, precision in spans if days <= longest), 5)

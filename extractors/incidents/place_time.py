"""The day and place of what a sentence tells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Day

from dateline.extractors.incidents.text import Layout
from dateline.models.fields.dates import DateFact
from dateline.models.fields.places import PlaceFact

DATELINE = 40  # characters from a dateline's city to its date: "KABUL, Afghanistan (Jan. 10, 2011)"


@dataclass(frozen=True, slots=True)
class Setting:
    """The dates and event places of an article by sentence."""

    dates: dict[int, list[DateFact]]
    places: dict[int, list[PlaceFact]]


def setting_of(layout: Layout, dates: Sequence[DateFact], places: Sequence[PlaceFact]) -> Setting:
    """Sort the facts of an article by sentence. Dates without a value, places with another role, and both in a dateline
    ("KABUL, Afghanistan (Jan. 10, 2011) – ") are left out: they tell where and when the story was written."""
    setting = Setting({}, {})
    datelines = [date for date in dates if _in_brackets(layout.text, date) and _after_place(layout.text, date, places)]
    for date in dates:
        if date.earliest is not None and date not in datelines:
            setting.dates.setdefault(layout.sentence(date.start), []).append(date)
    for place in places:
        if place.role == "event" and not any(0 <= date.start - place.stop <= DATELINE for date in datelines):
            setting.places.setdefault(layout.sentence(place.start), []).append(place)
    return setting


def _in_brackets(text: str, date: DateFact) -> bool:
    return text[date.stop : date.stop + 1] == ")" and text[date.start - 1 : date.start] == "("


def _after_place(text: str, date: DateFact, places: Sequence[PlaceFact]) -> bool:
    """Whether the bracket follows right on a place."""
    return any(0 <= date.start - place.stop <= 4 and "." not in text[place.stop : date.start] for place in places)


def date_at(setting: Setting, sentence: int, start: int, stop: int) -> DateFact | None:
    """The date of its sentence that stands nearest to the words at `start:stop`, or a narrower one within it
    ("overnight … yesterday")."""
    dates = setting.dates.get(sentence, [])
    nearest = min(dates, key=lambda date: (_distance(date.start, date.stop, start, stop), date.start), default=None)
    if nearest is None:
        return None
    return min(
        (date for date in dates if within(date, nearest)),
        key=lambda date: (date.precision or 9, date.start),
        default=nearest,
    )


def within(one: DateFact, other: DateFact) -> bool:
    """Whether one date lies inside another."""
    ends = one.earliest, one.latest, other.earliest, other.latest
    if None in ends:
        return False
    return str(other.earliest) <= str(one.earliest) and str(one.latest) <= str(other.latest)


def days_of(setting: Setting, sentence: int) -> list[DateFact]:
    """The dates of a sentence that are a day or a few."""
    return [date for date in setting.dates.get(sentence, []) if date.precision is not None and date.precision <= 2]


def place_at(setting: Setting, sentence: int, start: int, stop: int) -> PlaceFact | None:
    """The event place of its sentence that stands nearest, or a more precise one within it."""
    places = [place for place in setting.places.get(sentence, []) if place.country is not None] or setting.places.get(
        sentence, []
    )
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

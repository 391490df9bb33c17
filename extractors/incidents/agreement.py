"""Whether days and places can be those of one event."""

from collections.abc import Sequence
from datetime import date as Day
from math import cos, hypot, radians

from dateline.models.fields.dates import DateFact
from dateline.models.fields.places import PlaceFact

NEAR = 2  # where_prec of a town, and of what is near one
APART = 25  # kilometres: further from a town its bazaar, camp or checkpoint hardly lies
KM_OF_DEGREE = 111.2  # of a meridian


def within(one: DateFact, other: DateFact) -> bool:
    """Whether one date lies inside another."""
    ends = one.earliest, one.latest, other.earliest, other.latest
    if None in ends:
        return False
    return str(other.earliest) <= str(one.earliest) and str(one.latest) <= str(other.latest)


def is_within(one: PlaceFact | None, other: PlaceFact | None) -> bool:
    """Whether one place is a more precise one inside another."""
    if one is None or other is None or one.country is None:
        return False
    return (one.precision or 9) < (other.precision or 9) and places_agree(one, other)


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
    return not _are_two_towns(one, other)


def _are_two_towns(one: PlaceFact, other: PlaceFact) -> bool:
    """Whether two points lie too far apart to be a town and its surroundings."""
    ends = one.latitude, one.longitude, other.latitude, other.longitude
    if None in ends or (one.precision or 9) > NEAR or (other.precision or 9) > NEAR:
        return False
    north, east, other_north, other_east = (float(end) for end in ends if end is not None)
    across = (east - other_east) * cos(radians((north + other_north) / 2))
    return hypot(north - other_north, across) * KM_OF_DEGREE > APART


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

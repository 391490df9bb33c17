"""The meanings of named days: Christmas Day, "New Year's Eve 2013", Easter Monday, Eid al-Fitr."""

from datetime import date, timedelta

from dateline.extractors.dates import intervals, named
from dateline.extractors.dates.days import AHEAD_IS_FARTHER, distance, without_year
from dateline.extractors.dates.find import Expression
from dateline.extractors.dates.intervals import Interval
from dateline.extractors.dates.setting import UNKNOWN, Reading, Setting, just_told

_LUNAR_YEAR = 354.367  # days: 12 months of the moon


def named_day(found: Expression, setting: Setting) -> Reading | None:
    """ "Christmas Day", "New Year's Eve 2013", "Ukraine's Independence Day", "Good Friday", "last Eid al-Adha"."""
    feast = named.feast_of(found.parts["name"], found.parts.get("country"))
    if feast.calendar == "once":
        return Reading(intervals.day(date.fromisoformat(feast.when)))
    just = None if "year" in found.parts else just_told(found, setting, "year")  # "in 2010, on Good Friday"
    named_year = int(found.word("year") or 0) or (just.interval.first.year if just else 0)
    if named_year:
        of_named = _of_year(feast, named_year)
        return Reading(of_named[0], just) if len(of_named) == 1 else UNKNOWN  # a year may hold two of the Islamic
    if feast.calendar == "common" and "rel" not in found.parts:
        return without_year(found, int(feast.when[:2]), int(feast.when[3:]), setting)
    if setting.published is None:
        return UNKNOWN
    base = setting.published.interval.last
    around = [one for step in (-2, -1, 0, 1, 2) for one in _of_year(feast, base.year + step)]
    return Reading(_chosen(around, base, found.word("rel"), setting), setting.published)


def _chosen(around: list[Interval], base: date, rel: str | None, setting: Setting) -> Interval:
    """Of a feast's days over some years, in order, the one that "last", "this", "next" or else tense and nearness
    mean."""
    if rel == "last":
        return next(one for one in reversed(around) if one.last < base)
    if rel == "next":
        return next(one for one in around if one.first > base)
    if rel == "this":
        return min(around, key=lambda one: abs(_day_of(one, base) - base))
    factor = AHEAD_IS_FARTHER[setting.direction()]
    return min(around, key=lambda one: distance(_day_of(one, base), base, ahead_is_farther=factor))


def _of_year(feast: named.Feast, year: int) -> list[Interval]:
    """The feast in a year of the common calendar: once; of the Islamic year once, twice or not at all."""
    if feast.calendar == "easter":
        return [intervals.day(intervals.easter(year) + timedelta(days=int(feast.when)))]
    month, day = int(feast.when[:2]), int(feast.when[3:] or 0)
    if feast.calendar == "common":
        return [intervals.day(date(year, month, day))]
    about = int((year - 622) * 365.2425 / _LUNAR_YEAR)
    around = [intervals.islamic(about + step, month, day or None) for step in (0, 1, 2)]
    return [one for one in around if (one.first + timedelta(days=1)).year == year]


def _day_of(feast: Interval, base: date) -> date:
    """The day of a feast that lies nearest to another day."""
    return min(max(feast.first, base), feast.last)

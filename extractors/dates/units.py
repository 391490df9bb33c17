"""The meanings of units of time: "last week", "three days ago", "a day after the 14 June statement", "the next day"."""

from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

from dateline.extractors.dates import intervals, values
from dateline.extractors.dates.find import Expression
from dateline.extractors.dates.intervals import Interval
from dateline.extractors.dates.months import phased
from dateline.extractors.dates.setting import UNKNOWN, Anchor, Reading, Setting, from_day
from dateline.extractors.dates.weekdays import weekend
from dateline.extractors.language.data import load_yaml

# Days by which what happened "a month after" may be off, to either side.
_SLACK = {"day": 1, "week": 3, "month": 7, "year": 31}
_LONG_BEFORE = timedelta(days=31)  # before publication: then "a year after" is counted from what was told of there
_DEED = 10  # tokens behind "after" in which the attack is named
_NEED_A_DAY = ("day", "week", "weekend", "fortnight")


def unit(found: Expression, setting: Setting) -> Reading | None:
    """ "last week", "this year", "the end of next month", "later in the week": units of the calendar."""
    name, rel, anchor = values.unit(found), found.word("rel"), setting.published
    if name in ("day", "decade", "fortnight"):
        return None  # "this day", "last decade": no day, and a length
    if name == "weekend" and rel == "this":
        return weekend(found, setting)
    if not _serves(anchor, name) or anchor is None:
        return UNKNOWN
    moved = intervals.moved(anchor.interval.last, name, values.SHIFTS[rel or "this"])
    return Reading(phased(intervals.containing(name, moved), found), anchor)


def ago(found: Expression, setting: Setting) -> Reading | None:
    """ "three days ago" is a day, "two months ago" a month: no more exact than its unit, but "a year ago today" a day
    and "a year ago this week" a week."""
    reading = _counted(found, setting.published, -1, exact="exactly" in found.parts or "whole" in found.parts)
    if reading.interval is None or "whole" not in found.parts:
        return reading
    return Reading(intervals.containing(found.word("whole") or "week", reading.interval.first), reading.anchor)


def counted_on(found: Expression, setting: Setting) -> Reading | None:
    """ "two weeks from now", "in three days' time", and to the day "a week today", "a week from tomorrow"."""
    base = setting.published
    if found.word("base") == "tomorrow" and base is not None and base.day is not None:
        base = replace(base, interval=intervals.day(base.day + timedelta(days=1)))
    return _counted(found, base, 1, exact="base" in found.parts)


def later(found: Expression, setting: Setting) -> Reading | None:
    """ "two days later", counted from the date told of before; "earlier" without one from publication."""
    ahead = found.word("way") in ("later", "afterwards", "afterward")
    told = setting.before(values.unit(found))
    if told is None and not ahead:
        told = setting.published
    return _counted(found, told, 1 if ahead else -1, exact="exactly" in found.parts)


def after(found: Expression, setting: Setting) -> Reading | None:
    """ "a day after the 14 June statement" is 15 June; "(on 14 June), a day after they fled" is 13 June.

    "They fled again the day after", and "A day after the raid, they fled" at the start of a sentence, move on from the
    day told of before. Without any of these it is a length of time."""
    ahead = -1 if found.word("way") == "before" else 1
    name = values.unit(found)
    if (following := setting.following()) and _serves(following, name):
        return _counted(found, following, ahead, exact=True)
    if name in _NEED_A_DAY and starts_sentence(found) and (main := setting.main()) and _serves(main, name):
        return _counted(found, main, -ahead, exact=True)  # "A day after a raid, gunmen struck on Sunday": Saturday
    if ahead > 0 and setting.here.by(name) is None and (since := _since_deed(found, setting)):
        return since
    if name not in ("day", "week") and "exactly" not in found.parts:
        return None  # "a year after the coup"; but "marched on Friday, a year to the day after it"
    told = setting.before(name)
    if told is None and ahead < 0 and ends_clause(found) and starts_sentence(found):
        told = setting.published  # "The day before, they had fled"
    if told and setting.here.by(name) is None and _came(found):
        return _counted(found, told, -ahead, exact=True)  # "The attack came a day after a raid"
    after_that = found.span.doc[found.span.end : found.span.end + 1].text == "that"  # "and $5,000 a week after that"
    if after_that or ends_clause(found) or (told and setting.here.by(name) is None and starts_sentence(found)):
        return _not_ahead(_counted(found, told, ahead, exact=True), setting)
    return _counted(found, setting.here.by(name), -ahead, exact=True) if setting.here.by(name) else None


def _since_deed(found: Expression, setting: Setting) -> Reading | None:
    """ "A month after the attack", of which a paper writes on the day of publication or close to it: the attack's day,
    as vague as the unit; "a year to the day after" is exact. None where the text has told of days long before."""
    name, published, told = values.unit(found), setting.published, setting.told.latest
    if published is None or published.day is None or name not in _SLACK:
        return None
    if told is not None and (name in ("day", "week") or published.day - told.interval.last > _LONG_BEFORE):
        return None
    doc, stop = found.span.doc, found.span.end
    if not any(token.lower_ in deeds() for token in doc[stop : stop + _DEED]):
        return None
    moved = intervals.moved(published.day, name, -values.count(found))
    slack = timedelta(days=0 if "exactly" in found.parts else _SLACK[name])
    return Reading(Interval(moved - slack, moved + slack, "span" if slack else "day"), published)


@cache
def deeds() -> frozenset[str]:
    """The words of an attack."""
    return frozenset(load_yaml(Path(__file__).parent / "deeds.yml")["deeds"])


def _not_ahead(reading: Reading, setting: Setting) -> Reading:
    """The reading, unless it lies after publication and no word looks ahead: then it was counted from another date than
    the one told of."""
    published, interval = setting.published, reading.interval
    if interval and published and interval.first > published.interval.last and setting.direction() != "future":
        return UNKNOWN
    return reading


def before_last(found: Expression, setting: Setting) -> Reading | None:
    """ "the week before last", "the Monday before last", "the night before last", "the month after next"."""
    if "weekday" in found.parts:
        wanted = values.weekday(found)
        return from_day(
            setting.published,
            lambda day: intervals.day(
                values.last_weekday(values.last_weekday(day, wanted, same=False), wanted, same=False)
            ),
        )
    name, anchor = values.unit(found), setting.published
    if anchor is None or not _serves(anchor, name):
        return UNKNOWN
    two = 2 if found.span[-1].lower_ == "next" else -2
    return Reading(intervals.containing(name, intervals.moved(anchor.interval.last, name, two)), anchor)


def neighbour(found: Expression, setting: Setting) -> Reading | None:
    """ "the next day", "the previous year", "the year before", counted from the date told of before."""
    name, shift = values.unit(found), values.SHIFTS[found.word("near") or found.word("way") or "previous"]
    if name == "decade":
        return None
    told = setting.before(name) or (setting.published if shift < 0 else None)
    if told is None or not _serves(told, name):
        return UNKNOWN
    return Reading(intervals.containing(name, intervals.moved(told.interval.first, name, shift)), told)


def same(found: Expression, setting: Setting) -> Reading | None:
    """ "the same day", "that month", "that evening": the unit that holds the date told of before."""
    name = values.unit(found)
    told = setting.before(name)
    if told is None or not _serves(told, name):
        return UNKNOWN
    return Reading(intervals.containing(name, told.interval.first), told)


def the_day(found: Expression, setting: Setting) -> Reading | None:
    """ "later in the day", "ended the day": the day told of, or the day of publication; "earlier in the day" is the day
    of what happened, and not that of a statement on it."""
    earlier = setting.before("day") if found.span[0].lower_ == "earlier" else None
    return from_day(earlier or setting.latest_day() or setting.published, intervals.day)


def same_of_last_year(found: Expression, setting: Setting) -> Reading | None:
    """ "the same month last year", "the same period a year earlier": the time told of before, a year back."""
    name = values.unit(found) if "unit" in found.parts else None
    told = setting.before(name or "month")
    if told is None or (name is None and told.day):  # no period is a day
        return UNKNOWN
    first = intervals.moved(told.interval.first, "year", -1)
    if name:
        return Reading(intervals.containing(name, first), told)
    last = intervals.moved(told.interval.last, "year", -1)
    return Reading(Interval(first, last, told.interval.granularity), told)


def week_of(found: Expression, setting: Setting) -> Reading | None:
    """ "the week of 3 June", "the weekend of 3 June"."""
    following, is_weekend = setting.following(), values.unit(found) == "weekend"
    if following is None or following.day is None:
        return weekend(found, setting) if is_weekend else None
    return Reading(intervals.containing(values.unit(found), following.day), following)


def starts_sentence(found: Expression) -> bool:
    """Whether it stands at the start of its sentence, behind an opening mark or word at most."""
    doc, start = found.span.doc, found.span.start
    return bool(doc[start].is_sent_start or start == 0 or doc[start - 1].is_sent_start)


def _came(found: Expression) -> bool:
    """Whether the words before it set what was told of beside what follows: "It came a day after they fled"."""
    doc, start = found.span.doc, found.span.start
    return start > 0 and doc[start - 1].lower_ in ("came", "happened", "occurred")


def ends_clause(found: Expression) -> bool:
    """Whether nothing follows in its clause."""
    doc, stop = found.span.doc, found.span.end
    return stop == len(doc) or not doc[stop].text[0].isalnum()


def _serves(anchor: Anchor | None, name: str) -> bool:
    """Whether a unit can be told from an anchor: no week from a month, no month from a year."""
    if anchor is None:
        return False
    most = {"month": 31, "quarter": 92, "year": 366, "decade": 3660}
    return anchor.day is not None if name in _NEED_A_DAY else anchor.interval.days <= most[name]


def _counted(found: Expression, anchor: Anchor | None, direction: int, *, exact: bool) -> Reading:
    """The anchor moved by the count of units in `found`, as coarse as the unit unless `exact`."""
    name = values.unit(found)
    if anchor is None or not _serves(anchor, name):
        return UNKNOWN
    moved = intervals.moved(anchor.interval.first, name, direction * values.count(found))
    return Reading(intervals.day(moved) if exact and anchor.day else intervals.containing(name, moved), anchor)

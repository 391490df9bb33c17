"""The meanings of months, and of quarters, halves and seasons."""

from datetime import date, timedelta

from dateline.extractors.dates import intervals, values
from dateline.extractors.dates.find import Expression
from dateline.extractors.dates.intervals import Interval
from dateline.extractors.dates.setting import UNKNOWN, Anchor, Reading, Setting, just_told
from dateline.extractors.dates.tense import Direction

# Words that make a month of a name, and words that make a name of a month: "June Smith", "January said so".
BEFORE_MONTHS = frozenset(
    {"in", "since", "of", "from", "until", "till", "to", "by", "between", "during", "before", "after", "for", "through"}
)
_SPEAKING = frozenset({"said", "says", "told", "asked", "added", "explained", "thinks", "believes"})


def month(found: Expression, setting: Setting) -> Reading | None:
    """ "June 2014", "mid-June", "last June", "October of next year"."""
    number, rel, anchor = values.month(found), found.word("rel"), setting.published
    if year_ := found.word("year"):
        return Reading(phased(intervals.month(int(year_), number), found))
    if rel is None and not _stands_as_month(found):
        return None
    if rel is None and (beside := just_told(found, setting, "year")):  # "a year later, in June"
        return Reading(phased(intervals.month(beside.interval.first.year, number), found), beside)
    leaning = setting.following()
    if leaning is not None and leaning.names_year:  # "March and April 2013"
        return Reading(phased(intervals.month(leaning.year_of(number), number), found), leaning)
    if anchor is None:
        return UNKNOWN
    base = anchor.interval.last
    if rel is None:
        chosen = _nearest(number, base, setting.direction())
    elif "unit" in found.parts:
        chosen = intervals.month(base.year + values.SHIFTS[rel], number)
    else:
        passed = {"last": -(number >= base.month), "this": 0, "next": number <= base.month}[rel]
        chosen = intervals.month(base.year + passed, number)
    return Reading(phased(chosen, found), anchor)


def month_near(found: Expression, setting: Setting) -> Reading | None:
    """ "the following June", "the previous October", "June of that year", "in June the following year"."""
    number, told = values.month(found), setting.before("month")
    shift = values.SHIFTS[found.word("near") or "this"]
    if told is None:
        return UNKNOWN
    if "unit" in found.parts:
        return Reading(phased(intervals.month(told.interval.first.year + shift, number), found), told)
    base = told.interval.last if shift > 0 else told.interval.first
    over = number <= base.month if shift > 0 else -(number >= base.month)
    return Reading(intervals.month(base.year + over, number), told)


def week_of_month(found: Expression, setting: Setting) -> Reading | None:
    """ "the second week of May": days 8 to 14; "the last week": the last whole one; "the last day of May"."""
    reading = month(found, setting)
    if reading is None or reading.interval is None:
        return reading
    return Reading(_part_of(reading.interval, values.unit(found), found.word("ordinal") or "first"), reading.anchor)


def weekday_of_month(found: Expression, setting: Setting) -> Reading | None:
    """ "the second Tuesday of May", "the last Friday in March 2013"."""
    which = found.word("ordinal") or "first"
    reading = month(found, setting) if "month" in found.parts else _relative_month(found, setting.published)
    if reading is None or reading.interval is None:
        return reading
    of, wanted = reading.interval, values.weekday(found)
    if which in ("last", "final"):
        return Reading(intervals.day(values.last_weekday(of.last, wanted, same=True)), reading.anchor)
    first = values.next_weekday(of.first, wanted, same=True)
    return Reading(intervals.day(first.replace(day=first.day + 7 * (values.ORDINALS[which] - 1))), reading.anchor)


def _relative_month(found: Expression, published: Anchor | None) -> Reading:
    """ "last month", "next month"."""
    if published is None:
        return UNKNOWN
    first = intervals.moved(published.interval.first, "month", values.SHIFTS[found.word("rel") or "this"])
    return Reading(intervals.month(first.year, first.month), published)


def quarter(found: Expression, setting: Setting) -> Reading | None:
    """ "the third quarter of 2009", "the third quarter of this year", "the fourth quarter", "Q3 2009".

    A quarter of a fiscal year is not known: each begins on a day of its own."""
    q = found.word("q")
    number = int(q[1]) if q else values.ORDINALS[found.word("ordinal") or "first"]
    if year_ := found.word("year"):
        return Reading(intervals.quarter(int(year_), number))
    if setting.published is None or "fiscal" in found.parts:
        return UNKNOWN
    base, rel = setting.published.interval.last, found.word("rel")
    chosen = intervals.quarter(base.year + values.SHIFTS[rel or "this"], number)
    if rel is None and setting.direction() == "future":
        chosen = chosen if chosen.last >= base else intervals.quarter(base.year + 1, number)
    elif rel is None:
        chosen = chosen if chosen.last <= base else intervals.quarter(base.year - 1, number)
    return Reading(chosen, setting.published)


def half(found: Expression, setting: Setting) -> Reading | None:
    """ "the first half of 2014", "the second half of this year", "the first half of May", "H2 2014"."""
    second = found.word("ordinal") == "second" or found.word("number") == "h2"
    if "month" in found.parts:
        reading = month(found, setting)
        if reading is None or reading.interval is None:
            return reading
        of = reading.interval
        first, last = (of.first.replace(day=16), of.last) if second else (of.first, of.first.replace(day=15))
        return Reading(Interval(first, last, "span"), reading.anchor)
    anchor = None if "year" in found.parts else setting.published
    if anchor is None and "year" not in found.parts:
        return UNKNOWN
    base = int(found.word("year") or 0) or (anchor.interval.last.year if anchor else 0)
    base += values.SHIFTS[found.word("rel") or "this"]
    months = (7, 12) if second else (1, 6)
    return Reading(intervals.span(intervals.month(base, months[0]), intervals.month(base, months[1])), anchor)


def first_units(found: Expression, setting: Setting) -> Reading | None:
    """ "the first six months of 2014", "the last two weeks of May", "the first three months of last year"."""
    if "month" in found.parts:
        reading = month(found, setting)
        if reading is None or reading.interval is None:
            return reading
        of, anchor = reading.interval, reading.anchor
    elif "year" in found.parts:
        of, anchor = intervals.year(int(found.parts["year"].text)), None
    elif setting.published is None:
        return UNKNOWN
    else:
        anchor = setting.published
        of = intervals.year(anchor.interval.last.year + values.SHIFTS[found.word("rel") or "this"])
    name, count, day_ = values.unit(found), values.count(found), timedelta(days=1)
    if found.word("which") == "first":
        part = Interval(of.first, intervals.moved(of.first, name, count) - day_, "span")
    else:
        part = Interval(intervals.moved(of.last + day_, name, -count), of.last, "span")
    return Reading(part, anchor) if of.first <= part.first and part.last <= of.last else None


def season(found: Expression, setting: Setting) -> Reading | None:
    """ "spring 2014", "last summer", "this coming winter", "in the autumn"."""
    name = found.word("season") or ""
    if year_ := found.word("year"):
        if "short" in found.parts and int(found.parts["short"].text) != (int(year_) + 1) % 100:
            return None
        return Reading(intervals.season(name, int(year_)))
    rel = found.word("rel")
    if rel is None and setting.direction() is None:
        return None  # "blooms in the spring": every spring
    if setting.published is None:
        return UNKNOWN
    base = setting.published.interval.last
    around = [intervals.season(name, base.year + step) for step in (-2, -1, 0, 1)]
    if "unit" in found.parts:  # "spring last year"
        chosen = intervals.season(name, base.year + values.SHIFTS[rel or "this"])
    elif rel in ("next", "coming") or (rel is None and setting.direction() == "future"):
        chosen = next(one for one in around if one.first > base)
    elif rel == "this" and name == "winter":
        chosen = min(around, key=lambda one: _distance(one, base))
    elif rel == "this":
        chosen = intervals.season(name, base.year)
    else:
        chosen = next(one for one in reversed(around) if (one.last if rel in ("last", "past") else one.first) <= base)
    return Reading(chosen, setting.published)


def phased(of: Interval, found: Expression) -> Interval:
    """The part of a month that "early", "the end of" and their like name; the whole where none stands."""
    which = values.phase(found)
    return of if which is None else intervals.phase(of, which)


def _nearest(number: int, base: date, direction: Direction | None) -> Interval:
    around = [intervals.month(base.year + step, number) for step in (-1, 0, 1)]
    if direction == "future":
        return next(one for one in around if one.last >= base)
    return next(one for one in reversed(around) if one.first <= base)


def _part_of(of: Interval, unit: str, which: str) -> Interval:
    if unit == "day":
        return intervals.day(of.last if which in ("last", "final") else of.first.replace(day=values.ORDINALS[which]))
    if which in ("last", "final"):
        whole = intervals.week(of.last)
        return whole if whole.last == of.last else intervals.week(intervals.moved(of.last, "week", -1))
    start = of.first.replace(day=7 * values.ORDINALS[which] - 6)
    return Interval(start, start.replace(day=start.day + 6), "week")


def _stands_as_month(found: Expression) -> bool:
    """A month's name alone may be a person's: "June Smith". After a preposition it is none."""
    span = found.span
    if len(span) > 1 or (span.start and span.doc[span.start - 1].lower_ in BEFORE_MONTHS):
        return True
    after = span.doc[span.end] if span.end < len(span.doc) else None
    if after is not None and after.lower_ in _SPEAKING:
        return False
    return after is None or after.tag_ != "" or not after.text[0].isupper() or bool(after.is_sent_start)


def _distance(one: Interval, base: date) -> int:
    return 0 if one.first <= base <= one.last else min(abs((one.first - base).days), abs((one.last - base).days))

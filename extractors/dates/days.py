"""The meanings of days of the calendar: "14 June 2014", "June 3", "11 and 12 June", "12/06/2014"."""

from collections.abc import Mapping
from datetime import date

from dateline.extractors.dates import absolute, intervals, values
from dateline.extractors.dates.find import Expression
from dateline.extractors.dates.intervals import Interval
from dateline.extractors.dates.setting import UNKNOWN, Anchor, Reading, Setting, just_told
from dateline.extractors.dates.tense import Direction

# A day ahead counts as so many times as far as one behind: news looks back, unless a verb looks ahead.
AHEAD_IS_FARTHER: Mapping[Direction | None, float] = {"past": 6.0, None: 3.0, "future": 0.2}
# Far enough for a 29 February, or for the weekday that "Tuesday, June 3" asks for.
_YEARS_AROUND = (-6, -5, -4, -3, -2, -1, 0, 1, 2, 3)


def full(found: Expression, _: Setting) -> Reading | None:
    """ "14 June 2014", "June 14,2014"."""
    number, year = found.parts["day"].text, found.word("year")
    if year is None:
        number, year = number.split(",")
    return _of_day(absolute.full_date(number, found.parts["month"].text, year))


def hyphened(found: Expression, _: Setting) -> Reading | None:
    """ "3-May-2016", "03-MAY-16"; "May-2016" is a month."""
    month, year = found.parts["rest"].text.split("-")
    if "day" in found.parts:
        return _of_day(absolute.full_date(found.parts["day"].text, month, absolute.whole_year(year)))
    return Reading(intervals.month(int(year), values.MONTHS[month[:3].lower()])) if len(year) == 4 else None


def glued(found: Expression, setting: Setting) -> Reading | None:
    """ "Jan.25", "Jan.25, 2013"."""
    word = found.parts["glued"].text
    month = word.rstrip("0123456789")
    if year := found.word("year"):
        return _of_day(absolute.full_date(word[len(month) :], month, year))
    return without_year(found, values.MONTHS[month[:3].lower()], int(word[len(month) :]), setting)


def month_day(found: Expression, setting: Setting) -> Reading | None:
    """ "14 June", "14 June last year", "14th of last June", "Tuesday, 3 June"."""
    month, number = values.month(found), values.day(found)
    if year := found.word("year"):
        return Reading(intervals.day(date(int(year), month, number)))
    if rel := found.word("rel"):
        if setting.published is None:
            return UNKNOWN
        last = setting.published.interval.last
        passed = values.SHIFTS[rel] if "unit" in found.parts else -(month >= last.month)  # "the 16th of last May"
        base = last.year + passed
        return Reading(intervals.day(date(base, month, number)), setting.published)
    weekday = values.weekday(found) if "weekday" in found.parts else None
    return without_year(found, month, number, setting, weekday=weekday)


def day_range(found: Expression, setting: Setting) -> Reading | None:
    """ "between 3 and 7 May 2014", "May 3-7", "the night of 13/14 May": one span."""
    month = values.month(found)
    if "days" in found.parts:
        first, last = (int(number) for number in found.parts["days"].text.split("/"))
    else:
        first, last = values.day(found, "first"), values.day(found, "second")
    if first >= last:
        return None
    if year := found.word("year"):
        return Reading(Interval(date(int(year), month, first), date(int(year), month, last), "span"))
    end = without_year(found, month, last, setting)
    if end.interval is None:
        return end
    return Reading(Interval(end.interval.first.replace(day=first), end.interval.last, "span"), end.anchor)


def day_of_month(found: Expression, setting: Setting) -> Reading | None:
    """ "on the 14th", "Thursday the 12th": the next such day after the one told of before, else the nearest one to
    publication; "the 14th of last month", "of that month"."""
    published = setting.published
    if "unit" in found.parts:
        rel = found.word("rel")
        anchor = published if rel else setting.before("month")
        if anchor is None or anchor.interval.days > 31:
            return UNKNOWN
        first = intervals.moved(anchor.interval.first.replace(day=1), "month", values.SHIFTS[rel or "this"])
        return Reading(intervals.day(first.replace(day=values.day(found))), anchor)
    if found.parts["day"].text.isdigit():
        return None
    if published is None or published.day is None:
        return UNKNOWN
    number, ahead = values.day(found), setting.direction() == "future"
    told = setting.here.latest or setting.told.day
    if told is not None and told.interval.days <= 31 and (not ahead or told is setting.here.latest):
        first = told.interval.first
        same_month = _valid(first.year, first.month, number)
        after = told.day is None or (same_month is not None and told.day < same_month)
        if same_month is not None and after and (ahead or same_month <= published.day):
            return Reading(intervals.day(same_month), told)
    months = [intervals.moved(published.day.replace(day=1), "month", step) for step in (0, 1, -1, -2, -3)]
    days = [value for first in months if (value := _valid(first.year, first.month, number))]
    if "weekday" in found.parts:
        days = [value for value in days if value.weekday() == values.weekday(found)]
    days = [value for value in days if (value >= published.day if ahead else value <= published.day)]
    return Reading(intervals.day(days[0]), published) if days else None


def iso(found: Expression, _: Setting) -> Reading | None:
    """ "2014-06-12", with no white space in it."""
    parts = [found.parts[name] for name in ("year", "month", "day")]
    if any(part[-1].whitespace_ for part in parts[:2]):
        return None
    return Reading(intervals.day(date(int(parts[0].text), int(parts[1].text), int(parts[2].text[:2]))))


def slashed(found: Expression, setting: Setting) -> Reading | None:
    """ "12/06/2014": in the order that its own numbers, other such dates of the text, the way it writes dates in words
    ("June 3": the month first), or the nearness of publication settle; else only the year is known."""
    anchor = setting.published
    if "date" in found.parts:
        text = found.parts["date"].text
    elif found.span.text.count(" "):
        return None
    else:
        text = "/".join(found.parts[name].text for name in ("first", "second", "year"))
    order = absolute.order_of(text) or setting.slashes
    if order:
        return _of_day(absolute.slashed_date(text, order))
    either = (absolute.slashed_date(text, "day-month"), absolute.slashed_date(text, "month-day"))
    readings = sorted({value for value in either if value})
    if len(readings) < 2:
        return Reading(intervals.day(readings[0])) if readings else None
    usual = absolute.slashed_date(text, setting.habit) if setting.habit else None
    if usual is not None and (anchor is None or usual <= anchor.interval.last):
        return _of_day(usual)
    if anchor is None:
        return Reading(intervals.year(readings[0].year))
    base = anchor.interval.last
    return Reading(intervals.day(min(readings, key=lambda value: distance(value, base, ahead_is_farther=6))), anchor)


def without_year(
    found: Expression, month: int, number: int, setting: Setting, *, weekday: int | None = None
) -> Reading:
    """A day of a month in the year that a date beside it, its weekday, the tense and the anchor make likeliest."""
    if just := just_told(found, setting, "year"):  # "in 2014, on 3 June", "two years ago, on Christmas Day"
        return Reading(intervals.day(date(just.interval.first.year, month, number)), just)
    beside = _year_beside(setting)
    if beside is not None:
        on_or_after = (date(beside.interval.first.year + step, month, number) for step in (0, 1))
        return Reading(intervals.day(next(value for value in on_or_after if value >= beside.interval.first)), beside)
    leaning = setting.following()
    if leaning is not None and leaning.names_year:
        return Reading(intervals.day(date(leaning.year_of(month), month, number)), leaning)
    anchor = setting.published
    if anchor is None:
        return UNKNOWN
    base = anchor.interval.last
    candidates = [value for step in _YEARS_AROUND if (value := _valid(base.year + step, month, number))]
    if weekday is not None:
        candidates = [value for value in candidates if value.weekday() == weekday] or candidates
    factor = AHEAD_IS_FARTHER[setting.direction()]
    return Reading(
        intervals.day(min(candidates, key=lambda value: distance(value, base, ahead_is_farther=factor))), anchor
    )


def _year_beside(setting: Setting) -> Anchor | None:
    """A day with its year earlier in the sentence, of another year than publication: "seized on 3 May 2011 and freed
    on 9 June"."""
    here, published = setting.here.latest, setting.published
    if here is None or not here.names_year or here.day is None:
        return None
    return here if published is None or here.interval.last.year < published.interval.last.year else None


def _of_day(value: date | None) -> Reading | None:
    return None if value is None else Reading(intervals.day(value))


def distance(value: date, base: date, *, ahead_is_farther: float) -> float:
    """How many days lie between, those ahead counted `ahead_is_farther` times."""
    days = (value - base).days
    return days * ahead_is_farther if days > 0 else -days


def _valid(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None

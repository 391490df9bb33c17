"""Stretches of whole days, and the calendar arithmetic on them. Weeks run from Monday to Sunday (ISO 8601)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.models.fields.dates import Granularity

# Northern meteorological seasons: the month each begins in.
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
# UCDP GED's date_prec by the number of days: 1 day, 2 to six days, 3 a week, 4 a month, 5 longer. A month of the moon
# has a day of doubt at either end.
_PRECISION = ((1, 1), (6, 2), (7, 3), (32, 4))
_HIJRA = 227015  # date.toordinal() of 1 Muharram of the year 1 (19 July 622, Gregorian)


@dataclass(frozen=True, slots=True)
class Interval:
    """The days `first` to `last`, both included, and how coarse the words were that named them."""

    first: date
    last: date
    granularity: Granularity

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    @property
    def precision(self) -> int:
        """UCDP GED's date_prec."""
        return next((code for most, code in _PRECISION if self.days <= most), 5)


def day(value: date) -> Interval:
    """One day."""
    return Interval(value, value, "day")


def week(value: date) -> Interval:
    """The week that holds a day."""
    monday = value - timedelta(days=value.weekday())
    return Interval(monday, monday + timedelta(days=6), "week")


def weekend(value: date) -> Interval:
    """Saturday and Sunday of the week that holds a day."""
    sunday = week(value).last
    return Interval(sunday - timedelta(days=1), sunday, "span")


def month(year: int, number: int) -> Interval:
    """A month; ValueError where there is none of that number."""
    return Interval(date(year, number, 1), date(year, number, monthrange(year, number)[1]), "month")


def quarter(year: int, number: int) -> Interval:
    """A quarter of a calendar year, 1 to 4."""
    return Interval(date(year, 3 * number - 2, 1), month(year, 3 * number).last, "quarter")


def season(name: str, year: int) -> Interval:
    """A season; winter is named by the year in which it begins."""
    begins = SEASONS[name]
    ends_in, ends = (year + 1, 2) if begins == 12 else (year, begins + 2)
    return Interval(date(year, begins, 1), month(ends_in, ends).last, "season")


def year(value: int) -> Interval:
    """A calendar year."""
    return Interval(date(value, 1, 1), date(value, 12, 31), "year")


def decade(value: int) -> Interval:
    """Ten years, from the one that ends in 0."""
    start = value - value % 10
    return Interval(date(start, 1, 1), date(start + 9, 12, 31), "decade")


def span(first: Interval, last: Interval) -> Interval:
    """From the first day of one interval to the last of another; ValueError where they lie the other way round."""
    if last.last < first.first:
        raise ValueError("the end lies before the beginning")
    return Interval(first.first, last.last, "span")


def phase(of: Interval, which: str) -> Interval:
    """Early (days 1 to 10), mid (11 to 20) or late (21 to the end) in a month; of anything else the whole, because
    no convention says where the early part of a year ends."""
    if of.granularity != "month":
        return of
    first, last = {"early": (1, 10), "mid": (11, 20), "late": (21, of.last.day)}[which]
    return Interval(of.first.replace(day=first), of.first.replace(day=last), "span")


def containing(unit: str, value: date) -> Interval:
    """The calendar unit ("day", "week", "weekend", "month", "quarter", "year", "decade") that holds a day."""
    match unit:
        case "day":
            return day(value)
        case "week" | "fortnight":
            return week(value)
        case "weekend":
            return weekend(value)
        case "month":
            return month(value.year, value.month)
        case "quarter":
            return quarter(value.year, (value.month + 2) // 3)
        case "year":
            return year(value.year)
        case _:
            return decade(value.year)


def moved(value: date, unit: str, count: int) -> date:
    """The day `count` units later (earlier where negative); a month's last day stands for days it does not have."""
    if unit in _DAYS:
        return value + timedelta(days=count * _DAYS[unit])
    months = value.year * 12 + value.month - 1 + count * _MONTHS[unit]
    year_, month_ = divmod(months, 12)
    return date(year_, month_ + 1, min(value.day, monthrange(year_, month_ + 1)[1]))


def easter(year_: int) -> date:
    """Easter Sunday of the western churches (the anonymous Gregorian computus, Nature 1876)."""
    century, of_century = divmod(year_, 100)
    golden = year_ % 19
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    to_sunday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month_, day_ = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year_, month_, day_ + 1)


def islamic(year_: int, number: int, of_month: int | None = None) -> Interval:
    """A month of an Islamic year, or a day of it, by the tabular calendar (30 years with 11 leap days, civil epoch),
    and a day before and after: each country begins its months when it sees the moon."""
    before = 354 * (year_ - 1) + (3 + 11 * year_) // 30
    first, last = (of_month, of_month) if of_month else (1, 30 if number % 2 else 29)
    start = _HIJRA + before + (59 * (number - 1) + 1) // 2 - 1
    return Interval(date.fromordinal(start + first - 1), date.fromordinal(start + last + 1), "span")


_DAYS = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}

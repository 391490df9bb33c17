"""The calendar arithmetic of the dates field, and that it never asks a clock."""

from datetime import date
from pathlib import Path

import pytest

from dateline.extractors import dates
from dateline.extractors.dates import absolute, intervals
from dateline.extractors.dates.setting import parse_published


@pytest.mark.parametrize(
    ("day", "easter"),
    [
        (1961, "04-02"),
        (1981, "04-19"),
        (2000, "04-23"),
        (2008, "03-23"),
        (2014, "04-20"),
        (2038, "04-25"),
        (2285, "03-22"),
    ],
)
def test_easter(day: int, easter: str) -> None:
    assert intervals.easter(day).isoformat() == f"{day}-{easter}"


@pytest.mark.parametrize(
    ("year", "month", "day", "seen"),
    [
        (1432, 10, 1, date(2011, 8, 30)),  # the end of Ramadan, as Saudi Arabia saw it
        (1435, 10, 1, date(2014, 7, 28)),
        (1435, 10, 1, date(2014, 7, 29)),  # as Pakistan did
        (1440, 10, 1, date(2019, 6, 4)),
        (1444, 10, 1, date(2023, 4, 21)),
        (1435, 12, 10, date(2014, 10, 4)),  # the feast of sacrifice
        (1440, 12, 10, date(2019, 8, 11)),
        (1440, 12, 10, date(2019, 8, 12)),
    ],
)
def test_feasts_of_the_moon_lie_within_their_three_days(year: int, month: int, day: int, seen: date) -> None:
    feast = intervals.islamic(year, month, day)
    assert feast.first <= seen <= feast.last
    assert (feast.days, feast.precision) == (3, 2)


def test_a_month_of_the_moon() -> None:
    assert intervals.islamic(1440, 9).precision == 4
    assert intervals.islamic(1440, 9).first <= date(2019, 5, 6) < date(2019, 6, 3) <= intervals.islamic(1440, 9).last


@pytest.mark.parametrize(
    ("interval", "precision"),
    [
        (intervals.day(date(2014, 6, 12)), 1),
        (intervals.weekend(date(2014, 6, 12)), 2),
        (intervals.week(date(2014, 6, 12)), 3),
        (intervals.phase(intervals.month(2014, 6), "early"), 4),
        (intervals.month(2014, 6), 4),
        (intervals.quarter(2014, 2), 5),
        (intervals.year(2014), 5),
    ],
)
def test_precision_is_ucdps(interval: intervals.Interval, precision: int) -> None:
    assert interval.precision == precision


@pytest.mark.parametrize(
    ("start", "unit", "count", "expected"),
    [
        (date(2014, 3, 31), "month", -1, date(2014, 2, 28)),
        (date(2016, 2, 29), "year", -1, date(2015, 2, 28)),
        (date(2014, 1, 1), "day", -1, date(2013, 12, 31)),
        (date(2014, 11, 30), "quarter", 1, date(2015, 2, 28)),
        (date(2014, 6, 12), "decade", -2, date(1994, 6, 12)),
    ],
)
def test_moving_by_units(start: date, unit: str, count: int, expected: date) -> None:
    assert intervals.moved(start, unit, count) == expected


def test_calendar_units_and_parts() -> None:
    assert intervals.season("winter", 2015).last == date(2016, 2, 29)
    assert intervals.phase(intervals.month(2015, 2), "late").last == date(2015, 2, 28)
    assert intervals.week(date(2014, 6, 15)).first == date(2014, 6, 9)
    assert intervals.decade(1987) == intervals.containing("decade", date(1980, 1, 1))


@pytest.mark.parametrize("published", ["", "yesterday", "2014", "2014-13", "03-02-2009", "2014-02-30", "9999-99-99"])
def test_a_publication_date_that_is_none_anchors_nothing(published: str) -> None:
    assert parse_published(published) is None


def test_absolute_dates_are_normalised() -> None:
    assert absolute.full_date("14th", "Sept.", "2013") == date(2013, 9, 14)
    assert absolute.full_date("31", "June", "2013") is None
    assert absolute.slashed_date("7/8/07", "month-day") == date(2007, 7, 8)
    assert absolute.slashed_date("7/8/71", "day-month") == date(1971, 8, 7)


def test_no_module_asks_the_clock() -> None:
    sources = {path.name: path.read_text() for path in Path(dates.__file__).parent.glob("*.py")}
    assert [name for name, source in sources.items() if "now(" in source or "today(" in source] == []

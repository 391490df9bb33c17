"""Dates that say everything themselves, normalised by dateparser."""

import re
from datetime import date
from functools import cache, lru_cache
from typing import Any, Literal

from dateline.extractors.dates.setting import SlashOrder

_SEPARATORS = re.compile(r"[/.]")


@lru_cache(maxsize=4096)
def full_date(day: str, month: str, year: str) -> date | None:
    """The day that "14th", "Sept." and "2014" name together; None where the calendar has none."""
    parsed = _parser("DMY").get_date_data(f"{day} {month.rstrip('.')} {year}").date_obj
    return parsed.date() if parsed else None


@lru_cache(maxsize=4096)
def slashed_date(text: str, order: Literal["day-month", "month-day"]) -> date | None:
    """The day of "12/06/2014", "7/8/07", "31.12.2014" or "2014/06/12", the day or the month first."""
    parts = _SEPARATORS.split(text)
    if len(parts[0]) == 4:
        return _iso(*parts)
    parts[2] = whole_year(parts[2])
    parsed = _parser("DMY" if order == "day-month" else "MDY").get_date_data("/".join(parts)).date_obj
    return parsed.date() if parsed else None


def whole_year(digits: str) -> str:
    """A year of two digits in four. As POSIX has it, 69 to 99 are of the last century."""
    return digits if len(digits) == 4 else f"{19 if digits >= '69' else 20}{digits}"


def order_of(text: str) -> SlashOrder:
    """Which order a slashed date must be in because one of its numbers is no month; None where both can be."""
    parts = _SEPARATORS.split(text)
    if len(parts[0]) == 4 or "." in text:  # dots are a habit of those who write the day first
        return "day-month"
    first, second = int(parts[0]), int(parts[1])
    if first > 12 >= second:
        return "day-month"
    return "month-day" if second > 12 >= first else None


def _iso(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


@cache
def _parser(order: str) -> Any:
    from dateparser.date import DateDataParser  # a third of a second to import, and many texts need none

    settings = {
        "DATE_ORDER": order,
        "PREFER_LOCALE_DATE_ORDER": False,
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PARSERS": ["absolute-time"],
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    return DateDataParser(languages=["en"], settings=settings)

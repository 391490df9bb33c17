"""When an incident was, as far as its article says: a day, some days, a month; else around the day of print."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from dateline.models.event import Report

BEFORE = 3  # days before its print in which the main event of an article may lie that names no day
LATE = 14  # days after which who tells of an event looks back on it
BESIDE = 3  # ... where the article is about something else
DAY, DAYS, MONTH = 1, 3, 4  # UCDP date_prec: a day; up to a week; a month
WEEK = 8  # days that a span without a known precision may have to be told by its days
_DAY = len("2014-06-12")


@dataclass(frozen=True)
class Span:
    """From `first` to `last`, both included. `kind`: the text names a day or days, a month, a year; or only the day of
    a statement, or none: then it is of that day, or the day of print, or of few days before."""

    first: date
    last: date
    kind: Literal["day", "days", "month", "year", "said", "printed"]


@lru_cache(maxsize=65536)
def day(written: str) -> date:
    """An ISO day."""
    return date.fromisoformat(written)


def printed(report: Report) -> date | None:
    """The day of print; None where it is not known to the day."""
    return day(report.published) if report.published and len(report.published) == _DAY else None


def on_print(report: Report) -> bool:
    """Whether the one day that a report tells is that of its print: it may be the day on which somebody spoke."""
    return report.latest is not None and report.earliest == report.latest == report.published


def span(report: Report) -> Span | None:
    """When a report says that it was; None where nobody can tell."""
    if report.earliest is not None and report.latest is not None:
        first, last = day(report.earliest), day(report.latest)
        if first == last and report.said:
            return Span(first - timedelta(days=BEFORE), last, "said")
        if first == last:
            return Span(first, last, "day")
        if (report.precision or DAYS) <= DAYS and (last - first).days <= WEEK:
            return Span(first, last, "days")
        return Span(first, last, "month" if (last - first).days <= 31 else "year")
    on = printed(report)
    if on is None or not report.main:
        return None
    return Span(on - timedelta(days=BEFORE), on, "printed")


def looks_back(report: Report) -> bool:
    """Whether an article tells of an incident that is not its news: long past, or beside what it is about."""
    on, when = printed(report), span(report)
    if when is None:
        return not report.main
    return on is not None and (on - when.last).days > (LATE if report.main else BESIDE)

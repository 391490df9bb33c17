"""When an incident was whose article gives it no day, but says how long ago: "forty days after", "a week ago"."""

import calendar
import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from dateline.extractors.language.numbers import cardinal

MONTH, DAYS = 4, 2  # UCDP date_prec
SLACK = {"day": 1, "week": 3, "month": 10, "year": 15}  # days to either side: nobody counts more closely
ROUND = 10  # days: one in so many to either side more, for "forty days" and "ninety days" are round
LONG = 30  # years; nobody writes "after" of more
_WORDS = 5  # of a number
_BEFORE = 60  # characters in which it stands
_AGO = re.compile(r"\b(day|week|fortnight|month|year)s?\s+(after|since|ago|on from)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:–—]|\s-\s")
_NUMBER = re.compile(r"[^\W_]+")


def days_ago(sentence: str, claims: Iterable[int], printed: date) -> tuple[date, date, int] | None:
    """First and last day and precision of what a sentence dates by its distance from the day of print; `claims` are
    where its casualties stand in it. None where it says no distance, or says it of something else: "gunmen killed six
    a week after the bombing" tells nothing of when they did."""
    starts = list(claims)
    for found in _AGO.finditer(sentence):
        unit, word = found[1].lower(), found[2].lower()
        count = _count(_NUMBER.findall(sentence[max(0, found.start() - _BEFORE) : found.start()]))
        if count is None:
            continue
        after = found.end()
        clause = _CLAUSE.search(sentence, after)
        if word != "ago" and not any(
            after <= start < (clause.start() if clause else len(sentence)) for start in starts
        ):
            continue
        return _span(count, unit, printed)
    return None


def _count(words: Sequence[str]) -> int | None:
    """The number with which these words end."""
    if words and words[-1].lower() in ("a", "an"):
        return 1
    for first in range(max(0, len(words) - _WORDS), len(words)):
        found = cardinal(words, first)
        if found is not None and found[1] == len(words):
            return found[0]
    return None


def _span(count: int, unit: str, printed: date) -> tuple[date, date, int] | None:
    if unit == "fortnight":
        count, unit = 2 * count, "week"
    if count > LONG * 365 or (unit == "year" and count > LONG):
        return None
    middle = printed - timedelta(days=count * (7 if unit == "week" else 1))
    if unit in ("month", "year"):
        middle = _months_before(printed, count * (12 if unit == "year" else 1))
    slack = SLACK[unit] + (count // ROUND if unit == "day" else 0)
    first, last = middle - timedelta(days=slack), min(printed, middle + timedelta(days=slack))
    return first, last, DAYS if unit == "day" and slack == SLACK["day"] else MONTH


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))

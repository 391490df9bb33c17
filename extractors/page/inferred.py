"""The publication date of a text that no giver, page or address dates: what its own words let a reader conclude.

A line of its own at the head tells the day. A dateline with a full date gives that day. A weekday with day and month
("Wednesday, June 11") fixes the year where exactly one of the years that the text allows has that weekday on that day:
writers leave the year out of what is near, so it is the last year that the text names, or the one after it. What
follows is the month, for a story may be printed some days after what it tells of; the day only where the words make it
the day of printing ("today, Wednesday 11 June"). The clock is never asked.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from dateline.extractors.page import dates
from dateline.extractors.page.printed import dated_words
from dateline.extractors.page.said import Said

_HEAD = 6  # lines at the head of a text among which one may tell its day
_FOOT = 3  # lines at its foot that may tell of a change
_DATELINE = 12  # lines from the start, one of which begins with the dateline; press releases have many at the head
_HEAD_OF_LINE = 130  # characters in which a dateline stands
_LINE = re.compile(r"[^\s][^\n\u2028\u2029]*")
# "KABUL, Afghanistan (", "WASHINGTON, D.C., ", "Kabul, ": capitals, or a place in few words with a mark at its end.
_PLACE = re.compile(
    r"\W{0,3}(?:[A-Z]{3,30}\b[\w .,/'’–-]{0,60}[ ,/–(-]|(?:[^\W\d_a-z][\w.'’-]{1,30}[ /]?){1,3}(?:, | \())"
)
_AFTER_DATE = re.compile(r",?\s{0,2}(?:\([^()]{2,40}\)|/[^/]{2,40}/)?\s{0,2}(?:[–—-]|/?--|:)")
_AFTER_BRACKET = re.compile(r"\)\s{0,2}(?:[–—:-]|$)")
_MONTHS = "|".join(sorted(dates.MONTHS, key=len, reverse=True))
# A year that something is said of: "in 2013", "November 2013", "4 May, 2013".
_YEAR = re.compile(
    rf"\b(?:in|since|from|during|late|early|mid|(?:{_MONTHS})\b\.?(?: \d\d?)?,?)[ -]((?:19|20)\d\d)\b(?![.,]\d|-\d)",
    re.IGNORECASE,
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NEAR_YEAR = r"(?!,?\s{0,3}(?:19|20)\d\d)"
_PAIRS = tuple(
    re.compile(form + _NEAR_YEAR, re.IGNORECASE)
    for form in (
        rf"\b(?P<weekday>{'|'.join(_WEEKDAYS)}),?\s(?:the\s)?(?P<day>\d\d?)(?:st|nd|rd|th)?\s(?:of\s)?(?P<month>{_MONTHS})\b\.?",
        rf"\b(?P<weekday>{'|'.join(_WEEKDAYS)}),?\s(?P<month>{_MONTHS})\.?\s(?P<day>\d\d?)(?!\d)(?:st|nd|rd|th)?",
    )
)
_TODAY = re.compile(r"\btoday,?\s(?:on\s)?$", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:will|shall|next|until|till|by|before|due|scheduled|expected|planned|set|deadline|to)\b", re.IGNORECASE
)
_AROUND = 60  # characters before a day in which a word says that it lies ahead
_LAST_DAY = 24  # of the month: what is told of later days may be printed in the next


def day_of_text(text: str, *, month_first: bool | None = None) -> Said | None:
    """The ISO day or month of publication that a text tells or lets conclude; None where it does neither."""
    return _line(text, month_first) or _of_dateline(text) or _of_weekday(text)


def changed_in_text(text: str) -> Said | None:
    """The day on which a text says, in a line at its head or its foot, that it was changed."""
    lines = list(lines_of(text))
    for start, words in (*lines[:_HEAD], *lines[-_FOOT:]):
        for iso, begin, end, label in dated_words(words):
            if label == "changed":
                place = start + begin, start + end
                return Said(value=iso, rule="page.updated.line", quote=words[begin:end], where="text", place=place)
    return None


def _line(text: str, month_first: bool | None) -> Said | None:
    """The day that a line at the head of the text tells."""
    for start, words in lines_of(text, _HEAD):
        for iso, begin, end, label in dated_words(words, month_first=month_first):
            if label != "changed":
                place = start + begin, start + end
                return Said(value=iso, rule="page.published.line", quote=words[begin:end], where="text", place=place)
    return None


def _of_dateline(text: str) -> Said | None:
    """The day of a line that begins with a place, a full date, and a dash or a bracket's end."""
    for start, words in lines_of(text, _DATELINE):
        iso, begin, end = dates.find_day(words[:_HEAD_OF_LINE]) or ("", 0, 0)
        if begin and _PLACE.fullmatch(words, 0, begin):
            after = _AFTER_BRACKET if words[begin - 1] == "(" else _AFTER_DATE
            if after.match(words, end):
                return Said(
                    value=iso,
                    rule="page.published.dateline",
                    quote=words[begin:end],
                    where="text",
                    place=(start + begin, start + end),
                    inferred=True,
                )
    return None


def _of_weekday(text: str) -> Said | None:
    """The month, or the day, of the last weekday with day and month that does not lie ahead."""
    years = [int(year) for year in _YEAR.findall(text)]
    if not years:
        return None
    last = max(years)
    found = sorted((pair for form in _PAIRS for pair in form.finditer(text)), key=lambda pair: pair.start())
    fitting = [{day.year for day in _days(pair, range(last, last + 2))} for pair in found]
    year = set.intersection(*fitting) if fitting else set()
    if len(year) != 1:
        return None
    told = [
        (day, pair)
        for pair in found
        for day in _days(pair, sorted(year))
        if not _AHEAD.search(text, max(0, pair.start() - _AROUND), pair.start())
    ]
    if not told:
        return None
    day, pair = max(told, key=lambda item: item[0])
    today = next((day for day, pair in told if _TODAY.search(text[max(0, pair.start() - 12) : pair.start()])), None)
    if not today and day.day > _LAST_DAY:
        return None
    value = today.isoformat() if today else f"{day:%Y-%m}"
    return Said(
        value=value, rule="page.published.weekday", quote=pair[0], where="text", place=pair.span(), inferred=True
    )


def _days(pair: re.Match[str], years: Sequence[int]) -> Iterator[date]:
    """The days that a weekday with day and month may be, in some years."""
    month = dates.MONTHS[pair["month"].lower()]
    for year in years:
        try:
            day = date(year, month, int(pair["day"]))
        except ValueError:
            continue
        if day.weekday() == _WEEKDAYS.index(pair["weekday"].lower()):
            yield day


def lines_of(text: str, most: int | None = None) -> Iterator[tuple[int, str]]:
    """The first lines of a text that are not blank, or all of them, with where each begins."""
    for line in islice(_LINE.finditer(text), most):
        yield line.start(), line[0].rstrip()

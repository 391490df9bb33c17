"""The days that the lines of a page, or of a text, tell: when it was published, and when it was changed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from dateline.extractors.page import dates
from dateline.extractors.page.around import Line, line_of
from dateline.extractors.page.said import Said, shown_in

_SHORT = 48  # characters of a line that tells a month and no day: "Last modified: July 2014"
LONGEST = 160  # characters of a line that says who wrote and when
_INNER = 100  # elements of a longer one that are looked at
_DATE_NAME = re.compile(
    r"(?:^|[\W_])(?:pub)?(?:date|time)(?:$|[\W_])|publi(?:sh|c)|posted|timestamp|byline|dateline|meta"
    r"|(?:post|entry|article)-?(?:date|info|time)"
)
_LABEL = re.compile(
    r"\b(?:(?P<changed>updated|(?:last|latest) update|update(?=:)|modified|edited|revised|amended)"
    r"|(?P<published>published|posted|submitted|created|written|issued|released?|publication)"
    r"|reviewed|copyright|accessed|retrieved|expires|deadline|until|since|joined|born)\b|©",
    re.IGNORECASE,
)
_CHANGED_AFTER = re.compile(r"[\W_]{1,5}(?:last )?updated\b", re.IGNORECASE)  # "May 2, 2014 -- Updated 0203 GMT"
# What may stand beside a date in a line that tells the date: an end, a mark, a time of day, who wrote.
_BEFORE = re.compile(r"(?:^|[|·•/,:;(–—-]|^\W*[Oo]n|\b(?:[A-Z]{1,3}T|GMT|UTC|[ap]\.?m\.?|\d?\d[:.]\d\d))\W*$")
_WEEKDAY = re.compile(r"\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\W*$", re.IGNORECASE)
_AFTER = re.compile(
    r"\W*(?:$|[|·•/;()–—-]|(?i:\b(?:at|by|in|from|under|gmt|utc|last|updated|modified|edited))\b|\b(?:\d|[A-Z]))"
)
_BYLINE = re.compile(r"\W*by\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Day:
    """A day or month that a line tells, in which words, and what the line calls it: "published", "changed", ""."""

    iso: str
    words: str
    element: HtmlElement
    label: str

    def said(self, rule: str) -> Said:
        """The day as said by that rule."""
        return Said(value=self.iso, rule=rule, quote=self.words, spot=shown_in(self.element))


def days_of(line: Line, *, month_first: bool | None) -> Iterator[Day]:
    """The days that a line tells, where it is one that tells when a story was published or changed; else its month."""
    if not any(map(str.isdigit, line.words)):
        return
    if len(line.words) > LONGEST:  # a deck may hold the date in an element of its own
        for inner in filter(is_dated, islice(line.element.iterdescendants(), _INNER)):
            if (short := line_of(inner)) and len(short.words) <= LONGEST:
                yield from days_of(short, month_first=month_first)
        return
    for iso, start, stop, label in dated_words(line.words, named=is_dated(line.element), month_first=month_first):
        words = line.words[start:stop]
        element = next((element for element, piece in line.pieces if words in piece), line.element)
        yield Day(iso, words, element, label)


def dated_words(
    words: str, *, named: bool = False, month_first: bool | None = None
) -> Iterator[tuple[str, int, int, str]]:
    """The days, or else the month, that a line tells: ISO, where it stands in the line, and what the line calls it.

    A day in a sentence is none of them, unless it is called something; `named`: the line is known to hold its date.
    """
    if len(words) > LONGEST:
        return
    at = 0
    days = list(dates.find_days(words, month_first=month_first))
    for iso, start, stop in days:
        label = _label(words[at:start])
        if label == "" and stop == days[-1][2] and _CHANGED_AFTER.match(words, stop):
            label = "changed"
        if label is not None and (named or _tells_the_day(words, start, stop, label)):
            yield iso, start, stop, label
        at = stop
    if not days and (found := dates.find_month(words)):
        iso, start, stop = found
        label = _label(words[:start])
        if label is not None and (len(words) == stop - start or (label and len(words) <= _SHORT)):
            yield iso, start, stop, label


def is_dated(element: HtmlElement) -> bool:
    """Whether an element's class or id says that it holds a date, or who wrote."""
    return _DATE_NAME.search(f"{element.get('class') or ''} {element.get('id') or ''}".lower()) is not None


def _label(before: str) -> str | None:
    """What the words before a date call it: "published", "changed", nothing (""); None for a date of something else."""
    labels = list(_LABEL.finditer(before))
    return (labels[-1].lastgroup if labels else "") if not labels or labels[-1].lastgroup else None


def _tells_the_day(words: str, start: int, stop: int, label: str) -> bool:
    """Whether what stands beside a date leaves it one that is told, and no part of a sentence."""
    before = _WEEKDAY.sub("", words[:start])
    if not label and words.endswith((".", "!", "?", "”", '"')) and not words.endswith(".m."):
        return False
    return bool(_AFTER.match(words, stop) and (label or _BEFORE.search(before) or _BYLINE.match(before)))

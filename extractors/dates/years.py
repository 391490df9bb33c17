"""The meanings of years and decades."""

from spacy.tokens import Span

from dateline.extractors.dates import intervals
from dateline.extractors.dates.find import Expression
from dateline.extractors.dates.months import BEFORE_MONTHS
from dateline.extractors.dates.setting import UNKNOWN, Reading, Setting

_DASHES = frozenset("-–—−")
_GLUE = _DASHES | frozenset("/$#€£_")
# News does not date what lies farther ahead than this many years: such a number counts something.
_FARTHEST_AHEAD = 50
# Before these a number from 1800 to 1899 is a year, which else is a count or a time.
_BEFORE_OLD_YEARS = BEFORE_MONTHS | {"and", "the"}
_DECADES = {"sixties": 1960, "seventies": 1970, "eighties": 1980, "nineties": 1990}
# Beside these "the 70s" are temperatures or ages; so are "the 30s" that no apostrophe marks.
_OTHER_SCALES = frozenset({"temperature", "temperatures", "degrees", "highs", "lows", "high", "low", "aged", "ages"})
_AGES = ("20", "30", "40")
_NEAR = 12  # tokens on either side that are asked


def year(found: Expression, setting: Setting) -> Reading | None:
    """ "2014", "early 2014", "mid-2011"."""
    number = int(found.parts["year"].text[-4:])
    if _is_part_of_number(found.parts["year"]):
        return None
    if number < 1900 and found.span.doc[max(found.span.start - 1, 0)].lower_ not in _BEFORE_OLD_YEARS:
        return None
    published = setting.published
    if published is not None and number > published.interval.last.year + _FARTHEST_AHEAD:
        return None
    return Reading(intervals.year(number))


def year_pair(found: Expression, _: Setting) -> Reading | None:
    """ "in 2021-22", "2021/22", "2014/2015"."""
    if pair := found.word("pair"):
        years, rest = intervals.year(int(pair[:4])), int(pair[5:])
        follows = (years.first.year + 1) % (100 if rest < 100 else 10_000) == rest
        return Reading(intervals.span(years, intervals.year(years.first.year + 1))) if follows else None
    first, short = int(found.parts["year"].text), found.parts["short"]
    doc, stop = short.doc, short.end
    glued = stop < len(doc) and not doc[stop - 1].whitespace_ and doc[stop].text in _GLUE
    last = first - first % 100 + int(short.text)
    if (
        glued
        or len(short.text) != 2
        or last <= first
        or any(token.whitespace_ for token in doc[short.start - 2 : short.start])
    ):
        return None
    return Reading(intervals.span(intervals.year(first), intervals.year(last)))


def short_year(found: Expression, setting: Setting) -> Reading | None:
    """ "since '82": in the hundred years up to publication."""
    digits = found.parts["short"].text
    if len(digits) != 2 or not digits.isdigit():
        return None
    if setting.published is None:
        return UNKNOWN
    latest = setting.published.interval.last.year
    return Reading(intervals.year(latest - (latest - int(digits)) % 100), setting.published)


def decade(found: Expression, _: Setting) -> Reading | None:
    """ "the 1970s", "the 80s", "the late nineties"."""
    if named := _DECADES.get(found.word("decade") or ""):
        return Reading(intervals.decade(named))
    digits = found.parts["decade"].text.removesuffix("s").rsplit("-")[-1]
    if digits[-1] != "0" or (len(digits) == 2 and _is_other_scale(found.span, digits)):
        return None  # "the 2014's", "the mid-70s"
    return Reading(intervals.decade(int(digits if len(digits) == 4 else f"19{digits}")))


def fiscal_year(_: Expression, __: Setting) -> Reading:
    """ "The financial year", "fiscal 2008"."""
    return UNKNOWN


def _is_part_of_number(span: Span) -> bool:
    """Whether a year's digits are part of something longer: "2010-11-CA-167", "ID-2014", "$2014", "2014/GC"."""
    doc, start, stop = span.doc, span.start, span.end
    before = doc[start - 1] if start and not doc[start - 1].whitespace_ else None
    if before is not None and (before.is_alpha or before.is_digit or before.text in _GLUE):
        lead = doc[start - 2] if start > 1 else before
        return not (before.text in _DASHES and lead.tag_ in ("YYYY", "MONTH", "PHASE"))
    if stop + 1 >= len(doc) or doc[stop - 1].whitespace_ or doc[stop].whitespace_ or doc[stop].text not in _GLUE:
        return False
    return doc[stop + 1].tag_ != "YYYY" and any(char.isdigit() or char.isupper() for char in doc[stop + 1].text)


def _is_other_scale(span: Span, digits: str) -> bool:
    """Whether two digits count something else than the years of a century."""
    if span.doc[span.end - 2].text in "'’‘`":
        return False  # "the '70s"
    near = span.doc[max(0, span.start - _NEAR) : span.end + _NEAR]
    return digits in _AGES or any(token.lower_ in _OTHER_SCALES for token in near)

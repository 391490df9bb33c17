"""Days and months as publishers write them in metadata, addresses and bylines, to the precision given and no more."""

import re
from calendar import monthrange
from collections.abc import Iterator

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
EARLIEST = 1900  # a year before it is an empty value ("0001-01-01") or the default of a system
LATEST = 2100

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<!\d){_YEAR}-(?P<month>\d\d?)-(?P<day>\d\d?)(?!\d)",
        rf"(?<!\d){_YEAR}/(?P<month>\d\d?)/(?P<day>\d\d?)(?!\d)",
        rf"(?<!\d){_YEAR}\.(?P<month>\d\d?)\.(?P<day>\d\d?)(?!\d)",
        rf"(?<![\w/])(?P<name>{_MONTH})\.?,?\s{{1,3}}(?P<day>\d\d?)(?:st|nd|rd|th)?\s{{0,2}},?\s{{0,3}}{_YEAR}(?!\d)",
        rf"(?<!\d)(?P<day>\d\d?)(?:st|nd|rd|th)?[\s-]{{0,3}}(?:of\s)?(?P<name>{_MONTH})\b\.?,?[\s-]{{0,3}}{_YEAR}(?!\d)",
        rf"(?<!\d)(?P<day>\d\d?)(?P<sep>[./-])(?P<month>\d\d?)(?P=sep){_YEAR}(?!\d)",
        rf"(?<!\d){_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?=T|\d{{6}}(?!\d)|(?!\d))",
    )
)
_DIGIT = re.compile(r"\d")
_EITHER_ORDER = 5  # the form in which day and month may stand in either order
_MONTH_ONLY = (
    re.compile(rf"(?<![\w/])(?P<name>{_MONTH})\.?,?\s{{1,3}}{_YEAR}(?!\d)", re.IGNORECASE),
    re.compile(rf"^\s*{_YEAR}-(?P<month>\d\d)\s*$"),
)
_ADDRESS_DAYS = (
    re.compile(rf"/{_YEAR}[/-](?P<month>\d\d?|{_MONTH})[/-](?P<day>\d\d?)(?=[/_-]|$)", re.IGNORECASE),
    re.compile(rf"/{_YEAR}/[a-z_]{{2,30}}/(?P<month>\d\d?)/(?P<day>\d\d?)(?=/)", re.IGNORECASE),
    re.compile(rf"[/_-]{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?=[/_.-]|$)"),
    re.compile(rf"/{_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?=[/_-]|$)"),
)
_ADDRESS_MONTH = re.compile(rf"/{_YEAR}/(?P<month>\d\d|{_MONTH})(?=[/-]|$)", re.IGNORECASE)


def read_day(words: str, *, month_first: bool | None = None) -> str | None:
    """The ISO day at the earliest place in `words`; None where there is none.

    `month_first` settles "02/03/2024" (None: such a date is left open unless one of its numbers is past 12).
    """
    found = find_day(words, month_first=month_first)
    return found[0] if found else None


def find_day(words: str, *, month_first: bool | None = None) -> tuple[str, int, int] | None:
    """As `read_day`, with the half-open place of the day in `words`: (day, start, stop)."""
    return next(find_days(words, month_first=month_first), None)


def find_days(words: str, *, month_first: bool | None = None) -> Iterator[tuple[str, int, int]]:
    """Every day in `words`, in order, as `find_day` gives one."""
    at = 0
    while _DIGIT.search(words, at):
        found = [(form.search(words, at), order) for order, form in enumerate(_FORMS)]
        for match, order in sorted(((match, order) for match, order in found if match), key=_place):
            if day := _day(match, month_first if order == _EITHER_ORDER else True, either=order == _EITHER_ORDER):
                yield day, match.start(), match.end()
                at = match.end()
                break
        else:
            return


def read_month(words: str) -> str | None:
    """The ISO month named in `words` without a day; None where there is none."""
    found = find_month(words)
    return found[0] if found else None


def find_month(words: str) -> tuple[str, int, int] | None:
    """As `read_month`, with the half-open place of the month in `words`: (month, start, stop)."""
    for form in _MONTH_ONLY:
        if (match := form.search(words)) and (month := _month(match)):
            return f"{match['year']}-{month:02}", match.start(), match.end()
    return None


def day_of_address(url: str) -> str | None:
    """The ISO day in a web address ("/2014/06/12/…"); None where it holds none."""
    for form in _ADDRESS_DAYS:
        if (match := form.search(url)) and (day := _day(match, True)):
            return day
    return None


def month_of_address(url: str) -> str | None:
    """The ISO month in a web address ("/2014/06/…"); None where it holds none."""
    match = _ADDRESS_MONTH.search(url)
    month = _month(match) if match else None
    return f"{match['year']}-{month:02}" if match and month else None


def _place(found: tuple[re.Match[str], int]) -> tuple[int, int]:
    return found[0].start(), found[1]


def _day(match: re.Match[str], month_first: bool | None, *, either: bool = False) -> str | None:
    year = int(match["year"])
    month, day = (
        _ordered(int(match["day"]), int(match["month"]), month_first) if either else (_month(match), int(match["day"]))
    )
    if not month or not EARLIEST <= year <= LATEST or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return f"{year}-{month:02}-{day:02}"


def _ordered(first: int, second: int, month_first: bool | None) -> tuple[int | None, int]:
    """(month, day) of two numbers; the month None where nothing settles which is which, or neither can be it."""
    if first > 12 or first == second:
        return (second if 1 <= second <= 12 else None), first
    if second > 12:
        return first, second
    if month_first is None:
        return None, first
    return (first, second) if month_first else (second, first)


def _month(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    name = groups.get("name")
    if name:
        return MONTHS[name.lower()]
    text = groups["month"]
    number = int(text) if text.isdigit() else MONTHS.get(text.lower(), 0)
    return number if 1 <= number <= 12 else None

"""From the words of an expression to numbers: months, weekdays, days, units, counts."""

from datetime import date, timedelta

from dateline.extractors.dates.find import Expression
from dateline.extractors.language.numbers import TENS, UNITS

# By their first three letters.
MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
WEEKDAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
_ORDINAL_WORDS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth",
    "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
)  # fmt: skip
ORDINALS = {word: number for number, word in enumerate(_ORDINAL_WORDS, start=1)}
ORDINALS |= {"last": 4, "final": 4}  # of four quarters
# How many units on: "last", "this", "next" and their like from publication, the rest from the date told of before.
SHIFTS = {
    "last": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1,
    "previous": -1, "preceding": -1, "before": -1, "following": 1, "after": 1,
}  # fmt: skip
# The parts of a month that PHASE_NOUN names.
PHASES = {"beginning": "early", "start": "early", "middle": "mid", "end": "late", "close": "late"}


def month(found: Expression, label: str = "month") -> int:
    """1 to 12, of "June", "Sept."."""
    return MONTHS[found.parts[label].text[:3].lower()]


def weekday(found: Expression) -> int:
    """0 (Monday) to 6, of "Tuesday", "Tues."."""
    return WEEKDAYS[found.parts["weekday"].text[:3].lower()]


def day(found: Expression, label: str = "day") -> int:
    """1 to 31, of "14", "14th", "fourteenth"."""
    word = found.parts[label].text.lower()
    return ORDINALS.get(word) or int(word.rstrip("stndrh"))


def unit(found: Expression) -> str:
    """ "day", "week", …: in the singular. A part of a day ("that evening") is of a day."""
    name = (found.word("unit") or "day").removesuffix("s")
    return name if name in ("week", "month", "year", "decade", "weekend", "quarter", "fortnight") else "day"


def count(found: Expression) -> int:
    """How many units, of "three", "3", "a"; 1 where no number stands. ValueError above 999."""
    word = found.word("count") or "a"
    if word in ("a", "an"):
        return 1
    if word == "couple":
        return 2
    return UNITS.get(word) or TENS.get(word) or int(word)


def phase(found: Expression) -> str | None:
    """ "early", "mid" or "late", where such a word is part of the expression."""
    word = found.word("phase")
    return None if word is None else PHASES.get(word, word)


def last_weekday(before: date, wanted: int, *, same: bool) -> date:
    """The latest such weekday before a day, that day itself where `same`."""
    back = (before.weekday() - wanted) % 7
    return before - timedelta(days=back or (0 if same else 7))


def next_weekday(after: date, wanted: int, *, same: bool) -> date:
    """The first such weekday after a day, that day itself where `same`."""
    ahead = (wanted - after.weekday()) % 7
    return after + timedelta(days=ahead or (0 if same else 7))

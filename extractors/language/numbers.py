"""Numbers as news writes them: digits with separators, words, dozens."""

import re
from collections.abc import Sequence

# Sorted by meaning; a hyphen or "and" may stand between the parts.
UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "lakh": 100_000, "crore": 10_000_000}

_DIGITS = re.compile(r"^\d{1,3}(?:[,.’' ]\d{3})+$|^0$|^[1-9]\d{0,8}$")
_GROUP = re.compile(r"^[0-9]{3}$")  # of a number whose thousands a space parts: 12 000
_FIRST_GROUP = re.compile(r"^[1-9][0-9]{0,2}$")
_QUALIFYING = frozenset({"about", "almost", "approximately", "around", "nearly", "over", "roughly", "some", "the"})
# What stands before a number of its own, though three digits follow: a day ("June 14"), an hour, a name ("Flight 93").
_NUMBERED = frozenset({
    "at", "by", "on", "no", "number", "flight", "route", "room", "page", "chapter", "act", "section", "line",
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
})  # fmt: skip
LOST = "\ufffd"  # a byte that nobody could read
_DECIMAL = re.compile(r"^(\d{1,6})\.(\d{1,2})$")
_LONGEST = (
    12  # tokens: "one hundred and twenty-three thousand four hundred and fifty-six" has 14, nobody dies in such numbers
)


def digits(word: str) -> int | None:
    """The value of a number in ASCII digits, thousands separated or not; None for anything else ("²", "1٤", "3.5")."""
    if not word.isascii() or not _DIGITS.match(word):
        return None
    return int(re.sub(r"\D", "", word))


def cardinal(words: Sequence[str], start: int) -> tuple[int, int] | None:
    """The cardinal number that begins at `words[start]`: its value and the index after its last word.

    Reads "12", "1,200", "23 thousand", "2.5 million", "twenty-three", "a hundred and six", "half a dozen", "two dozen",
    "a dozen"; each token is a word of its own, in any case. None where no number begins; "a" and "dozens" are none.
    """
    word, following = _lower(words, start), _lower(words, start + 1)
    if word == "half" and following == "a" and _lower(words, start + 2) == "dozen":
        return 6, start + 3
    if word == "a" and following == "dozen":
        return 12, start + 2
    if word in ("a", "one") and following in SCALES:
        return _words(words, start, first=1)
    if word in UNITS or word in TENS:
        return _words(words, start)
    if not word[:1].isdigit():
        return None
    if LOST in (following[:1], _lower(words, start - 1)[-1:] if start else ""):
        return None  # a digit may be lost
    if found := _spaced(words, start):
        return _scaled(words, found[1], found[0])
    if start and _GROUP.match(word) and _spaced(words, start - 1):
        return None  # the end of such a number
    value = digits(word)
    if value is not None:
        return _scaled(words, start + 1, value)
    if following in ("million", "thousand", "lakh", "crore") and _DECIMAL.match(word):
        return round(float(word) * SCALES[following]), start + 2
    return None


def _spaced(words: Sequence[str], start: int) -> tuple[int, int] | None:
    """A number whose thousands are parted by spaces ("12 000"), and the index after it; None where the first part is a
    number of its own: "on June 14 200 people", "Flight 93 100 passengers"."""
    stop = start + 1
    while stop < len(words) and stop - start < 3 and _GROUP.match(words[stop]):
        stop += 1
    if stop == start + 1 or not _FIRST_GROUP.match(words[start]):
        return None
    before = words[start - 1] if start else ""
    named = before[:1].isupper() and before.lower() not in _QUALIFYING  # a sentence may begin with "About 12 000"
    if named or before[:1].isdigit() or before.lower().rstrip(".") in _NUMBERED:
        return None
    return int("".join(words[start:stop])), stop


def _lower(words: Sequence[str], index: int) -> str:
    """The word at an index in lower case; empty behind the last."""
    return words[index].lower() if index < len(words) else ""


def _scaled(words: Sequence[str], index: int, value: int) -> tuple[int, int]:
    """`value`, times a "thousand" or "dozen" that follows."""
    following = _lower(words, index)
    if following == "dozen":
        return value * 12, index + 1
    if following in SCALES and following != "hundred":
        return value * SCALES[following], index + 1
    return value, index


def _words(words: Sequence[str], start: int, *, first: int | None = None) -> tuple[int, int] | None:
    total, group, index = 0, first or 0, start + (first is not None)
    stop = index if first is not None else start
    last = "unit" if first is not None else ""
    while index < len(words) and index - start < _LONGEST:
        word = words[index].lower()
        if word in UNITS and last not in ("unit", "units"):
            if last == "tens" and UNITS[word] > 9:
                break
            group, last = group + UNITS[word], "unit"
        elif word in TENS and last not in ("unit", "tens"):
            group, last = group + TENS[word], "tens"
        elif word == "hundred" and group:
            group, last = group * 100, "scale"
        elif word in SCALES and group:
            total, group, last = total + group * SCALES[word], 0, "scale"
        elif word == "dozen" and group:
            return (total + group) * 12, index + 1
        elif word in ("and", "-", "‑") and last and _continues(words, index, last):
            index += 1
            continue
        else:
            break
        index += 1
        stop = index
    return (total + group, stop) if stop > start and total + group else None


def _continues(words: Sequence[str], index: int, last: str) -> bool:
    """Whether the "and" or hyphen at `index` joins two parts of one number: "hundred and six", "twenty-three"."""
    following = _lower(words, index + 1)
    if words[index].lower() == "and":
        return last == "scale" and (following in UNITS or following in TENS)
    return last == "tens" and following in UNITS and UNITS[following] < 10

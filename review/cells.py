"""Text on its way into a cell and back: nothing runs, nothing hides, nothing is cut without a word."""

import re
from dataclasses import dataclass
from typing import Any

# A cell beginning with one of these is run as a formula by Excel, LibreOffice and Google Sheets (OWASP, CSV injection);
# full-width and small forms count in East Asian versions. Tab and line ends come off before that is looked at.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫")
LIMIT = 32_767  # UTF-16 units: what a cell of Excel holds at most

# Blanks, separators, apostrophes, and then what runs: at the beginning of a cell, and behind a separator, for where the
# file is split at ";" or tabs a part of a text becomes a cell of its own.
_BEFORE = "[\\s;'\u00ad\u200b-\u200f\u2060\ufeff]"
_RUN = re.compile(f"(?<!{_BEFORE})({_BEFORE}*+)([=+\\-@＝＋－＠﹦﹢﹣﹫])")
_SEPARATOR = re.compile("[;\t\r\n]")
_TABBED = re.compile("'*[\t\r]")

# What XML and terminals cannot hold, and what turns the reading direction of all that follows.
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, kw_only=True)
class Marked:
    """A text with the stretches of it (half-open, in code points) that are to stand out."""

    text: str
    spans: tuple[tuple[int, int], ...] = ()


def cell(value: object) -> object:
    """A value as it goes into a cell: text that would run as a formula gets an apostrophe in front, and hidden
    characters are named; numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, Marked):
        value = value.text
    if isinstance(value, bool):
        return "yes" if value else "no"
    return guarded(named(value)) if isinstance(value, str) else value


def named(text: str) -> str:
    """A text whose control characters, direction marks and lone surrogates are written out: ‹U+202E›."""
    return _HIDDEN.sub(lambda found: f"‹U+{ord(found[0]):04X}›", text)


def guarded(text: str) -> str:
    """A text that no spreadsheet runs, in whatever cell a part of it ends up; `bare` undoes it."""
    text = _RUN.sub(lambda found: f"{found[1]}'{found[2]}" if _at_start(found) else found[0], text)
    return f"'{text}" if _TABBED.match(text) else text


def bare(text: str) -> str:
    """What `guarded` was given."""
    if text.startswith("'") and _TABBED.match(text):
        text = text[1:]
    return _RUN.sub(
        lambda found: found[1][:-1] + found[2] if _at_start(found) and found[1].endswith("'") else found[0], text
    )


def _at_start(found: re.Match[str]) -> bool:
    return found.start() == 0 or _SEPARATOR.search(found[1]) is not None


def units(text: str) -> int:
    """The length of a text as spreadsheets and browsers count it: in UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def fitted(text: str, *, rest: str, around: int = 0, limit: int = LIMIT) -> str:
    """A text that fits into a cell: what is too long is cut on both sides of the character at `around`, and the cell
    says how much is missing and where it is (`rest`)."""
    if units(text) <= limit:
        return text
    room = (limit - 400) // 2  # code points, of which each may be two units; the words that say so take the rest
    start = max(0, min(around - room // 2, len(text) - room))
    before = f"‹{start:,} characters before this; all of it: {rest}› " if start else ""
    after = len(text) - start - room
    return before + text[start : start + room] + (f" ‹{after:,} more characters; all of it: {rest}›" if after else "")


def as_text(value: Any) -> str:
    """A value as it stands in a cell, as a text."""
    return str(cell(value))

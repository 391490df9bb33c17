"""Cells as programs give them back: "14", 14.0, "1,234", TRUE, 12.06.2014 for what was 14, 1234, yes and 2014-06-12."""

import math
import re
from datetime import date, datetime, timedelta
from typing import Any

from dateline.review.cells import as_text
from dateline.review.seal import RETYPED, folded, trace
from dateline.review.sheets import Column

_WHOLE = re.compile(r"(-?\d+)(?:[.,]0{1,2}|[.,]0{4,})?", re.ASCII)
_THOUSANDS = re.compile(r"\d{1,3}(?:([.,'’ \u00a0\u202f])\d{3})(?:\1\d{3})*", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_MIXED = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4}|\d{2})(?: 00:00(?::00)?)?", re.ASCII)
_EPOCH = date(1899, 12, 30)  # the day 0 of spreadsheets
_YES = {"yes": True, "true": True, "wahr": True, "vrai": True, "verdadero": True, "1": True,
        "no": False, "false": False, "falsch": False, "faux": False, "falso": False, "0": False}  # fmt: skip


class Unreadable(ValueError):
    """A cell that cannot mean what its column holds; the message says what is wrong and what to write."""


def is_empty(cell: object) -> bool:
    """Whether nothing stands in a cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def whole(cell: object) -> int:
    """A whole number of people."""
    if isinstance(cell, bool):
        raise Unreadable(f"{cell} is no number")
    if isinstance(cell, int | float):
        if math.isfinite(cell) and float(cell).is_integer():
            return int(cell)
        raise Unreadable(f"{cell} is no whole number")
    text = folded(str(cell))
    if found := _WHOLE.fullmatch(text):
        return int(found[1])
    if _THOUSANDS.fullmatch(text):
        if re.fullmatch(r"\d{1,3}[.,]000", text):
            digits = re.sub(r"\D", "", text)
            raise Unreadable(f"{text} may be {digits[:-3]} or {digits}: write it without . and ,")
        return int(re.sub(r"\D", "", text))
    raise Unreadable(f"“{text[:40]}” is no whole number: write one, like 14, or none")


def number(cell: object) -> float:
    """A number of degrees."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and math.isfinite(cell):
        return float(cell)
    text = folded(str(cell))
    if re.fullmatch(r"-?\d{1,20}(?:[.,]\d{1,20})?(?:[eE]-?\d{1,2})?", text, re.ASCII):
        return float(text.replace(",", "."))
    raise Unreadable(f"“{text[:40]}” is no number: write one, like 33.2")


def days(cell: object) -> list[str]:
    """The ISO days that a cell may mean: several where day and month could be each other."""
    if isinstance(cell, datetime | date):
        return [f"{cell:%Y-%m-%d}"]
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 1 <= cell < 2_000_000 and cell == int(cell):
        return [(_EPOCH + timedelta(days=int(cell))).isoformat()]
    text = folded(str(cell))
    if found := _ISO.fullmatch(text):
        return _possible([(found[1], found[2], found[3])])
    if found := _MIXED.fullmatch(text):
        one, separator, other, year = found.groups()
        years = [year] if len(year) == 4 else [f"20{year}", f"19{year}"]
        orders = [(each, other, one) for each in years]
        return _possible(orders + ([(each, one, other) for each in years] if separator != "." else []))
    return []


def day(cell: object) -> str:
    """A day that can mean one thing only."""
    found = days(cell)
    if len(found) != 1:
        what = f" may be {' or '.join(found)}" if found else " is no day"
        raise Unreadable(f"“{str(cell)[:40]}”{what}: write it like 2014-06-12, or none")
    return found[0]


def _possible(orders: list[tuple[str, str, str]]) -> list[str]:
    found = []
    for year, month, of_month in orders:
        try:
            found.append(date(int(year), int(month), int(of_month)).isoformat())
        except ValueError:
            continue
    return list(dict.fromkeys(found))


def is_same(column: Column, original: Any, cell: object) -> bool:
    """Whether a cell still says what the machine's value `original` was, however the programs in between write it."""
    if original is None or original == "":
        return is_empty(cell)
    if is_empty(cell):
        return False
    try:
        if isinstance(original, bool):
            return _YES.get(folded(str(cell)).casefold()) is original
        if column.kind == "int" and isinstance(original, int):
            return whole(cell) == original
        if column.kind == "number" and isinstance(original, int | float):
            return math.isclose(number(cell), original, rel_tol=1e-6, abs_tol=1e-4)
    except Unreadable:
        text = re.sub(r"\D", "", str(cell))
        return column.kind == "int" and text == str(original) and _THOUSANDS.fullmatch(folded(str(cell))) is not None
    return is_shown(trace(as_text(original)), cell)


def is_shown(kept: str, cell: object) -> bool:
    """Whether a cell shows what `trace` kept of it; "" where it was empty."""
    if is_empty(cell) or not kept:
        return is_empty(cell) == (not kept)
    written = f"{cell:%Y-%m-%d}" if isinstance(cell, datetime | date) else str(cell)
    text = folded(written)
    if kept in (trace(written), f"={text}"):
        return True
    if not kept.startswith("="):
        return False
    original = kept[1:]
    if set(days(original) or days(f"{original}-01")) & set(days(cell)):
        return True
    if _ISO.fullmatch(original) or re.fullmatch(r"\d+", original, re.ASCII):
        return _same_number(original, text)
    if text.isdigit():  # "1,234" and "1e5" become numbers; another number is somebody's word
        return int(re.sub(r"\D", "", original) or "-1") == int(text) or _same_number(original, text)
    return RETYPED.fullmatch(text) is not None


def _same_number(original: str, text: str) -> bool:
    """An integer, or an id of digits only, which programs round and write with an exponent."""
    try:
        return math.isclose(float(original), float(text.replace(",", ".")), rel_tol=1e-4)
    except ValueError:
        return False

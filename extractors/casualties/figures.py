"""Figures: what a counted phrase says of a number, as low, best and high."""

from dataclasses import dataclass

from dateline.models.fields.casualties import Qualifier


@dataclass(frozen=True, slots=True)
class Figure:
    """low, best and high as in the record, None where the words give none; `vague` holds words that give no number."""

    low: int | None = None
    best: int | None = None
    high: int | None = None
    qualifier: Qualifier = "exact"
    vague: str | None = None


def exact(value: int) -> Figure:
    """ "12 people", "a policeman", "both men", "no one"."""
    return Figure(value, value, value)


def qualified(qualifier: str, low: int, high: int) -> Figure:
    """The figure of a number (low == high) or range under a qualifier; "exact" is the absence of one."""
    if qualifier in ("at_least", "more_than"):
        return Figure(low, low if low == high else None, None, qualifier)  # type: ignore[arg-type]
    if qualifier == "at_most":
        return Figure(None, None, high, "at_most")
    if low != high:
        return Figure(low, None, high, "range")
    if qualifier == "about":
        return Figure(None, low, None, "about")
    return exact(low)


def vague(words: str) -> Figure:
    """ "dozens", "several", "civilians": people, and no number."""
    return Figure(vague=words)


def added(figures: list[Figure]) -> Figure:
    """The sum over a list. A part without a number makes best and high unknown, and low the sum of what is known; an
    "up to" makes low unknown, as it does where it stands alone."""
    lows = [figure.low for figure in figures if figure.low is not None]
    open_below = any(figure.low is None and figure.high is not None for figure in figures)
    low = sum(lows) if lows and not open_below else None
    best = _sum([figure.best for figure in figures])
    high = _sum([figure.high for figure in figures])
    words = next((figure.vague for figure in figures if figure.vague), None)
    return Figure(low, best, high, _qualifier(low, best, high), words)


def times(figure: Figure, factor: int) -> Figure:
    """ "five men each" in three places."""
    values = [None if value is None else value * factor for value in (figure.low, figure.best, figure.high)]
    return Figure(values[0], values[1], values[2], figure.qualifier, figure.vague)


def at_most(figure: Figure, words: str) -> Figure:
    """One outcome's part of "killed or captured 12": any number up to it. `words` stay where it has no upper end."""
    if figure.high in (None, 0):
        return figure if figure.high == 0 or figure.vague else Figure(vague=words)
    return Figure(high=figure.high, qualifier="at_most")


def _sum(values: list[int | None]) -> int | None:
    return None if None in values else sum(value for value in values if value is not None)


def _qualifier(low: int | None, best: int | None, high: int | None) -> Qualifier:
    if low is not None and low == high:
        return "exact"
    if low is not None and high is not None:
        return "range"
    if low is not None:
        return "at_least"
    return "at_most" if high is not None else "about" if best is not None else "exact"

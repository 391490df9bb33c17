"""Decisions in words: what was judged, what was said, what the machine says now."""

from collections.abc import Mapping
from typing import Any

from rich.text import Text

from dateline.models.decision import INCIDENTS, Decision
from dateline.models.decision_values import BOUNDS, kinds
from dateline.models.incident import Toll
from dateline.review.figures import figure
from dateline.review.words import printable

SHOWN = 8  # characters of an id
LONGEST = 60  # of a quote in one line
_OUTCOMES = ("killed", "injured", "missing", "captured", "killed_or_injured")


def headline(one: Decision) -> Text:
    """A decision in a line: id of the value, its words, the verdict, what was judged and said, who."""
    words = " ".join(printable(one.quote).split())
    words = words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
    said = f"  {judged_words(one)} → {right_words(one)}" if one.verdict == "correct" else ""
    said = f"  {right_words(one)}" if one.verdict == "add" else said or f"  {judged_words(one)}"
    return Text.assemble(
        f"{one.target[:SHOWN]}  ", (one.verdict, "bold"), said, (f"  “{words}”", "italic"), (f"  {one.who}", "dim")
    )


def judged_words(one: Decision) -> str:
    """What the machine said that was judged."""
    return value_words(one.field, {**one.machine, **one.judged})


def right_words(one: Decision) -> str:
    """What is right in the reviewer's eyes."""
    if one.verdict == "reject":
        return "not so"
    return value_words(one.field, {**one.machine, **one.judged, **one.corrected}, only=set(one.corrected))


def value_words(field: str, row: Mapping[str, Any] | None, *, only: set[str] | None = None) -> str:
    """A value in few words; with `only`, also those columns of it that the words would not show."""
    if row is None:
        return "nothing"
    told = _TOLD.get(field, lambda _: ("", set()))(row)
    words, shown = told
    more = [] if only is None else sorted(only - shown)
    parts = [words, *(f"{name} {'none' if row.get(name) is None else row[name]}" for name in more)]
    return ", ".join(part for part in parts if part) or _all(field, row)


def _all(field: str, row: Mapping[str, Any]) -> str:
    known = kinds(field)
    return ", ".join(f"{name} {value}" for name, value in row.items() if name in known and value is not None)


def _claim(row: Mapping[str, Any]) -> tuple[str, set[str]]:
    number = figure(Toll(**{bound: row.get(bound) for bound in BOUNDS}))
    outcome = str(row.get("outcome") or "").replace("_", " ")
    group = f" ({row['group']})" if row.get("group") else ""
    return f"{number or row.get('vague') or 'no number'} {outcome}{group}", {*BOUNDS, "outcome", "group"}


def _date(row: Mapping[str, Any]) -> tuple[str, set[str]]:
    first, last = row.get("earliest"), row.get("latest")
    words = "no day" if not first else str(first) if first == last else f"{first}..{last or ''}"
    return words, {"earliest", "latest"}


def _place(row: Mapping[str, Any]) -> tuple[str, set[str]]:
    parts = dict.fromkeys(part for part in (row.get("name"), row.get("admin1"), row.get("country")) if part)
    return f"{', '.join(parts)} ({row.get('role') or '?'})", {"name", "admin1", "country", "role"}


def _leader(row: Mapping[str, Any]) -> tuple[str, set[str]]:
    return f"{row.get('name')}, {row.get('status')}", {"name", "status"}


def _incident(row: Mapping[str, Any]) -> tuple[str, set[str]]:
    shown = {"earliest", "latest", "place_name", "place_country"}
    parts = []
    for outcome in _OUTCOMES:
        number = figure(Toll(**{bound: row.get(f"{outcome}_{bound}") for bound in BOUNDS}))
        if number:
            parts.append(f"{number} {outcome.replace('_', ' ')}")
            shown |= {f"{outcome}_{bound}" for bound in BOUNDS}
    where = ", ".join(part for part in (row.get("place_name"), row.get("place_country")) if part)
    return "; ".join(part for part in (*parts, where, _date(row)[0]) if part), shown


_TOLD = {"casualties": _claim, "dates": _date, "places": _place, "leaders": _leader, INCIDENTS: _incident}

"""A change between two runs in words, for tables, sheets and pages."""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from dateline.models.diff import REDUCTIONS, Change
from dateline.models.incident import Toll
from dateline.review.figures import figure
from dateline.review.fragments import folded, text_directive

OUTCOMES = ("killed", "injured", "missing", "captured", "killed_or_injured")
UNSAID = "–"
_TOGETHER = {
    "date": ("earliest", "latest", "date_precision", "precision"),
    "place": ("name", "admin2", "admin1", "country", "latitude", "longitude", "geonameid"),
    **{outcome: (f"{outcome}_low", f"{outcome}_best", f"{outcome}_high") for outcome in OUTCOMES},
    "figure": ("low", "best", "high", "qualifier", "vague"),
}
_PLACE = "place_"

Values = Mapping[str, Any]


def value_words(field: str, row: Values | None) -> str:
    """What a row says, in one line; "" where there is no row."""
    if row is None:
        return ""
    said = _SAY.get(field, _fact)(row)
    return " ".join(said.split())


def differences(change: Change) -> list[tuple[str, str, str]]:
    """What differs, each as its name, what it was and what it is. What was gained or lost differs as a whole: no name,
    and "" on the side that has nothing."""
    if change.before is None or change.after is None or not change.columns:
        return [("", value_words(change.field, change.before), value_words(change.field, change.after))]
    found: dict[str, tuple[str, str]] = {}
    for column in change.columns:
        name = _group(change.field, column)
        found.setdefault(name, (_said(name, column, change.before), _said(name, column, change.after)))
    told = []
    for name, (before, after) in found.items():
        if before == after:  # what differs is not told in these words: then by its own name
            told.append(_plainly(change, name))
        else:  # a figure is known by what it counts
            label = str(change.after["outcome"]) if name == "figure" else name
            told.append((label.replace("_", " "), before, after))
    return told


def headline(change: Change) -> str:
    """A change in one line: "killed 11 → 7", "lost: ≥12 killed (soldiers)"."""
    if change.kind == "changed" and change.columns:
        return "; ".join(
            f"{name} {before or UNSAID} → {after or UNSAID}".strip() for name, before, after in differences(change)
        )
    _, before, after = differences(change)[0]
    return before or after


def what_it_is(change: Change) -> str:
    """What changed: "casualties", "main incident", "policy acled"."""
    if change.field == "incidents":
        return "main incident" if change.main else "incident"
    if change.field == REDUCTIONS:
        return f"policy {(change.after or change.before or {}).get('policy', '')}"
    return change.field


def because_words(change: Change, *, most: int | None = None) -> list[str]:
    """Its causes, each with the file, page or person behind it; of many, the first `most` and how many more."""
    if not change.causes:
        return ["unexplained: nothing that this value is made from differs"]
    said = [f"{one.cause}: {one.what}" for one in change.causes]
    more = len(said) - most if most is not None else 0
    return said if more <= 1 or most is None else [*said[:most], f"and {more} more"]


def change_link(change: Change) -> str | None:
    """The live page, opened at the words; None without a web address."""
    if not change.url or not change.url.startswith(("http://", "https://")):
        return None
    if change.start is None or change.stop is None or change.stop <= change.start:
        return change.url
    page = change.url.split("#", 1)[0]
    return f"{page}#:~:{text_directive(change.text, change.start, change.stop, _folded(change.text))}"


COLUMNS = (
    *(
        "kind",
        "field",
        "cause",
        "because",
        "what",
        "before",
        "after",
        "columns",
        "main",
        "phrase",
        "sentence",
        "was_read_from",
    ),
    *("rule_before", "rule_after", "article", "source", "publisher", "title", "published", "url", "link"),
    *("id", "text", "start", "stop", "values_before", "values_after"),
)


def change_rows(changes: Iterable[Change]) -> Iterable[dict[str, Any]]:
    """One row of a sheet for each change, with all that is known of it."""
    for change in changes:
        before, words, after = change.sentence
        yield {
            "kind": change.kind,
            "field": change.field,
            "cause": change.cause,
            "because": " | ".join(because_words(change)),
            "what": "; ".join(name for name, _, _ in differences(change) if name) or None,
            "before": value_words(change.field, change.before) or None,
            "after": value_words(change.field, change.after) or None,
            "columns": " ".join(change.columns) or None,
            "main": change.main,
            "phrase": words or None,
            "sentence": f"{before}{words}{after}" or None,
            "was_read_from": "".join(change.was) if change.was else None,
            "rule_before": (change.before or {}).get("rule"),
            "rule_after": (change.after or {}).get("rule"),
            "article": change.input_id,
            "source": change.source,
            "publisher": change.publisher,
            "title": change.title,
            "published": change.published,
            "url": change.url,
            "link": change_link(change),
            "id": change.id,
            "text": change.text_id,
            "start": change.start,
            "stop": change.stop,
            "values_before": _json(change.before),
            "values_after": _json(change.after),
        }


@lru_cache(maxsize=8)
def _folded(text: str) -> str:
    return folded(text)


def _json(row: Values | None) -> str | None:
    return None if row is None else json.dumps(row, ensure_ascii=False, sort_keys=True, default=str)


def _group(field: str, column: str) -> str:
    """What a column is told with."""
    plain = column
    if field == "incidents" and column.startswith(_PLACE):
        return "place"
    for name, members in _TOGETHER.items():
        if (
            plain in members
            and not (name == "place" and field != "places")
            and not (name == "figure" and field != "casualties")
        ):
            return "place" if name == "place" else name
    return column


def _said(name: str, column: str, row: Values) -> str:
    if name == "date":
        return _days(row)
    if name == "place":
        return _place(row, _PLACE if "place_name" in row else "")
    if name == "figure":
        return _figure(row)
    if name in OUTCOMES:
        return _toll(row, name)
    return _plain(row.get(column))


def _plainly(change: Change, name: str) -> tuple[str, str, str]:
    """A group whose words are the same: the column of it that differs, as it is."""
    column = next(one for one in change.columns if _group(change.field, one) == name)
    sides = [_plain((row or {}).get(column)) for row in (change.before, change.after)]
    return column.removeprefix(_PLACE).replace("_", " "), sides[0], sides[1]


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _days(row: Values) -> str:
    earliest, latest = row.get("earliest"), row.get("latest")
    if not earliest:
        return f"until {latest}" if latest else ""
    if earliest == latest or not latest:
        return str(earliest)
    return f"{earliest} to {latest}"


def _place(row: Values, prefix: str) -> str:
    parts = (row.get(f"{prefix}{name}") for name in ("name", "admin2", "admin1", "country"))
    near = "near " if row.get(f"{prefix}precision") == 2 else ""
    named = ", ".join(dict.fromkeys(str(part) for part in parts if part))
    return f"{near}{named}" if named else ""


def _toll(row: Values, outcome: str) -> str:
    low, best, high = (row.get(f"{outcome}_{bound}") for bound in ("low", "best", "high"))
    return figure(Toll(low=low, best=best, high=high))


def _figure(row: Values) -> str:
    shown = figure(Toll(low=row.get("low"), best=row.get("best"), high=row.get("high")))
    return shown or (f"“{row['vague']}”" if row.get("vague") else "")


def _casualty(row: Values) -> str:
    said = f"{_figure(row) or '?'} {str(row.get('outcome', '')).replace('_', ' ')}"
    aside = [str(row[name]) for name in ("group",) if row.get(name)]
    aside += [
        str(row[name])
        for name, usual in (("scope", "incident"), ("polarity", "affirmed"))
        if row.get(name, usual) != usual
    ]
    aside += ["part of another claim"] if row.get("part_of") else []
    aside += [f"says {row['attribution']}"] if row.get("attribution") else []
    return f"{said} ({', '.join(aside)})" if aside else said


def _leader(row: Values) -> str:
    office = " of ".join(str(row[name]) for name in ("role", "organisation") if row.get(name))
    parts = (row.get("name"), office, row.get("status"))
    return ", ".join(str(part) for part in parts if part)


def _incident(row: Values) -> str:
    tolls = [f"{_toll(row, outcome)} {outcome.replace('_', ' ')}" for outcome in OUTCOMES if _toll(row, outcome)]
    parts = [", ".join(tolls) or "no figure", _place(row, _PLACE), _days(row)]
    return "; ".join(part for part in parts if part)


def _located(row: Values) -> str:
    role = row.get("role")
    return f"{_place(row, '')}{f' ({role})' if role else ''}"


def _reduction(row: Values) -> str:
    value = row.get("value")
    return f"{row.get('policy')} {row.get('name')}: {UNSAID if value is None else f'{value:,}'}"


def _fact(row: Values) -> str:
    return ", ".join(f"{name} {_plain(value)}" for name, value in row.items() if value is not None and name != "id")


_SAY = {
    "casualties": _casualty,
    "dates": lambda row: _days(row) or "a day that is not known",
    "places": _located,
    "leaders": _leader,
    "incidents": _incident,
    REDUCTIONS: _reduction,
}

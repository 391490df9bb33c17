"""What values a decision may hold, by field and column, and what follows from a corrected one. Pure.

The columns are those of the fields' shapes, so that a new field can be decided on without being named here.
"""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import yaml

from dateline.models.decision import INCIDENTS
from dateline.models.fields import fields as field_shapes
from dateline.models.store_rows import COLUMNS

# Ids change with the text, rules with the code, and candidates with the gazetteer: none of them is a value.
NO_VALUES = frozenset(
    {"id", "reading_id", "start", "stop", "quote", "rule", "evidence", "candidates", "part_of", "supersedes", "same_as"}
    | {"position", "place_id"}
)
BOUNDS = ("low", "best", "high")
_LARGEST = 2**31 - 1  # of DuckDB's INTEGER
_RESOLVED = ("admin1", "admin2", "latitude", "longitude", "geonameid", "precision")


@cache
def _data() -> Mapping[str, Any]:
    path = Path(__file__).with_name("decision_values.yml")
    found: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


@cache
def kinds(field: str) -> Mapping[str, tuple[Any, bool]]:
    """The columns of a field that a person may judge, each with what it holds (int, float, bool, str, date, or the
    words that are allowed) and whether it may be empty. KeyError where there is no such field."""
    if field == INCIDENTS:
        return {name: _incident_kind(name) for name in COLUMNS["incident"] if name not in NO_VALUES}
    shape = field_shapes()[field]
    types = get_type_hints(shape)
    return {one.name: _kind(one.name, types[one.name]) for one in fields(shape) if one.name not in NO_VALUES}


def _incident_kind(name: str) -> tuple[Any, bool]:
    if name in ("earliest", "latest"):
        return date, True
    if name == "main":
        return bool, False
    if name in ("place_latitude", "place_longitude"):
        return float, True
    if name.endswith(("_low", "_best", "_high", "_precision", "_geonameid")):
        return int, True
    return str, True


def _kind(name: str, hint: Any) -> tuple[Any, bool]:
    inner = [part for part in get_args(hint) if part is not type(None)] if get_origin(hint) is not Literal else []
    if name in ("earliest", "latest"):
        return date, True
    if get_origin(hint) is Literal:
        return get_args(hint), False
    if len(inner) == 1 and type(None) in get_args(hint):
        return (get_args(inner[0]) if get_origin(inner[0]) is Literal else inner[0]), True
    return hint, False


def is_column(field: str, name: str) -> bool:
    """Whether a table of that field has such a column: what a reviewer may have seen of it."""
    shape = COLUMNS["incident"] if field == INCIDENTS else [one.name for one in fields(field_shapes()[field])]
    return name in shape


def checked(field: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as the table has them; ValueError, in words for the reviewer, where one cannot be."""
    known = kinds(field)
    found = {}
    for name, value in values.items():
        if name not in known:
            raise ValueError(f"{field} have no value {name!r} that could be corrected; they have {', '.join(known)}")
        found[name] = _checked(field, name, value, *known[name])
    return found


def _checked(field: str, name: str, value: Any, kind: Any, empty: bool) -> Any:
    if value is None or (isinstance(value, str) and not value.strip()):
        if not empty:
            raise ValueError(f"{name} may not be empty")
        return None
    if isinstance(kind, tuple):
        if value not in kind:
            raise ValueError(f"{name} is {value!r}; it must be one of {', '.join(map(str, kind))}")
        return value
    if kind is date:
        return _day(name, value)
    if kind is bool:
        return _flag(name, value)
    if kind in (int, float):
        return _number(field, name, value, kind)
    if not isinstance(value, str):
        raise ValueError(f"{name} is {value!r}; it must be words")
    if "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise ValueError(f"{name} holds characters that are no text")
    return value


def _day(name: str, value: Any) -> str:
    said = value.isoformat()[:10] if isinstance(value, date) else value
    try:
        if len(said) != len("2014-06-12"):
            raise ValueError
        return date.fromisoformat(said).isoformat()
    except (TypeError, ValueError):
        raise ValueError(f"{name} is {value!r}; it must be a day like 2014-06-12") from None


def _flag(name: str, value: Any) -> bool:
    said = {"true": True, "false": False, "yes": True, "no": False}.get(str(value).lower())
    if said is None:
        raise ValueError(f"{name} is {value!r}; it must be true or false")
    return said


def _number(field: str, name: str, value: Any, kind: type) -> int | float:
    try:
        if isinstance(value, bool):
            raise ValueError
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        number = float("nan")
    if number != number or (kind is int and number != int(number if abs(number) < _LARGEST * 2 else 0.5)):
        raise ValueError(f"{name} is {value!r}; it must be a {'whole ' if kind is int else ''}number")
    limits = _data()["limits"]
    low, high = limits.get(f"{field}.{name}") or limits.get(name.removeprefix("place_")) or (0, _LARGEST)
    if not low <= number <= high:
        raise ValueError(f"{name} is {value!r}; it must be from {low} to {high}")
    return int(number) if kind is int else number


def coherent(field: str, row: Mapping[str, Any]) -> None:
    """ValueError where values of one row contradict each other."""
    prefixes = [""] if field != INCIDENTS else ["killed_", "injured_", "missing_", "captured_", "killed_or_injured_"]
    for prefix in prefixes:
        said = [(name, row[prefix + name]) for name in BOUNDS if row.get(prefix + name) is not None]
        for (one, less), (other, more) in pairwise(said):
            if less > more:
                raise ValueError(f"{prefix}{one} {less} is above {prefix}{other} {more}; correct all that are wrong")
    earliest, latest = row.get("earliest"), row.get("latest")
    if earliest is not None and latest is not None and str(earliest) > str(latest):
        raise ValueError(f"earliest {earliest} is after latest {latest}; correct both")
    if row.get("name", "") is None:
        raise ValueError("name may not be empty")


def consequences(field: str, row: Mapping[str, Any], corrected: Mapping[str, Any]) -> dict[str, Any]:
    """A row with what people corrected, and what follows from that where they did not say it themselves: the qualifier
    of a figure, the precision of a date. What was resolved with a name that was wrong (its point) is not kept."""
    found = {**row, **corrected}
    follows: dict[str, Any] = {}
    if field == "casualties" and any(name in corrected for name in BOUNDS):
        follows = {"qualifier": _qualifier(*(found.get(name) for name in BOUNDS)), "derived": False}
    if field in ("dates", INCIDENTS) and ("earliest" in corrected or "latest" in corrected):
        name = "precision" if field == "dates" else "date_precision"
        precision = _precision(found.get("earliest"), found.get("latest"))
        follows = {name: precision}
        if field == "dates":
            follows["granularity"] = "day" if precision == 1 else "span"
    prefix = {"places": "", INCIDENTS: "place_"}.get(field)
    if prefix is not None and any(f"{prefix}{name}" in corrected for name in ("name", "country", "geonameid")):
        follows |= {f"{prefix}{name}": None for name in _RESOLVED}
        if f"{prefix}country" in corrected:
            follows[f"{prefix}country_name"] = None
    return {**found, **{name: value for name, value in follows.items() if name not in corrected}}


def _qualifier(low: int | None, best: int | None, high: int | None) -> str:
    """As figures are read: 12 is exact, "at least 12" has no high, "up to 12" only that, "about 12" only the best."""
    if high is None:
        return "about" if low is None else "at_least"
    if low is None:
        return "at_most"
    return "exact" if low == high else "range"


def _precision(earliest: str | None, latest: str | None) -> int | None:
    """UCDP GED's date_prec of an interval."""
    if earliest is None or latest is None:
        return None
    days = (date.fromisoformat(str(latest)) - date.fromisoformat(str(earliest))).days + 1
    return next((precision for most, precision in ((1, 1), (6, 2), (7, 3), (31, 4)) if days <= most), 5)


def added(field: str, corrected: Mapping[str, Any], *, quote: str, fact_id: str) -> dict[str, Any]:
    """The whole row of a fact that a reviewer adds; ValueError where something that it needs is missing."""
    data = _data()
    wanted = data["wanted"].get(field, ())
    if wanted and all(corrected.get(name) is None for name in wanted):
        raise ValueError(f"an added value of {field} needs one of {', '.join(wanted)}")
    row: dict[str, Any] = {}
    for one in fields(field_shapes()[field]):
        if one.name in ("id", "start", "stop", "quote", "rule", "evidence"):
            continue
        default = data["added"].get(field, {}).get(one.name)
        row[one.name] = {"QUOTE": quote, "ID": fact_id}.get(default, default) if isinstance(default, str) else default
        if row[one.name] is None and one.default is not MISSING:
            row[one.name] = one.default
    row = consequences(field, row, corrected)
    for name, (_, empty) in kinds(field).items():
        if row.get(name) is None and not empty:
            raise ValueError(f"an added value of {field} needs {name}")
    return row


def same(field: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether `other` has the values that `one` has."""
    known = kinds(field)
    return all(_plain(value) == _plain(other.get(name)) for name, value in one.items() if name in known)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return round(value, 6)  # degrees: a tenth of a metre; sheets and JSON do not keep more
    return None if value == "" else value

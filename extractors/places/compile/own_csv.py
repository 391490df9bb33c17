"""A user's own places, in a CSV file."""

import csv
from collections.abc import Iterable
from pathlib import Path

from dateline.extractors.places.compile.rows import Row, split
from dateline.extractors.places.fold import fold
from dateline.extractors.places.gazetteer import LEVELS

KINDS = tuple(level for level in LEVELS if level not in ("country", "people"))
REQUIRED = ("name", "latitude", "longitude")
COLUMNS = (*REQUIRED, "kind", "country", "admin1", "admin2", "population", "variants")


def read_own(path: Path, countries: Iterable[str]) -> list[Row]:
    """The rows of `path`, their divisions named in `parent` and `parent2`; ValueError, with the number of every
    bad line and what is wrong with it, where any line is not understood."""
    try:
        return _read(path, frozenset(countries))
    except (UnicodeDecodeError, csv.Error) as error:
        raise ValueError(f"{path}: no CSV in UTF-8 ({error})") from None


def _read(path: Path, countries: frozenset[str]) -> list[Row]:
    faults, rows = [], []
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        header = [name.strip() for name in reader.fieldnames or ()]
        if wrong := _wrong_header(header):
            raise ValueError(f"{path}, line 1: {wrong}")
        reader.fieldnames = header
        for entry in reader:
            try:
                rows.append(_row(entry, countries))
            except ValueError as error:
                faults.append(f"{path}, line {reader.line_num}: {error}")
    if faults:
        raise ValueError("\n".join(faults))
    return rows


def _wrong_header(header: list[str]) -> str:
    missing = [name for name in REQUIRED if name not in header]
    strange = [name for name in header if name not in COLUMNS]
    if missing or strange:
        return f"the columns are {', '.join(COLUMNS)}; missing: {missing or 'none'}, not known: {strange or 'none'}"
    return ""


def _row(entry: dict[str, str], countries: frozenset[str]) -> Row:
    if None in entry or None in entry.values():
        raise ValueError("more or fewer columns than the first line names")
    value = {name: text.strip() for name, text in entry.items()}
    if not fold(value["name"]):
        raise ValueError("no name")
    kind = value.get("kind") or "town"
    level = next((level for level in KINDS if level == kind), None)
    if level is None:
        raise ValueError(f"kind {kind!r} is none of {', '.join(KINDS)}")
    country = value.get("country", "").upper() or None
    if country is None and level in ("town", "admin1", "admin2", "area"):
        raise ValueError(f"a place of kind {level} needs its country")
    if country is not None and country not in countries:
        raise ValueError(f"country {country!r} is no code of ISO 3166-1 (two letters)")
    if value.get("admin2") and not value.get("admin1"):
        raise ValueError("admin2 needs admin1")
    return Row(
        name=value["name"],
        level=level,
        country=country,
        latitude=_number(value["latitude"], "latitude", 90),
        longitude=_number(value["longitude"], "longitude", 180),
        population=int(_number(value.get("population") or "0", "population", 1e10)),
        variants=split(value.get("variants", "")),
        curated=True,
        parent=value.get("admin1", ""),
        parent2=value.get("admin2", ""),
    )


def _number(text: str, column: str, most: float) -> float:
    try:
        number = float(text)
    except ValueError:
        raise ValueError(f"{column} {text!r} is no number") from None
    if not -most <= number <= most or (column == "population" and number < 0):
        raise ValueError(f"{column} {text} is out of range")
    return number

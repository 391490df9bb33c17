"""Adding places to a gazetteer that is being written: known ones are found again, new ones get the next number."""

import math
import sqlite3

from dateline.extractors.places.compile.names import name_rows
from dateline.extractors.places.compile.rows import Row, values
from dateline.extractors.places.compile.store import INSERT_NAME, INSERT_PLACE
from dateline.extractors.places.fold import fold, skeleton
from dateline.extractors.places.gazetteer import LEVELS

# Degrees within which two places of one name and level are one. Divisions are large, and their points lie apart.
_SAME = {"town": 0.15, "area": 0.5, "admin2": 0.7}
_BY_NAME = """
    SELECT p.id, p.latitude, p.longitude, p.geonameid FROM name n JOIN place p ON p.id = n.place
    WHERE n.key = ? AND p.level = ? AND p.country IS ? ORDER BY p.id
"""


class Additions:
    """Places on their way into one database."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._last: int = database.execute("SELECT coalesce(max(id), 0) FROM place").fetchone()[0]
        database.execute("CREATE INDEX by_geonameid ON place (geonameid)")

    def close(self) -> None:
        """Leave the database as its readers expect it."""
        self._database.execute("DROP INDEX by_geonameid")

    def numbered(self, geonameid: int) -> int | None:
        """The place that has GeoNames' number `geonameid`."""
        found = self._database.execute("SELECT id FROM place WHERE geonameid = ? ORDER BY id", (geonameid,)).fetchone()
        return int(found[0]) if found else None

    def same(self, row: Row) -> int | None:
        """The place of that name, level and country that lies close by, but none that has another of GeoNames'
        numbers; a first-order division may lie anywhere in its country."""
        allowed = _SAME.get(row.level, math.inf)
        for name in (row.name, *row.variants[:1]):
            for key in (fold(name), f"~{skeleton(name)}"):
                for id_, latitude, longitude, geonameid in self._by_name(key, row):
                    apart = math.hypot(latitude / 1e4 - row.latitude, longitude / 1e4 - row.longitude)
                    if apart < allowed and (geonameid is None or row.geonameid in (None, geonameid)):
                        return int(id_)
        return None

    def add(self, row: Row, first: int | None, second: int | None) -> int:
        """Put in a place that is not there yet; returns its number."""
        self._last += 1
        self._database.execute(INSERT_PLACE, values(row, self._last, first, second))
        self.name(self._last, row)
        return self._last

    def complete(self, number: int, row: Row, first: int | None, second: int | None) -> None:
        """Give a known place what it lacks: GeoNames' number, its divisions, its people, further names."""
        self._database.execute(
            "UPDATE place SET geonameid = coalesce(geonameid, ?), admin1 = coalesce(admin1, ?), "
            "admin2 = coalesce(admin2, ?), population = max(population, ?) WHERE id = ?",
            (row.geonameid, first, second, row.population, number),
        )
        self.name(number, row)

    def replace(self, number: int, row: Row, first: int | None, second: int | None) -> None:
        """Put a row of the user's in the place of a known one, whose other names stay."""
        new = values(row, number, first, second)
        self._database.execute(
            "UPDATE place SET name = ?2, admin1 = coalesce(?5, admin1), admin2 = coalesce(?6, admin2), latitude = ?7, "
            "longitude = ?8, population = max(population, ?9) WHERE id = ?1",
            new[:9],
        )
        self.name(number, row)

    def name(self, number: int, row: Row, *, variant: bool = False) -> None:
        """Let the names of `row` lead to the place `number`; as variants all of them, where told so."""
        found = name_rows([row], {id(row): number})
        self._database.executemany(INSERT_NAME, ((key, place, int(variant or other)) for key, place, other in found))

    def _by_name(self, key: str, row: Row) -> list[tuple[int, int, int, int | None]]:
        if len(key) < 2:
            return []
        return self._database.execute(_BY_NAME, (key, LEVELS.index(row.level), row.country)).fetchall()

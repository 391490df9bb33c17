"""The gazetteer: one read-only SQLite file, opened in a millisecond and read on demand.

The one beside this module is read unless `DATELINE_GAZETTEER` names another. `build.py` compiles it, `add.py` extends
it, and compile/store.py describes its tables. What a name may mean comes back as `Place`s.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from dateline.extractors.compiled import in_force, open_read_only, version_of

FILE = Path(__file__).parent / "gazetteer.sqlite"

Level = Literal["country", "admin1", "admin2", "town", "area", "region", "continent", "water", "people"]
LEVELS: tuple[Level, ...] = ("country", "admin1", "admin2", "town", "area", "region", "continent", "water", "people")

FORMAT = 1  # of the tables; a file of another is refused

_REMEMBERED = 20_000  # names kept in memory; an article asks for some three hundred
_AT_ONCE = 400  # names in one query; SQLite allows 999 variables in its oldest builds

_QUERY = """
    SELECT n.key, n.variant, p.id, p.name, p.level, p.country, p.admin1, a1.name, p.admin2, a2.name,
           p.latitude, p.longitude, p.population, p.geonameid, p.capital
    FROM name n JOIN place p ON p.id = n.place
    LEFT JOIN place a1 ON a1.id = p.admin1 LEFT JOIN place a2 ON a2.id = p.admin2
    WHERE n.key IN ({marks})
    ORDER BY n.key, n.variant, p.population DESC, p.id
"""


@dataclass(frozen=True, slots=True)
class Place:
    """One thing that a name may mean. `admin1` and `admin2` are ids of the divisions it lies in, None where unknown;
    `variant` tells that the name it was found by is not its usual one. Degrees are WGS84."""

    id: int
    name: str
    level: Level
    country: str | None
    admin1: int | None
    admin1_name: str | None
    admin2: int | None
    admin2_name: str | None
    latitude: float
    longitude: float
    population: int
    geonameid: int | None
    variant: bool
    capital: bool


class Gazetteer:
    """Lookups in one gazetteer file."""

    def __init__(self, path: Path = FILE) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._known: dict[str, tuple[Place, ...]] = {}

    def look_up(self, keys: Iterable[str]) -> dict[str, tuple[Place, ...]]:
        """What each of the folded `keys` may mean, the most populous first; keys that nothing has are left out."""
        wanted = list(dict.fromkeys(keys))
        missing = [key for key in wanted if key not in self._known]
        if len(self._known) + len(missing) > _REMEMBERED:
            self._known.clear()
            missing = wanted
        for start in range(0, len(missing), _AT_ONCE):
            self._fetch(missing[start : start + _AT_ONCE])
        return {key: found for key in wanted if (found := self._known[key])}

    @cached_property
    def countries(self) -> dict[str, str]:
        """The English name of every country, by its ISO 3166-1 alpha-2 code."""
        rows = self._open().execute("SELECT country, name FROM place WHERE level = 0 ORDER BY country")
        return dict(rows.fetchall())

    def _fetch(self, keys: list[str]) -> None:
        found: dict[str, list[Place]] = {key: [] for key in keys}
        query = _QUERY.format(marks=",".join("?" * len(keys)))
        for (
            key,
            variant,
            id_,
            name,
            level,
            country,
            a1,
            a1_name,
            a2,
            a2_name,
            lat,
            lon,
            population,
            geonameid,
            capital,
        ) in self._open().execute(query, keys):
            found[key].append(
                Place(id_, name, LEVELS[level], country, a1, a1_name, a2, a2_name, lat / 1e4, lon / 1e4, population,
                      geonameid, bool(variant), bool(capital))
            )  # fmt: skip
        for key, places in found.items():
            self._known[key] = tuple(places)

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            version_of(self._path)
            self._connection = open_read_only(self._path)
            if self._connection.execute("PRAGMA user_version").fetchone() != (FORMAT,):
                raise ValueError(f"{self._path} was compiled for another version of Dateline; compile it again")
        return self._connection


@cache
def in_use() -> Gazetteer:
    """The gazetteer that names are looked up in."""
    return Gazetteer(in_force(FILE))

"""A place on its way into the gazetteer."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dateline.extractors.places.gazetteer import LEVELS, Level

CURATED = Path(__file__).parent.parent / "curated"


@dataclass(eq=False, kw_only=True)
class Row:
    """One place: its usual English name, other names as `variants`, and the divisions that it lies in."""

    name: str
    level: Level
    country: str | None
    latitude: float
    longitude: float
    admin1: Row | None = None
    admin2: Row | None = None
    population: int = 0
    geonameid: int | None = None
    variants: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)  # names that mean this place only where something else says so
    capital: bool = False
    curated: bool = False
    parent: str = ""  # the name of the first-order division, where a curated file gives one
    parent2: str = ""  # and of the second-order one

    @property
    def is_division(self) -> bool:
        """Whether this is a first- or second-order division."""
        return self.level in ("admin1", "admin2")

    def order(self) -> tuple[int, str, str, str, float, float, int]:
        """A total order, so that the same inputs give the same file."""
        within = self.admin1.name if self.admin1 else ""
        level = LEVELS.index(self.level)
        return (level, self.country or "", within, self.name, self.latitude, self.longitude, self.geonameid or 0)


def read_csv(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a curated file; lines that start with "#" are comments."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(line for line in file if not line.startswith("#"))


def split(names: str) -> list[str]:
    """A field of names separated by semicolons."""
    return [name.strip() for name in names.split(";") if name.strip()]


def values(row: Row, number: int, first: int | None, second: int | None) -> tuple[object, ...]:
    """The row of the table `place`; `number` is its id, `first` and `second` are those of its divisions."""
    degrees = (round(row.latitude * 1e4), round(row.longitude * 1e4))
    level = LEVELS.index(row.level)
    return (
        number,
        row.name,
        level,
        row.country,
        first,
        second,
        *degrees,
        row.population,
        row.geonameid,
        int(row.capital),
    )

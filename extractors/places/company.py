"""The company that names keep: what an article's other names speak for, by country, division and stretch of the map."""

import math
from collections import defaultdict
from collections.abc import Iterable

from dateline.extractors.places.gazetteer import Place

Share = tuple[Place, float]

_HARDLY, _CLEARLY = 0.05, 1.5  # shares of names that speak for a country: none to mention, and more than one
_CELL = 1.5  # degrees; towns in the same cell or the next are neighbours
# How much each kind of company counts, in orders of magnitude of population. A county is told by few towns, so that two
# names of one county are hardly chance; a country is told by many.
_COUNTRY, _FIRST, _SECOND, _AROUND = 1.3, 1.5, 2.5, 1.0


class Company:
    """Sums of shares; a name is judged by the company without itself."""

    def __init__(self) -> None:
        self._countries: dict[str, float] = defaultdict(float)
        self._units: dict[int, float] = defaultdict(float)
        self._cells: dict[tuple[int, int], float] = defaultdict(float)

    def count(self, shares: Iterable[Share], weight: float) -> None:
        """Add the shares of a name's readings, `weight` times; a negative weight takes them out again."""
        for place, share in shares:
            amount = share * weight
            if place.country:
                self._countries[place.country] += amount
            if place.level in ("country", "people", "continent"):
                continue
            if place.level in ("admin1", "admin2"):
                self._units[place.id] += amount
            if place.admin1 is not None:
                self._units[place.admin1] += amount
            if place.admin2 is not None:
                self._units[place.admin2] += amount
            self._cells[_cell(place)] += amount

    def count_country(self, country: str, weight: float) -> None:
        """Add evidence for a country that is no name."""
        self._countries[country] += weight

    def is_elsewhere(self, place: Place) -> bool:
        """Whether the article speaks of some countries, and clearly not of the one that `place` lies in."""
        here = self._countries.get(place.country or "", 0.0)
        return here < _HARDLY and sum(self._countries.values()) - here >= _CLEARLY

    def is_apart(self, place: Place) -> bool:
        """Whether the article speaks of divisions of a country, and not of the one that `place` lies in."""
        if place.admin1 is None or self._units.get(place.admin1, 0.0) > _HARDLY:
            return False
        return self._countries.get(place.country or "", 0.0) > 0 and max(self._units.values(), default=0.0) > _HARDLY

    def support(self, place: Place) -> float:
        """How much speaks for a reading, in orders of magnitude of population."""
        found = _COUNTRY * _damped(self._countries.get(place.country or "", 0.0))
        if place.level in ("country", "continent"):
            return found
        first = place.id if place.level == "admin1" else place.admin1
        second = place.id if place.level == "admin2" else place.admin2
        if first is not None:
            found += _FIRST * _damped(self._units.get(first, 0.0))
        if second is not None:
            found += _SECOND * _damped(self._units.get(second, 0.0))
        row, column = _cell(place)
        cells = self._cells
        around = 0.0
        for near in (row - 1, row, row + 1):
            for beside in (column - 1, column, column + 1):
                if (near, beside) in cells:  # a look first: most are empty
                    around += cells[near, beside]
        return found + _AROUND * _damped(around)


def _damped(amount: float) -> float:
    return math.log1p(amount) if amount > 1e-6 else 0.0


def _cell(place: Place) -> tuple[int, int]:
    return math.floor(place.latitude / _CELL), math.floor(place.longitude / _CELL)

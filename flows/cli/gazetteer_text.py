"""A gazetteer in words, for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.extractors.places.about import About
    from dateline.extractors.places.gazetteer import Place

_LEVELS = {
    "country": "countries",
    "admin1": "first-order divisions",
    "admin2": "second-order divisions",
    "town": "towns and villages",
    "area": "areas",
    "region": "regions",
    "continent": "continents",
    "water": "waters",
    "people": "words for peoples",
}
_KIND = {"admin1": "first-order division", "admin2": "second-order division", "people": "a people, no place"}
_HOW = {"name": "", "variant": "another name of it", "spelling": "another transliteration"}


def reading_lines(readings: Iterable[tuple[str, Place]], countries: Mapping[str, str]) -> Iterator[str]:
    """One line for each thing that a name may mean, the likeliest by size first as the gazetteer gives them."""
    for how, place in readings:
        within = [unit for unit in (place.admin2_name, place.admin1_name) if unit and unit != place.name]
        within.append(countries.get(place.country or "", place.country or ""))
        facts = [
            f"{_KIND.get(place.level, place.level)}",
            f"{place.latitude:.4f}, {place.longitude:.4f}",
            f"{place.population:,} people" if place.population else "",
            "capital" if place.capital else "",
            f"geonameid {place.geonameid}" if place.geonameid else "",
            _HOW[how],
        ]
        where = ", ".join(part for part in (place.name, *within) if part)
        yield f"{where}: {'; '.join(fact for fact in facts if fact)}"


def about_lines(held: About, path: Path, opened: float, country: str | None, *, newest: str) -> Iterator[str]:
    """What a gazetteer holds. `opened` is the seconds that the first look-up took, `newest` the version of the
    gazetteer that comes with Dateline."""
    yield f"{path}"
    yield f"version {held.version}" + ("" if held.whole else "; THE CONTENT IS ANOTHER: something has changed the file")
    if held.made_from is not None and held.made_from != newest:
        yield f"made from version {held.made_from} of Dateline's own, which is {newest} now: add your files again"
    yield f"{path.stat().st_size / 1e6:.1f} MB; opened and first name looked up in {opened * 1000:.0f} ms"
    yield f"{sum(held.levels.values()):,} places under {held.names:,} keys:"
    for level, count in held.levels.items():
        yield f"  {count:>11,} {_LEVELS[level]}"
    if country is not None:
        yield f"in {country.upper()}:"
        for level, count in held.countries.get(country.upper(), {}).items():
            yield f"  {count:>11,} {_LEVELS[level]}"
    yield "from:"
    for source in held.sources:
        yield f"  {source.places:>11,} {source.name}, version {source.version} ({source.licence})"

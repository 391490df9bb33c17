"""A place that a text names, with the part it plays."""

from dataclasses import dataclass
from typing import Literal

from dateline.models.facts import Fact

PlaceRole = Literal["event", "dateline", "office", "origin", "metonym", "mention"]


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A place that a name could also mean."""

    name: str
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    geonameid: int | None


@dataclass(frozen=True, kw_only=True)
class PlaceFact(Fact):
    """A toponym resolved against the gazetteer. Degrees are WGS84, `country` is ISO 3166-1 alpha-2.

    `precision` is UCDP GED's where_prec: 1 the town itself, 2 near it, 3 a second-order division, 4 a first-order
    division, 5 a larger region, a line or "between", 6 a country, 7 sea or air; None where nothing was resolved.
    `candidates` holds the other readings of a name in doubt. A village that no gazetteer has keeps its own name; its
    point, divisions and precision are those of the division that the text puts it in, and it has no geonameid.
    """

    name: str
    country: str | None
    country_name: str | None
    admin1: str | None
    admin2: str | None
    latitude: float | None
    longitude: float | None
    geonameid: int | None
    precision: int | None
    role: PlaceRole
    candidates: tuple[Candidate, ...] = ()


SHAPE = PlaceFact

"""How the places of two reports go together: one town, near, one inside the other, or two."""

from collections.abc import Sequence
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

from dateline.extractors.events.weights import part
from dateline.extractors.places.fold import fold
from dateline.models.event import Part, Spot

CLOSE, NEAR = 5.0, 25.0  # km: parts of one town or a village by it; a place that is "near" another
WIDE = 400.0  # km from the middle of a lake, a valley, a desert to what may lie in it
TOWN, SECOND, FIRST, REGION, COUNTRY, WATER = 2, 3, 4, 5, 6, 7  # UCDP where_prec
KINDS = frozenset(("region", "province", "state", "department", "district", "governorate", "oblast", "county", "of"))
WRITTEN = "written "  # before a name: where the article was written
_EARTH = 6371.0  # km, mean radius


def place(one: Spot | None, other: Spot | None, about: Sequence[str] = ()) -> Part | None:
    """How two places go together; None where neither is known, or nothing follows. Where one report has none, `about`
    are the places that its article names, as something else than where it was."""
    if one is None or other is None:
        known = one or other
        return None if known is None else _beside(known, about)
    why = one.name if one.name == other.name else f"{one.name}, {other.name}"
    if _is_same(one, other):
        return part("place", _of_level(max(_level(one), _level(other))), why)
    if REGION in (_level(one), _level(other)):
        if one.country == other.country and (_one_division(one, other) or _named_after(one, other)):
            return part("place", "region", why)
        far = WIDE < _km(one, other) < float("inf") and one.country != other.country
        return part("place", "other", why) if far and WATER not in (one.precision, other.precision) else None
    if one.country is None or other.country is None:
        return None
    if one.country != other.country:
        return part("place", "close" if _towns(one, other) and _km(one, other) <= CLOSE else "other", why)
    if _towns(one, other):
        return _two_towns(one, other, why)
    coarser = max(_level(one), _level(other))
    if coarser >= COUNTRY:
        return part("place", "country", why)
    if not one.admin1 or not other.admin1:
        return None
    if not _one_division(one, other):
        return part("place", "other", why)
    if coarser == FIRST or not one.admin2 or not other.admin2:
        return part("place", "first", why)
    if one.admin2 != other.admin2:
        return part("place", "other", why)
    villages = one.name != one.admin2 and other.name != other.admin2 and {one.geonameid, other.geonameid} != {None}
    return part("place", "near" if villages else "second", why)


def _beside(spot: Spot, about: Sequence[str]) -> Part:
    """The place of one report, and what the article of the other names beside."""
    names = named_by(spot)
    if not names.isdisjoint(about):
        return part("place", "beside", f"{spot.name}, which the other names too")
    if any(f"{WRITTEN}{name}" in about for name in names):
        return part("place", "dateline", f"{spot.name}, where the other was written")
    region = f"in {spot.country}/{spot.admin1}"
    if region in about or f"{WRITTEN}{region}" in about:
        return part("place", "around", f"{spot.name}, and the other names its region")
    elsewhere = any(not name.startswith(WRITTEN) for name in about)
    return part("place", "unknown" if elsewhere else "untold", f"{spot.name}, not told")


def named_by(spot: Spot) -> frozenset[str]:
    """What a place is known by: its id, and its name."""
    known = {f"name {fold(spot.name)}"}
    return frozenset(known if spot.geonameid is None else {*known, f"id {spot.geonameid}"})


@lru_cache(maxsize=65536)
def division(name: str) -> str:
    """A division's own name: "Northwest" of "Northwest Region"."""
    words = [word for word in fold(name).split() if word not in KINDS]
    return " ".join(words) or fold(name)


def _one_division(one: Spot, other: Spot) -> bool:
    return bool(one.admin1 and other.admin1) and division(one.admin1 or "") == division(other.admin1 or "")


def _named_after(one: Spot, other: Spot) -> bool:
    """Whether a region has the name that the other's division has with more: "Kordofan", and "North Kordofan"."""
    return any(
        _level(region) == REGION
        and within.admin1 is not None
        and set(division(region.name).split()) <= set(division(within.admin1).split())
        for region, within in ((one, other), (other, one))
    )


def _two_towns(one: Spot, other: Spot, why: str) -> Part:
    km = _km(one, other)
    kind = "close" if km <= CLOSE else "near" if km <= NEAR else "other"
    return part("place", kind, f"{why}: {km:.0f} km apart")


def _is_same(one: Spot, other: Spot) -> bool:
    if one.geonameid is not None and one.geonameid == other.geonameid:
        return True
    return (
        fold(one.name) == fold(other.name)
        and one.country == other.country
        and (_one_division(one, other) or not (one.admin1 and other.admin1))
    )


def _level(spot: Spot) -> int:
    """A place's precision, that of a town where it is a point with none; a sea is a region."""
    found = spot.precision or (TOWN if spot.geonameid is None else SECOND)
    return REGION if found > COUNTRY else TOWN if found <= TOWN else found


def _of_level(level: int) -> str:
    return {TOWN: "same", SECOND: "second", FIRST: "first", REGION: "region"}.get(level, "country")


def _towns(one: Spot, other: Spot) -> bool:
    return _level(one) == TOWN == _level(other)


def _km(one: Spot, other: Spot) -> float:
    """The distance of two points over the ground, by the haversine formula."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return float("inf")
    a, b, c, d = (radians(value or 0.0) for value in (one.latitude, one.longitude, other.latitude, other.longitude))
    chord = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(chord)))

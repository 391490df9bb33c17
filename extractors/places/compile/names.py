"""Which names lead to which place: the usual one, variants worth having, and the coarse keys of transliteration."""

import re
from collections.abc import Iterable, Iterator

from dateline.extractors.places.compile.rows import Row
from dateline.extractors.places.fold import fold, keys, skeleton
from dateline.extractors.places.words import classes

_LARGE = 200_000  # elsewhere only towns of this size keep their further names, which are mostly other languages'
_NAMED = 5_000  # and of this one that is the first word of the whole
_FAMOUS = 300_000  # and only these keep short ones
_LATIN = re.compile(r"^[A-Z\u00c0-\u017f][A-Za-z\u00c0-\u024f\u1e00-\u1eff'’ʻʼ`. -]*$")
_INITIALS = re.compile(r"^[A-Z]{2,4}$")  # airport codes

# "Greene County" keeps its kind there; "Greene" is it only in an article that knows it by its whole name.
COUNTIES = frozenset({"US", "IE", "LR"})

NameRow = tuple[str, int, int]


def name_rows(rows: Iterable[Row], ids: dict[int, int]) -> Iterator[NameRow]:
    """(key, place id, 1 for a variant) of every place, no key twice for one place."""
    for row in rows:
        found: dict[str, int] = {}
        for name, variant in _names(row):
            for key in _keys(name, row):
                found[key] = min(variant, found.get(key, 1))
        for key, variant in found.items():
            yield key, ids[id(row)], variant


def _names(row: Row) -> Iterator[tuple[str, int]]:
    if row.level != "people":
        yield row.name, 0
    listed = row.level == "town" and row.geonameid is not None and not row.curated
    short = row.name.removesuffix(" City")  # "New York" is the usual name of New York City
    for name in row.variants:
        if not listed or _worth_having(name, row):
            yield name, int(listed and name != short and not _is_head(name, row.name))
    for name in row.loose:
        yield name, int(row.country in COUNTIES)


def _is_head(name: str, whole: str) -> bool:
    """Whether `name` is what "Ixtapan de la Sal" is called for short."""
    return whole.startswith((f"{name} de ", f"{name} del ", f"{name} d'"))


def _worth_having(name: str, row: Row) -> bool:
    """Whether a name of GeoNames' many is one that an English text might use."""
    if not _LATIN.match(name) or _INITIALS.match(name) or len(name) > 40:
        return False
    if _is_head(name, row.name):
        return row.population >= _NAMED  # "Ixtapan" for Ixtapan de la Sal
    if row.country in classes()["transliterated"]:
        return len(name) > 3 or row.population >= _FAMOUS
    return row.population >= _LARGE and (len(name) > 4 or row.population >= _FAMOUS)


def _keys(name: str, row: Row) -> Iterator[str]:
    key = fold(name)
    if not key:
        return
    yield key
    if row.level == "country" and key.startswith("the "):
        yield key.removeprefix("the ")
    if row.country in classes()["transliterated"] and row.level in ("town", "admin1", "admin2"):
        if key.split()[0] in classes()["article"]:
            yield from keys(name)
        if coarse := skeleton(name):
            yield f"~{coarse}"

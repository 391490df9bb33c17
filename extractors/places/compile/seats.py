"""Districts called after their seats: the town takes over the district's spellings, so that one name finds both."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator

from dateline.extractors.places.compile.rows import Row
from dateline.extractors.places.fold import bare
from dateline.extractors.places.words import classes

_CLOSE = 0.2  # degrees between a seat and the point of its district, which is mostly the seat's own


def join_seats(rows: Iterable[Row]) -> None:
    """Put each town that one of our second-order divisions is called after into it, under those of its names that it
    shares but for their spelling. Only where names are transliterated: elsewhere a county and its seat are spelled
    alike already."""
    rows = list(rows)
    towns: dict[tuple[str | None, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.level == "town" and row.country in classes()["transliterated"]:
            for spelling in set(_spellings(row)):
                towns[row.country, spelling].append(row)
    for unit in rows:
        if unit.level == "admin2" and unit.curated and unit.country in classes()["transliterated"]:
            seat = _seat(unit, [town for spelling in set(_spellings(unit)) for town in towns[unit.country, spelling]])
            if seat is not None:
                seat.admin1, seat.admin2 = unit.admin1 or seat.admin1, unit
                known = set(_spellings(seat))
                seat.loose += [name for name in (unit.name, *unit.variants) if bare(name) in known]


def _seat(unit: Row, towns: list[Row]) -> Row | None:
    close = [(math.hypot(t.latitude - unit.latitude, t.longitude - unit.longitude), t.order(), t) for t in towns]
    close = [entry for entry in close if entry[0] < _CLOSE]
    return min(close, key=lambda entry: (-entry[2].population, *entry[:2]))[2] if close else None


def _spellings(row: Row) -> Iterator[str]:
    """Coarse keys, without any article: "Jisr al-Shughur" is "Jisr ash Shughur"."""
    yield from (bare(name) for name in (row.name, *row.variants))

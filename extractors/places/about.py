"""What a gazetteer holds, for people: its version, counts and sources, and all that it knows of a name."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dateline.extractors.compiled import open_read_only, version_of
from dateline.extractors.places.compile.store import Source, content_version
from dateline.extractors.places.fold import fold, keys, skeleton
from dateline.extractors.places.gazetteer import LEVELS, Gazetteer, Place


@dataclass(frozen=True, kw_only=True)
class About:
    """A gazetteer file. `whole` tells whether its content is what its version says; `made_from` is the version of
    Dateline's own gazetteer that it was made from, None where it is that one."""

    version: str
    whole: bool
    made_from: str | None
    names: int
    levels: dict[str, int]
    countries: dict[str, dict[str, int]]  # by country: how many places of each level
    sources: list[Source]


def about(path: Path) -> About:
    """Read the whole file at `path`."""
    version = version_of(path)
    database = open_read_only(path)
    try:
        made_from = database.execute("SELECT value FROM meta WHERE key = 'made_from'").fetchone()
        counted = database.execute("SELECT country, level, count(*) FROM place GROUP BY country, level ORDER BY 1, 2")
        levels: dict[str, int] = dict.fromkeys(LEVELS, 0)
        countries: dict[str, dict[str, int]] = {}
        for country, level, count in counted:
            levels[LEVELS[level]] += count
            countries.setdefault(country or "", {})[LEVELS[level]] = count
        rows = database.execute("SELECT name, version, licence, places FROM source ORDER BY number")
        return About(
            version=version,
            whole=content_version(database) == version,
            made_from=made_from[0] if made_from else None,
            names=database.execute("SELECT count(*) FROM name").fetchone()[0],
            levels=levels,
            countries=countries,
            sources=[Source(*row) for row in rows],
        )
    finally:
        database.close()


def readings(name: str, gazetteer: Gazetteer) -> Iterator[tuple[str, Place]]:
    """All that `name` may mean, each with how it was found: "name", "variant" or "spelling" (a coarse key that
    transliterations share, which counts only in an article that names the country). No place twice."""
    wanted = [(fold(name), ""), *((key, "") for key in keys(name))]
    if coarse := skeleton(name):
        wanted.append((f"~{coarse}", "spelling"))
    found = gazetteer.look_up(key for key, _ in wanted)
    seen: set[tuple[int, str]] = set()
    for key, how in wanted:
        for place in found.get(key, ()):
            if (place.id, place.level) not in seen:
                seen.add((place.id, place.level))
                yield how or ("variant" if place.variant else "name"), place

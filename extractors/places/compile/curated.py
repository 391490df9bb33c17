"""Our own divisions, regions and waters, from the files in curated/."""

from dateline.extractors.places.compile.rows import CURATED, Row, read_csv, split
from dateline.extractors.places.gazetteer import LEVELS


def curated() -> list[Row]:
    """Every row of curated/regions.csv and curated/units-*.csv; ValueError where a file breaks its form."""
    files = [CURATED / "regions.csv", *sorted(CURATED.glob("units-*.csv"))]
    return [_row(entry, path.name) for path in files for entry in read_csv(path)]


def _row(entry: dict[str, str], file: str) -> Row:
    if entry["kind"] not in LEVELS or None in entry or None in entry.values():
        raise ValueError(f"curated/{file}: cannot read {entry}")
    return Row(
        name=entry["name"],
        level=entry["kind"],
        country=entry["country"] or None,
        latitude=float(entry["latitude"]),
        longitude=float(entry["longitude"]),
        variants=split(entry["variants"]),
        parent=entry["admin1"],
        curated=True,
    )

"""A small gazetteer, dumps in GeoNames' form and CSV files, to extend it with. All places here are invented."""

import zipfile
from pathlib import Path

from dateline.extractors.places.about import readings
from dateline.extractors.places.compile.rows import Row, values
from dateline.extractors.places.compile.store import INSERT_PLACE, written
from dateline.extractors.places.fold import fold
from dateline.extractors.places.gazetteer import Gazetteer, Place

COLUMNS = "name,kind,country,admin1,admin2,latitude,longitude,population,variants\n"


def line(
    geonameid: int, name: str, kind: str, latitude: float, longitude: float, *,
    first: str = "", second: str = "", people: int = 0, others: str = "", country: str = "PK",
) -> str:  # fmt: skip
    """A line of a dump."""
    fields = [geonameid, name, name, others, latitude, longitude, *kind.split("."), country, "", first, second]
    return "\t".join(map(str, [*fields, "", "", people, "", 100, "Asia/Karachi", "2020-01-01"])) + "\n"


# The town stands before its divisions, as it may in a dump.
LINES = [
    line(9_000_003, "Tor Banda", "P.PPL", 33.05, 70.31, first="X1", second="77", others="Tor Bandah,तोर,TBD"),
    line(9_000_001, "Vela Province", "A.ADM1", 33.0, 70.0, first="X1"),
    line(9_000_002, "Zarghun District", "A.ADM2", 33.1, 70.3, first="X1", second="77"),
    line(9_000_004, "Old Banda", "P.PPLH", 33.2, 70.3, first="X1"),
    line(9_000_005, "Banda Stream", "H.STM", 33.2, 70.3, first="X1"),
    line(9_000_006, "Spin Banda", "P.PPL", 33.06, 70.32, first="X1", second="77", people=900),
]


def small_gazetteer(folder: Path) -> Path:
    """A gazetteer of one country and two towns."""
    path = folder / "base.sqlite"
    rows = [
        Row(name="Pakistan", level="country", country="PK", latitude=30, longitude=70),
        Row(name="Lowar", level="town", country="PK", latitude=31, longitude=71, population=500),
        Row(name="Spin Banda", level="town", country="PK", latitude=33.07, longitude=70.33, population=500),
    ]
    with written(path) as database:
        for number, row in enumerate(rows, start=1):
            database.execute(INSERT_PLACE, values(row, number, None, None))
            database.execute("INSERT INTO name VALUES (?, ?, 0)", (fold(row.name), number))
    return path


def small_dump(folder: Path) -> Path:
    """The lines above as GeoNames would send them."""
    return zipped(folder / "PK.zip", {"readme.txt": "Read me", "PK.txt": "".join(LINES)})


def zipped(path: Path, members: dict[str, str]) -> Path:
    """An archive of these texts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


def own(folder: Path, *lines: str) -> Path:
    """A CSV file of these lines under the line that names all columns."""
    path = folder / "mine.csv"
    path.write_text(COLUMNS + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def meanings(path: Path, name: str) -> list[Place]:
    """What `name` may mean by the gazetteer at `path`."""
    return [place for _, place in readings(name, Gazetteer(path))]

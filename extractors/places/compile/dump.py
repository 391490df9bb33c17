"""GeoNames' dumps: `PK.zip`, `allCountries.zip` and `alternateNamesV2.zip` from https://download.geonames.org/export/dump/,
read line by line, however large they are."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_FIELDS, _LEAST_NAME_FIELDS = 19, 8
_BESIDE = ("readme", "iso-languagecodes")  # other files in the archives


@dataclass(frozen=True, slots=True)
class Record:
    """One line of a dump, as far as it is used here."""

    geonameid: int
    name: str
    ascii_name: str
    names: str  # further names, separated by commas
    latitude: float
    longitude: float
    kind: str  # feature class and code: "P.PPL", "A.ADM1"
    country: str
    first: str  # GeoNames' codes of the divisions
    second: str
    population: int


def records(path: Path, kinds: frozenset[str]) -> Iterator[Record]:
    """The places of `path` whose feature class ("P") or class and code ("A.ADM1") is in `kinds`; ValueError with the
    line where a line is no GeoNames' one."""
    with _lines(path) as lines:
        for number, line in enumerate(lines, start=1):
            fields = line.rstrip("\n").split("\t")
            if len(fields) != _FIELDS:
                raise ValueError(f"{path}, line {number}: {len(fields)} columns, and a GeoNames dump has {_FIELDS}")
            kind = f"{fields[6]}.{fields[7]}"
            if fields[6] in kinds or kind in kinds:
                yield _record(fields, kind, f"{path}, line {number}")


def english_names(path: Path) -> Iterator[tuple[int, str, bool]]:
    """The English names of an alternateNames file: GeoNames' number, the name, and whether it is the preferred one."""
    with _lines(path) as lines:
        for number, line in enumerate(lines, start=1):
            fields = line.rstrip("\n").split("\t")
            if len(fields) < _LEAST_NAME_FIELDS or not fields[1].isdigit():
                raise ValueError(f"{path}, line {number}: no line of GeoNames' alternate names")
            if fields[2] == "en" and fields[6] != "1":  # colloquial ones are nicknames: "The Big Apple"
                yield int(fields[1]), fields[3], fields[4] == "1"


def _record(fields: list[str], kind: str, where: str) -> Record:
    try:
        latitude, longitude = float(fields[4]), float(fields[5])
        record = Record(
            int(fields[0]), fields[1], fields[2], fields[3], latitude, longitude, kind, fields[8], fields[10],
            fields[11], int(fields[14] or 0),
        )  # fmt: skip
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError(f"{where}: no point on earth: {latitude}, {longitude}")
    return record


@contextmanager
def _lines(path: Path) -> Iterator[Iterator[str]]:
    """The lines of a text, or of the one text in an archive that is no readme."""
    if path.suffix != ".zip":
        with path.open(encoding="utf-8", newline="\n") as text:
            yield text
        return
    try:
        with zipfile.ZipFile(path) as archive:
            texts = [name for name in archive.namelist() if name.endswith(".txt") and not name.startswith(_BESIDE)]
            if len(texts) != 1:
                raise ValueError(f"{path}: expected one file of places in the archive, found {texts or 'none'}")
            with archive.open(texts[0]) as member, io.TextIOWrapper(member, encoding="utf-8", newline="\n") as text:
                yield text
    except zipfile.BadZipFile as error:
        raise ValueError(f"{path}: {error}") from None

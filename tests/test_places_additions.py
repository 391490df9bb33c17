"""Extending the gazetteer with dumps in GeoNames' form and with CSV files."""

import tracemalloc
from pathlib import Path

import pytest

from dateline.extractors.places.about import about
from dateline.extractors.places.add import add

from .gazetteer_helpers import COLUMNS, LINES, line, meanings, own, small_dump, small_gazetteer, zipped


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return small_gazetteer(tmp_path)


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    return small_dump(tmp_path)


# ------------------------------------------------------------------ dumps
def test_a_dump_gives_its_towns_in_their_divisions(base: Path, dump: Path, tmp_path: Path) -> None:
    add([dump], base=base, target=tmp_path / "new.sqlite")
    (town,) = meanings(tmp_path / "new.sqlite", "Tor Banda")
    assert (town.level, town.country, town.geonameid, town.latitude) == ("town", "PK", 9_000_003, 33.05)
    assert (town.admin1_name, town.admin2_name) == ("Vela", "Zarghun")


def test_divisions_answer_to_their_short_and_their_long_names(base: Path, dump: Path, tmp_path: Path) -> None:
    add([dump], base=base, target=tmp_path / "new.sqlite")
    for name in ("Vela", "Vela Province"):
        assert [(place.level, place.geonameid) for place in meanings(tmp_path / "new.sqlite", name)] == [
            ("admin1", 9_000_001)
        ]


def test_names_are_taken_as_the_build_takes_them(base: Path, dump: Path, tmp_path: Path) -> None:
    add([dump], base=base, target=tmp_path / "new.sqlite")
    assert meanings(tmp_path / "new.sqlite", "Tor Bandah")[0].geonameid == 9_000_003
    assert not meanings(tmp_path / "new.sqlite", "TBD")  # an airport's code


def test_what_is_no_place_of_today_is_left_out(base: Path, dump: Path, tmp_path: Path) -> None:
    add([dump], base=base, target=tmp_path / "new.sqlite")
    assert not meanings(tmp_path / "new.sqlite", "Old Banda")
    assert not meanings(tmp_path / "new.sqlite", "Banda Stream")


def test_a_town_that_is_known_is_completed_and_not_doubled(base: Path, dump: Path, tmp_path: Path) -> None:
    add([dump], base=base, target=tmp_path / "new.sqlite")
    (town,) = meanings(tmp_path / "new.sqlite", "Spin Banda")
    assert (town.geonameid, town.population, town.admin2_name, town.latitude) == (9_000_006, 900, "Zarghun", 33.07)


def test_the_same_dump_again_adds_nothing(base: Path, dump: Path, tmp_path: Path) -> None:
    once, twice = tmp_path / "once.sqlite", tmp_path / "twice.sqlite"
    add([dump], base=base, target=once)
    add([dump], base=once, target=twice)
    assert about(once).levels == about(twice).levels
    assert about(once).names == about(twice).names


def test_towns_may_be_left_out_by_size_and_country(base: Path, dump: Path, tmp_path: Path) -> None:
    add([dump], base=base, target=tmp_path / "large.sqlite", least=500)
    assert not meanings(tmp_path / "large.sqlite", "Tor Banda")
    assert meanings(tmp_path / "large.sqlite", "Vela")
    add([dump], base=base, target=tmp_path / "none.sqlite", countries=["af"])
    assert about(tmp_path / "none.sqlite").levels == about(base).levels


def test_english_names_of_places_that_are_there(base: Path, dump: Path, tmp_path: Path) -> None:
    lines = [
        "1\t9000003\ten\tBlack Hamlet\t1\t\t\t\t\t",
        "2\t9000003\ten\tOld Blackness\t\t\t\t1\t\t",
        "3\t9000003\tfr\tHameau Noir\t\t\t\t\t\t",
        "4\t9000003\ten\tSooty\t\t\t1\t\t\t",
        "5\t1234567\ten\tNowhere At All\t\t\t\t\t\t",
    ]
    names = zipped(tmp_path / "alternateNamesV2.zip", {"alternateNamesV2.txt": "\n".join(lines) + "\n"})
    add([dump], base=base, target=tmp_path / "new.sqlite", names=names)
    found = {
        name: [p.variant for p in meanings(tmp_path / "new.sqlite", name)] for name in ("Black Hamlet", "Old Blackness")
    }
    assert found == {"Black Hamlet": [False], "Old Blackness": [True]}
    assert not any(meanings(tmp_path / "new.sqlite", name) for name in ("Hameau Noir", "Sooty", "Nowhere At All"))


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"PK.txt": LINES[0] + "a\tb\n"}, "line 2: 2 columns"),
        ({"PK.txt": LINES[0].replace("33.05", "north")}, "line 1: could not convert"),
        ({"PK.txt": LINES[0].replace("33.05", "133.05")}, "line 1: no point on earth"),
        ({"readme.txt": "nothing else"}, "expected one file of places"),
    ],
)
def test_a_bad_dump_is_refused_and_nothing_written(
    base: Path, tmp_path: Path, members: dict[str, str], reason: str
) -> None:
    target = tmp_path / "new.sqlite"
    with pytest.raises(ValueError, match=reason):
        add([zipped(tmp_path / "bad.zip", members)], base=base, target=target)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.zip", "base.sqlite"]


def test_no_archive_is_said_to_be_none(base: Path, tmp_path: Path) -> None:
    (tmp_path / "PK.zip").write_bytes(b"<html>not found</html>")
    with pytest.raises(ValueError, match=r"PK\.zip: File is not a zip file"):
        add([tmp_path / "PK.zip"], base=base, target=tmp_path / "new.sqlite")


def test_memory_does_not_grow_with_the_dump(base: Path, tmp_path: Path) -> None:
    def peak(places: int) -> int:
        lines = (line(10_000_000 + n, f"Kalay {n}", "P.PPL", 30 + n % 7, 70) for n in range(places))
        file = zipped(tmp_path / "many.zip", {"PK.txt": "".join(lines)})
        tracemalloc.start()
        add([file], base=base, target=tmp_path / "new.sqlite")
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(4_000) < 1.2 * peak(1_000)


# ------------------------------------------------------------------ a user's own file
def test_own_places(base: Path, tmp_path: Path) -> None:
    file = own(
        tmp_path,
        "Vela,admin1,PK,,,33,70,,Wela",
        "Zarghun,admin2,PK,Vela,,33.1,70.3,,",
        "Karez Tangi,,pk,Wela,Zarghun,33.15,70.35,300,Kariz Tangi;Karez-e Tangi",
        "Grey Delta,region,,,,10,20,,",
    )
    add([file], base=base, target=tmp_path / "new.sqlite")
    (village,) = meanings(tmp_path / "new.sqlite", "Kariz Tangi")
    assert (village.name, village.admin1_name, village.admin2_name) == ("Karez Tangi", "Vela", "Zarghun")
    assert not village.variant
    assert meanings(tmp_path / "new.sqlite", "Grey Delta")[0].country is None


def test_an_own_place_takes_the_place_of_a_known_one(base: Path, tmp_path: Path) -> None:
    add([own(tmp_path, "Lowar,town,PK,,,31.05,71.05,,")], base=base, target=tmp_path / "new.sqlite")
    assert [(p.latitude, p.longitude, p.population) for p in meanings(tmp_path / "new.sqlite", "Lowar")] == [
        (31.05, 71.05, 500)
    ]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("Ata,town,PK,,,95,70,,", "line 2: latitude 95 is out of range"),
        ("Ata,town,PK,,,north,70,,", "line 2: latitude 'north' is no number"),
        ("Ata,town,PK,,,nan,70,,", "line 2: latitude nan is out of range"),
        ("Ata,hamlet,PK,,,30,70,,", "line 2: kind 'hamlet' is none of"),
        ("Ata,town,XY,,,30,70,,", "line 2: country 'XY' is no code"),
        ("Ata,town,,,,30,70,,", "line 2: a place of kind town needs its country"),
        ("!!,town,PK,,,30,70,,", "line 2: no name"),
        ("Ata,town,PK,,Zarghun,30,70,,", "line 2: admin2 needs admin1"),
        ("Ata,town,PK,30,70", "line 2: more or fewer columns"),
        ("Ata,town,PK,,,30,70,-4,", "line 2: population -4 is out of range"),
        ("Ata,town,PK,Vela,,30,70,,", "no admin1 'Vela' in PK"),
    ],
)
def test_bad_lines_are_refused_with_number_and_reason(base: Path, tmp_path: Path, bad: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        add([own(tmp_path, bad)], base=base, target=tmp_path / "new.sqlite")
    assert not (tmp_path / "new.sqlite").exists()


def test_every_bad_line_is_named(base: Path, tmp_path: Path) -> None:
    file = own(tmp_path, "Ata,town,PK,,,95,70,,", "Bela,town,PK,,,31,70,,", "Cora,town,PK,,,31,700,,")
    with pytest.raises(ValueError, match=r"line 2: .*\n.*line 4: "):
        add([file], base=base, target=tmp_path / "new.sqlite")


def test_the_first_line_must_name_the_columns(base: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("name,lat,lon\nAta,30,70\n", encoding="utf-8")
    with pytest.raises(
        ValueError, match=r"line 1: .*missing: \['latitude', 'longitude'\], not known: \['lat', 'lon'\]"
    ):
        add([tmp_path / "mine.csv"], base=base, target=tmp_path / "new.sqlite")


def test_a_file_in_another_encoding_is_refused(base: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_bytes(COLUMNS.encode() + "Málaga,town,PK,,,30,70,,\n".encode("latin-1"))
    with pytest.raises(ValueError, match="no CSV in UTF-8"):
        add([tmp_path / "mine.csv"], base=base, target=tmp_path / "new.sqlite")

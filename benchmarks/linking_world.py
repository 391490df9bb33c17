"""A seeded world for benchmarks/linking.py: events, the articles that tell of them, and their rows in the store.

The figures below follow annotated collections (TBIJ's strikes, ACLED's Pakistan of 2015, ISAF's releases 2009 to 2013):
how a country's incidents share its provinces, how many fall on one day, how many died, how exactly places are told.
"""

import heapq
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.models.ids import content_id
from dateline.models.store_connection import Connection, append
from dateline.models.store_rows import COLUMNS

SEED = 20
A_DAY = 500  # incidents printed a day: a night's work for a large collection
FIRST = date(2015, 1, 1)
COUNTRIES = (
    *("AF", "PK", "IQ", "SY", "YE", "SO", "NG", "ML", "BF", "SD", "CD", "MM", "UA"),
    *("CO", "MX", "PH", "IN", "LY", "CM", "MZ", "NE", "TD", "ET", "KE", "EG"),
)
PROVINCES, DISTRICTS, TOWNS = 20, 12, 6  # in each country, province, district
SHARE = 0.62  # of the share of the one before it: the first province of four countries holds 23, 24, 37 and 52 %
REPORTS = 3.0  # articles that tell of an event, geometric: most of one, few of thirty
COPIED = 0.35  # of the articles after the first, a wire's story with a word changed
LATER = ((0, 0.45), (1, 0.33), (2, 0.08), (4, 0.05), (7, 0.04), (30, 0.03), (200, 0.015), (365, 0.005))  # days to print
DEAD = (
    (0, 0.3),
    (1, 0.18),
    (2, 0.13),
    (3, 0.11),
    (4, 0.09),
    (5, 0.06),
    (7, 0.05),
    (10, 0.04),
    (15, 0.025),
    (40, 0.015),
)
PLACED = ((1, 0.5), (2, 0.1), (3, 0.18), (4, 0.15), (6, 0.07))  # UCDP where_prec
DATED = ((1, 0.8), (2, 0.08), (4, 0.03), (0, 0.09))  # UCDP date_prec; 0 is no day told
BURST = 1.5  # shape of the gamma by which days differ: few quiet ones, and now and then one with three times as many
WEAPONS = (
    "a roadside bomb",
    "gunmen",
    "an air strike",
    "shelling",
    "a suicide bomber",
    "a drone",
    "a mine",
    "machetes",
)
TARGETS = ("market", "school", "bus", "checkpoint", "convoy", "house", "mosque", "clinic", "base", "village road")
PUBLISHERS = 400
WORDS = 60  # of an article beside its first sentence

Row = tuple[object, ...]


@dataclass(frozen=True)
class Place:
    """A town with what holds it."""

    country: str
    admin1: str
    admin2: str
    name: str
    latitude: float
    longitude: float
    geonameid: int


@dataclass(frozen=True)
class Told:
    """An event as one article tells it."""

    event: int
    on: date
    place: Place
    dead: int
    weapon: str
    target: str
    leader: str | None
    printed: date
    copy: int  # of which telling of the event it is a copy; its own number where of none


def _drawn(rng: random.Random, table: tuple[tuple[int, float], ...]) -> int:
    return rng.choices([value for value, _ in table], [weight for _, weight in table])[0]


def towns(rng: random.Random) -> list[list[Place]]:
    """The towns of each country, by province, laid out on a grid; an eighth of a degree is about 14 km."""
    found = []
    for at, country in enumerate(COUNTRIES):
        own = []
        for town in range(PROVINCES * DISTRICTS * TOWNS):
            district, province = town // TOWNS, town // (TOWNS * DISTRICTS)
            latitude = -30 + 2.5 * at + district % DISTRICTS / 4 + rng.random() / 8
            longitude = -80 + province + 20 * (at % 8) + town % TOWNS / 8 + rng.random() / 8
            number = at * 10_000 + town
            names = (f"Province {at} {province}", f"District {at} {district}", f"Town {number}")
            own.append(Place(country, *names, latitude, longitude, 90_000_000 + number))
        found.append(own)
    return found


def tellings(rng: random.Random, *, a_day: int = A_DAY) -> Iterator[Told]:
    """Articles' tellings of events in the order of their print, without end."""
    world = towns(rng)
    countries = [1 / (rank + 1) for rank in range(len(world))]
    provinces = [SHARE**rank for rank in range(PROVINCES)]
    queue: list[tuple[date, int, Told]] = []
    day, number, count = FIRST, 0, 0
    while True:
        for _ in range(round(rng.gammavariate(BURST, a_day / REPORTS / BURST))):
            number += 1
            land = rng.choices(world, countries)[0]
            province = rng.choices(range(PROVINCES), provinces)[0]
            within = min(int(rng.expovariate(1 / 10)), DISTRICTS * TOWNS - 1)  # the towns of a front, again and again
            place = land[province * DISTRICTS * TOWNS + within]
            for told in _reports(rng, number, day, place):
                count += 1
                heapq.heappush(queue, (told.printed, count, told))
        while queue and queue[0][0] <= day:
            yield heapq.heappop(queue)[2]
        day += timedelta(days=1)


def _reports(rng: random.Random, event: int, day: date, place: Place) -> Iterator[Told]:
    dead, weapon, target = _drawn(rng, DEAD), rng.choice(WEAPONS), rng.choice(TARGETS)
    leader = f"Commander Name{rng.randrange(3000)} Surname{rng.randrange(3000)}" if rng.random() < 0.06 else None
    for telling in range(1 + int(rng.expovariate(1 / (REPORTS - 1)))):
        late = _drawn(rng, LATER)
        now = dead + (rng.randrange(3) if dead > 2 and late else 0)  # tolls rise
        copy = rng.randrange(telling) if telling and rng.random() < COPIED else telling
        yield Told(event, day, place, now, weapon, target, leader, day + timedelta(days=late), copy)


def rows(told: Told, number: int, rng: random.Random, run_id: int) -> Iterator[tuple[str, Row]]:
    """The rows of one article: table and values in the order of `COLUMNS_OF`."""
    place, printed = told.place, told.printed.isoformat()
    toll = f"{told.dead} people were killed" if told.dead else "Nobody was hurt"
    where = f"{place.name} in {place.admin1}"
    lead = f"{toll} when {told.weapon} hit a {told.target} in {where} on {told.on:%A}, officials there said."
    body = random.Random(told.event * 1000 + told.copy)  # the same words wherever a story was copied
    tail = " ".join(f"w{body.randrange(5000)}" for _ in range(WORDS))
    text = f"{lead} {tail}. Article {number}."
    text_key, capture, page = (content_id(what, number) for what in ("text", "capture", "page"))
    url = f"https://site{rng.randrange(PUBLISHERS)}.example/{number}"
    yield "article", (text_key, text)
    yield "capture", (capture, url, capture, len(text), "text", url, printed, "a.warc.gz", number, capture, printed)
    yield "page", (page, capture, "d", "read", url, url.split("/")[2], printed, "given", [], text_key, "[]")
    yield "outcome", (run_id, url, url, 0, "read", capture, page)
    readings = {}
    for field in ("incidents", "casualties", "dates", "leaders"):
        readings[field] = content_id("reading", number, field)
        yield "reading", (readings[field], text_key, printed, "given", "[]", field, "d")
        yield "run_reading", (run_id, readings[field])
    yield "sentence", (readings["incidents"], 0, 0, len(lead))
    yield "sentence", (readings["incidents"], 1, len(lead) + 1, len(text))
    incident = content_id("incident", number)
    yield "incident", _incident(told, readings["incidents"], incident, rng)
    claim, day = content_id("claim", number), content_id("date", number)
    figure = (told.dead,) * 3
    yield "casualties", (readings["casualties"], claim, 0, len(toll), toll, "r", "killed", *figure, *_CLAIM)
    yield "dates", (readings["dates"], day, len(toll), len(lead), "day", "r", told.on, told.on, 1, "day", "published")
    for at, (value, fact) in enumerate(((None, claim), (None, day), ("killed", claim), ("date", day))):
        yield "incident_fact", (readings["incidents"], incident, at, value, fact)
    if told.leader:
        person = content_id("leader", number)
        yield "incident_leader", (readings["incidents"], incident, 0, told.leader)
        mention = (readings["leaders"], person, 0, 4, "some", "r", told.leader)
        yield "leaders", (*mention, "armed_group", "killed", person)


_CLAIM = ("exact", "unspecified", "incident", "affirmed", False)


def _incident(told: Told, reading: str, incident: str, rng: random.Random) -> Row:
    """The incident, its day and place told more or less exactly."""
    near, day = _drawn(rng, PLACED), _drawn(rng, DATED)
    place = told.place
    first, last = told.on, told.on
    if day == 2:
        last = first + timedelta(days=2)
    elif day == 4:
        first = first.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    names = {3: place.admin2, 4: place.admin1, 6: place.country}
    values: dict[str, object] = {
        **dict.fromkeys(COLUMNS["incident"]),
        "reading_id": reading,
        "id": incident,
        "position": 0,
        "main": (told.printed - told.on).days <= 30,
        "earliest": first if day else None,
        "latest": last if day else None,
        "date_precision": day or None,
        "place_name": names.get(near, place.name),
        "place_country": place.country,
        "place_country_name": place.country,
        "place_admin1": place.admin1 if near < 6 else None,
        "place_admin2": place.admin2 if near < 4 else None,
        "place_latitude": place.latitude,
        "place_longitude": place.longitude,
        "place_geonameid": place.geonameid if near < 3 else None,
        "place_precision": near,
        "place_role": "event",
        **{f"killed_{bound}": told.dead for bound in ("low", "best", "high")},
    }
    return tuple(values.values())


_LISTED = """
article: text_id text
capture: capture_id input_id sha256 size kind url published archive_file archive_offset record_id captured_at
page: page_id capture_id digest result url publisher published published_from authors text_id unread
outcome: run_id origin input_id occurrence outcome capture_id page_id
reading: reading_id text_id published published_from unread field digest
run_reading: run_id reading_id
casualties: reading_id id start stop quote rule outcome low best high qualifier group_class scope polarity derived
dates: reading_id id start stop quote rule earliest latest precision granularity anchor
leaders: reading_id id start stop quote rule name role_class status same_as
"""
COLUMNS_OF = {
    **{table: own.split() for table, _, own in (line.partition(": ") for line in _LISTED.strip().splitlines())},
    **{table: list(COLUMNS[table]) for table in ("sentence", "incident", "incident_fact", "incident_leader")},
}


def write(connection: Connection, stream: Iterator[Told], count: int, *, since: int, run_id: int) -> None:
    """The next `count` articles, numbered from `since`, through the appender."""
    rng = random.Random(SEED + since)
    tables: dict[str, list[Row]] = {table: [] for table in COLUMNS_OF}
    for number in range(since, since + count):
        for table, row in rows(next(stream), number, rng, run_id):
            tables[table].append(row)
        if number % 5000 == 4999 or number == since + count - 1:
            for table, some in tables.items():
                append(connection, table, COLUMNS_OF[table], some)
                some.clear()

"""Invented articles for the tests of events, made without any extractor: a line each, day, place, toll and words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dateline.flows.events import link_events
from dateline.models.article import Article, Source
from dateline.models.capture import origin
from dateline.models.fields.casualties import CasualtyFact
from dateline.models.fields.dates import DateFact
from dateline.models.fields.leaders import LeaderFact
from dateline.models.fields.places import PlaceFact
from dateline.models.ids import content_id, fact_id
from dateline.models.incident import Incident, Toll
from dateline.models.record import Record
from dateline.models.store import Entry, Store
from dateline.models.store_rows import page_of

from .store_helpers import DIGESTS, VERSIONS, capture

# Name, district, province, country, degrees north and east, geonameid: invented places, Velm and Orst 4 km apart.
PLACES = {
    "Velm": ("Velm", "Vel", "North", "XA", 10.0, 20.0, 1),
    "Orst": ("Orst", "Vel", "North", "XA", 10.03, 20.02, 2),
    "Tarn": ("Tarn", "Tar", "North", "XA", 11.0, 21.0, 3),
    "Kett": ("Kett", "Ket", "South", "XB", 40.0, 60.0, 4),
    "North": ("North", None, "North", "XA", 10.5, 20.5, 5),
    "Aland": ("Aland", None, None, "XA", 10.0, 20.0, 6),
}


@dataclass(frozen=True, kw_only=True)
class Told:
    """One incident as an article tells of it."""

    day: str | None = None
    until: str | None = None
    place: str | None = "Velm"
    killed: int | tuple[int, int | None] | None = None
    words: str = "a bomb went off in a market"
    dead: str | None = None
    part: bool = False  # of the first one, which spans it


@dataclass(frozen=True, kw_only=True)
class Piece:
    """An article: its main incident first. `like`: the article whose text it begins with, as a copy does."""

    name: str
    published: str | None
    told: tuple[Told, ...]
    site: str | None = None
    note: str = ""


def piece(name: str, published: str | None, *told: Told, site: str | None = None, note: str = "") -> Piece:
    """An article, in one line."""
    return Piece(name=name, published=published, told=told, site=site, note=note)


def record(given: Piece) -> Record:
    """What reading it gives: a sentence an incident, with its facts."""
    text, sentences, rows = "", [], []
    for number, told in enumerate(given.told):
        start = len(text)
        toll = _figure(told)
        where = f"{told.words}, {told.place}, {told.day}, {told.dead}"
        text += f"{toll} people died, {given.note} {where} {given.name} {number}.\n"
        sentences.append((start, len(text) - 1))
        rows.append((start, told))
    text = text.rstrip("\n")
    facts: dict[str, list] = {"dates": [], "places": [], "casualties": [], "leaders": []}
    incidents: list[Incident] = []
    for number, (start, told) in enumerate(rows):
        incidents.append(_incident(text, start, told, facts, incidents, main=number == 0))
    address = f"https://{given.site or given.name}.example/{given.name}"
    article = Article(
        result="read", url=address, title=given.name, published=given.published, published_from="given", text=text
    )
    kept = {name: tuple(own) for name, own in facts.items()}
    return Record(id=given.name, article=article, facts=kept, incidents=tuple(incidents), sentences=tuple(sentences))


def _figure(told: Told) -> str:
    return "Some" if told.killed is None else str(told.killed[0] if isinstance(told.killed, tuple) else told.killed)


def _incident(text: str, start: int, told: Told, facts: dict, before: Sequence[Incident], *, main: bool) -> Incident:
    def common(field: str, at: int, length: int, *distinct: str) -> dict:
        stop = at + length
        made = fact_id(text, field, at, stop, *distinct)
        return {"id": made, "start": at, "stop": stop, "quote": text[at:stop], "rule": f"{field}.x"}

    basis: dict[str, tuple[str, ...]] = {}
    low, best, high = _toll(told.killed)
    if told.killed is not None:
        claim = CasualtyFact(
            **common("casualties", start, len(_figure(told)) + len(" people"), "killed"), outcome="killed", low=low,
            best=best, high=high, qualifier="exact", vague=None, group="people", group_class="unspecified",
            scope="incident", polarity="affirmed",
        )  # fmt: skip
        facts["casualties"].append(claim)
        basis["killed"] = (claim.id,)
    if told.day is not None:
        at = text.index(told.day, start)
        day = DateFact(
            **common("dates", at, len(told.day)), earliest=told.day, latest=told.until or told.day,
            precision=_precision(told), granularity="day", anchor="none",
        )  # fmt: skip
        facts["dates"].append(day)
        basis["date"] = (day.id,)
    place = None
    if told.place is not None:
        name, second, first, country, north, east, known = PLACES[told.place]
        place = PlaceFact(
            **common("places", text.index(told.place, start), len(told.place)), name=name, country=country,
            country_name=country, admin1=first, admin2=second, latitude=north, longitude=east, geonameid=known,
            precision=1 if second else 4 if first else 6, role="event",
        )  # fmt: skip
        facts["places"].append(place)
        basis["place"] = (place.id,)
    if told.dead is not None:
        facts["leaders"].append(
            LeaderFact(
                **common("leaders", text.index(told.dead, start), len(told.dead)), name=told.dead, role="commander",
                organisation=None, role_class="armed_group", status="killed", attribution=None, same_as=told.dead,
            )
        )  # fmt: skip
    killed = None if told.killed is None else Toll(low=low, best=best, high=high)
    own = basis.get("killed") or basis.get("date") or ("none",)
    return Incident(
        id=content_id("incident", text, *own, len(before)), main=main, part_of=before[0].id if told.part else None,
        earliest=told.day, latest=(told.until or told.day), date_precision=_precision(told), place=place,
        killed=killed, injured=None, missing=None, captured=None, killed_or_injured=None,
        facts=tuple(one for ids in basis.values() for one in ids), basis=basis,
    )  # fmt: skip


def _toll(killed: int | tuple[int, int | None] | None) -> tuple[int | None, int | None, int | None]:
    if isinstance(killed, tuple):
        return killed[0], killed[0] if killed[1] is None else None, killed[1]
    return killed, killed, killed


def _precision(told: Told) -> int | None:
    if told.day is None:
        return None
    long = (date.fromisoformat(told.until or told.day) - date.fromisoformat(told.day)).days
    return 1 if long == 0 else 2 if long < 7 else 4


def night(store: Store, pieces: Iterable[Piece], *, digests: dict[str, str] = DIGESTS, note: str = "") -> int:
    """One run over these articles, linked."""
    entries = []
    for one in pieces:
        read = record(one)
        given = Source(
            id=one.name, text=read.article.text, published=one.published, origin=one.name, url=read.article.url
        )
        kept = capture(given)
        page = page_of(read, kept.capture_id, digests)
        entries.append(
            Entry(key=(origin(given), one.name, 0), outcome="read", capture_id=kept.capture_id, capture=kept, page=page)
        )
    parameters = {"of": [entry.key[1] for entry in entries], "note": note}
    run_id, _ = store.start_run("ingest", parameters=parameters, digests=digests, versions=VERSIONS)
    store.add_shard(run_id, entries)
    link_events(store, run_id)
    store.finish_run(run_id)
    return run_id


def events(store: Store) -> dict[str, set[str]]:
    """The events: which incidents, as "article 0", by id."""
    query = """SELECT event_id, title || ' ' || position FROM event_incident
        JOIN event_reading ON event_reading.id = incident_id
        JOIN (SELECT DISTINCT text_id, title FROM current_page) AS page ON page.text_id = event_reading.text_id"""
    found: dict[str, set[str]] = {}
    for event, name in store.connection.execute(query).fetchall():
        found.setdefault(event, set()).add(name)
    return found


def groups(store: Store) -> list[list[str]]:
    """The events as sorted lists of incidents."""
    return sorted(sorted(group) for group in events(store).values())

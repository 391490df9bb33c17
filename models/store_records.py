"""Stored articles as records again: the facts, evidence and incidents of many articles in a handful of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from dateline.models.facts import Fact
from dateline.models.fields import fields as field_shapes
from dateline.models.fields.casualties import GroupClass, Outcome
from dateline.models.fields.places import PlaceFact
from dateline.models.incident import GroupToll, Incident, Toll
from dateline.models.record import Record
from dateline.models.span import Evidence
from dateline.models.store_connection import Connection, dicts
from dateline.models.store_rows import HUNG, INCIDENTS, PLACE, TOLLS, article_from, fact_from, map_from

ReadingKey = tuple[str | None, str | None, str | None, str]  # text id, published, published_from, unread
Grouped = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, kw_only=True)
class StoredArticle:
    """A page as the store has it now, with its text ("" where it has none) and where it came from."""

    text_id: str | None
    input_id: str
    origin: str
    capture_id: str
    page_id: str
    run_id: int
    result: str
    reason: str | None
    url: str | None
    title: str | None
    publisher: str | None
    published: str | None
    published_from: str | None
    language: str | None
    unread: str
    text: str

    @property
    def key(self) -> ReadingKey:
        """What its readings depend on."""
        return self.text_id, self.published, self.published_from, self.unread


def records(connection: Connection, articles: Iterable[StoredArticle]) -> list[Record]:
    """The record of each article, as `dateline extract` would write it, in their order."""
    wanted = list(articles)
    readings = _readings(connection, wanted)
    ids = [article.page_id for article in wanted]
    pages = _grouped(connection, "page", "page_id", ids, order="page_id")
    on_pages = {table: _grouped(connection, table, "page_id", ids) for table in HUNG}
    facts = _facts(connection, readings)
    children = {
        table: _grouped(connection, table, "reading_id", [names.get(INCIDENTS, "") for names in readings.values()])
        for table in ("incident", "incident_fact", "incident_group", "incident_leader", "sentence")
    }
    found = []
    for article in wanted:
        names = readings.get(article.key, {})
        own = {field: facts[field].get(names.get(field, ""), ()) for field in facts}
        places = {fact.id: fact for fact in own.get("places", ()) if isinstance(fact, PlaceFact)}
        hung = {table: rows.get(names.get(INCIDENTS, ""), []) for table, rows in children.items()}
        on_page = {table: rows.get(article.page_id, []) for table, rows in on_pages.items()}
        found.append(
            Record(
                id=article.input_id,
                article=article_from(article.text, pages[article.page_id][0], on_page),
                facts=own if names else {},
                incidents=tuple(_placed(incident, row, places) for incident, row in _incidents(hung)),
                sentences=tuple((row["start"], row["stop"]) for row in hung["sentence"]),
                text_map=map_from(on_page["text_map"]),
            )
        )
    return found


def _readings(connection: Connection, articles: list[StoredArticle]) -> dict[ReadingKey, dict[str, str]]:
    """The current reading of each field, by what it depends on."""
    found: dict[ReadingKey, dict[str, str]] = defaultdict(dict)
    # As the view current_reading, which would look at every page of the store for these few.
    query = """SELECT reading.* FROM reading JOIN run_reading USING (reading_id)
        WHERE text_id IN (SELECT unnest(?::VARCHAR[]))
        QUALIFY row_number() OVER (PARTITION BY text_id, published, published_from, unread, field
            ORDER BY run_id DESC, reading_id) = 1"""
    for row in dicts(connection, query, [[article.text_id for article in articles if article.text_id]]):
        key = (row["text_id"], row["published"], row["published_from"], row["unread"])
        found[key][row["field"]] = row["reading_id"]
    return found


def facts_of_readings(
    connection: Connection, readings: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, tuple[Fact, ...]]]:
    """The facts by field of some texts, given the readings of each by field; keys are the caller's."""
    keyed: dict[ReadingKey, dict[str, str]] = {(key, None, None, ""): dict(names) for key, names in readings.items()}
    facts = _facts(connection, keyed)
    return {
        key: {field: facts[field].get(own, ()) for field, own in names.items() if field in facts}
        for key, names in readings.items()
    }


def _facts(
    connection: Connection, readings: Mapping[ReadingKey, dict[str, str]]
) -> dict[str, dict[str, tuple[Fact, ...]]]:
    """Facts by field and reading, in text order."""
    ids = [reading for names in readings.values() for reading in names.values()]
    evidence: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for reading, rows in _grouped(connection, "evidence", "reading_id", ids).items():
        for row in rows:
            evidence[reading, row["fact_id"]].append(
                Evidence(role=row["role"], start=row["start"], stop=row["stop"], quote=row["quote"])
            )
    found: dict[str, dict[str, tuple[Fact, ...]]] = {}
    for field, shape in field_shapes().items():
        own = [names[field] for names in readings.values() if field in names]
        found[field] = {
            reading: tuple(fact_from(shape, row, tuple(evidence[reading, row["id"]])) for row in rows)
            for reading, rows in _grouped(connection, field, "reading_id", own, order="start, stop, rule, id").items()
        }
    return found


def _grouped(connection: Connection, table: str, key: str, ids: list[str], *, order: str = "") -> Grouped:
    """Rows of a table by one of its ids, in order."""
    order = order or ("fact_id, position" if table == "evidence" else "position")
    query = f"SELECT * FROM {table} WHERE {key} IN (SELECT unnest(?::VARCHAR[])) ORDER BY {order}"
    found: Grouped = defaultdict(list)
    for row in dicts(connection, query, [ids]):
        found[row[key]].append(row)
    return found


def _incidents(tables: Mapping[str, list[dict[str, Any]]]) -> list[tuple[Incident, dict[str, Any]]]:
    """The incidents of one reading, without their places, and their rows."""
    links, groups, leaders = (_by_incident(tables[f"incident_{name}"]) for name in ("fact", "group", "leader"))
    found = []
    for row in sorted(tables["incident"], key=lambda row: int(row["position"])):
        own = links[row["id"]]
        basis = {
            value: tuple(link["fact_id"] for link in own if link["value"] == value)
            for value in dict.fromkeys(link["value"] for link in own)
            if value is not None
        }
        incident = Incident(
            id=row["id"],
            main=row["main"],
            part_of=row["part_of"],
            earliest=_day(row["earliest"]),
            latest=_day(row["latest"]),
            date_precision=row["date_precision"],
            place=None,
            **{toll: _toll(row, toll, claimed=toll in basis) for toll in TOLLS},
            groups=tuple(_group(group) for group in groups[row["id"]]),
            leaders=tuple(leader["name"] for leader in leaders[row["id"]]),
            facts=tuple(link["fact_id"] for link in own if link["value"] is None),
            basis=basis,
        )
        found.append((incident, row))
    return found


def _by_incident(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["incident_id"]].append(row)
    return found


def _placed(incident: Incident, row: Mapping[str, Any], places: Mapping[str, PlaceFact]) -> Incident:
    """The incident with its place: the fact, with the values that the incident gave it."""
    fact = places.get(row["place_id"])
    if fact is None:
        return incident
    return replace(incident, place=replace(fact, **{name: row[f"place_{name}"] for name in (*PLACE, "role")}))


def _toll(row: Mapping[str, Any], name: str, *, claimed: bool) -> Toll | None:
    """A toll; one whose words give no number ("dozens") has a basis and no bounds."""
    low, best, high = (row[f"{name}_{bound}"] for bound in ("low", "best", "high"))
    if not claimed and low is None and best is None and high is None:
        return None
    return Toll(low=low, best=best, high=high)


def _group(row: Mapping[str, Any]) -> GroupToll:
    return GroupToll(
        group_class=cast(GroupClass, row["group_class"]),
        outcome=cast(Outcome, row["outcome"]),
        low=row["low"],
        best=row["best"],
        high=row["high"],
    )


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()

"""What the store is asked: articles, facts, incidents, runs, problems. Every answer in a fixed order."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import islice
from typing import Any

from dateline.models.capture import Capture
from dateline.models.facts import Fact
from dateline.models.fields import fields as field_shapes
from dateline.models.incident import Incident
from dateline.models.record import Record
from dateline.models.store_connection import Connection, StoreError, dicts
from dateline.models.store_records import StoredArticle, records
from dateline.models.store_runs import GIVEN_UP

_AT_ONCE = 1000  # articles whose facts are fetched together
_IN_ORDER = "current_page.origin, current_page.input_id, current_page.occurrence"
_ANCHORED = "current_page.text_id, current_page.published, current_page.published_from, current_page.unread"
_READ_BY = """JOIN current_reading AS reading
    ON current_page.text_id = reading.text_id AND current_page.unread = reading.unread
    AND current_page.published IS NOT DISTINCT FROM reading.published
    AND current_page.published_from IS NOT DISTINCT FROM reading.published_from"""


@dataclass(frozen=True, kw_only=True)
class StoredFact:
    """A fact with its field, the article it was read in, and the digest of the code that read it."""

    field: str
    fact: Fact
    article: StoredArticle
    digest: str


@dataclass(frozen=True, kw_only=True)
class StoredIncident:
    """An incident with the article that reports it and all facts of that article by id."""

    incident: Incident
    article: StoredArticle
    facts: dict[str, Fact]


@dataclass(frozen=True, kw_only=True)
class StoredRun:
    """A run with its outcomes counted; `finished_at` is None where it was killed or is under way."""

    run_id: int
    kind: str
    parameters: dict[str, Any]
    digests: dict[str, str]
    versions: dict[str, str]
    inputs: int | None
    started_at: datetime
    finished_at: datetime | None
    outcomes: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class Problem:
    """An input that gave nothing, and why. `source` is that of the collection; `tries` counts the runs that tried it
    since it last gave something; `given_up` is whether this run did not even try."""

    run_id: int
    origin: str
    input_id: str
    occurrence: int
    outcome: str
    reason: str | None
    capture_id: str | None
    source: str | None
    tries: int
    given_up: bool


def _articles(where: str, *, more: str = "", joined: str = "", once: str | None = None, order: str = _IN_ORDER) -> str:
    """The query for current pages with their texts. `more` columns come from `joined` tables; with `once` (what else
    tells rows apart, or "") a text that several pages carry comes from the first of them for each anchor."""
    page = ", ".join(f"current_page.{part.name}" for part in fields(StoredArticle) if part.name != "text")
    first = f"QUALIFY row_number() OVER (PARTITION BY {_ANCHORED}{once} ORDER BY {_IN_ORDER}) = 1"
    return f"""SELECT {page}, coalesce(text, '') AS text{more}
        FROM current_page LEFT JOIN article ON article.text_id = current_page.text_id {joined}
        WHERE {where} {"" if once is None else first} ORDER BY {order}"""


def articles(connection: Connection, *, result: str | None = "read", limit: int | None = None) -> list[StoredArticle]:
    """The current pages, by origin and id; `result` None for those that were not read too."""
    query = _articles("$result IS NULL OR result = $result") + " LIMIT $limit"
    return [StoredArticle(**row) for row in _named(connection, query, result=result, limit=limit)]


def article(connection: Connection, prefix: str) -> StoredArticle:
    """The article whose text id or capture id starts with `prefix`, or whose input id or URL is it; StoreError where
    there is none, or more than one text."""
    query = _articles(
        """current_page.input_id = $prefix OR current_page.url = $prefix
        OR starts_with(current_page.text_id, $prefix) OR starts_with(current_page.capture_id, $prefix)"""
    )
    found = [StoredArticle(**row) for row in _named(connection, query, prefix=prefix)]
    if not found:
        raise StoreError(f"no article has the id {prefix}; `dateline show` lists the incidents")
    if len({one.text_id for one in found}) > 1:
        some = ", ".join(sorted({str(one.text_id) for one in found})[:5])
        raise StoreError(f"{prefix} means {len(found)} articles: {some}")
    return found[0]


def capture(connection: Connection, where: StoredArticle) -> Capture:
    """What an article was read from."""
    return capture_of(connection, where.capture_id)


def capture_of(connection: Connection, capture_id: str) -> Capture:
    """A capture by its whole id."""
    (row,) = dicts(connection, "SELECT * FROM capture WHERE capture_id = ?", [capture_id])
    return Capture(**row)


def fact(connection: Connection, prefix: str) -> StoredFact:
    """The fact whose id starts with `prefix`; StoreError where there is none, or more than one."""
    found = []
    for field in field_shapes():
        query = _articles(
            "starts_with(fact.id, $prefix)",
            more=", fact.id AS fact_id, reading.digest",
            joined=f"{_READ_BY} JOIN {field} AS fact ON fact.reading_id = reading.reading_id",
            once=", fact.id",
        )
        found += [(field, row) for row in _named(connection, query, prefix=prefix)]
    ids = sorted({row["fact_id"] for _, row in found})
    if not ids:
        raise StoreError(f"no fact has the id {prefix}; `dateline show ARTICLE` lists an article's values")
    if len(ids) > 1:
        raise StoreError(f"{prefix} means {len(ids)} facts: {', '.join(ids[:5])}")
    field, row = found[0]
    fact_id, digest = row.pop("fact_id"), row.pop("digest")
    where = StoredArticle(**row)
    return StoredFact(field=field, fact=record(connection, where).all_facts()[fact_id], article=where, digest=digest)


def record(connection: Connection, where: StoredArticle) -> Record:
    """The record of an article: its facts by field with their evidence, its furniture, its incidents."""
    return records(connection, [where])[0]


def all_records(connection: Connection) -> Iterator[tuple[StoredArticle, Record]]:
    """Every article that was read, with its record; a text that several pages carry comes once for each anchor."""
    wanted = iter([StoredArticle(**row) for row in dicts(connection, _articles("result = 'read'", once=""))])
    while some := list(islice(wanted, _AT_ONCE)):
        yield from zip(some, records(connection, some), strict=True)


def incidents(
    connection: Connection, *, main: bool | None = None, place: str | None = None, limit: int | None = None
) -> list[StoredIncident]:
    """Incidents by date (unknown last), then text and order in it. `main`: only (or only not) what an article is
    about. `place`: part of the name of the place or a division, or a country's code."""
    return _incidents(
        connection,
        """($main IS NULL OR incident.main = $main) AND ($place IS NULL OR incident.place_country = upper($place)
        OR concat_ws('\n', place_name, place_admin1, place_admin2, place_country_name) ILIKE '%' || $place || '%')""",
        limit=limit,
        main=main,
        place=place,
    )


def incident(connection: Connection, prefix: str) -> StoredIncident:
    """The incident whose id starts with `prefix`; StoreError where there is none, or more than one."""
    found = _incidents(connection, "starts_with(incident.id, $prefix)", prefix=prefix)
    ids = sorted({one.incident.id for one in found})
    if not ids:
        raise StoreError(f"no incident has the id {prefix}; `dateline show` lists them")
    if len(ids) > 1:
        raise StoreError(f"{prefix} means {len(ids)} incidents: {', '.join(ids[:5])}")
    return found[0]


def _incidents(connection: Connection, where: str, *, limit: int | None = None, **values: Any) -> list[StoredIncident]:
    query = _articles(
        where,
        more=", incident.id AS incident_id",
        joined=f"{_READ_BY} JOIN incident ON incident.reading_id = reading.reading_id",
        once=", incident.id",
        order="incident.earliest NULLS LAST, current_page.text_id, reading.reading_id, incident.position",
    )
    rows = iter(_named(connection, query + " LIMIT $limit", limit=limit, **values))
    found = []
    while some := list(islice(rows, _AT_ONCE)):
        ids = [row.pop("incident_id") for row in some]
        wheres = [StoredArticle(**row) for row in some]
        for incident_id, article, read in zip(ids, wheres, records(connection, wheres), strict=True):
            own = next(one for one in read.incidents if one.id == incident_id)
            found.append(StoredIncident(incident=own, article=article, facts=read.all_facts()))
    return found


def runs(connection: Connection, *, limit: int | None = None) -> list[StoredRun]:
    """The runs, the latest first."""
    found = []
    for row in _named(connection, "SELECT * FROM run ORDER BY run_id DESC LIMIT $limit", limit=limit):
        counted = connection.execute(
            "SELECT outcome, count(*) FROM outcome WHERE run_id = ? GROUP BY outcome ORDER BY outcome", [row["run_id"]]
        ).fetchall()
        names = ("dateline", "python", "spacy", "trafilatura", "dateparser", "prefect", "duckdb")
        found.append(
            StoredRun(
                run_id=row["run_id"],
                kind=row["kind"],
                parameters=json.loads(row["parameters"]),
                digests=json.loads(row["digests"]),
                versions={name: row[name] for name in names},
                inputs=row["inputs"],
                started_at=row["started_at"],
                finished_at=row["finished_at"],
                outcomes=dict(counted),
            )
        )
    return found


def problems(connection: Connection, *, run_id: int | None = None, limit: int | None = None) -> list[Problem]:
    """The inputs of a run (default: the latest) that gave no article, and why."""
    query = """WITH wrong AS (
            SELECT *, starts_with(coalesce(reason, ''), $given_up) AS given_up FROM outcome
            WHERE run_id = coalesce($run_id, (SELECT max(run_id) FROM run)) AND outcome NOT IN ('read', 'unchanged')),
        earlier AS (
            SELECT origin, input_id, occurrence, run_id, outcome IN ('read', 'unchanged') AS well,
                max(run_id) FILTER (well) OVER (PARTITION BY origin, input_id, occurrence) AS last_well,
                starts_with(coalesce(reason, ''), $given_up) AS untried
            FROM outcome SEMI JOIN wrong USING (origin, input_id, occurrence)
            WHERE run_id <= (SELECT max(run_id) FROM wrong)),
        tried AS (
            SELECT origin, input_id, occurrence, count(*) AS tries FROM earlier
            WHERE NOT untried AND run_id > coalesce(last_well, 0) GROUP BY ALL)
        SELECT wrong.* EXCLUDE (page_id), coalesce(tries, 0) AS tries
        FROM wrong LEFT JOIN tried USING (origin, input_id, occurrence)
        ORDER BY outcome, origin, input_id, occurrence LIMIT $limit"""
    return [Problem(**row) for row in _named(connection, query, run_id=run_id, limit=limit, given_up=GIVEN_UP)]


def counts(connection: Connection) -> dict[str, int]:
    """What the store holds: captures, articles that are read now, facts of each field and incidents in them, runs."""
    found = {"captures": _count(connection, "capture")}
    found["articles"] = _count(connection, f"(SELECT DISTINCT {_ANCHORED} FROM current_page WHERE result = 'read')")
    for table in (*field_shapes(), "incident"):
        name = "incidents" if table == "incident" else table
        found[name] = _count(connection, f"{table} SEMI JOIN current_reading USING (reading_id)")
    found["runs"] = _count(connection, "run")
    return found


def _count(connection: Connection, what: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {what}").fetchone()
    return int(row[0]) if row else 0


def _named(connection: Connection, query: str, **values: Any) -> list[dict[str, Any]]:
    """Rows of a query with named parameters; those that it does not use are left out."""
    found = connection.execute(query, {name: value for name, value in values.items() if f"${name}" in query})
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

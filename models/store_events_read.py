"""What the store is asked about events: lists, one event's reports and figures, how two compare, doubtful pairs."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.models.event import Part
from dateline.models.store_connection import Connection, StoreError, dicts
from dateline.models.store_events_json import parts_from

_VIEWS = Path(__file__).parent / "events.sql"
OUTCOMES = ("killed", "injured", "missing", "captured", "killed_or_injured")


@dataclass(frozen=True, kw_only=True)
class Side:
    """One side of a judgement: an event, and the mentions that are meant."""

    event_id: str
    mentions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """Two events that may be one, by their best pair of reports; `judged` what was decided already ("unsure")."""

    left: str
    right: str
    left_incident: str
    right_incident: str
    score: float
    parts: tuple[Part, ...]
    judged: str | None


def make_views(connection: Connection) -> None:
    """Make the views of events; after those of reductions, on which they stand."""
    tolls = ",\n        ".join(
        f"max({bound}) FILTER (outcome = '{outcome}') AS {outcome}_{bound}"
        for outcome in OUTCOMES
        for bound in ("low", "best", "high")
    )
    connection.execute(_VIEWS.read_text(encoding="utf-8").replace("{tolls}", tolls))


def events(connection: Connection, *, place: str | None = None, limit: int | None = None) -> list[dict[str, Any]]:
    """Events (rows of view event_summary) by date, unknown dates last. `place`: as for incidents."""
    query = """FROM event_summary WHERE $place IS NULL OR place_country = upper($place)
        OR concat_ws('\n', place_name, place_admin1, place_admin2, place_country_name) ILIKE '%' || $place || '%'
        ORDER BY earliest NULLS LAST, event_id LIMIT $limit"""
    return _named(connection, query, place=place, limit=limit)


def is_event(connection: Connection, prefix: str) -> bool:
    """Whether an event has, or had, an id that starts with `prefix`."""
    query = """SELECT 1 FROM event WHERE starts_with(event_id, $1)
        UNION ALL SELECT 1 FROM event_change WHERE kind = 'merged' AND starts_with(event_id, $1) LIMIT 1"""
    return connection.execute(query, [prefix]).fetchone() is not None


def event(connection: Connection, prefix: str) -> dict[str, Any]:
    """The row of the event whose id, or the id of one of whose incidents, starts with `prefix`; StoreError where there
    is none, or more than one. One that was merged is found under the id that it had."""
    ids = _ids(connection, "SELECT event_id FROM event WHERE starts_with(event_id, ?)", prefix)
    ids = ids or _ids(connection, "SELECT event_id FROM event_incident WHERE starts_with(incident_id, ?)", prefix)
    if not ids:
        merged = """SELECT other_id FROM event_change WHERE kind = 'merged' AND starts_with(event_id, ?)
            AND other_id IN (SELECT event_id FROM event) ORDER BY run_id DESC LIMIT 1"""
        ids = _ids(connection, merged, prefix)
    if not ids:
        raise StoreError(f"no event has the id {prefix}; `dateline events` lists them")
    if len(ids) > 1:
        raise StoreError(f"{prefix} means {len(ids)} events: {', '.join(ids[:5])}")
    (row,) = _named(connection, "FROM event_summary WHERE event_id = $id", id=ids[0])
    return row


def _ids(connection: Connection, query: str, prefix: str) -> list[str]:
    return sorted({row[0] for row in connection.execute(query, [prefix]).fetchall()})


def side(connection: Connection, ref: str) -> Side:
    """What a judgement on `ref` is on: an event with all its reports, or one incident of it."""
    if not _ids(connection, "SELECT event_id FROM event WHERE starts_with(event_id, ?)", ref):
        query = "SELECT DISTINCT incident_id FROM event_incident WHERE starts_with(incident_id, ?)"
        found = _ids(connection, query, ref)
        if len(found) == 1:
            return Side(event_id=event(connection, ref)["event_id"], mentions=(found[0],))
    found_id = event(connection, ref)["event_id"]
    query = """SELECT incident_id FROM event_incident JOIN event_report USING (incident_id)
        WHERE event_id = ? ORDER BY published NULLS LAST, incident_id"""
    return Side(event_id=found_id, mentions=tuple(row[0] for row in connection.execute(query, [found_id]).fetchall()))


def reports(connection: Connection, event_id: str) -> list[dict[str, Any]]:
    """The reports of an event, the earliest first: incident_id, role, published, source, publishers, texts."""
    query = """SELECT incident_id, role, published, source, publishers, text_id, copy_of
        FROM event_incident JOIN event_report USING (incident_id) JOIN event_source USING (event_id, text_id)
        WHERE event_id = ? ORDER BY published NULLS LAST, text_id, incident_id"""
    return dicts(connection, query, [event_id])


def history(connection: Connection, event_id: str) -> list[dict[str, Any]]:
    """The toll of an event as it was reported, the earliest first; rows of view event_toll_history."""
    query = """FROM event_toll_history WHERE event_id = ?
        ORDER BY outcome != 'killed', outcome, published NULLS LAST, text_id, incident_id"""
    return dicts(connection, query, [event_id])


def contradictions(connection: Connection, event_id: str | None = None) -> list[dict[str, Any]]:
    """Current figures of two sources that cannot both be true; rows of view event_contradiction."""
    query = """FROM event_contradiction WHERE event_id = coalesce($id, event_id)
        ORDER BY event_id, outcome, one_incident_id, other_incident_id"""
    return _named(connection, query, id=event_id)


def reductions(connection: Connection, *, policy: str | None = None) -> list[dict[str, Any]]:
    """What each policy would record of every event; rows of view event_reduction."""
    query = "FROM event_reduction WHERE policy = coalesce($policy, policy) ORDER BY event_id, policy, position"
    return _named(connection, query, policy=policy)


def pairs_between(connection: Connection, left: str, right: str) -> list[dict[str, Any]]:
    """The pairs of reports of two events (or of one with itself) that were found alike, the likeliest first."""
    query = """SELECT event_pair.* FROM event_pair
        JOIN event_incident AS a ON a.incident_id = left_id JOIN event_incident AS b ON b.incident_id = right_id
        WHERE (a.event_id = $left AND b.event_id = $right) OR (a.event_id = $right AND b.event_id = $left)
        ORDER BY score DESC, left_id, right_id"""
    return _named(connection, query, left=left, right=right)


def doubtful(connection: Connection, *, limit: int | None = None) -> list[Doubt]:
    """Events that may be one, the likeliest first, but those that somebody called different."""
    query = """SELECT least(a.event_id, b.event_id) AS left_event, greatest(a.event_id, b.event_id) AS right_event,
            event_pair.*
        FROM event_pair
        JOIN event_incident AS a ON a.incident_id = left_id
        JOIN event_incident AS b ON b.incident_id = right_id
        WHERE verdict = 'doubtful' AND a.event_id != b.event_id
        QUALIFY row_number() OVER (PARTITION BY left_event, right_event
            ORDER BY score DESC, event_pair.left_id, event_pair.right_id) = 1
        ORDER BY score DESC, left_event, right_event"""
    judged = _judged(connection)
    found = []
    for row in dicts(connection, query):
        verdict = judged.get(frozenset((row["left_event"], row["right_event"])))
        if verdict in (None, "unsure"):
            found.append(_doubt(row, verdict))
    return found[:limit]


def _doubt(row: Mapping[str, Any], verdict: str | None) -> Doubt:
    return Doubt(
        left=row["left_event"],
        right=row["right_event"],
        left_incident=row["left_id"],
        right_incident=row["right_id"],
        score=row["score"],
        parts=parts_from(row["parts"]),
        judged=verdict,
    )


def _judged(connection: Connection) -> dict[frozenset[str], str]:
    """What was decided last of each two events as they are now."""
    query = "SELECT verdict, left_mentions, right_mentions FROM event_judgement ORDER BY position"
    rows = connection.execute(query).fetchall()
    mentions = sorted({mention for _, left, right in rows for mention in (*left, *right)})
    if not mentions:
        return {}
    where = "SELECT incident_id, event_id FROM event_incident WHERE incident_id IN (SELECT unnest(?::VARCHAR[]))"
    now = dict(connection.execute(where, [mentions]).fetchall())
    found: dict[frozenset[str], str] = {}
    for verdict, *sides in rows:
        both = [next((now[mention] for mention in side if mention in now), None) for side in sides]
        found[frozenset(one for one in both if one is not None)] = verdict
    return found


def _named(connection: Connection, query: str, **values: Any) -> list[dict[str, Any]]:
    found = connection.execute(query, {name: value for name, value in values.items() if f"${name}" in query})
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

"""What exports ask of the store beside its records: events as recorders list them, and tables as Parquet."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.models.store_connection import Connection, dicts

# What a Parquet file holds, by what was asked for: the values as people left them, with the page they stand on.
_ABOUT = """(SELECT text_id, published, any_value(url ORDER BY origin, input_id) AS url,
        any_value(title ORDER BY origin, input_id) AS title, any_value(publisher ORDER BY origin, input_id) AS publisher
    FROM current_page WHERE text_id IS NOT NULL GROUP BY text_id, published)"""
_FACTS = """SELECT fact.*, page.* EXCLUDE (text_id, published) FROM {table} AS fact
    LEFT JOIN {about} AS page ON page.text_id = fact.text_id AND page.published IS NOT DISTINCT FROM fact.published
    WHERE $place IS NULL OR {where} ORDER BY fact.text_id, fact.{order}, fact.id, fact.reading_id"""
_NAMED = """{0}place_country = upper($place) OR concat_ws(chr(10), {0}place_name, {0}place_admin1, {0}place_admin2,
    {0}place_country_name) ILIKE '%' || $place || '%'"""
_TABLES = {
    "claims": "reviewed_casualties", "dates": "reviewed_dates", "places": "reviewed_places",
    "leaders": "reviewed_leaders", "incidents": "reviewed_incident",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Printed:
    """One report of an event: who printed it, when, under which headline and address."""

    publisher: str | None
    published: str | None
    title: str | None
    url: str | None


@dataclass(frozen=True, kw_only=True)
class EventRow:
    """An event as recorders list it. `summary` is its row of view event_summary; `figures` are what one policy records,
    by the policy's names; `words` what they rest on; `attributions` who said so; `spans` whether other events are parts
    of it; `human` whether anything in it was decided by people."""

    summary: dict[str, Any]
    figures: dict[str, int | None]
    words: tuple[str, ...]
    printed: tuple[Printed, ...]
    attributions: tuple[str, ...]
    spans: bool
    human: bool


def event_rows(connection: Connection, *, policy: str | None = None, place: str | None = None) -> list[EventRow]:
    """Every event by date, unknown dates last. `place`: part of the name of its place or a division, or a country's
    code. Without a policy there are no figures but those of the summary."""
    summaries = dicts(
        connection,
        f"FROM event_summary WHERE $1 IS NULL OR {_NAMED.format('').replace('$place', '$1')} "
        "ORDER BY earliest NULLS LAST, event_id",
        [place],
    )
    figures = _by_event(
        connection,
        "SELECT event_id, name, value, words FROM event_reduction WHERE policy = ? ORDER BY position",
        [policy],
    )
    printed = _by_event(
        connection,
        """SELECT DISTINCT member.event_id, page.publisher, page.published, page.title, page.url
        FROM event_incident AS member JOIN current_page AS page ON page.text_id = member.text_id
        WHERE page.result = 'read'
        ORDER BY member.event_id, page.published NULLS LAST, page.publisher NULLS LAST, page.url, page.title""",
    )
    said = _by_event(
        connection,
        """SELECT DISTINCT event_id, attribution FROM event_claim
        WHERE attribution IS NOT NULL ORDER BY event_id, attribution""",
    )
    human = _by_event(
        connection,
        """SELECT DISTINCT event_id FROM event_incident JOIN reviewed_incident AS incident
        ON incident.id = event_incident.incident_id WHERE incident.human""",
    )
    wholes = {row["part_of"] for row in summaries}
    return [
        EventRow(
            summary=summary,
            figures={row["name"]: row["value"] for row in figures.get(event, [])},
            words=tuple(dict.fromkeys(row["words"] for row in figures.get(event, []) if row["words"])),
            printed=tuple(
                Printed(**{key: value for key, value in row.items() if key != "event_id"})
                for row in printed.get(event, [])
            ),
            attributions=tuple(row["attribution"] for row in said.get(event, [])),
            spans=event in wholes,
            human=event in human,
        )
        for summary in summaries
        for event in (summary["event_id"],)
    ]


def events_of_incidents(connection: Connection) -> dict[str, str]:
    """The event of each incident, by the incident's id."""
    return dict(connection.execute("SELECT incident_id, event_id FROM event_incident ORDER BY ALL").fetchall())


def _by_event(connection: Connection, query: str, values: list[Any] | None = None) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in dicts(connection, query, values):
        found.setdefault(row["event_id"], []).append(row)
    return found


def write_parquet(connection: Connection, what: str, path: Path, *, place: str | None = None) -> int:
    """Write claims, incidents, events, or the facts of a field, as people left them, to a Parquet file; returns how
    many rows. `human` says which values are people's."""
    if what == "events":
        query = f"""SELECT *, event_id IN (SELECT event_id FROM event_incident JOIN reviewed_incident AS incident
                ON incident.id = event_incident.incident_id WHERE incident.human) AS human
            FROM event_summary WHERE $place IS NULL OR {_NAMED.format("")} ORDER BY earliest NULLS LAST, event_id"""
    elif what == "incidents":
        query = _FACTS.format(table=_TABLES[what], about=_ABOUT, where=_NAMED.format("fact."), order="position")
    else:
        some = f"""(fact.text_id, fact.id) IN (SELECT incident.text_id, listed.fact_id
            FROM reviewed_incident AS incident
            JOIN reviewed_incident_fact AS listed
                ON listed.reading_id = incident.reading_id AND listed.incident_id = incident.id
            WHERE {_NAMED.format("incident.")})"""
        query = _FACTS.format(table=_TABLES[what], about=_ABOUT, where=some, order="start")
    # COPY takes no parameters; the place goes in as a literal.
    literal = "NULL::VARCHAR" if place is None else "'" + place.replace("'", "''") + "'"
    target = "'" + str(path).replace("'", "''") + "'"
    done = connection.execute(f"COPY ({query.replace('$place', literal)}) TO {target} (FORMAT parquet)").fetchone()
    return int(done[0]) if done else 0

"""What is new since the last linking: the incidents to be looked at, and all that is known of each.

Only texts are looked at that a run, a page or a decision has touched since. What was linked last is noted in table
`gathered`: how many outcomes and readings each run had, and by which code.
"""

import json
from typing import Any

from dateline.models.store_connection import Connection, dicts
from dateline.models.store_narrowed import VIEWS, counted, narrow, widen

# Every incident as it stands, and a hash of all that linking looks at: whatever was found in its text, in every field,
# for other code may have read the text and found the same.
NOW = """SELECT id AS incident_id, one.reading_id, part_of,
        md5(replace(one::VARCHAR, one.reading_id, '') || coalesce(fingerprint, '') || found.told) AS version
    FROM event_reading AS one LEFT JOIN reviewed_reading USING (reading_id)
    JOIN (
        SELECT text_id, published, published_from, unread,
            string_agg(field || ' ' || coalesce(rows_sha256, reading_id), ' ' ORDER BY field) AS told
        FROM current_reading GROUP BY ALL
    ) AS found ON found.text_id = one.text_id AND found.unread = one.unread
        AND found.published IS NOT DISTINCT FROM one.published
        AND found.published_from IS NOT DISTINCT FROM one.published_from"""

_LOOK = """
CREATE OR REPLACE TEMP TABLE event_now AS {now};
UPDATE event_report SET reading_id = event_now.reading_id FROM event_now
    WHERE event_now.incident_id = event_report.incident_id AND event_now.version = event_report.version
        AND event_now.reading_id != event_report.reading_id;
CREATE OR REPLACE TEMP TABLE event_fresh AS
    SELECT row_number() OVER (ORDER BY published NULLS LAST, text_id, one.reading_id, position) - 1 AS number,
        fresh.version, one.*,
        id IN (SELECT part_of FROM event_now WHERE part_of IS NOT NULL) AS parent
    FROM event_reading AS one
    JOIN (FROM event_now ANTI JOIN event_report USING (incident_id, version)) AS fresh
        ON fresh.incident_id = one.id;
CREATE OR REPLACE TEMP TABLE event_gone AS
    SELECT incident_id FROM event_report {within} ANTI JOIN event_now USING (incident_id);
CREATE OR REPLACE TEMP TABLE event_came (incident_id VARCHAR);
CREATE OR REPLACE TEMP TABLE event_came_report AS FROM event_report LIMIT 0;
CREATE OR REPLACE TEMP TABLE event_came_key AS FROM event_key LIMIT 0;
CREATE OR REPLACE TEMP TABLE event_touched (number BIGINT, incident_id VARCHAR);
CREATE OR REPLACE TEMP TABLE event_seed (incident_id VARCHAR);
CREATE OR REPLACE TEMP TABLE event_done (incident_id VARCHAR);
CREATE OR REPLACE TEMP TABLE event_was (mention VARCHAR, event_id VARCHAR);
CREATE OR REPLACE TEMP TABLE event_heir (incident_id VARCHAR, event_id VARCHAR);
DROP TABLE IF EXISTS temp.event_now;
"""
_WITHIN = (
    "SEMI JOIN (SELECT incident_id FROM event_incident SEMI JOIN touched_text USING (text_id)) USING (incident_id)"
)

_VIEWS = (
    *VIEWS, "reviewed_incident", "reviewed_dates", "reviewed_places", "reviewed_leaders", "event_reading",
)  # fmt: skip

_FRESH = """
SELECT fresh.*, article.text FROM event_fresh AS fresh JOIN article USING (text_id)
WHERE number BETWEEN ? AND ? ORDER BY number
"""


def look(connection: Connection, *, code: str | None = None) -> int:
    """See what has changed since the last linking; how many incidents are to be looked at. `code` is the version of
    what links: all are looked at where that is another than last time, or None. `done` must follow."""
    now = _standing(connection, code)
    before = _noted(connection)
    if code is None or before.get("code") != now["code"]:
        if code is not None and str(before.get("code")).partition(" ")[0] != code:
            connection.execute("UPDATE event_report SET version = '', told = 'null'")  # other code tells otherwise
        connection.execute(_LOOK.format(now=NOW, within=""))
        return _count(connection)
    was, now_decided = before["decided"], now["decided"]
    decided = sorted(one for one in was.keys() | now_decided.keys() if was.get(one) != now_decided.get(one))
    runs = [run for run, held in now["runs"].items() if before["runs"].get(run) != held]
    narrow(connection, runs, readings=decided, views=_VIEWS)
    connection.execute(_LOOK.format(now=NOW, within=_WITHIN))
    return _count(connection)


def done(connection: Connection) -> None:
    """Let the views be those of the whole store again, after the incidents that `look` found were read."""
    widen(connection, views=_VIEWS)


def note(connection: Connection, code: str) -> None:
    """Note that everything that is there now is linked, by this code."""
    said = json.dumps(_standing(connection, code), separators=(",", ":"))
    connection.execute("DELETE FROM gathered WHERE what = 'events'")
    connection.execute("INSERT INTO gathered VALUES ('events', ?)", [said])


def _noted(connection: Connection) -> dict[str, Any]:
    row = connection.execute("SELECT state FROM gathered WHERE what = 'events'").fetchone()
    found: dict[str, Any] = json.loads(row[0]) if row else {}
    return found


def _standing(connection: Connection, code: str | None) -> dict[str, Any]:
    """What is there to be linked, in short: each run's outcomes and readings, counted, and the readings that people
    decided on; and by what code, that of the views included."""
    decided = dict(connection.execute("SELECT reading_id, fingerprint FROM reviewed_reading ORDER BY ALL").fetchall())
    views = connection.execute("SELECT state FROM gathered WHERE what = 'views'").fetchone()
    return {"code": f"{code} {views[0] if views else ''}", "runs": counted(connection), "decided": decided}


def _count(connection: Connection) -> int:
    row = connection.execute("SELECT count(*) FROM event_fresh").fetchone()
    return int(row[0]) if row else 0


def fresh(
    connection: Connection, first: int, last: int
) -> list[tuple[str, list[tuple[int, int]], list[dict[str, Any]]]]:
    """The incidents to be looked at, by their number: text, its sentences and rows, article by article."""
    rows = dicts(connection, _FRESH, [first, last])
    readings = sorted({row["reading_id"] for row in rows})
    texts = sorted({row["text_id"] for row in rows})
    sentences: dict[str, list[tuple[int, int]]] = {}
    query = "SELECT reading_id, start, stop FROM sentence WHERE reading_id IN (SELECT unnest(?)) ORDER BY ALL"
    for reading, start, stop in connection.execute(query, [readings]).fetchall():
        sentences.setdefault(reading, []).append((start, stop))
    claims = _claims(connection, readings)
    named, leaders, dates = _named(connection, readings), _leaders(connection, texts), _dates(connection, readings)
    places = _places(connection, texts)
    pages = _pages(connection, texts)
    found: dict[str, tuple[str, list[tuple[int, int]], list[dict[str, Any]]]] = {}
    for row in rows:
        own = claims.get((row["reading_id"], row["id"]), [])
        row["starts"] = [start for _, start, *_ in own]
        row["parent"] = row["parent"] or (row["part_of"] is None and any(several for *_, several in own))
        row["leaders"] = leaders.get(row["text_id"], [])
        row["named"] = named.get((row["reading_id"], row["id"]), [])
        row["dates"] = dates.get(row["text_id"], [])
        row["places"] = places.get(row["text_id"], [])
        row["mentions"] = [row["id"], *sorted(fact for fact, _, is_claim, _ in own if is_claim)]
        row["mentions"] += pages.get(row["text_id"], []) if row["main"] else []
        text = row.pop("text")
        found.setdefault(row["reading_id"], (text, sentences.get(row["reading_id"], []), []))[2].append(row)
    return list(found.values())


def _claims(connection: Connection, readings: list[str]) -> dict[tuple[str, str], list[tuple[str, int, bool, bool]]]:
    """The facts of incidents: id, where it stands in the text, whether it is a claim of casualties, and whether one
    over several events. Incidents without claims stand where their day and place are."""
    query = """
        WITH listed AS (
            SELECT DISTINCT reading_id, incident_id, fact_id FROM reviewed_incident_fact
            WHERE reading_id IN (SELECT unnest($1)) AND value IS NULL
        ),
        fact AS (
            SELECT id, any_value(start) AS start, TRUE AS is_claim, bool_or(scope = 'several') AS of_several
            FROM casualties WHERE id IN (SELECT fact_id FROM listed) GROUP BY id
            UNION ALL
            SELECT DISTINCT id, start, FALSE, FALSE FROM dates WHERE id IN (SELECT fact_id FROM listed)
        )
        SELECT reading_id, incident_id, id, start, is_claim, of_several
        FROM listed JOIN fact ON fact.id = listed.fact_id
        QUALIFY is_claim = bool_or(is_claim) OVER (PARTITION BY reading_id, incident_id)
        ORDER BY ALL"""
    found: dict[tuple[str, str], list[tuple[str, int, bool, bool]]] = {}
    for reading, incident, *fact in connection.execute(query, [readings]).fetchall():
        found.setdefault((reading, incident), []).append((fact[0], fact[1], fact[2], fact[3]))
    return found


def _named(connection: Connection, readings: list[str]) -> dict[tuple[str, str], list[str]]:
    """The leaders in the words of incidents' claims, by name."""
    query = """SELECT reading_id, incident_id, list(DISTINCT name ORDER BY name) FROM reviewed_incident_leader
        WHERE reading_id IN (SELECT unnest($1)) GROUP BY ALL"""
    return {(row[0], row[1]): row[2] for row in connection.execute(query, [readings]).fetchall()}


def _leaders(connection: Connection, texts: list[str]) -> dict[str, list[tuple[int, str, bool]]]:
    """The leaders of articles: where each mention stands, the name, and whether he is said to be killed."""
    query = """SELECT DISTINCT text_id, start, name, status = 'killed' FROM reviewed_leaders
        WHERE text_id IN (SELECT unnest($1)) ORDER BY ALL"""
    found: dict[str, list[tuple[int, str, bool]]] = {}
    for text, *leader in connection.execute(query, [texts]).fetchall():
        found.setdefault(text, []).append((leader[0], leader[1], leader[2]))
    return found


def _places(connection: Connection, texts: list[str]) -> dict[str, list[tuple[Any, ...]]]:
    """The places of articles: where each mention starts and stops, its role, and what Spot has."""
    query = """SELECT DISTINCT text_id, start, stop, role, name, country, admin1, admin2, latitude, longitude,
            geonameid, precision
        FROM reviewed_places WHERE text_id IN (SELECT unnest($1)) ORDER BY ALL"""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for text, *place in connection.execute(query, [texts]).fetchall():
        found.setdefault(text, []).append(tuple(place))
    return found


def _dates(connection: Connection, readings: list[str]) -> dict[str, list[tuple[int, Any, Any, int, list[str], int]]]:
    """The dates of articles: where each starts, its first and last day, its precision, whose day it is, and where it
    stops."""
    query = """SELECT read.text_id, dates.start, dates.earliest, dates.latest, dates.precision,
            list(DISTINCT incident_id ORDER BY incident_id) FILTER (incident_id IS NOT NULL) AS incidents,
            dates.stop
        FROM reading AS read
        JOIN reviewed_dates AS dates
            ON dates.text_id = read.text_id AND dates.published IS NOT DISTINCT FROM read.published
        LEFT JOIN reviewed_incident_fact AS listed
            ON listed.reading_id = read.reading_id AND listed.fact_id = dates.id AND listed.value = 'date'
        WHERE read.reading_id IN (SELECT unnest($1)) AND dates.earliest IS NOT NULL AND dates.precision IS NOT NULL
        GROUP BY ALL ORDER BY ALL"""
    found: dict[str, list[tuple[int, Any, Any, int, list[str], int]]] = {}
    for text, *told, incidents, stop in connection.execute(query, [readings]).fetchall():
        found.setdefault(text, []).append((told[0], told[1], told[2], told[3], incidents or [], stop))
    return found


def _pages(connection: Connection, texts: list[str]) -> dict[str, list[str]]:
    """The addresses (or files) that carry a text: a page whose text changes tells of the same event."""
    query = """SELECT DISTINCT text_id, concat_ws(' ', 'page', coalesce(url, origin), input_id) FROM current_page
        WHERE text_id IN (SELECT unnest($1)) ORDER BY ALL"""
    found: dict[str, list[str]] = {}
    for text, page in connection.execute(query, [texts]).fetchall():
        found.setdefault(text, []).append(page)
    return found

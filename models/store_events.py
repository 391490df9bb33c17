"""Events in the store: which reports are new or gone, whom they are to be compared with, and the tables of events.

The work of one linking stands in temporary tables, so that a million reports need no memory: `event_now` (the
incidents as they are), `event_fresh` (those to be looked at), `event_gone`, `event_touched` (those to be compared),
`event_seed` (those to be gathered), `event_was` (which mentions of these were of which event), `event_heir` (which
reports have such mentions now). What is asked: store_events_read.py.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from dateline.models.event import Change, Count, Event, Judgement, Pair, Part, Report, Spot
from dateline.models.store_connection import Connection, append, dicts
from dateline.models.store_ledger import EVENT_CHANGE

_LOOK = """
CREATE OR REPLACE TEMP TABLE event_now AS
    SELECT id AS incident_id, reading_id, part_of, md5(one::VARCHAR) AS version FROM event_reading AS one;
CREATE OR REPLACE TEMP TABLE event_fresh AS
    SELECT row_number() OVER (ORDER BY published NULLS LAST, text_id, one.reading_id, position) - 1 AS number,
        fresh.version, one.*,
        id IN (SELECT part_of FROM event_now WHERE part_of IS NOT NULL) AS parent
    FROM event_reading AS one
    JOIN (FROM event_now ANTI JOIN event_report USING (incident_id, reading_id, version)) AS fresh
        ON fresh.incident_id = one.id;
CREATE OR REPLACE TEMP TABLE event_gone AS SELECT incident_id FROM event_report ANTI JOIN event_now USING (incident_id);
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

_FRESH = """
SELECT fresh.*, article.text FROM event_fresh AS fresh JOIN article USING (text_id)
WHERE number BETWEEN ? AND ? ORDER BY number
"""


def look(connection: Connection) -> int:
    """See what has changed since the last linking; how many incidents are to be looked at."""
    connection.execute(_LOOK)
    return _count(connection, "event_fresh")


def gone(connection: Connection) -> int:
    """How many reports are no more."""
    return _count(connection, "event_gone")


def _count(connection: Connection, table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
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
    pages = _pages(connection, texts)
    found: dict[str, tuple[str, list[tuple[int, int]], list[dict[str, Any]]]] = {}
    for row in rows:
        own = claims.get((row["reading_id"], row["id"]), [])
        row["starts"] = [start for _, start, _ in own]
        row["leaders"] = leaders.get(row["text_id"], [])
        row["named"] = named.get((row["reading_id"], row["id"]), [])
        row["dates"] = dates.get(row["text_id"], [])
        row["mentions"] = [row["id"], *sorted(fact for fact, _, is_claim in own if is_claim)]
        row["mentions"] += pages.get(row["text_id"], []) if row["main"] else []
        text = row.pop("text")
        found.setdefault(row["reading_id"], (text, sentences.get(row["reading_id"], []), []))[2].append(row)
    return list(found.values())


def _claims(connection: Connection, readings: list[str]) -> dict[tuple[str, str], list[tuple[str, int, bool]]]:
    """The facts of incidents: id, where it stands in the text, and whether it is a claim of casualties. Incidents
    without claims stand where their day and place are."""
    query = """
        WITH listed AS (
            SELECT DISTINCT reading_id, incident_id, fact_id FROM reviewed_incident_fact
            WHERE reading_id IN (SELECT unnest($1)) AND value IS NULL
        ),
        fact AS (
            SELECT DISTINCT id, start, TRUE AS is_claim FROM casualties WHERE id IN (SELECT fact_id FROM listed)
            UNION ALL
            SELECT DISTINCT id, start, FALSE FROM dates WHERE id IN (SELECT fact_id FROM listed)
        )
        SELECT reading_id, incident_id, id, start, is_claim FROM listed JOIN fact ON fact.id = listed.fact_id
        QUALIFY is_claim = bool_or(is_claim) OVER (PARTITION BY reading_id, incident_id)
        ORDER BY ALL"""
    found: dict[tuple[str, str], list[tuple[str, int, bool]]] = {}
    for reading, incident, fact, start, is_claim in connection.execute(query, [readings]).fetchall():
        found.setdefault((reading, incident), []).append((fact, start, is_claim))
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


def _dates(connection: Connection, readings: list[str]) -> dict[str, list[tuple[int, Any, Any, int, list[str]]]]:
    """The dates of articles: where each stands, its first and last day, its precision, and whose day it is."""
    query = """SELECT read.text_id, dates.start, dates.earliest, dates.latest, dates.precision,
            list(DISTINCT incident_id ORDER BY incident_id) FILTER (incident_id IS NOT NULL) AS incidents
        FROM reading AS read
        JOIN reviewed_dates AS dates
            ON dates.text_id = read.text_id AND dates.published IS NOT DISTINCT FROM read.published
        LEFT JOIN reviewed_incident_fact AS listed
            ON listed.reading_id = read.reading_id AND listed.fact_id = dates.id AND listed.value = 'date'
        WHERE read.reading_id IN (SELECT unnest($1)) AND dates.earliest IS NOT NULL AND dates.precision IS NOT NULL
        GROUP BY ALL ORDER BY ALL"""
    found: dict[str, list[tuple[int, Any, Any, int, list[str]]]] = {}
    for text, *told, incidents in connection.execute(query, [readings]).fetchall():
        found.setdefault(text, []).append((told[0], told[1], told[2], told[3], incidents or []))
    return found


def _pages(connection: Connection, texts: list[str]) -> dict[str, list[str]]:
    """The addresses (or files) that carry a text: a page whose text changes tells of the same event."""
    query = """SELECT DISTINCT text_id, concat_ws(' ', 'page', coalesce(url, origin), input_id) FROM current_page
        WHERE text_id IN (SELECT unnest($1)) ORDER BY ALL"""
    found: dict[str, list[str]] = {}
    for text, page in connection.execute(query, [texts]).fetchall():
        found.setdefault(text, []).append(page)
    return found


def add_reports(
    connection: Connection,
    rows: Sequence[tuple[Report, str, str]],
    keys: Iterable[tuple[str, Sequence[tuple[int, bool]]]],
) -> None:
    """Take in reports, each with its reading and version, and the keys of those that say something new."""
    told = [
        (one.id, reading, version, one.published, list(one.mentions), to_json(one)) for one, reading, version in rows
    ]
    columns = ["incident_id", "reading_id", "version", "published", "mentions", "told"]
    append(connection, "event_came_report", columns, told)
    listed = [(key, incident, fine) for incident, own in keys for key, fine in own]
    append(connection, "event_came_key", ["key", "incident_id", "fine"], listed)


_SETTLE = """
INSERT INTO event_came
    SELECT incident_id FROM event_came_report AS came
    ANTI JOIN event_report AS there ON there.incident_id = came.incident_id AND there.told = came.told
        AND there.mentions = came.mentions;
DELETE FROM event_came_key WHERE incident_id NOT IN (FROM event_came);

CREATE OR REPLACE TEMP TABLE event_moved AS
    SELECT incident_id FROM event_key SEMI JOIN event_gone USING (incident_id)
    UNION SELECT incident_id FROM event_came;
CREATE OR REPLACE TEMP TABLE event_changing AS
    SELECT DISTINCT key FROM (
        SELECT key FROM event_key SEMI JOIN event_moved USING (incident_id)
        UNION ALL SELECT key FROM event_came_key);
CREATE OR REPLACE TEMP TABLE event_pivots AS
    SELECT key, incident_id FROM event_key SEMI JOIN event_changing USING (key)
    QUALIFY row_number() OVER (PARTITION BY key ORDER BY incident_id) <= {pivots};

INSERT INTO event_was
    SELECT unnest(mentions), event_id FROM event_report JOIN event_incident USING (incident_id)
    WHERE incident_id IN (FROM event_gone) OR incident_id IN (FROM event_came);
INSERT INTO event_heir
    SELECT DISTINCT incident_id, event_id
    FROM (SELECT incident_id, unnest(mentions) AS mention
        FROM event_came_report SEMI JOIN event_came USING (incident_id))
    JOIN event_was USING (mention);
INSERT INTO event_seed
    SELECT other.incident_id FROM event_incident AS other
    WHERE event_id IN (SELECT event_id FROM event_incident
        WHERE incident_id IN (FROM event_gone) OR incident_id IN (FROM event_came));

DELETE FROM event_key WHERE incident_id IN (FROM event_moved);
INSERT INTO event_key BY NAME FROM event_came_key;
DELETE FROM event_report
    WHERE incident_id IN (FROM event_gone) OR incident_id IN (SELECT incident_id FROM event_came_report);
INSERT INTO event_report BY NAME FROM event_came_report;

CREATE OR REPLACE TEMP TABLE event_pivots_now AS
    SELECT key, incident_id FROM event_key SEMI JOIN event_changing USING (key)
    QUALIFY row_number() OVER (PARTITION BY key ORDER BY incident_id) <= {pivots};
INSERT INTO event_touched
    SELECT row_number() OVER (ORDER BY published NULLS LAST, incident_id) - 1, incident_id
    FROM event_report SEMI JOIN (
        FROM event_came
        UNION SELECT incident_id FROM (
            (FROM event_pivots EXCEPT FROM event_pivots_now) UNION (FROM event_pivots_now EXCEPT FROM event_pivots))
    ) USING (incident_id);

INSERT INTO event_seed
    SELECT left_id FROM event_pair WHERE right_id IN (FROM event_gone)
        OR right_id IN (SELECT incident_id FROM event_touched)
    UNION SELECT right_id FROM event_pair WHERE left_id IN (FROM event_gone)
        OR left_id IN (SELECT incident_id FROM event_touched)
    UNION SELECT incident_id FROM event_touched;
DELETE FROM event_pair WHERE left_id IN (FROM event_gone) OR right_id IN (FROM event_gone)
    OR left_id IN (SELECT incident_id FROM event_touched) OR right_id IN (SELECT incident_id FROM event_touched);
DELETE FROM event_incident WHERE incident_id IN (FROM event_gone);
"""


def settle(connection: Connection, *, pivots: int) -> int:
    """Put what came in its place, and take out what is gone; how many reports are to be compared. Beside those that
    came these are the ones that became, or ceased to be, one of the `pivots` of a key, with which all are compared."""
    connection.execute(_SETTLE.format(pivots=int(pivots)))
    return _count(connection, "event_touched")


def candidates(connection: Connection, first: int, last: int, *, pivots: int) -> list[tuple[str, str]]:
    """The pairs to compare for the touched reports of these numbers, each once, whatever else touches it."""
    query = f"""
        WITH own AS (SELECT incident_id FROM event_touched WHERE number BETWEEN $1 AND $2),
        ranked AS (
            SELECT key, incident_id, fine, row_number() OVER (PARTITION BY key ORDER BY incident_id) AS rank
            FROM event_key
            WHERE key IN (SELECT key FROM event_key WHERE incident_id IN (FROM own))
        ),
        pair AS (
            SELECT DISTINCT one.incident_id AS left_id, other.incident_id AS right_id
            FROM ranked AS one JOIN ranked AS other
                ON other.key = one.key AND one.incident_id < other.incident_id AND one.rank <= {int(pivots)}
            WHERE NOT (one.fine AND other.fine)
                AND (one.incident_id IN (FROM own) OR other.incident_id IN (FROM own))
        )
        SELECT left_id, right_id FROM pair
        LEFT JOIN event_touched AS one ON one.incident_id = left_id
        LEFT JOIN event_touched AS other ON other.incident_id = right_id
        WHERE least(coalesce(one.number, other.number), coalesce(other.number, one.number)) BETWEEN $1 AND $2
        ORDER BY ALL"""
    return connection.execute(query, [first, last]).fetchall()


def reports(connection: Connection, ids: Iterable[str]) -> dict[str, Report]:
    """Reports as they are compared, by incident id."""
    query = "SELECT incident_id, told, mentions FROM event_report WHERE incident_id IN (SELECT unnest(?::VARCHAR[]))"
    return {own: from_json(told, mentions) for own, told, mentions in connection.execute(query, [list(ids)]).fetchall()}


def add_pairs(connection: Connection, pairs: Iterable[Pair]) -> None:
    """Note reports that may tell of one event."""
    rows = [(pair.left, pair.right, pair.verdict, pair.score, _json(pair.parts)) for pair in pairs]
    append(connection, "event_pair", ["left_id", "right_id", "verdict", "score", "parts"], rows)


def seed(connection: Connection, ids: Iterable[str]) -> None:
    """Gather these and what is connected with them too."""
    append(connection, "event_seed", ["incident_id"], [(one,) for one in ids])


def holders(connection: Connection, mentions: Iterable[str]) -> dict[str, str]:
    """The report (incident id) that each of these mentions is of now."""
    query = """SELECT DISTINCT mention, incident_id FROM (
            SELECT incident_id, unnest(mentions) AS mention FROM event_report
            WHERE list_has_any(mentions, $1::VARCHAR[]))
        WHERE mention IN (SELECT unnest($1::VARCHAR[])) ORDER BY ALL DESC"""
    wanted = sorted(set(mentions))
    return dict(connection.execute(query, [wanted]).fetchall()) if wanted else {}


def seeds(connection: Connection, count: int) -> list[str]:
    """Some reports that are still to be gathered; none when all are."""
    query = """SELECT DISTINCT incident_id FROM event_seed SEMI JOIN event_report USING (incident_id)
        ANTI JOIN event_done USING (incident_id) ORDER BY incident_id LIMIT ?"""
    return [row[0] for row in connection.execute(query, [count]).fetchall()]


def connected(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Those that pairs of verdict same connect with these in one step, and whatever was of one event with them."""
    query = """
        WITH own AS (SELECT unnest(?::VARCHAR[]) AS incident_id),
        events AS (
            SELECT event_id FROM event_incident WHERE incident_id IN (FROM own)
            UNION SELECT event_id FROM event_heir WHERE incident_id IN (FROM own)
        )
        SELECT left_id FROM event_pair WHERE verdict = 'same' AND right_id IN (FROM own)
        UNION SELECT right_id FROM event_pair WHERE verdict = 'same' AND left_id IN (FROM own)
        UNION SELECT incident_id FROM event_incident WHERE event_id IN (FROM events)
        UNION SELECT incident_id FROM event_heir WHERE event_id IN (FROM events)"""
    return {row[0] for row in connection.execute(query, [list(ids)]).fetchall()}


def pairs_among(connection: Connection, ids: Iterable[str]) -> list[Pair]:
    """The pairs of verdict same among these reports."""
    query = """WITH own AS (SELECT unnest(?::VARCHAR[]) AS incident_id)
        SELECT * FROM event_pair WHERE verdict = 'same' AND left_id IN (FROM own) AND right_id IN (FROM own)
        ORDER BY left_id, right_id"""
    return [pair_from(row) for row in dicts(connection, query, [list(ids)])]


def events_of_mentions(connection: Connection, ids: Iterable[str]) -> tuple[dict[str, str], set[str]]:
    """The event's id of each mention of these reports before, and of reports that are gone and had one of the same; and
    the ids of all these events."""
    wanted = list(ids)
    query = """
        WITH own AS (SELECT incident_id, unnest(mentions) AS mention FROM event_report
            WHERE incident_id IN (SELECT unnest(?::VARCHAR[])))
        SELECT mention, event_id FROM event_was SEMI JOIN own USING (mention)
        UNION SELECT mention, event_id FROM own JOIN event_incident USING (incident_id)
        ORDER BY ALL"""
    found = dict(connection.execute(query, [wanted]).fetchall())
    there = """SELECT DISTINCT event_id FROM event_incident WHERE incident_id IN (SELECT unnest(?::VARCHAR[]))"""
    return found, {row[0] for row in connection.execute(there, [wanted]).fetchall()}


def in_use(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Which of these are ids of events."""
    query = "SELECT event_id FROM event WHERE event_id IN (SELECT unnest(?::VARCHAR[]))"
    return {row[0] for row in connection.execute(query, [list(ids)]).fetchall()}


def replace(connection: Connection, found: Sequence[Event], texts: Mapping[str, str]) -> None:
    """Put these events in the place of those that their reports were of. `texts` are those of the reports."""
    members = [report for event in found for report in event.reports]
    append(connection, "event_done", ["incident_id"], [(one,) for one in members])
    query = """
        CREATE OR REPLACE TEMP TABLE event_leaving AS SELECT DISTINCT event_id FROM event_incident
            WHERE incident_id IN (SELECT unnest(?::VARCHAR[]))"""
    connection.execute(query, [members])
    connection.execute(
        "DELETE FROM event WHERE event_id IN (FROM event_leaving) OR event_id IN (SELECT unnest(?::VARCHAR[]))",
        [[event.id for event in found]],
    )
    query = "DELETE FROM event_incident WHERE incident_id IN (SELECT unnest(?::VARCHAR[]))"
    connection.execute(query, [members])
    append(connection, "event", ["event_id", "founder"], [(event.id, event.reports[0]) for event in found])
    append(
        connection,
        "event_incident",
        ["incident_id", "event_id", "role", "text_id", "copy_of"],
        [
            (report, event.id, role, texts[report], copy)
            for event in found
            for report, role, copy in zip(event.reports, event.roles, event.copies, strict=True)
        ],
    )


def end(connection: Connection) -> list[str]:
    """Take out the events of which no report is left, and give their ids."""
    query = "SELECT event_id FROM event ANTI JOIN event_incident USING (event_id) ORDER BY event_id"
    left = [row[0] for row in connection.execute(query).fetchall()]
    connection.execute("DELETE FROM event WHERE event_id IN (SELECT unnest(?::VARCHAR[]))", [left])
    return left


def add_changes(connection: Connection, run_id: int, changes: Iterable[Change]) -> None:
    """Add what is not there: a run that was killed when its events were gathered gathers them again."""
    query = "SELECT kind, event_id, other_id FROM event_change WHERE run_id = ?"
    there = set(connection.execute(query, [run_id]).fetchall())
    rows = [(change.kind, change.event, change.other) for change in changes]
    fresh = [(run_id, *row) for row in dict.fromkeys(rows) if row not in there]
    append(connection, "event_change", ["run_id", *EVENT_CHANGE], fresh)


def replace_judgements(connection: Connection, judgements: Sequence[Judgement]) -> None:
    """The copy of what people decided."""
    connection.execute("DELETE FROM event_judgement")
    columns = ["judgement_id", "position", "verdict", "left_id", "right_id", "left_mentions", "right_mentions"]
    columns += ["who", "why", "judged_at"]
    rows = [
        (one.id, at, one.verdict, one.left, one.right, list(one.left_mentions), list(one.right_mentions),
         one.who, one.why, one.at)
        for at, one in enumerate(judgements)
    ]  # fmt: skip
    append(connection, "event_judgement", columns, rows)


def pair_from(row: Mapping[str, Any]) -> Pair:
    """A pair of its row."""
    return Pair(left=row["left_id"], right=row["right_id"], verdict=row["verdict"], parts=parts_from(row["parts"]))


def parts_from(stored: str) -> tuple[Part, ...]:
    """The parts of a pair's score, as the table has them."""
    return tuple(Part(**part) for part in json.loads(stored))


def to_json(report: Report) -> str:
    """A report as the table has it: what is unknown or empty left out, and its mentions, which have their column."""
    told = {name: value for name, value in asdict(report).items() if value not in (None, (), [], False)}
    told.pop("mentions", None)
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def from_json(stored: str, mentions: Iterable[str]) -> Report:
    """The report that was stored."""
    told: dict[str, Any] = {"main": False, "published": None, **json.loads(stored)}
    for name in ("dead", "named", "words", "sentences", "sketch"):
        told[name] = tuple(told.get(name, ()))
    told["place"] = Spot(**told["place"]) if "place" in told else None
    told["counts"] = tuple(Count(**count) for count in told.get("counts", ()))
    return Report(**told, mentions=tuple(mentions))


def _json(parts: Iterable[Part]) -> str:
    return json.dumps([asdict(part) for part in parts], ensure_ascii=False, separators=(",", ":"))


def batches(count: int, size: int) -> Iterator[tuple[int, int]]:
    """First and last number of each batch."""
    for first in range(0, count, size):
        yield first, first + size - 1

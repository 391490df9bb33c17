"""Events in the store: which reports are new or gone, whom they are to be compared with, and the tables of events.

The work of one linking stands in temporary tables, so that a million reports need no memory: `event_now` (the
incidents as they are), `event_fresh` (those to be looked at), `event_gone`, `event_touched` (those to be compared),
`event_seed` (those to be gathered), `event_was` (which mentions of these were of which event), `event_heir` (which
reports have such mentions now). What is new:
store_events_look.py; what is asked: store_events_read.py.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from dateline.models.event import Change, Event, Judgement, Pair, Report
from dateline.models.store_connection import Connection, append, dicts
from dateline.models.store_events_json import from_json, pair_from, parts_to_json, to_json
from dateline.models.store_ledger import EVENT_CHANGE


def gone(connection: Connection) -> int:
    """How many reports are no more."""
    return _count(connection, "event_gone")


def _count(connection: Connection, table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(row[0]) if row else 0


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
    rows = [(pair.left, pair.right, pair.verdict, pair.score, parts_to_json(pair.parts)) for pair in pairs]
    append(connection, "event_pair", ["left_id", "right_id", "verdict", "score", "parts"], rows)


def settle_pairs(connection: Connection, pairs: Sequence[Pair]) -> None:
    """Note what became of pairs, now that their events are known."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE event_verdict (left_id VARCHAR, right_id VARCHAR, verdict VARCHAR)"
    )
    append(
        connection,
        "event_verdict",
        ["left_id", "right_id", "verdict"],
        [(pair.left, pair.right, pair.verdict) for pair in pairs],
    )
    connection.execute(
        """UPDATE event_pair SET verdict = now.verdict FROM event_verdict AS now
        WHERE now.left_id = event_pair.left_id AND now.right_id = event_pair.right_id
            AND now.verdict != event_pair.verdict"""
    )


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
    """Those that pairs connect with these in one step, and whatever was of one event with them."""
    query = """
        WITH own AS (SELECT unnest(?::VARCHAR[]) AS incident_id),
        events AS (
            SELECT event_id FROM event_incident WHERE incident_id IN (FROM own)
            UNION SELECT event_id FROM event_heir WHERE incident_id IN (FROM own)
        )
        SELECT left_id FROM event_pair WHERE right_id IN (FROM own)
        UNION SELECT right_id FROM event_pair WHERE left_id IN (FROM own)
        UNION SELECT incident_id FROM event_incident WHERE event_id IN (FROM events)
        UNION SELECT incident_id FROM event_heir WHERE event_id IN (FROM events)"""
    return {row[0] for row in connection.execute(query, [list(ids)]).fetchall()}


def pairs_among(connection: Connection, ids: Iterable[str]) -> list[Pair]:
    """The pairs among these reports."""
    query = """WITH own AS (SELECT unnest(?::VARCHAR[]) AS incident_id)
        SELECT * FROM event_pair WHERE left_id IN (FROM own) AND right_id IN (FROM own)
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


def batches(count: int, size: int) -> Iterator[tuple[int, int]]:
    """First and last number of each batch."""
    for first in range(0, count, size):
        yield first, first + size - 1

"""Incidents as people leave them: what is to be gathered again, and storing what came of it.

Only articles with decisions are gathered again; of all others the machine's incidents stand. What a person says of an
incident itself is laid over what its facts give, value by value, unless somebody has since decided on those facts.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateline.models.article import Article
from dateline.models.decision import INCIDENTS, ReviewState
from dateline.models.decision_standing import human_values
from dateline.models.decision_values import consequences
from dateline.models.facts import Fact
from dateline.models.fields import fields as field_shapes
from dateline.models.ids import content_id
from dateline.models.incident import Incident
from dateline.models.span import Evidence
from dateline.models.store_connection import Connection, append, dicts, transaction
from dateline.models.store_reviewed import states
from dateline.models.store_rows import COLUMNS, DATES, TOLLS, Row, fact_from, incident_rows

# Readings of incidents whose article has decisions, each with the readings of the same text under the same day.
_DECIDED = """SELECT incidents.reading_id, incidents.text_id, incidents.published, article.text, reading.field,
        reading.reading_id AS fact_reading
    FROM current_reading AS incidents
    JOIN current_reading AS reading
        ON reading.text_id = incidents.text_id AND reading.unread = incidents.unread
        AND reading.published IS NOT DISTINCT FROM incidents.published
        AND reading.published_from IS NOT DISTINCT FROM incidents.published_from
    JOIN article ON article.text_id = incidents.text_id
    WHERE incidents.field = 'incidents' AND incidents.text_id IN (
        SELECT text_id FROM reviewed_fact JOIN reading USING (reading_id)
        UNION SELECT state.text_id FROM decision_state AS state JOIN decision USING (decision_id)
            WHERE decision.field = 'incidents' AND (state.counts OR state.disputed))
    ORDER BY incidents.reading_id, reading.field"""
_AT_ONCE = 500  # articles whose facts are in memory at once
_IN_ARTICLE = ("part_of", "supersedes")  # columns that name another claim
_TABLES = ("incident", "incident_fact", "incident_group", "incident_leader")


@dataclass(frozen=True, kw_only=True)
class ToGather:
    """An article to be gathered again: its facts as people leave them, in text order, and what they say of incidents.

    `decided` says of which facts people decided, and when last; `human` are those whose value they gave or confirmed.
    `machine` are the facts of each incident of the machine by value (None: all of them).
    """

    reading_id: str
    fingerprint: str
    article: Article
    facts: Mapping[str, tuple[Fact, ...]]
    decided: Mapping[str, str]
    human: frozenset[str]
    said: tuple[ReviewState, ...]
    machine: Mapping[str, Mapping[str | None, tuple[str, ...]]]


def to_gather(connection: Connection) -> tuple[list[ToGather], set[str]]:
    """The articles whose decisions or readings have changed since they were gathered last; and the readings of all
    that have decisions. After `settle`."""
    articles: dict[str, dict[str, Any]] = {}
    for row in dicts(connection, _DECIDED):
        one = articles.setdefault(row["reading_id"], {**row, "readings": {}})
        one["readings"][row["field"]] = row["fact_reading"]
    if not articles:
        return [], set()
    before = dict(connection.execute("SELECT reading_id, fingerprint FROM reviewed_reading").fetchall())
    all_states = states(connection)
    times = {state.decision.id: state.decision.at for state in all_states}
    on_incidents: dict[str | None, list[ReviewState]] = defaultdict(list)
    for state in all_states:
        if state.decision.field == INCIDENTS and (state.counts or state.disputed):
            on_incidents[state.text].append(state)
    reviewed: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in dicts(connection, "SELECT * FROM reviewed_fact ORDER BY reading_id, fact_id"):
        reviewed[row["reading_id"]].append(row)
    wanted = []
    for reading_id, one in articles.items():
        own = [row for fact_reading in one["readings"].values() for row in reviewed[fact_reading]]
        said = tuple(on_incidents[one["text_id"]])
        parts = [[*map(str, row.values())] for row in own]
        parts += [[state.decision.id, str(state.disputed), str(state.state)] for state in said]
        fingerprint = content_id("reviewed", reading_id, *sorted(one["readings"].values()), parts)
        if before.get(reading_id) != fingerprint:
            wanted.append((one, own, said, fingerprint))
    found = []
    for some in (wanted[at : at + _AT_ONCE] for at in range(0, len(wanted), _AT_ONCE)):
        read = _Read(connection, [one for one, *_ in some])
        found += [_work(read, *parts, times) for parts in some]
    return found, set(articles)


class _Read:
    """What the machine read in some articles: facts by field and reading, their evidence, the facts of incidents."""

    def __init__(self, connection: Connection, articles: Sequence[Mapping[str, Any]]) -> None:
        within = "reading_id IN (SELECT unnest(?::VARCHAR[]))"
        readings = [reading for one in articles for reading in one["readings"].values()]
        self.evidence: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
        query = f"""SELECT reading_id, fact_id, role, start, stop, quote FROM evidence WHERE {within}
            ORDER BY reading_id, fact_id, position"""
        for row in dicts(connection, query, [readings]):
            self.evidence[row.pop("reading_id"), row.pop("fact_id")].append(Evidence(**row))
        self.facts: dict[tuple[str, str], dict[str, dict[str, Any]]] = defaultdict(dict)
        for name in field_shapes():
            own = [one["readings"][name] for one in articles if name in one["readings"]]
            for row in dicts(connection, f"SELECT * FROM {name} WHERE {within}", [own]):
                self.facts[name, row["reading_id"]][row["id"]] = row
        self.links: dict[str, dict[str, dict[str | None, tuple[str, ...]]]] = defaultdict(lambda: defaultdict(dict))
        query = f"""SELECT reading_id, incident_id, value, fact_id FROM incident_fact WHERE {within}
            ORDER BY reading_id, incident_id, position"""
        own = [one["reading_id"] for one in articles]
        for reading, incident, value, fact in connection.execute(query, [own]).fetchall():
            values = self.links[reading][incident]
            values[value] = (*values.get(value, ()), fact)


def _work(
    read: _Read,
    one: Mapping[str, Any],
    own: Sequence[Mapping[str, Any]],
    said: tuple[ReviewState, ...],
    fingerprint: str,
    times: Mapping[str, str],
) -> ToGather:
    overlay = {row["fact_id"]: row for row in own}
    gone = {row["fact_id"] for row in own if row["value"] is None}
    facts = {name: _facts(read, name, one["readings"].get(name, ""), overlay, gone) for name in field_shapes()}
    return ToGather(
        reading_id=one["reading_id"],
        fingerprint=fingerprint,
        article=Article(result="read", text=one["text"], published=one["published"]),
        facts=facts,
        decided={row["fact_id"]: times[row["decision_id"]] for row in own if row["decision_id"] in times},
        human=frozenset(row["fact_id"] for row in own if row["human"]),
        said=said,
        machine=read.links[one["reading_id"]],
    )


def _facts(
    read: _Read, name: str, reading: str, overlay: Mapping[str, Mapping[str, Any]], gone: set[str]
) -> tuple[Fact, ...]:
    """The facts of a field in one reading, as people leave them. What was part of a rejected claim
    stands for itself."""
    rows = dict(read.facts[name, reading])
    for fact, laid in overlay.items():
        if laid["field"] == name and laid["reading_id"] == reading:
            rows.pop(fact, None)
            if laid["value"] is not None:
                rows[fact] = _plain(json.loads(laid["value"]))
    freed = [{**row, **{key: None for key in _IN_ARTICLE if row.get(key) in gone}} for row in rows.values()]
    ordered = sorted(freed, key=lambda row: (row["start"], row["stop"], row["rule"], row["id"]))
    return tuple(fact_from(field_shapes()[name], row, tuple(read.evidence[reading, row["id"]])) for row in ordered)


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """A row of JSON as a row of the table: what is several things is JSON there."""
    return {name: json.dumps(value) if isinstance(value, list) else value for name, value in row.items()}


def add_gathered(
    connection: Connection, gathered: Sequence[tuple[ToGather, tuple[Incident, ...]]], *, keep: Iterable[str]
) -> None:
    """Store the incidents of these articles in the place of those before, and forget those of readings not in `keep`:
    nobody's decision is on them any more."""
    tables: dict[str, list[Row]] = {table: [] for table in _TABLES}
    for work, incidents in gathered:
        for table, rows in _rows(work, incidents).items():
            tables[table] += rows
    fresh = [work.reading_id for work, _ in gathered]
    kept = sorted(set(keep) - set(fresh))
    with transaction(connection):
        for table in ("reviewed_reading", *(f"reviewed_{table}_row" for table in _TABLES)):
            query = f"DELETE FROM {table} WHERE reading_id NOT IN (SELECT unnest(?::VARCHAR[]))"
            connection.execute(query, [kept])
        done = [(work.reading_id, work.fingerprint) for work, _ in gathered]
        append(connection, "reviewed_reading", ["reading_id", "fingerprint"], done)
        for table, rows in tables.items():
            columns = [*COLUMNS[table], *(_HUMAN if table == "incident" else ())]
            append(connection, f"reviewed_{table}_row", columns, rows)


_HUMAN = ("human", "human_values", "verdict", "decision_id")


def _rows(work: ToGather, incidents: tuple[Incident, ...]) -> dict[str, list[Row]]:
    """The rows of an article's incidents; those that were rejected are left out, with all that hangs on them."""
    rows = incident_rows(work.reading_id, incidents)
    said = _said(work, incidents)
    rejected = {one for one, state in said.items() if not state.disputed and state.decision.verdict == "reject"}
    found: dict[str, list[Row]] = {
        table: [row for row in rows[table] if row[1] not in rejected] for table in _TABLES if table != "incident"
    }
    by_id = {one.id: one for one in incidents}
    found["incident"] = []
    for values in rows["incident"]:
        row = dict(zip(COLUMNS["incident"], values, strict=True))
        if row["id"] not in rejected:
            row["part_of"] = None if row["part_of"] in rejected else row["part_of"]
            laid = _laid(work, by_id[row["id"]], row, said.get(row["id"]))
            laid |= {name: _day(laid[name]) for name in DATES}
            found["incident"].append(tuple(laid[name] for name in (*COLUMNS["incident"], *_HUMAN)))
    return found


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _said(work: ToGather, incidents: tuple[Incident, ...]) -> dict[str, ReviewState]:
    """What was decided last of each incident as it is gathered now. One that lost its first claim has another id: it
    is known by the other facts it shares with the machine's."""
    found = {}
    ids = {one.id for one in incidents}
    for state in sorted(work.said, key=lambda state: (state.decision.at, state.decision.position)):
        target = state.fact or state.decision.target
        if target not in ids:
            own = set(work.machine.get(target, {}).get(None, ()))
            fresh = (one.id for one in incidents if one.id not in work.machine and own & set(one.facts))
            target = next(fresh, "")
        if target:
            found[target] = state
    return found


def _laid(work: ToGather, incident: Incident, row: dict[str, Any], state: ReviewState | None) -> dict[str, Any]:
    human = {value for value, facts in incident.basis.items() if work.human & set(facts)}
    if state is None:
        return {**row, "human": bool(human), "human_values": sorted(human), "verdict": None, "decision_id": None}
    if state.disputed:
        said = {"verdict": "disputed", "decision_id": None}
        return {**row, "human": bool(human), "human_values": sorted(human), **said}
    one = state.decision
    before = work.machine.get(state.fact or one.target, {})
    right = human_values(one)
    # A decision on a claim is the closer one: it wins over an accepted incident, and over a correction that is older.
    closer = {
        value
        for value in {_value_of(name) for name in right}
        for fact in (*incident.basis.get(value, ()), *before.get(value, ()))
        if fact in work.decided and (one.verdict == "accept" or work.decided[fact] > one.at)
    }
    right = {name: value for name, value in right.items() if _value_of(name) not in closer}
    corrected = {name: value for name, value in one.corrected.items() if name in right}
    row = consequences(INCIDENTS, {**row, **right}, corrected)
    human |= {_value_of(name) for name, value in right.items() if value is not None or name in corrected}
    said = {"verdict": one.verdict, "decision_id": one.id}
    return {**row, "human": True, "human_values": sorted(human), **said}


def _value_of(column: str) -> str:
    """The value of an incident that a column is a part of: main, date, place or an outcome."""
    if column in ("earliest", "latest", "date_precision"):
        return "date"
    if column.startswith("place_"):
        return "place"
    return next((toll for toll in reversed(TOLLS) if column.startswith(f"{toll}_")), column)

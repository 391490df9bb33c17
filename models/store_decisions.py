"""Decisions in the store: taking them in, the table that copies PATH.decisions, and the views laid over the facts.

How a decision stands to what the machine reads now is worked out in store_reviewed.py, after every run and decision.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from dateline.models.decision import INCIDENTS, VERDICTS, Decision, ForeignDecisions, Verdict
from dateline.models.decision_standing import context, fact_called
from dateline.models.decision_values import added, checked, coherent, consequences, is_column, kinds, same
from dateline.models.fields import fields as field_shapes
from dateline.models.ids import content_id
from dateline.models.store_connection import Connection, append, dicts, transaction

_VIEWS = Path(__file__).parent / "reviewed.sql"
_LAID_OVER = """CREATE OR REPLACE VIEW reviewed_{field} AS
    SELECT fact.*, reading.text_id, reading.published, FALSE AS human, NULL::VARCHAR AS verdict,
        NULL::VARCHAR AS decision_id
    FROM {field} AS fact JOIN current_reading AS reading USING (reading_id)
    ANTI JOIN reviewed_fact AS said ON said.reading_id = fact.reading_id AND said.fact_id = fact.id
    UNION ALL BY NAME
    SELECT reading_id, unnest(from_json(value, '{{{types}}}')), text_id, published, human, verdict, decision_id
    FROM reviewed_fact JOIN current_reading USING (reading_id)
    WHERE reviewed_fact.field = '{field}' AND value IS NOT NULL"""

_COLUMNS = {
    "id": "decision_id",
    "target": "target_id",
    "text": "text_id",
    "at": "said_at",
    **{name: name for name in ("position", "verdict", "field", "start", "stop", "quote", "before", "after")},
    **{name: name for name in ("judged", "corrected", "machine", "who", "why")},
}
_JSON = ("judged", "corrected", "machine")


def make_views(connection: Connection) -> None:
    """Make the views of what people decided; after views.sql, on which they stand."""
    connection.execute(_VIEWS.read_text(encoding="utf-8"))
    query = "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ? AND NOT internal ORDER BY ALL"
    for field in field_shapes():
        columns = connection.execute(query, [field]).fetchall()
        types = ", ".join(f'"{name}": "{kind}"' for name, kind in columns if name != "reading_id")
        connection.execute(_LAID_OVER.format(field=field, types=types))


def decisions(connection: Connection) -> list[Decision]:
    """Every decision of the table, in the order of the file."""
    found = []
    for row in dicts(connection, "SELECT * FROM decision ORDER BY position"):
        values = {name: row[column] for name, column in _COLUMNS.items()}
        found.append(Decision(**{**values, **{name: json.loads(values[name]) for name in _JSON}}))
    return found


def copy(connection: Connection, kept: Sequence[Decision]) -> None:
    """Make the table hold exactly these decisions of the file."""
    there = connection.execute("SELECT decision_id FROM decision ORDER BY position").fetchall()
    fresh: Sequence[Decision] = kept
    with transaction(connection):
        if [row[0] for row in there] == [one.id for one in kept[: len(there)]]:
            fresh = kept[len(there) :]
        else:  # the file was put back from elsewhere
            connection.execute("DELETE FROM decision")
        rows = [tuple(_stored(name, getattr(one, name)) for name in _COLUMNS) for one in fresh]
        append(connection, "decision", list(_COLUMNS.values()), rows)


def _stored(name: str, value: Any) -> Any:
    return dumped(value) if name in _JSON else value


def dumped(value: Any) -> str:
    """JSON as the tables and ids have it: days as ISO, keys in order."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


# Taking in.


def taken_in(
    connection: Connection, verdicts: Sequence[Verdict], *, who: str | None, at: str, kept: Sequence[Decision]
) -> tuple[list[Decision], list[Decision]]:
    """Verdicts as decisions, the new ones and those that are `kept` already; ForeignDecisions, with the number of the
    verdict, where one of them cannot be."""
    rows = _Rows(connection, verdicts)
    fresh: list[Decision] = []
    known: list[Decision] = []
    by_id = {one.id: one for one in kept}
    latest: dict[tuple[str, str], Decision] = {}
    for one in kept:
        _later(latest, one)
    for number, verdict in enumerate(verdicts, start=1):
        try:
            made = _decision(verdict, rows, who=who, at=at)
        except ValueError as error:
            place = f"verdict {number} of {len(verdicts)}: " if len(verdicts) > 1 else ""
            raise ForeignDecisions(f"{place}{error}") from None
        before = by_id.get(made.id)
        last = latest.get((made.who.casefold(), made.target))
        if before is not None and last is not None and last.id != before.id and verdict.at and made.at > last.at:
            made = replace(made, id=content_id(made.id, made.at))  # back to what the same reviewer said before
            before = by_id.get(made.id)
        if before is not None:
            known.append(before)
            continue
        made = replace(made, position=len(by_id))
        by_id[made.id] = made
        fresh.append(made)
        _later(latest, made)
    return fresh, known


def _later(latest: dict[tuple[str, str], Decision], one: Decision) -> None:
    key = (one.who.casefold(), one.target)
    last = latest.get(key)
    if last is None or (one.at, one.position) >= (last.at, last.position):
        latest[key] = one


class _Rows:
    """What the store has of the targets of verdicts, whatever run read it, and the texts that they are in."""

    def __init__(self, connection: Connection, verdicts: Iterable[Verdict]) -> None:
        wanted: dict[str, set[str]] = defaultdict(set)
        texts = set()
        for one in verdicts:
            if one.target:
                wanted[one.field].add(one.target)
            if one.verdict == "add" and one.text:
                texts.add(one.text)
                if one.start is not None and one.stop is not None:
                    wanted[one.field].add(fact_called(one.field, one.text, one.start, one.stop, one.corrected))
        self.found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for field, ids in wanted.items():
            if field in field_shapes():
                self._facts(connection, field, sorted(ids))
            elif field == INCIDENTS:
                self._incidents(connection, sorted(ids))
        texts |= {row["text_id"] for rows in self.found.values() for row in rows}
        query = "SELECT text_id, text FROM article WHERE text_id IN (SELECT unnest(?::VARCHAR[]))"
        self.texts: dict[str, str] = dict(connection.execute(query, [sorted(texts)]).fetchall())

    def _facts(self, connection: Connection, field: str, ids: list[str]) -> None:
        evidence: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        query = """SELECT reading_id, fact_id, role, start, stop, quote FROM evidence
            WHERE fact_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY reading_id, fact_id, position"""
        for row in dicts(connection, query, [ids]):
            evidence[row.pop("reading_id"), row.pop("fact_id")].append(row)
        for row in dicts(connection, _LATEST_FIRST.format(table=field), [ids]):
            row["evidence"] = evidence[row.pop("reading_id"), row["id"]]
            if "candidates" in row:
                row["candidates"] = json.loads(row["candidates"])
            self.found[field, row["id"]].append(row)

    def _incidents(self, connection: Connection, ids: list[str]) -> None:
        facts = " UNION ALL ".join(f"SELECT reading_id, id, start, stop, quote FROM {name}" for name in field_shapes())
        query = f"""SELECT link.incident_id, any_value(fact.start ORDER BY link.position) AS start,
                any_value(fact.stop ORDER BY link.position) AS stop,
                any_value(fact.quote ORDER BY link.position) AS quote
            FROM incident_fact AS link JOIN ({facts}) AS fact ON fact.id = link.fact_id
            WHERE link.value IS NULL AND link.incident_id IN (SELECT unnest(?::VARCHAR[])) GROUP BY ALL"""
        words = {row.pop("incident_id"): row for row in dicts(connection, query, [ids])}
        for row in dicts(connection, _LATEST_FIRST.format(table="incident"), [ids]):
            row.pop("reading_id")
            self.found[INCIDENTS, row["id"]].append({**row, **words.get(row["id"], {})})


_LATEST_FIRST = """SELECT row.*, reading.text_id, reading_id IN (SELECT reading_id FROM current_reading) AS current
    FROM {table} AS row JOIN reading USING (reading_id)
    JOIN (SELECT reading_id, max(run_id) AS run_id FROM run_reading GROUP BY reading_id) AS listed USING (reading_id)
    WHERE row.id IN (SELECT unnest(?::VARCHAR[]))
    ORDER BY row.id, current DESC, listed.run_id DESC, reading_id"""


def _decision(verdict: Verdict, rows: _Rows, *, who: str | None, at: str) -> Decision:
    """One verdict as a decision, its position still open; ValueError where it cannot be."""
    field = verdict.field
    if verdict.verdict not in VERDICTS:
        raise ValueError(f"{verdict.verdict!r} is no verdict; it must be one of {', '.join(VERDICTS)}")
    if field != INCIDENTS and field not in field_shapes():
        raise ValueError(f"there is no field {field!r}; there are {', '.join([*field_shapes(), INCIDENTS])}")
    name = (verdict.who or who or "").strip()
    if not name:
        raise ValueError("nobody says who decided; give a name")
    for words in (name, verdict.why):
        if "\x00" in words or any("\ud800" <= letter <= "\udfff" for letter in words):
            raise ValueError("a name or reason holds characters that are no text")
    if (verdict.verdict in ("correct", "add")) != bool(verdict.corrected):
        wants = "needs the right values" if not verdict.corrected else "takes no corrected values"
        raise ValueError(f"{verdict.verdict} {wants}")
    corrected = checked(field, verdict.corrected)
    for column in verdict.judged:
        if not is_column(field, column):
            raise ValueError(f"{field} have no column {column!r}")
    base = _added(verdict, rows, corrected) if verdict.verdict == "add" else _judged(verdict, rows)
    judged = {**verdict.judged, **checked(field, {k: v for k, v in verdict.judged.items() if k in kinds(field)})}
    if verdict.verdict == "correct":
        seen = {name: value for name, value in judged.items() if name in kinds(field)}
        coherent(field, consequences(field, {**base["machine"], **seen}, corrected))
    parts: dict[str, Any] = {
        "verdict": verdict.verdict,
        "field": field,
        "judged": json.loads(dumped(judged)),
        "corrected": corrected,
        "who": name,
        "why": verdict.why.strip(),
        **base,
    }
    made = Decision(id="", position=-1, at=_moment(verdict.at or at), **parts)
    return replace(made, id=decision_id(made))


def decision_id(one: Decision) -> str:
    """The hash of what was decided, of what and by whom; not of when, nor of what the machine said beside it."""
    values = (dumped(one.judged), dumped(one.corrected))
    place = (one.verdict, one.field, one.target, one.text, one.start, one.stop)
    return content_id("decision", *place, *values, one.who, one.why)


def _judged(verdict: Verdict, rows: _Rows) -> dict[str, Any]:
    """The row that was judged: of the same value where there is one, or else as it is read now."""
    found = rows.found.get((verdict.field, verdict.target or ""), [])
    if not found:
        raise ValueError(
            f"nothing in this store has ever had the id {verdict.target!r} among {verdict.field}; "
            "the decision may belong to another store"
        )
    if verdict.text and verdict.text != found[0]["text_id"]:
        raise ValueError(f"{verdict.target} is not in the text {verdict.text}")
    row = next((row for row in found if same(verdict.field, verdict.judged, row)), found[0])
    for name in ("quote", "start", "stop"):
        if name in verdict.judged and verdict.judged[name] != row.get(name):
            raise ValueError(f"{verdict.target} has the {name} {row.get(name)!r}, and not {verdict.judged[name]!r}")
    text = rows.texts[row["text_id"]]
    start, stop = row.get("start", 0), row.get("stop", 0)
    return _placed(verdict.target or "", row["text_id"], text, start, stop, _kept(row))


def _kept(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as JSON keeps it."""
    left_out = ("text_id", "position", "current")
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in row.items()
        if name not in left_out
    }


def _added(verdict: Verdict, rows: _Rows, corrected: Mapping[str, Any]) -> dict[str, Any]:
    """The place of a value that a reviewer adds."""
    if verdict.field == INCIDENTS:
        raise ValueError("an incident follows from its facts; add the claim, the date or the place that is missing")
    text = rows.texts.get(verdict.text or "")
    if text is None or verdict.text is None:
        raise ValueError(f"there is no text {verdict.text!r} in this store to add a value to")
    start, stop = verdict.start, verdict.stop
    if start is None or stop is None or not 0 <= start < stop <= len(text):
        raise ValueError(f"{start}:{stop} is no place in a text of {len(text)} characters")
    if verdict.judged.get("quote", text[start:stop]) != text[start:stop]:
        raise ValueError(f"at {start}:{stop} stands {text[start:stop]!r}, and not {verdict.judged['quote']!r}")
    fact = fact_called(verdict.field, verdict.text, start, stop, corrected)
    coherent(verdict.field, added(verdict.field, corrected, quote=text[start:stop], fact_id=fact))
    if verdict.target not in (None, fact):
        raise ValueError(f"an added value has no id yet; {verdict.target!r} is that of another")
    there = [row for row in rows.found.get((verdict.field, fact), ()) if row["current"]]
    return _placed(fact, verdict.text, text, start, stop, _kept(there[0]) if there else {})


def _placed(target: str, text_id: str, text: str, start: int, stop: int, machine: Mapping[str, Any]) -> dict[str, Any]:
    before, after = context(text, start, stop)
    place = {"text": text_id, "start": start, "stop": stop, "quote": text[start:stop]}
    return {"target": target, **place, "before": before, "after": after, "machine": machine}


def _moment(said: str) -> str:
    """A time in UTC, to the second."""
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        raise ValueError(f"{said!r} is no time like 2026-03-01T09:30:00Z") from None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        return aware.astimezone(UTC).isoformat(timespec="seconds")
    except OverflowError:
        raise ValueError(f"{said!r} is no time that can be") from None

"""How every decision stands to what the machine reads now, and the facts as people leave them.

Two steps. `settle` finds each decision's words in the texts that are current, compares values, and makes the tables
decision_state and reviewed_fact anew. The incidents that follow are gathered by the flows (extractors know how) over
what `to_gather` gives, and stored by `add_gathered`.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dateline.models.decision import INCIDENTS, Decision, ReviewState, State, Taken, Verdict
from dateline.models.decision_file import DecisionsFile
from dateline.models.decision_standing import fact_called, found_again, laid_over, opinion, state_of
from dateline.models.fields import fields as field_shapes
from dateline.models.store_connection import Connection, append, dicts, transaction
from dateline.models.store_decisions import copy, decisions, dumped, taken_in

# The texts that took the place of some others: the same input, read later or by another page code.
_SUCCESSORS = """
    WITH was AS (
        SELECT DISTINCT page.text_id, coalesce(capture.url, outcome.origin) AS place, outcome.input_id,
            outcome.occurrence
        FROM outcome JOIN page USING (page_id) JOIN capture ON capture.capture_id = page.capture_id
        WHERE page.text_id IN (SELECT unnest(?::VARCHAR[]))),
    now AS (
        SELECT current_page.text_id, coalesce(capture.url, current_page.origin) AS place, current_page.input_id,
            current_page.occurrence, current_page.run_id
        FROM current_page JOIN capture USING (capture_id) WHERE current_page.text_id IS NOT NULL)
    SELECT was.text_id, now.text_id FROM was JOIN now USING (place, input_id, occurrence)
    GROUP BY ALL ORDER BY was.text_id, max(now.run_id) DESC, now.text_id"""
_READINGS = "SELECT * FROM current_reading WHERE text_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY reading_id"


@dataclass(frozen=True, kw_only=True)
class _Place:
    """Where the words of a decision stand now, and what the value is called there. `fact` None: an incident that is
    gone from a text whose words are still there."""

    text: str
    start: int
    stop: int
    fact: str | None


@dataclass
class _Standing:
    """A decision, where it stands now, the machine's row in each reading, and what came of that."""

    decision: Decision
    place: _Place | None
    rows: dict[str, Mapping[str, Any] | None] = field(default_factory=dict)  # by reading
    state: State = "orphan"
    chosen: tuple[str, ...] = ()  # the readings that it is on
    latest: bool = True
    disputed: bool = False

    @property
    def in_force(self) -> bool:
        """Whether it would count if nobody disagreed."""
        return self.latest and (
            self.state == "applied" or (self.state == "stale" and self.decision.verdict != "reject")
        )

    @property
    def machine(self) -> Mapping[str, Any] | None:
        """What is read there now."""
        return next((self.rows[one] for one in self.chosen if self.rows[one] is not None), None)

    def row(self, reading: str) -> dict[str, Any] | None:
        """The whole row as this reviewer leaves it; None where it was rejected."""
        if self.decision.verdict == "reject" or self.place is None or self.place.fact is None:
            return None
        place = self.place
        now = self.rows.get(reading)
        return laid_over(self.decision, now, fact=place.fact or "", start=place.start, stop=place.stop)


def decide(
    connection: Connection, file: DecisionsFile, verdicts: Sequence[Verdict], *, who: str | None, at: str
) -> Taken:
    """Check every verdict, then write all that are new to the file and from there to the tables; ForeignDecisions, and
    nothing is changed, where one of them cannot be taken in."""
    kept = file.decisions()
    fresh, known = taken_in(connection, verdicts, who=who, at=at, kept=kept)
    file.add(fresh)
    copy(connection, [*kept, *fresh])
    settle(connection)
    now = {state.decision.id: state for state in states(connection)}
    mine = [now[one.id] for one in fresh]
    return Taken(
        taken=tuple(fresh),
        known=tuple(known),
        replaced=frozenset(one.id for one in known if not now[one.id].latest),
        stale=frozenset(state.decision.id for state in mine if state.state == "stale"),
        orphan=frozenset(state.decision.id for state in mine if state.state == "orphan"),
        disputed=frozenset(state.decision.id for state in mine if state.disputed),
    )


def settle(connection: Connection) -> None:
    """Make decision_state and reviewed_fact anew from the decisions and the facts as they are now."""
    standing = _standing(connection, decisions(connection))
    groups: dict[tuple[str, str], list[_Standing]] = defaultdict(list)
    for one in standing:
        called = one.place.fact if one.place and one.place.fact else one.decision.target
        groups[one.decision.field, called].append(one)
    facts: list[tuple[Any, ...]] = []
    for (name, called), own in sorted(groups.items()):
        _compare(own)
        if name != INCIDENTS:
            facts += _laid(name, called, own)
    with transaction(connection):
        for table in ("decision_state", "reviewed_fact"):
            connection.execute(f"DELETE FROM {table}")
        append(connection, "decision_state", list(_STATE), [_state_row(one) for one in standing])
        append(connection, "reviewed_fact", list(_FACT), facts)


_STATE = ("decision_id", "state", "latest", "disputed", "counts", "fact_id", "text_id", "start", "stop", "machine")
_FACT = ("reading_id", "field", "fact_id", "verdict", "decision_id", "human", "value")


def _state_row(one: _Standing) -> tuple[Any, ...]:
    place = one.place
    where = (place.fact if one.machine else None, place.text, place.start, place.stop) if place else (None,) * 4
    machine = None if one.machine is None else dumped(one.machine)
    counts = one.in_force and not one.disputed
    return (one.decision.id, one.state, one.latest, one.disputed, counts, *where, machine)


def _compare(own: Sequence[_Standing]) -> None:
    """Of decisions on one value: which is each reviewer's latest, and whether these say the same."""
    by_whom: dict[str, _Standing] = {}
    for one in sorted(own, key=lambda one: (one.decision.at, one.decision.position)):
        one.latest = True
        before = by_whom.get(one.decision.who.casefold())
        if before is not None:
            before.latest = False
        by_whom[one.decision.who.casefold()] = one
    in_force = [one for one in own if one.in_force]
    readings = sorted({reading for one in in_force for reading in one.chosen})
    for reading in readings:
        here = [one for one in in_force if reading in one.chosen]
        if len({opinion(one.decision, _said(one, reading)) for one in here}) > 1:
            for one in here:
                one.disputed = True


def _said(one: _Standing, reading: str) -> Mapping[str, Any] | None:
    if one.decision.field == INCIDENTS:
        return None if one.decision.verdict == "reject" else {}
    return one.row(reading)


def _laid(name: str, called: str, own: Sequence[_Standing]) -> list[tuple[Any, ...]]:
    """The rows of reviewed_fact for one value: one for each reading that it is decided in."""
    found: list[tuple[Any, ...]] = []
    ordered = sorted((one for one in own if one.in_force), key=lambda one: (one.decision.at, one.decision.position))
    for reading in sorted({reading for one in ordered for reading in one.chosen}):
        here = [one for one in ordered if reading in one.chosen]
        last = here[-1]
        row: Mapping[str, Any] | None
        if any(one.disputed for one in here):
            row = last.rows.get(reading)
            if row is not None:  # where the machine has nothing there is nothing to stand
                found.append((reading, name, called, "disputed", None, False, _value(row)))
            continue
        row = last.row(reading)
        if row is None and last.rows.get(reading) is None:
            continue  # rejected, and the machine does not find it any more
        verdict = last.decision.verdict
        value = None if row is None else _value(row)
        found.append((reading, name, called, verdict, last.decision.id, row is not None, value))
    return found


def _value(row: Mapping[str, Any]) -> str:
    return dumped({name: value for name, value in row.items() if name not in ("evidence", "reading_id", "text_id")})


def _standing(connection: Connection, kept: Sequence[Decision]) -> list[_Standing]:
    """Every decision with the place of its words and what is read there now."""
    if not kept:
        return []
    readings = dicts(connection, _READINGS, [sorted({one.text for one in kept})])
    current = {row["text_id"] for row in readings}
    gone = sorted({one.text for one in kept} - current)
    later: dict[str, list[str]] = defaultdict(list)
    if gone:
        for old, new in connection.execute(_SUCCESSORS, [gone]).fetchall():
            later[old].append(new)
        readings += dicts(connection, _READINGS, [sorted({new for some in later.values() for new in some} - current)])
    texts = _texts(connection, [new for some in later.values() for new in some])
    found = [
        _Standing(one, _place(one, current, later[one.text] if one.text not in current else (), texts)) for one in kept
    ]
    by_text: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in readings:
        by_text[row["text_id"], row["field"]].append(row["reading_id"])
    _moved_incidents(connection, found, by_text)
    _rows(connection, found, by_text)
    for one in found:
        _state(one)
    return found


def _texts(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    query = "SELECT text_id, text FROM article WHERE text_id IN (SELECT unnest(?::VARCHAR[]))"
    return dict(connection.execute(query, [sorted(set(ids))]).fetchall())


def _place(one: Decision, current: set[str], later: Sequence[str], texts: Mapping[str, str]) -> _Place | None:
    if one.text in current:
        return _Place(text=one.text, start=one.start, stop=one.stop, fact=one.target)
    for text in later:
        start = found_again(one, texts[text])
        if start is not None:
            stop = start + one.stop - one.start
            row = {**one.machine, **(one.corrected if one.verdict == "add" else {})}
            called = None if one.field == INCIDENTS else fact_called(one.field, text, start, stop, row)
            return _Place(text=text, start=start, stop=stop, fact=called)
    return None


def _moved_incidents(
    connection: Connection, found: Sequence[_Standing], by_text: Mapping[tuple[str, str], list[str]]
) -> None:
    """What incidents are called in the text that took the place of theirs: the one with the same claim first."""
    moved = [one for one in found if one.place and one.decision.field == INCIDENTS and one.place.fact is None]
    if not moved:
        return
    ids = [reading for one in moved if one.place for reading in by_text.get((one.place.text, INCIDENTS), ())]
    facts = " UNION ALL ".join(f"SELECT DISTINCT id, start, stop FROM {name}" for name in field_shapes())
    query = f"""SELECT reading.text_id, fact.start, fact.stop, link.incident_id
        FROM incident_fact AS link JOIN reading USING (reading_id)
        JOIN ({facts}) AS fact ON fact.id = link.fact_id
        WHERE link.value IS NULL AND reading_id IN (SELECT unnest(?::VARCHAR[]))
        ORDER BY link.position DESC, link.incident_id DESC"""
    named = {row[:3]: row[3] for row in connection.execute(query, [sorted(set(ids))]).fetchall()}
    for one in moved:
        if one.place:
            called = named.get((one.place.text, one.place.start, one.place.stop))
            one.place = _Place(text=one.place.text, start=one.place.start, stop=one.place.stop, fact=called)


def _rows(connection: Connection, found: Sequence[_Standing], by_text: Mapping[tuple[str, str], list[str]]) -> None:
    """Fetch what the machine reads at the place of each decision, in every reading of that text."""
    wanted: dict[str, list[_Standing]] = defaultdict(list)
    for one in found:
        if one.place:
            one.rows = dict.fromkeys(by_text.get((one.place.text, one.decision.field), ()))
            wanted[one.decision.field].append(one)
    for name, some in wanted.items():
        table = "incident" if name == INCIDENTS else name
        query = f"""SELECT * FROM {table} WHERE id IN (SELECT unnest(?::VARCHAR[]))
            AND reading_id IN (SELECT unnest(?::VARCHAR[]))"""
        ids = sorted({one.place.fact for one in some if one.place and one.place.fact})
        readings = sorted({reading for one in some for reading in one.rows})
        there: dict[tuple[str, str | None], Mapping[str, Any]] = {}
        for row in dicts(connection, query, [ids, readings]):
            if "candidates" in row:
                row["candidates"] = json.loads(row["candidates"])
            there[row["reading_id"], row["id"]] = {**json.loads(dumped(row))}
        for one in some:
            for reading in one.rows:
                one.rows[reading] = there.get((reading, one.place.fact if one.place else None))


def _state(one: _Standing) -> None:
    """Where one text is read under several days, a decision is on the readings that say what it judged; where none of
    them does, the machine's value has changed, and it is on all of them."""
    if one.place is None or not one.rows:
        one.place = None
        return
    states = {reading: state_of(one.decision, row) for reading, row in one.rows.items()}
    fits = [reading for reading, state in states.items() if state == "applied"]
    one.state, one.chosen = ("applied", tuple(fits)) if fits else ("stale", tuple(states))


def states(connection: Connection) -> list[ReviewState]:
    """Every decision with how it stands, in the order in which they were taken in."""
    known = {row["decision_id"]: row for row in dicts(connection, "SELECT * FROM decision_state")}
    found = []
    for one in decisions(connection):
        row = known.get(one.id)
        if row is None:
            continue  # noted in the file, and not settled yet
        machine = None if row["machine"] is None else json.loads(row["machine"])
        names = ("state", "latest", "disputed", "counts", "start", "stop")
        said = {name: row[name] for name in names}
        found.append(ReviewState(decision=one, fact=row["fact_id"], text=row["text_id"], machine=machine, **said))
    return found

"""Persons in the store: their tables, and the copy of what the file PATH.people says.

What is new: store_persons_look.py; whom it is compared with: store_persons_near.py; who is joined:
store_persons_join.py; what is asked: store_persons_read.py.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import fields
from itertools import islice
from typing import Any

from dateline.models.person import Change, Judgement, Part
from dateline.models.store_connection import Connection, append
from dateline.models.store_ledger import CHANGE

BATCH = 10_000  # rows of the file in memory at once

# Those after which nobody was named before. Whoever is named after one that was merged is of whom it was merged into.
_FOUNDERS = """
CREATE OR REPLACE TEMP TABLE person_founding AS SELECT fact_id, person_id FROM person_named
    ANTI JOIN person_founder USING (person_id) ANTI JOIN person USING (person_id);
DELETE FROM person_founder WHERE fact_id IN (SELECT fact_id FROM person_founding);
INSERT INTO person_founder BY NAME FROM person_founding;
UPDATE person_founder SET person_id = merged.other_id FROM person_merged AS merged
    WHERE merged.person_id = person_founder.person_id;
"""

_REPLACE = """
CREATE OR REPLACE TEMP TABLE person_moved AS
    SELECT id, whole, person_id FROM person_member JOIN person_group USING (number) JOIN person_given USING ("group");
CREATE OR REPLACE TEMP TABLE person_touched AS
    SELECT person_id FROM person_dirty UNION SELECT person_id FROM person_moved
    UNION SELECT id FROM person_moved WHERE whole;

DELETE FROM person_mention WHERE appearance_id IN (SELECT appearance_id FROM person_gone)
    OR appearance_id IN (FROM person_new) OR fact_id IN (SELECT fact_id FROM person_came_mention);
INSERT INTO person_mention BY NAME FROM person_came_mention;
DELETE FROM person_appearance WHERE appearance_id IN (SELECT appearance_id FROM person_gone)
    OR appearance_id IN (FROM person_new);
UPDATE person_appearance SET reading_id = came.reading_id, version = came.version FROM person_came AS came
    WHERE came.appearance_id = person_appearance.appearance_id;
UPDATE person_appearance SET person_id = moved.person_id FROM person_moved AS moved
    WHERE moved.whole AND moved.id != moved.person_id AND moved.id = person_appearance.person_id;
UPDATE person_appearance SET person_id = moved.person_id FROM person_moved AS moved
    WHERE NOT moved.whole AND moved.id = appearance_id AND moved.person_id != person_appearance.person_id;
INSERT INTO person_appearance BY NAME
    SELECT came.*, moved.person_id FROM person_came AS came SEMI JOIN person_new USING (appearance_id)
    JOIN person_moved AS moved ON NOT moved.whole AND moved.id = came.appearance_id;

DELETE FROM person WHERE person_id IN (FROM person_touched);
INSERT INTO person BY NAME
    SELECT person_id, name FROM (
        SELECT person_id, name, count(*) AS articles FROM person_appearance SEMI JOIN person_touched USING (person_id)
        GROUP BY ALL)
    QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY articles DESC, length(name) DESC, name) = 1;
"""


def parts_from(stored: str) -> tuple[Part, ...]:
    """The parts of a pair's score, as the table has them."""
    return tuple(Part(**part) for part in json.loads(stored))


def persons_of_mentions(connection: Connection, mentions: Iterable[str]) -> dict[str, str]:
    """The person's id of each of these mentions (fact ids), of those that have one."""
    query = """SELECT fact_id, person_id FROM person_mention JOIN person_appearance USING (appearance_id)
        WHERE fact_id IN (SELECT unnest(?::VARCHAR[]))"""
    return dict(connection.execute(query, [list(mentions)]).fetchall())


def merges(connection: Connection) -> set[tuple[int, str, str]]:
    """Which person was merged into which, and in which run."""
    query = "SELECT run_id, person_id, other_id FROM person_change WHERE kind = 'merged'"
    return set(connection.execute(query).fetchall())


def judgements(connection: Connection) -> list[Judgement]:
    """The judgements by which persons were gathered last."""
    query = """SELECT judgement_id, verdict, left_id, right_id, left_name, right_name, left_mentions, right_mentions,
        who, why, judged_at FROM person_judgement ORDER BY position"""
    names = [field.name for field in fields(Judgement)]
    rows = (map(_tupled, row) for row in connection.execute(query).fetchall())
    return [Judgement(**dict(zip(names, row, strict=True))) for row in rows]


def _tupled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def holders(connection: Connection, mentions: Iterable[str], *, now: bool) -> dict[str, str]:
    """The appearance (id) that each of these mentions is of: as persons were gathered last, or `now`."""
    query = "SELECT fact_id, appearance_id FROM person_mention WHERE fact_id IN (SELECT unnest($1::VARCHAR[]))"
    if now:
        query += """ AND appearance_id NOT IN (SELECT appearance_id FROM person_gone)
                AND appearance_id NOT IN (FROM person_new)
            UNION ALL SELECT fact_id, appearance_id FROM person_came_mention
            WHERE fact_id IN (SELECT unnest($1::VARCHAR[]))"""
    return dict(connection.execute(query, [sorted(set(mentions))]).fetchall())


def add_founders(connection: Connection, rows: Iterable[tuple[str, str]], *, anew: bool) -> None:
    """Take in the mentions after which persons were named, each with the person; the last row of a mention counts.
    `anew`: in the place of those that are there."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE person_founding (number BIGINT, fact_id VARCHAR, person_id VARCHAR)"
    )
    numbered = ((number, *row) for number, row in enumerate(rows))
    while some := list(islice(numbered, BATCH)):
        append(connection, "person_founding", ["number", "fact_id", "person_id"], some)
    connection.execute(
        "DELETE FROM person_founder WHERE $anew OR fact_id IN (SELECT fact_id FROM person_founding)", {"anew": anew}
    )
    connection.execute(
        """INSERT INTO person_founder BY NAME SELECT fact_id, person_id FROM person_founding
            QUALIFY row_number() OVER (PARTITION BY fact_id ORDER BY number DESC) = 1"""
    )


def replace(connection: Connection, *, run_id: int, changes: Sequence[Change], judgements: Sequence[Judgement]) -> None:
    """Put the persons that were joined anew in the place of those before."""
    merged: dict[str, str | None] = {}
    for one in changes:
        if one.kind == "merged":
            merged.setdefault(one.person, one.other)
    connection.execute("CREATE OR REPLACE TEMP TABLE person_merged (person_id VARCHAR, other_id VARCHAR)")
    append(connection, "person_merged", ["person_id", "other_id"], list(merged.items()))
    connection.execute(_FOUNDERS)
    connection.execute(_REPLACE)
    _changes(connection, run_id, changes)
    _judgements(connection, judgements)


def _changes(connection: Connection, run_id: int, changes: Iterable[Change]) -> None:
    """Add what is not there: a run that was killed when its persons were gathered gathers them again."""
    query = "SELECT kind, person_id, other_id FROM person_change WHERE run_id = ?"
    there = set(connection.execute(query, [run_id]).fetchall())
    rows = [(change.kind, change.person, change.other) for change in changes]
    fresh = [(run_id, *row) for row in dict.fromkeys(rows) if row not in there]
    append(connection, "person_change", ["run_id", *CHANGE], fresh)


def _judgements(connection: Connection, judgements: Sequence[Judgement]) -> None:
    """The copy of what people decided."""
    connection.execute("DELETE FROM person_judgement")
    columns = ["judgement_id", "position", "verdict", "left_id", "right_id", "left_name", "right_name"]
    columns += ["left_mentions", "right_mentions", "who", "why", "judged_at"]
    for at, one in enumerate(judgements):  # few: people make them one by one
        values = [one.id, at, one.verdict, one.left, one.right, one.left_name, one.right_name]
        values += [list(one.left_mentions), list(one.right_mentions), one.who, one.why, one.at]
        marks = ", ".join("?" * len(values))
        connection.execute(f"INSERT INTO person_judgement ({', '.join(columns)}) VALUES ({marks})", values)

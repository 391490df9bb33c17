"""Persons in the store: appearances out of facts, and the tables of persons. What is asked: store_persons_read.py."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from dateline.models.ids import content_id
from dateline.models.person import Appearance, Change, Judgement, Office, Pair, Part, Person
from dateline.models.store_connection import Connection, append, dicts, transaction
from dateline.models.store_ledger import CHANGE

# Of a text that was printed under several days the earliest counts.
_LEADERS = """SELECT leaders.*, reading.text_id, reading.published
    FROM leaders JOIN current_reading AS reading USING (reading_id)
    QUALIFY dense_rank() OVER (PARTITION BY reading.text_id ORDER BY reading.published NULLS LAST, reading_id) = 1
    ORDER BY reading.published NULLS FIRST, text_id, start, stop"""

# The places that tell about people: where it happened, and what an office is over.
_PLACES = """SELECT DISTINCT text_id, country, admin1
    FROM places JOIN current_reading USING (reading_id)
    WHERE role IN ('event', 'office') AND country IS NOT NULL ORDER BY ALL"""


def appearances(connection: Connection) -> tuple[list[Appearance], dict[str, str]]:
    """Every person of every article as it is read now, and the reading that each appearance (its id) is in."""
    countries: dict[str, set[str]] = {}
    divisions: dict[str, set[str]] = {}
    for text, country, division in connection.execute(_PLACES).fetchall():
        countries.setdefault(text, set()).add(country)
        if division:
            divisions.setdefault(text, set()).add(f"{country}/{division}")
    mentions: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in dicts(connection, _LEADERS):
        mentions.setdefault((row["text_id"], row["same_as"]), []).append(row)
    found, readings = [], {}
    for (text, _), rows in mentions.items():
        one = _appearance(rows, frozenset(countries.get(text, ())), frozenset(divisions.get(text, ())))
        found.append(one)
        readings[one.id] = rows[0]["reading_id"]
    return found, readings


def _appearance(rows: Sequence[dict[str, Any]], countries: frozenset[str], divisions: frozenset[str]) -> Appearance:
    first = rows[0]
    names = tuple(dict.fromkeys([first["name"], *(" ".join(row["quote"].split()) for row in rows)]))
    offices = {
        Office(role=row["role"], organisation=row["organisation"], role_class=row["role_class"]): None
        for row in rows
        if row["role"] is not None
    }
    parts = {
        "text_id": first["text_id"],
        "published": first["published"],
        "names": names,
        "offices": tuple(offices),
        "mentions": tuple(row["id"] for row in rows),
    }
    hashed = content_id("appearance", *parts.values(), sorted(countries), sorted(divisions))
    return Appearance(id=hashed, **parts, countries=countries, divisions=divisions)


def pairs(connection: Connection) -> list[Pair]:
    """The pairs that were found alike."""
    rows = dicts(connection, "SELECT * FROM person_pair ORDER BY left_id, right_id")
    return [
        Pair(left=row["left_id"], right=row["right_id"], verdict=row["verdict"], parts=parts_from(row["parts"]))
        for row in rows
    ]


def parts_from(stored: str) -> tuple[Part, ...]:
    """The parts of a pair's score, as the table has them."""
    return tuple(Part(**part) for part in json.loads(stored))


def state(connection: Connection, *more: object) -> str:
    """What persons are gathered of: the readings of leaders and places that stand now, and `more`."""
    query = """SELECT count(*), coalesce(bit_xor(md5_number(reading_id)), 0)::VARCHAR FROM current_reading
        WHERE field IN ('leaders', 'places')"""
    return content_id("persons", *(connection.execute(query).fetchone() or ()), *more)


def is_gathered(connection: Connection, state: str) -> bool:
    """Whether the persons that are there were gathered of just this."""
    query = "SELECT 1 FROM gathered WHERE what = 'persons' AND state = ?"
    return connection.execute(query, [state]).fetchone() is not None


def appearance_ids(connection: Connection) -> set[str]:
    """The appearances that persons were gathered of last."""
    return {row[0] for row in connection.execute("SELECT appearance_id FROM person_appearance").fetchall()}


def persons_of_mentions(connection: Connection) -> dict[str, str]:
    """The person's id of each mention (fact id)."""
    query = "SELECT fact_id, person_id FROM person_mention JOIN person_appearance USING (appearance_id)"
    return dict(connection.execute(query).fetchall())


def merges(connection: Connection) -> set[tuple[int, str, str]]:
    """Which person was merged into which, and in which run."""
    query = "SELECT run_id, person_id, other_id FROM person_change WHERE kind = 'merged'"
    return set(connection.execute(query).fetchall())


def replace(
    connection: Connection,
    *,
    run_id: int,
    state: str,
    persons: Sequence[Person],
    appearances: Sequence[Appearance],
    readings: Mapping[str, str],
    pairs: Iterable[Pair],
    changes: Iterable[Change],
    judgements: Sequence[Judgement],
) -> None:
    """Put these persons in the place of those before, in one transaction."""
    owner = {one: person.id for person in persons for one in person.appearances}
    with transaction(connection):
        for table in ("person", "person_appearance", "person_mention", "person_pair", "person_judgement"):
            connection.execute(f"DELETE FROM {table}")
        append(connection, "person", ["person_id", "name"], [(person.id, person.name) for person in persons])
        append(
            connection,
            "person_appearance",
            ["appearance_id", "person_id", "text_id", "published", "reading_id"],
            [(one.id, owner[one.id], one.text_id, one.published, readings[one.id]) for one in appearances],
        )
        append(
            connection,
            "person_mention",
            ["fact_id", "appearance_id"],
            [(mention, one.id) for one in appearances for mention in one.mentions],
        )
        append(
            connection,
            "person_pair",
            ["left_id", "right_id", "verdict", "score", "parts"],
            [(pair.left, pair.right, pair.verdict, pair.score, _json(pair.parts)) for pair in pairs],
        )
        _changes(connection, run_id, changes)
        _judgements(connection, judgements)
        connection.execute("INSERT OR REPLACE INTO gathered VALUES ('persons', ?)", [state])


def _changes(connection: Connection, run_id: int, changes: Iterable[Change]) -> None:
    """Add what is not there: a run that was killed when its persons were gathered gathers them again."""
    query = "SELECT kind, person_id, other_id FROM person_change WHERE run_id = ?"
    there = set(connection.execute(query, [run_id]).fetchall())
    rows = [(change.kind, change.person, change.other) for change in changes]
    fresh = [(run_id, *row) for row in dict.fromkeys(rows) if row not in there]
    append(connection, "person_change", ["run_id", *CHANGE], fresh)


def _json(parts: Iterable[Part]) -> str:
    return json.dumps([asdict(part) for part in parts], ensure_ascii=False, separators=(",", ":"))


def _judgements(connection: Connection, judgements: Sequence[Judgement]) -> None:
    columns = ["judgement_id", "position", "verdict", "left_id", "right_id", "left_name", "right_name"]
    columns += ["left_mentions", "right_mentions", "who", "why", "judged_at"]
    for at, one in enumerate(judgements):  # few: people make them one by one
        values = [one.id, at, one.verdict, one.left, one.right, one.left_name, one.right_name]
        values += [list(one.left_mentions), list(one.right_mentions), one.who, one.why, one.at]
        marks = ", ".join("?" * len(values))
        connection.execute(f"INSERT INTO person_judgement ({', '.join(columns)}) VALUES ({marks})", values)

"""What the store is asked about persons: lists, one person's statements, offices and deaths, doubtful pairs."""

from dataclasses import dataclass
from typing import Any

from dateline.models.person import Part
from dateline.models.store_connection import Connection, StoreError, dicts
from dateline.models.store_persons import parts_from, persons_of_mentions


@dataclass(frozen=True, kw_only=True)
class StoredPerson:
    """A person with what the list shows of it; `deaths` counts reports more than thirty days apart."""

    person_id: str
    name: str
    spellings: tuple[str, ...]
    offices: tuple[str, ...]
    articles: int
    mentions: int
    deaths: int
    earliest: str | None
    latest: str | None


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """Two persons who may be one, by their best pair; `judged` what was decided already ("unsure"), or None."""

    left: str
    right: str
    left_name: str
    right_name: str
    score: float
    parts: tuple[Part, ...]
    judged: str | None


_LISTED = """SELECT person.person_id, person.name,
        (SELECT list(spelling ORDER BY mentions DESC, spelling) FROM person_spelling AS one
            WHERE one.person_id = person.person_id) AS spellings,
        (SELECT list(concat_ws(', ', role, organisation) ORDER BY articles DESC, latest DESC, role)
            FROM person_office AS one WHERE one.person_id = person.person_id) AS offices,
        count(DISTINCT text_id) AS articles, count(*) AS mentions,
        (SELECT coalesce(max(death), 0) FROM reported_death AS one WHERE one.person_id = person.person_id) AS deaths,
        min(published) AS earliest, max(published) AS latest
    FROM person JOIN person_statement USING (person_id)
    WHERE {where}
    GROUP BY person.person_id, person.name
    ORDER BY articles DESC, mentions DESC, person.name, person.person_id LIMIT $limit"""


def persons(connection: Connection, *, named: str | None = None, limit: int | None = None) -> list[StoredPerson]:
    """Persons by how many articles name them; `named`: part of one of their spellings."""
    where = """$named IS NULL OR person.person_id IN (SELECT person_id FROM person_spelling
        WHERE contains(strip_accents(lower(spelling)), strip_accents(lower($named))))"""
    return _listed(connection, where, named=named, limit=limit)


def person(connection: Connection, prefix: str) -> StoredPerson:
    """The person whose id starts with `prefix`; StoreError where there is none, or more than one. One that was merged
    is found under the id that it had."""
    found = _listed(connection, "starts_with(person.person_id, $prefix)", prefix=prefix, limit=6)
    if not found and (other := _merged_into(connection, prefix)) is not None:
        return person(connection, other)
    if not found:
        raise StoreError(f"no person has the id {prefix}; `dateline people` lists them")
    if len(found) > 1:
        raise StoreError(f"{prefix} means {len(found)} persons: {', '.join(one.person_id for one in found[:5])}")
    return found[0]


def _listed(connection: Connection, where: str, **values: Any) -> list[StoredPerson]:
    query = _LISTED.format(where=where)
    found = connection.execute(query, values)
    names = [column[0] for column in found.description or ()]
    rows: list[dict[str, Any]] = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    for row in rows:
        row |= {name: tuple(row[name] or ()) for name in ("spellings", "offices")}
    return [StoredPerson(**row) for row in rows]


def _merged_into(connection: Connection, prefix: str) -> str | None:
    query = """SELECT other_id FROM person_change WHERE kind = 'merged' AND starts_with(person_id, ?)
        AND other_id IN (SELECT person_id FROM person) ORDER BY run_id DESC LIMIT 1"""
    row = connection.execute(query, [prefix]).fetchone()
    return row[0] if row else None


def mentions(connection: Connection, person_id: str) -> tuple[str, ...]:
    """A person's mentions (fact ids), the earliest first."""
    query = "SELECT id FROM person_statement WHERE person_id = ? ORDER BY published NULLS FIRST, text_id, start"
    return tuple(row[0] for row in connection.execute(query, [person_id]).fetchall())


def mentions_beside(connection: Connection, prefix: str) -> tuple[str, str, tuple[str, ...]] | None:
    """For the id of a leader's mention: its person, its name, and the mentions of the same article; else None."""
    query = """SELECT person_id, any_value(person), list(id ORDER BY start) FROM person_statement
        WHERE (text_id, same_as) IN (SELECT (text_id, same_as) FROM person_statement WHERE starts_with(id, ?))
        GROUP BY person_id"""
    found = connection.execute(query, [prefix]).fetchall()
    return (found[0][0], found[0][1], tuple(found[0][2])) if len(found) == 1 else None


def statements(connection: Connection, person_id: str) -> list[dict[str, Any]]:
    """Every statement about a person, the earliest first: article (text_id), fact id, status, quote, published."""
    query = """SELECT published, text_id, id, start, stop, quote, role, organisation, status, attribution
        FROM person_statement WHERE person_id = ? ORDER BY published NULLS FIRST, text_id, start"""
    return dicts(connection, query, [person_id])


def offices(connection: Connection, person_id: str) -> list[dict[str, Any]]:
    """A person's offices as written, with the days of the first and last article that gives them."""
    query = "SELECT * FROM person_office WHERE person_id = ? ORDER BY earliest NULLS FIRST, role, organisation"
    return dicts(connection, query, [person_id])


def deaths(connection: Connection, person_id: str) -> list[dict[str, Any]]:
    """The reports of a person's death, the earliest first; `death` counts them up where they are far apart."""
    query = "SELECT * FROM reported_death WHERE person_id = ? ORDER BY death, published NULLS FIRST, text_id, start"
    return dicts(connection, query, [person_id])


def candidates(connection: Connection, *, limit: int | None = None) -> list[Candidates]:
    """Persons who may be one, the likeliest first, but those that somebody called different or the same."""
    query = """SELECT least(a.person_id, b.person_id) AS left_id, greatest(a.person_id, b.person_id) AS right_id,
            score, parts
        FROM person_pair
        JOIN person_appearance AS a ON a.appearance_id = left_id
        JOIN person_appearance AS b ON b.appearance_id = right_id
        WHERE a.person_id != b.person_id
        QUALIFY row_number() OVER (PARTITION BY least(a.person_id, b.person_id), greatest(a.person_id, b.person_id)
            ORDER BY score DESC, person_pair.left_id, person_pair.right_id) = 1
        ORDER BY score DESC, left_id, right_id"""
    names = dict(connection.execute("SELECT person_id, name FROM person").fetchall())
    judged = _judged(connection)
    found = []
    for row in dicts(connection, query):
        left, right = row["left_id"], row["right_id"]
        verdict = judged.get(frozenset((left, right)))
        if verdict in (None, "unsure"):
            found.append(
                Candidates(
                    left=left,
                    right=right,
                    left_name=names[left],
                    right_name=names[right],
                    score=row["score"],
                    parts=parts_from(row["parts"]),
                    judged=verdict,
                )
            )
    return found[:limit]


def _judged(connection: Connection) -> dict[frozenset[str], str]:
    """What was decided last of each two persons as they are now."""
    query = "SELECT verdict, left_mentions, right_mentions FROM person_judgement ORDER BY position"
    rows = connection.execute(query).fetchall()
    now = persons_of_mentions(connection, {mention for _, *sides in rows for side in sides for mention in side})
    found: dict[frozenset[str], str] = {}
    for verdict, *sides in rows:
        both = [next((now[mention] for mention in side if mention in now), None) for side in sides]
        found[frozenset(one for one in both if one is not None)] = verdict
    return found

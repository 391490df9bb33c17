"""Who is joined to persons anew, in numbers, and which ids they get.

A person is `dirty` where something of it is gone, is judged otherwise, or is no longer connected: its appearances are
joined anew, one by one. Any other person stays whole, however many appearances it has, and takes part under one number
where something new is like one of them. Temporary tables: `person_dirty`; `person_member` (each number with the
appearance, or the whole person, that it stands for); `person_edge` (what joins two numbers); `person_group` (each
number with its group, the least number of it); `person_voter` (the mentions of a group, and whose each was before);
`person_vote` (how many mentions a group has of each person before); `person_given` (the person's id of each group).
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count

from dateline.models.ids import SEPARATOR
from dateline.models.person import Change
from dateline.models.store_connection import Connection, append

FETCHED = 10_000  # rows in memory at once

# A pair that is lost leaves its person in one piece where a third appearance is like both.
_PARTED = """
CREATE OR REPLACE TEMP TABLE person_parted AS
    WITH lost AS (SELECT left_id, right_id FROM person_lost WHERE verdict = 'same'),
    side AS (SELECT left_id AS id FROM lost UNION SELECT right_id FROM lost),
    alike AS (
        SELECT left_id, right_id FROM person_pair ANTI JOIN person_judged USING (left_id, right_id)
        WHERE verdict = 'same' AND (left_id IN (FROM side) OR right_id IN (FROM side))
    ),
    beside AS (SELECT left_id AS id, right_id AS third FROM alike UNION ALL SELECT right_id, left_id FROM alike)
    SELECT left_id, right_id FROM lost ANTI JOIN (
        SELECT lost.left_id, lost.right_id FROM lost
        JOIN beside AS one ON one.id = lost.left_id
        JOIN beside AS other ON other.id = lost.right_id AND other.third = one.third
    ) USING (left_id, right_id)
"""
_DIRTY = """
CREATE OR REPLACE TEMP TABLE person_dirty AS
    SELECT person_id FROM person_gone
    UNION SELECT person_id FROM person_appearance WHERE appearance_id IN (
        SELECT left_id FROM person_parted UNION SELECT right_id FROM person_parted
        UNION SELECT unnest($moved::VARCHAR[]))
    UNION SELECT person_id FROM person_appearance WHERE $anew
    UNION SELECT person_id FROM person_mention SEMI JOIN person_came_mention USING (fact_id)
        JOIN person_appearance USING (appearance_id)
    UNION SELECT person_id FROM person_founder SEMI JOIN person_came_mention USING (fact_id)
"""

_MEMBERS = """
CREATE OR REPLACE TEMP TABLE person_end AS
    SELECT appearance_id, person_id FROM person_appearance
    SEMI JOIN (
        SELECT left_id AS appearance_id FROM person_found WHERE verdict = 'same'
        UNION SELECT right_id FROM person_found WHERE verdict = 'same'
    ) USING (appearance_id)
    ANTI JOIN person_new USING (appearance_id) ANTI JOIN person_dirty USING (person_id);
CREATE OR REPLACE TEMP TABLE person_member AS
    SELECT row_number() OVER () - 1 AS number, * FROM (
        SELECT appearance_id AS id, false AS whole, coalesce(published, '') AS published, text_id
            FROM person_came SEMI JOIN person_new USING (appearance_id)
        UNION ALL SELECT appearance_id, false, coalesce(published, ''), text_id
            FROM person_appearance SEMI JOIN person_dirty USING (person_id)
            ANTI JOIN person_gone USING (appearance_id) ANTI JOIN person_new USING (appearance_id)
        UNION ALL SELECT DISTINCT person_id, true, NULL, NULL FROM person_end);
CREATE OR REPLACE TEMP TABLE person_edge AS
    WITH node AS (
        SELECT id AS appearance_id, number FROM person_member WHERE NOT whole
        UNION ALL SELECT appearance_id, number FROM person_end JOIN person_member ON whole AND id = person_id
    )
    SELECT row_number() OVER () - 1 AS number, one.number AS one, other.number AS other
    FROM (
        SELECT left_id, right_id FROM person_pair ANTI JOIN person_judged USING (left_id, right_id)
        WHERE verdict = 'same'
        UNION ALL SELECT left_id, right_id FROM person_judged WHERE verdict = 'same'
    )
    JOIN node AS one ON one.appearance_id = left_id
    JOIN node AS other ON other.appearance_id = right_id
    WHERE one.number != other.number;
CREATE OR REPLACE TEMP TABLE person_group (number BIGINT, "group" BIGINT);
"""

# Whose a mention was: what the tables say, else what the file does.
_VOTES = """
CREATE OR REPLACE TEMP TABLE person_voter AS
    WITH own AS (
        SELECT "group", id AS appearance_id, published, text_id FROM person_member JOIN person_group USING (number)
        WHERE NOT whole
    ), voter AS (
        SELECT own.*, fact_id, position FROM own JOIN person_came_mention USING (appearance_id)
        UNION ALL SELECT own.*, fact_id, position FROM own JOIN person_mention USING (appearance_id)
            ANTI JOIN person_new USING (appearance_id)
    )
    SELECT voter.*, coalesce(there.person_id, founder.person_id) AS person_id FROM voter
    LEFT JOIN (
        SELECT fact_id, person_id FROM person_mention SEMI JOIN voter USING (fact_id)
        JOIN person_appearance USING (appearance_id)
    ) AS there USING (fact_id)
    LEFT JOIN person_founder AS founder USING (fact_id);
CREATE OR REPLACE TEMP TABLE person_vote AS
    SELECT "group", person_id, count(*) AS votes FROM (
        SELECT "group", person_id FROM person_voter WHERE person_id IS NOT NULL
        UNION ALL SELECT "group", person_id FROM person_group JOIN person_member USING (number)
            JOIN person_appearance ON person_id = id JOIN person_mention USING (appearance_id)
            WHERE whole
    ) GROUP BY ALL;
CREATE OR REPLACE TEMP TABLE person_claim AS
    SELECT *, count(*) OVER (PARTITION BY "group") = 1 AND count(*) OVER (PARTITION BY person_id) = 1 AS alone
    FROM person_vote;
CREATE OR REPLACE TEMP TABLE person_given AS SELECT "group", person_id FROM person_claim WHERE alone;
"""
_CONTESTED = """
WITH since AS (
    SELECT "group", min((published, text_id, appearance_id)) AS since FROM (
        SELECT "group", published, text_id, appearance_id FROM person_voter
        UNION ALL SELECT "group", coalesce(there.published, ''), there.text_id, appearance_id
            FROM person_group JOIN person_member USING (number) JOIN person_appearance AS there ON person_id = id
            WHERE whole
    ) WHERE "group" IN (SELECT "group" FROM person_claim WHERE NOT alone) GROUP BY "group"
)
SELECT votes, person_id, since, "group" FROM person_claim JOIN since USING ("group") WHERE NOT alone
"""

# The rest is named after its earliest mention, or the first after which nobody else is named.
_NAMING = """
CREATE OR REPLACE TEMP TABLE person_naming AS
    SELECT "group", fact_id,
        row_number() OVER (PARTITION BY "group" ORDER BY published, text_id, appearance_id, position) AS nth
    FROM person_voter ANTI JOIN person_given USING ("group");
CREATE OR REPLACE TEMP TABLE person_taken AS
    SELECT person_id FROM person_given
    UNION SELECT person_id FROM person ANTI JOIN person_dirty USING (person_id)
        WHERE person_id NOT IN (SELECT id FROM person_member WHERE whole);
CREATE OR REPLACE TEMP TABLE person_named ("group" BIGINT, fact_id VARCHAR, person_id VARCHAR);
"""
_NAME = """
CREATE OR REPLACE TEMP TABLE person_named AS
    SELECT * FROM person_named
    UNION ALL BY NAME SELECT * FROM (
        SELECT "group", fact_id, left(sha256(concat_ws($separator, 'person', fact_id, $more)), 16) AS person_id
        FROM person_naming WHERE nth = $nth
    ) ANTI JOIN person_given USING ("group") ANTI JOIN person_taken USING (person_id)
"""
_GIVEN = """
INSERT INTO person_given BY NAME
    SELECT "group", person_id FROM person_named ANTI JOIN person_given USING ("group")
"""

_CHANGES = """
WITH moved AS (
    SELECT person_vote.person_id AS old, given.person_id AS new,
        bool_or(old = new) OVER (PARTITION BY old) AS stays
    FROM person_vote JOIN person_given AS given USING ("group")
)
SELECT DISTINCT CASE WHEN stays THEN 'split' ELSE 'merged' END AS kind, old, new FROM moved WHERE old != new
UNION ALL
SELECT DISTINCT 'gone', person_id, NULL FROM person_dirty
SEMI JOIN person USING (person_id) ANTI JOIN person_vote USING (person_id)
ORDER BY old, new
"""


def mark_dirty(
    connection: Connection, *, moved: Iterable[str], judged: Iterable[tuple[str, str, str]], anew: bool
) -> None:
    """Find the persons that cannot stay whole. `moved` are appearances of which people say something else than before;
    `judged` the pairs on which they said anything, the lesser id first, and what; `anew`: all."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE person_judged (left_id VARCHAR, right_id VARCHAR, verdict VARCHAR)"
    )
    append(connection, "person_judged", ["left_id", "right_id", "verdict"], list(judged))
    connection.execute(_PARTED)
    connection.execute(_DIRTY, {"moved": list(moved), "anew": anew})


def stirred(connection: Connection, ids: Iterable[str]) -> dict[str, tuple[str, bool]]:
    """The person of each of these appearances that was there, and whether anything joins it, leaves it or is dirty."""
    query = """
        SELECT appearance_id, person_id, person_id IN (FROM person_dirty) OR person_id IN (
            SELECT person_id FROM person_appearance WHERE appearance_id IN (
                SELECT left_id FROM person_found UNION SELECT right_id FROM person_found
                UNION SELECT left_id FROM person_lost UNION SELECT right_id FROM person_lost))
        FROM person_appearance WHERE appearance_id IN (SELECT unnest(?::VARCHAR[]))"""
    return {row[0]: (row[1], row[2]) for row in connection.execute(query, [list(ids)]).fetchall()}


def add_dirty(connection: Connection, persons: Iterable[str]) -> None:
    """These cannot stay whole either."""
    append(connection, "person_dirty", ["person_id"], [(person,) for person in persons])


def members(connection: Connection) -> tuple[int, int]:
    """Number what is to be joined: how many members, and how many edges between them."""
    connection.execute(_MEMBERS)
    return _count(connection, "person_member"), _count(connection, "person_edge")


def edges(connection: Connection, first: int, last: int) -> list[tuple[int, int]]:
    """The pairs of numbers of these edges."""
    query = "SELECT one, other FROM person_edge WHERE number BETWEEN ? AND ?"
    return connection.execute(query, [first, last]).fetchall()


def numbers(connection: Connection, ids: Iterable[str]) -> dict[str, int]:
    """The numbers of these appearances, of those that have one."""
    query = "SELECT id, number FROM person_member WHERE NOT whole AND id IN (SELECT unnest(?::VARCHAR[]))"
    return dict(connection.execute(query, [list(ids)]).fetchall())


def whole(connection: Connection, among: Sequence[int]) -> list[str]:
    """The persons that are whole, of these numbers."""
    query = "SELECT id FROM person_member WHERE whole AND number IN (SELECT unnest(?::BIGINT[]))"
    return [row[0] for row in connection.execute(query, [list(among)]).fetchall()]


def likeliest(connection: Connection, among: Sequence[int]) -> list[tuple[int, int]]:
    """The pairs of these numbers that are the same and nobody decided on, those with the highest score first."""
    query = """
        WITH own AS (SELECT id, number FROM person_member WHERE number IN (SELECT unnest(?::BIGINT[])))
        SELECT one.number, other.number FROM person_pair ANTI JOIN person_judged USING (left_id, right_id)
        JOIN own AS one ON one.id = left_id JOIN own AS other ON other.id = right_id
        WHERE verdict = 'same' ORDER BY score DESC, left_id, right_id"""
    return connection.execute(query, [list(among)]).fetchall()


def add_groups(connection: Connection, rows: list[tuple[int, int]]) -> None:
    """Note the group of each number."""
    append(connection, "person_group", ["number", "group"], rows)


def contested(connection: Connection) -> list[tuple[int, str, tuple[str, str, str], int]]:
    """Count the mentions that each group has of persons before, and give it the id of that person where no other group
    has any. The other claims: votes, person, the group's earliest appearance (day, text, id), group."""
    connection.execute(_VOTES)
    return connection.execute(_CONTESTED).fetchall()


def give(connection: Connection, given: Iterable[tuple[int, str]]) -> None:
    """Give groups these ids of persons before, and ids of their own to all that have none then."""
    append(connection, "person_given", ["group", "person_id"], list(given))
    connection.execute(_NAMING)
    mentions = connection.execute("SELECT coalesce(max(nth), 0) FROM person_naming").fetchone()
    rounds = chain(((nth, None) for nth in range(1, (mentions or (0,))[0] + 1)), ((1, more) for more in count(2)))
    for nth, more in rounds:
        if not connection.execute('FROM person_naming ANTI JOIN person_given USING ("group") LIMIT 1').fetchone():
            break
        connection.execute(_NAME, {"nth": nth, "more": more, "separator": SEPARATOR})
        connection.execute(_GIVEN)


def named(connection: Connection) -> Iterator[tuple[str, str]]:
    """The ids that were never given before, each with the mention it was made of."""
    query = """SELECT person_id, fact_id FROM person_named ANTI JOIN person_founder USING (person_id)
        ANTI JOIN person USING (person_id) ORDER BY ALL"""
    found = connection.execute(query)
    while rows := found.fetchmany(FETCHED):
        yield from rows


def changes(connection: Connection) -> list[Change]:
    """What became of every person before that is no longer exactly one of the persons now."""
    return [Change(kind=kind, person=old, other=new) for kind, old, new in connection.execute(_CHANGES).fetchall()]


def _count(connection: Connection, table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(row[0]) if row else 0

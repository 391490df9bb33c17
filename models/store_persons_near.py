"""Which appearances came, and beside whom they stand: the blocks that anything new or gone stands in.

Temporary tables: `person_came` (what is told now of the texts that were looked at); `person_new` (those that were not
there), with `person_came_mention` and `person_came_key`; `person_gone`; `person_near` (whoever stands near one of them,
block by block and in time), `person_found` (the pairs that were found alike), `person_lost` (those that are neighbours
no longer).
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from dateline.models.person import Appearance, Office, Pair, Part
from dateline.models.store_connection import Connection, append, dicts

_CAME = """
CREATE OR REPLACE TEMP TABLE person_came AS FROM person_appearance LIMIT 0;
ALTER TABLE person_came DROP COLUMN person_id;
CREATE OR REPLACE TEMP TABLE person_came_mention AS FROM person_mention LIMIT 0;
CREATE OR REPLACE TEMP TABLE person_came_key AS FROM person_key LIMIT 0;
CREATE OR REPLACE TEMP TABLE person_found AS FROM person_pair LIMIT 0;
"""

_SETTLE = """
DELETE FROM person_gone WHERE appearance_id IN (SELECT appearance_id FROM person_came);
CREATE OR REPLACE TEMP TABLE person_new AS
    SELECT appearance_id FROM person_came {but_known};
DELETE FROM person_came_key WHERE appearance_id NOT IN (FROM person_new);
DELETE FROM person_came_mention WHERE appearance_id NOT IN (FROM person_new);
DELETE FROM person_pair WHERE left_id IN (SELECT appearance_id FROM person_gone)
    OR right_id IN (SELECT appearance_id FROM person_gone);
"""
# A block in time, as it was and as it is: `before` and `now` count those that were there and those that are.
_NEAR = """
CREATE OR REPLACE TEMP TABLE person_block AS
    WITH changing AS (
        SELECT key FROM person_key WHERE appearance_id IN (SELECT appearance_id FROM person_gone)
        UNION SELECT key FROM person_came_key
    ), block AS (
        SELECT *, CASE WHEN appearance_id IN (SELECT appearance_id FROM person_gone) THEN 'gone' ELSE 'old' END AS state
        FROM person_key SEMI JOIN changing USING (key)
        UNION ALL BY NAME SELECT *, 'new' AS state FROM person_came_key
    ), line AS (
        SELECT *,
            count(*) FILTER (state != 'new') OVER time AS before,
            count(*) FILTER (state != 'gone') OVER time AS now,
            count(*) FILTER (state != 'old') OVER (PARTITION BY key ORDER BY published, text_id, appearance_id
                ROWS BETWEEN {neighbours} PRECEDING AND {neighbours} FOLLOWING) AS stirred,
            count(*) FILTER (state != 'gone') OVER (PARTITION BY key) AS size
        FROM block
        WINDOW time AS (PARTITION BY key ORDER BY published, text_id, appearance_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
    )
    SELECT key, appearance_id, state, now, CASE WHEN state = 'old' THEN before END AS before FROM line
    WHERE state != 'gone' AND stirred > 0 AND size > 1;
CREATE OR REPLACE TEMP TABLE person_near AS
    SELECT row_number() OVER (ORDER BY key, now) - 1 AS number, key, now, before, keys, spots,
        one.appearance_id, text_id, published, told
    FROM person_block AS one
    JOIN (
        SELECT appearance_id, list(key) AS keys, list(now) AS spots FROM person_block GROUP BY appearance_id
    ) USING (appearance_id)
    JOIN (
        SELECT appearance_id, text_id, published, told FROM person_came SEMI JOIN person_new USING (appearance_id)
        UNION ALL SELECT appearance_id, text_id, published, told FROM person_appearance
            ANTI JOIN person_new USING (appearance_id)
    ) USING (appearance_id)
    ORDER BY number;
CREATE OR REPLACE TEMP TABLE person_lost AS
    SELECT DISTINCT left_id, right_id, verdict FROM person_pair JOIN (
        SELECT one.appearance_id AS id, other.appearance_id AS other_id
        FROM (SELECT *, unnest(range(1, {neighbours} + 1)) AS step FROM person_block WHERE before IS NOT NULL) AS one
        JOIN person_block AS other ON other.key = one.key AND other.before = one.before + one.step
        WHERE other.now - one.now > {neighbours}
    ) ON left_id = least(id, other_id) AND right_id = greatest(id, other_id);

DELETE FROM person_key WHERE appearance_id IN (SELECT appearance_id FROM person_gone)
    OR appearance_id IN (FROM person_new);
INSERT INTO person_key BY NAME FROM person_came_key;

CREATE OR REPLACE TEMP TABLE person_block AS
    SELECT key, appearance_id, row_number() OVER (PARTITION BY key ORDER BY published, text_id, appearance_id) AS now
    FROM person_key
    WHERE key IN (
        SELECT one.key FROM person_lost
        JOIN person_key AS one ON one.appearance_id = left_id
        JOIN person_key AS other ON other.appearance_id = right_id AND other.key = one.key);
CREATE OR REPLACE TEMP TABLE person_lost AS
    FROM person_lost ANTI JOIN (
        SELECT left_id, right_id FROM person_lost
        JOIN person_block AS one ON one.appearance_id = left_id
        JOIN person_block AS other ON other.appearance_id = right_id AND other.key = one.key
        WHERE abs(one.now - other.now) <= {neighbours}
    ) USING (left_id, right_id);
DELETE FROM person_pair USING person_lost AS lost
    WHERE person_pair.left_id = lost.left_id AND person_pair.right_id = lost.right_id;
DROP TABLE person_block;
"""


def begin(connection: Connection) -> None:
    """Nothing came yet."""
    connection.execute(_CAME)


def add(connection: Connection, found: Iterable[tuple[Appearance, str, str, Iterable[int]]]) -> None:
    """Take in appearances, each with its reading, the version of its text and the keys of its names."""
    rows, mentions, keys = [], [], []
    for one, reading, version, blocks in found:
        rows.append((one.id, one.text_id, one.published, reading, version, one.names[0], _told(one)))
        mentions += [(mention, one.id, at) for at, mention in enumerate(one.mentions)]
        keys += [(key, one.id, one.published or "", one.text_id) for key in blocks]
    columns = ["appearance_id", "text_id", "published", "reading_id", "version", "name", "told"]
    append(connection, "person_came", columns, rows)
    append(connection, "person_came_mention", ["fact_id", "appearance_id", "position"], mentions)
    append(connection, "person_came_key", ["key", "appearance_id", "published", "text_id"], keys)


def settle(connection: Connection, *, neighbours: int, anew: bool) -> int:
    """Find out who is new and who stands near: so many neighbours to either side in time. `anew`: all are new. How many
    are near, the new ones included."""
    if anew:
        connection.execute("DELETE FROM person_key; DELETE FROM person_pair")
    but_known = "" if anew else "ANTI JOIN person_appearance USING (appearance_id)"
    connection.execute(_SETTLE.format(but_known=but_known))
    connection.execute(_NEAR.format(neighbours=int(neighbours)))
    row = connection.execute("SELECT count(*) FROM person_near").fetchone()
    return int(row[0]) if row else 0


def near(connection: Connection, first: int, last: int) -> Iterator[tuple[dict[str, Any], Appearance]]:
    """Those near, by number: block by block (`key`), in time (`now`, `before`), with their `spots` in all blocks."""
    for row in dicts(
        connection, "SELECT * FROM person_near WHERE number BETWEEN ? AND ? ORDER BY number", [first, last]
    ):
        one = _appearance(row["appearance_id"], row["text_id"], row["published"], row["told"])
        spots = dict(zip(row["keys"], row["spots"], strict=True))
        yield {"key": row["key"], "now": row["now"], "before": row["before"], "spots": spots}, one


def add_pairs(connection: Connection, pairs: Iterable[Pair]) -> None:
    """Note pairs that were found alike."""
    rows = [(pair.left, pair.right, pair.verdict, pair.score, _parts(pair.parts)) for pair in pairs]
    append(connection, "person_found", ["left_id", "right_id", "verdict", "score", "parts"], rows)


def keep_pairs(connection: Connection) -> None:
    """Put the pairs that were found beside those that are there: all were compared."""
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE person_found AS
            FROM person_found ANTI JOIN person_pair USING (left_id, right_id);
        INSERT INTO person_pair BY NAME FROM person_found;
        DROP TABLE person_near"""
    )


def _told(one: Appearance) -> str:
    told = {"names": one.names, "offices": [asdict(office) for office in one.offices]}
    places = {"countries": sorted(one.countries), "divisions": sorted(one.divisions)}
    return _json({name: value for name, value in (told | places).items() if value})


@lru_cache(maxsize=4096)
def _appearance(own: str, text: str, published: str | None, stored: str) -> Appearance:
    """An appearance as it is compared: without its mentions."""
    told: Mapping[str, Any] = json.loads(stored)
    return Appearance(
        id=own,
        text_id=text,
        published=published,
        names=tuple(told["names"]),
        offices=tuple(Office(**office) for office in told.get("offices", ())),
        mentions=(),
        countries=frozenset(told.get("countries", ())),
        divisions=frozenset(told.get("divisions", ())),
    )


def _parts(parts: Iterable[Part]) -> str:
    return _json([asdict(part) for part in parts])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

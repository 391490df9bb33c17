"""What is new since persons were gathered last: the texts whose leaders or places were read anew, and found otherwise.

What was gathered last is noted in table `gathered`: how many outcomes and readings each run had, by which code, of how
many appearances, and how much of the file PATH.people. Only texts that a run touched since are looked at. Temporary
tables: `person_now` (the reading that stands for each text, and a hash of all that was found in it), `person_fresh`
(the texts to be looked at) with the rows of their leaders and places.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from dateline.models.ids import content_id
from dateline.models.person import Appearance, Judgement, Office
from dateline.models.store_connection import Connection, dicts
from dateline.models.store_narrowed import counted, narrow, widen

# Of a text that was printed under several days the earliest counts. The places that tell about people: where it
# happened, and what an office is over.
_LOOK = """
CREATE OR REPLACE TEMP TABLE person_now AS
    WITH placed AS (
        SELECT text_id, string_agg(found, ' ' ORDER BY found) AS places
        FROM (SELECT text_id, coalesce(rows_sha256, reading_id) AS found FROM current_reading WHERE field = 'places')
        GROUP BY text_id
    ), standing AS (
        SELECT * FROM current_reading SEMI JOIN leaders USING (reading_id)
        WHERE field = 'leaders'
        QUALIFY row_number() OVER (PARTITION BY text_id ORDER BY published NULLS LAST, reading_id) = 1
    )
    SELECT text_id, published, reading_id,
        md5(concat_ws(' ', coalesce(published, ''), coalesce(rows_sha256, reading_id), places)) AS version
    FROM standing LEFT JOIN placed USING (text_id);
CREATE OR REPLACE TEMP TABLE person_fresh AS
    SELECT row_number() OVER (ORDER BY text_id) - 1 AS number, * FROM person_now {but_known};
CREATE OR REPLACE TEMP TABLE person_fresh_leader AS
    SELECT number, fresh.text_id, fresh.published, reading_id, version, same_as, name, quote, role, organisation,
        role_class, id, start, stop
    FROM leaders JOIN person_fresh AS fresh USING (reading_id) ORDER BY number;
CREATE OR REPLACE TEMP TABLE person_fresh_place AS
    SELECT DISTINCT number, country, admin1
    FROM places JOIN current_reading AS reading USING (reading_id) JOIN person_fresh AS fresh USING (text_id)
    WHERE role IN ('event', 'office') AND country IS NOT NULL ORDER BY number;
CREATE OR REPLACE TEMP TABLE person_gone AS
    SELECT appearance_id, person_id FROM person_appearance
    WHERE text_id IN (SELECT text_id FROM person_fresh)
        OR ({touched} AND text_id NOT IN (SELECT text_id FROM person_now));
UPDATE person_appearance SET reading_id = person_now.reading_id FROM person_now
    WHERE person_now.text_id = person_appearance.text_id AND person_now.version = person_appearance.version
        AND person_now.reading_id != person_appearance.reading_id;
DROP TABLE person_now;
"""
_BUT_KNOWN = "ANTI JOIN person_appearance USING (text_id, version)"


class Standing:
    """What there is to be gathered, and what was gathered last."""

    def __init__(self, connection: Connection, *, code: str, judgements: Sequence[Judgement], file: int) -> None:
        """`code` is the version of what gathers, `file` the length of PATH.people in bytes."""
        row = connection.execute("SELECT state FROM gathered WHERE what = 'persons'").fetchone()
        noted = json.loads(row[0]) if row and row[0].startswith("{") else {}
        self._connection = connection
        self.now: dict[str, Any] = {
            "code": f"{code} {_views(connection)}",
            "rows": _rows(connection),
            "runs": counted(connection),
            "judgements": content_id(*(one.id for one in judgements)),
        }
        self.anew = any(noted.get(name) != self.now[name] for name in ("code", "rows"))
        self.is_judged = noted.get("judgements") == self.now["judgements"]  # just as people judge now
        self.is_old = self.anew or not self.is_judged or noted.get("runs") != self.now["runs"]
        before = noted.get("runs", {})
        self.runs = [run for run, count in self.now["runs"].items() if before.get(run) != count]
        read: int = noted.get("file", 0)
        self.file = 0 if self.anew or read > file else read  # what was read of it, as long as it only grew

    def note(self, file: int) -> None:
        """Note that all this is gathered now, with so much of the file."""
        said = json.dumps({**self.now, "rows": _rows(self._connection), "file": file}, separators=(",", ":"))
        self._connection.execute("DELETE FROM gathered WHERE what = 'persons'")
        self._connection.execute("INSERT INTO gathered VALUES ('persons', ?)", [said])


def _rows(connection: Connection) -> int:
    row = connection.execute("SELECT count(*) FROM person_appearance").fetchone()
    return int(row[0]) if row else 0


def _views(connection: Connection) -> str:
    row = connection.execute("SELECT state FROM gathered WHERE what = 'views'").fetchone()
    return row[0] if row else ""


def look(connection: Connection, standing: Standing) -> bool:
    """See which texts are to be looked at, and what was told till now of these and of texts that are gone (table
    `person_gone`); whether there are any."""
    if standing.anew:
        connection.execute(_LOOK.format(but_known="", touched="true"))
    else:
        narrow(connection, standing.runs)
        connection.execute(_LOOK.format(but_known=_BUT_KNOWN, touched="text_id IN (SELECT text_id FROM touched_text)"))
        widen(connection)
    found = connection.execute("SELECT 1 FROM person_fresh UNION ALL SELECT 1 FROM person_gone LIMIT 1").fetchone()
    return found is not None


def fresh(connection: Connection) -> int:
    """How many texts are to be looked at."""
    row = connection.execute("SELECT count(*) FROM person_fresh").fetchone()
    return int(row[0]) if row else 0


def end(connection: Connection) -> None:
    """All texts were looked at."""
    connection.execute("DROP TABLE person_fresh; DROP TABLE person_fresh_leader; DROP TABLE person_fresh_place")


def appearances(connection: Connection, first: int, last: int) -> Iterator[tuple[Appearance, str, str]]:
    """The persons of the texts with these numbers, text by text, each with its reading and the text's version."""
    places: dict[int, list[tuple[str, str | None]]] = {}
    query = "SELECT number, country, admin1 FROM person_fresh_place WHERE number BETWEEN ? AND ?"
    for number, country, division in connection.execute(query, [first, last]).fetchall():
        places.setdefault(number, []).append((country, division))
    query = "SELECT * FROM person_fresh_leader WHERE number BETWEEN ? AND ? ORDER BY number, start, stop, id"
    found: dict[tuple[int, str], list[dict[str, Any]]] = {}
    for row in dicts(connection, query, [first, last]):
        found.setdefault((row["number"], row["same_as"]), []).append(row)
    for (number, _), rows in found.items():
        own = places.get(number, [])
        divisions = frozenset(f"{country}/{division}" for country, division in own if division)
        one = _appearance(rows, frozenset(country for country, _ in own), divisions)
        yield one, rows[0]["reading_id"], rows[0]["version"]


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

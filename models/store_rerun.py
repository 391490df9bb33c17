"""A rerun over readings: what has to be read anew, found by joins; what has not is listed without being looked at.

The plan of a run is kept in table rerun_work, so that a run that was killed goes on with the very same one. Fields that
are not asked for stay as they are; incidents rest on all fields, so they are gathered anew only where every field is
of today's code, or will be.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from dateline.models.again import Again
from dateline.models.article import Article
from dateline.models.ledger import Ledger
from dateline.models.rerun import Planned, Scope, Wanted
from dateline.models.store_connection import Connection, append, dicts, transaction
from dateline.models.store_ledger import OUTCOME
from dateline.models.store_records import facts_of_readings
from dateline.models.store_rows import INCIDENTS

_STEPS = Path(__file__).parent / "rerun.sql"
_AT_ONCE = 10_000  # inputs without work that are stored in one transaction
_LINE = 1000  # outcomes in a line of the ledger


def plan(connection: Connection, run_id: int, digests: Mapping[str, str], scope: Scope) -> Planned:
    """Find out what a run has to do, unless it was found out before; and how much that is."""
    _steps(connection, digests, scope)
    there = connection.execute("SELECT 1 FROM rerun_work WHERE run_id = ? LIMIT 1", [run_id]).fetchone()
    if not there:
        with transaction(connection):
            connection.execute("DELETE FROM rerun_work")
            connection.execute(f"INSERT INTO rerun_work {_plan(scope)}", _values(run_id, digests, scope))
    return _planned(connection, run_id)


def estimate(connection: Connection, digests: Mapping[str, str], scope: Scope) -> Planned:
    """How much a rerun would have to do; nothing is stored. The connection may be read-only."""
    _steps(connection, digests, scope)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE rerun_work AS {_plan(scope)}", _values(0, digests, scope))
    return _planned(connection, 0)


def _steps(connection: Connection, digests: Mapping[str, str], scope: Scope) -> None:
    fields = [name for name in digests if name not in ("page", INCIDENTS)]
    asked = set(fields if scope.fields is None else scope.fields)
    rows = [(name, digests[name], name in asked) for name in fields]
    rows.append((INCIDENTS, digests[INCIDENTS], True))
    connection.execute("CREATE OR REPLACE TEMP TABLE wanted_reading (field VARCHAR, digest VARCHAR, asked BOOLEAN)")
    append(connection, "wanted_reading", ["field", "digest", "asked"], rows)
    connection.execute(_STEPS.read_text(encoding="utf-8"))


def _values(run_id: int, digests: Mapping[str, str], scope: Scope) -> dict[str, Any]:
    values: dict[str, Any] = {"run_id": run_id, "mapped": scope.mapped}
    values |= {"since": scope.since, "until": scope.until, "source": scope.source}
    return values | ({"page": digests["page"]} if scope.fields is None else {})


def _plan(scope: Scope) -> str:
    """The rows of table rerun_work."""
    anew = "input.digest <> $page" if scope.fields is None else "FALSE"
    return f"""
    WITH missing AS (
        SELECT text_id, published, published_from, unread,
            bool_and(asked OR today IS NOT NULL) AS all_there,
            list(field ORDER BY field) FILTER (today IS NULL AND asked) AS fields
        FROM standing GROUP BY ALL
    )
    SELECT $run_id AS run_id,
        row_number() OVER (ORDER BY archive_file, archive_offset, origin, input_id, occurrence) AS position,
        CASE WHEN page_id IS NULL OR {anew} OR (
                $mapped AND result = 'read' AND kind = 'page' AND page_id NOT IN (SELECT page_id FROM text_map))
            THEN 'whole'
            WHEN len(list_filter(missing.fields, lambda name: all_there OR name <> '{INCIDENTS}')) > 0 THEN 'again'
            ELSE 'none' END AS work,
        origin, input_id, occurrence, source, capture_id, page_id,
        coalesce(list_filter(missing.fields, lambda name: all_there OR name <> '{INCIDENTS}'), []) AS missing
    FROM rerun_input AS input
    LEFT JOIN missing
        ON missing.text_id = input.text_id AND missing.unread = input.unread AND input.result = 'read'
        AND missing.published IS NOT DISTINCT FROM input.published
        AND missing.published_from IS NOT DISTINCT FROM input.published_from
    WHERE (page_id IS NOT NULL OR outcome = 'failed')
        AND ($since IS NULL OR input.published || '~' >= $since)
        AND ($until IS NULL OR input.published <= $until || '~')
        AND ($source IS NULL OR source = $source OR publisher = $source)"""


def _planned(connection: Connection, run_id: int) -> Planned:
    query = """SELECT count(*), count(*) FILTER (work = 'none'),
        count(DISTINCT capture_id) FILTER (work = 'whole') FROM rerun_work WHERE run_id = ?"""
    row = connection.execute(query, [run_id]).fetchone() or (0, 0, 0)
    texts = """(SELECT DISTINCT text_id, published, published_from, unread, missing
        FROM rerun_work JOIN page USING (page_id) WHERE run_id = ? AND work = 'again')"""
    again = connection.execute(f"SELECT count(*) FROM {texts}", [run_id]).fetchone() or (0,)
    fields = connection.execute(
        f"SELECT field, count(*) FROM (SELECT unnest(missing) AS field FROM {texts}) GROUP BY field ORDER BY field",
        [run_id],
    ).fetchall()
    others = connection.execute("SELECT DISTINCT field FROM standing WHERE NOT asked AND today IS NULL ORDER BY field")
    names = tuple(name for (name,) in others.fetchall())
    waiting = connection.execute(
        f"SELECT count(*) FROM {texts} WHERE NOT list_contains(missing, '{INCIDENTS}')", [run_id]
    ).fetchone() or (0,)
    return Planned(
        inputs=row[0], nothing=row[1], whole=row[2], again=again[0], fields=dict(fields), waiting=waiting[0],
        others=names if waiting[0] else (),
    )  # fmt: skip


def list_unchanged(connection: Connection, ledger: Ledger, run_id: int) -> int:
    """Give every input without work its outcome, and list the readings it stands on; returns how many there were."""
    last = connection.execute("SELECT coalesce(max(position), 0) FROM rerun_work WHERE run_id = ?", [run_id]).fetchone()
    done = 0
    for start in range(0, last[0] if last else 0, _AT_ONCE):
        done += _list_some(connection, ledger, run_id, start)
    return done


def _list_some(connection: Connection, ledger: Ledger, run_id: int, start: int) -> int:
    some = f"""(SELECT work.*, text_id, published, published_from, unread FROM rerun_work AS work
        LEFT JOIN page USING (page_id)
        ANTI JOIN (FROM outcome WHERE run_id = {run_id:d}) AS handled USING (origin, input_id, occurrence)
        WHERE work.run_id = {run_id:d} AND work = 'none'
            AND position > {start:d} AND position <= {start + _AT_ONCE:d})"""
    with transaction(connection):
        connection.execute(f"CREATE OR REPLACE TEMP TABLE unchanged AS {some}")
        connection.execute(f"""INSERT INTO run_reading
            SELECT DISTINCT {run_id:d}, coalesce(today, before) FROM unchanged JOIN standing
                ON standing.text_id = unchanged.text_id AND standing.unread = unchanged.unread
                AND standing.published IS NOT DISTINCT FROM unchanged.published
                AND standing.published_from IS NOT DISTINCT FROM unchanged.published_from
            WHERE coalesce(today, before) IS NOT NULL
            ON CONFLICT DO NOTHING""")
        connection.execute(f"""INSERT INTO outcome BY NAME
            SELECT {run_id:d} AS run_id, origin, input_id, occurrence, 'unchanged' AS outcome, capture_id, page_id,
                source
            FROM unchanged ORDER BY position""")
    names = ", ".join({"outcome": "'unchanged'", "reason": "NULL"}.get(name, name) for name in OUTCOME)
    rows = connection.execute(f"SELECT {names} FROM unchanged ORDER BY position").fetchall()
    for at in range(0, len(rows), _LINE):
        some_rows = rows[at : at + _LINE]
        ledger.write("shard", run_id=run_id, outcomes=len(some_rows), rows=some_rows)
    return len(rows)


def work_left(connection: Connection, run_id: int, *, after: int, limit: int) -> list[Wanted]:
    """The next inputs of the plan with work to do and no outcome yet, in their order."""
    rows = dicts(
        connection,
        """SELECT work.*, archive_file, archive_offset, text_id, page.published, published_from, unread
        FROM rerun_work AS work
        JOIN capture ON capture.capture_id = work.capture_id
        LEFT JOIN page ON page.page_id = work.page_id
        ANTI JOIN (FROM outcome WHERE run_id = $run_id) AS handled
            ON (handled.origin, handled.input_id, handled.occurrence) = (work.origin, work.input_id, work.occurrence)
        WHERE work.run_id = $run_id AND work.work <> 'none' AND position > $after ORDER BY position LIMIT $limit""",
        {"run_id": run_id, "after": after, "limit": limit},
    )
    return [
        Wanted(
            position=row["position"],
            work=row["work"],
            key=(row["origin"], row["input_id"], row["occurrence"]),
            source=row["source"],
            capture_id=row["capture_id"],
            place=(row["archive_file"], row["archive_offset"]),
            page_id=row["page_id"],
            text_id=row["text_id"],
            anchor=(row["published"], row["published_from"], row["unread"] or "[]"),
            missing=tuple(row["missing"]),
        )
        for row in rows
    ]


def readings_now(
    connection: Connection, wanted: Iterable[Wanted], digests: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    """The readings of today's code that are there for these texts, by `again_key` and field."""
    keys = {(one.text_id, *one.anchor): one.again_key for one in wanted}
    rows = connection.execute(
        """SELECT text_id, published, published_from, unread, field, digest, reading_id FROM reading
        WHERE text_id IN (SELECT unnest(?::VARCHAR[]))""",
        [[key[0] for key in keys]],
    ).fetchall()
    found: dict[str, dict[str, str]] = {key: {} for key in keys.values()}
    for *anchored, field, digest, reading_id in rows:
        key = keys.get((anchored[0], anchored[1], anchored[2], anchored[3]))
        if key is not None and digests.get(field) == digest:
            found[key][field] = reading_id
    return found


def readings_kept(
    connection: Connection, wanted: Sequence[Wanted], now: Mapping[str, Mapping[str, str]]
) -> dict[str, list[str]]:
    """The readings by older code that these texts keep, since their fields are not asked for; by `again_key`."""
    keys = {(one.text_id, *one.anchor): one for one in wanted}
    rows = connection.execute(
        """SELECT text_id, published, published_from, unread, field, reading_id
        FROM reading JOIN run_reading USING (reading_id)
        WHERE text_id IN (SELECT unnest(?::VARCHAR[]))
        QUALIFY row_number() OVER (PARTITION BY text_id, published, published_from, unread, field
            ORDER BY run_id DESC, reading_id) = 1""",
        [[key[0] for key in keys]],
    ).fetchall()
    found: dict[str, list[str]] = {one.again_key: [] for one in keys.values()}
    for text, published, since, unread, field, reading_id in rows:
        one = keys.get((text, published, since, unread))
        if one and field not in now[one.again_key] and field not in one.missing:
            found[one.again_key].append(reading_id)
    return found


def texts_again(
    connection: Connection,
    wanted: Sequence[Wanted],
    now: Mapping[str, Mapping[str, str]],
    *,
    fields_only: bool = False,
) -> list[Again]:
    """What has to be read again, once each, with the facts that it needs. With `fields_only` all but incidents."""
    left = {one.again_key: tuple(name for name in one.missing if name not in now[one.again_key]) for one in wanted}
    if fields_only:
        left = {key: tuple(name for name in names if name != INCIDENTS) for key, names in left.items()}
    once: dict[str, Wanted] = {}
    for one in wanted:
        if left[one.again_key]:
            once.setdefault(one.again_key, one)
    texts = dict(
        connection.execute(
            "SELECT text_id, text FROM article WHERE text_id IN (SELECT unnest(?::VARCHAR[]))",
            [[one.text_id for one in once.values()]],
        ).fetchall()
    )
    gathered = [key for key in once if INCIDENTS in left[key]]
    needed = {key: {field: own for field, own in now[key].items() if field != INCIDENTS} for key in gathered}
    facts = facts_of_readings(connection, needed)
    sentences = _sentences(connection, [one for key, one in once.items() if left[key] == (INCIDENTS,)])
    return [
        Again(
            key=key,
            id=one.key[1],
            article=_article(texts[one.text_id], one),
            fields=tuple(name for name in left[key] if name != INCIDENTS),
            incidents=INCIDENTS in left[key],
            facts=facts.get(key, {}),
            sentences=sentences.get((one.text_id, one.anchor[2]), ()),
        )
        for key, one in once.items()
    ]


def _article(text: str, one: Wanted) -> Article:
    published, since, unread = one.anchor
    stretches = tuple((start, stop) for start, stop in json.loads(unread))
    said: Any = since
    return Article(result="read", text=text, published=published, published_from=said, unread=stretches)


def _sentences(
    connection: Connection, wanted: Sequence[Wanted]
) -> dict[tuple[str | None, str], tuple[tuple[int, int], ...]]:
    """Where the sentences of these texts stand, by text and furniture: the same whatever its day."""
    rows = connection.execute(
        """SELECT text_id, unread, list((start, stop) ORDER BY position) FROM sentence
        JOIN reading USING (reading_id) JOIN (
            SELECT reading_id, max(run_id) AS run_id FROM run_reading GROUP BY reading_id) USING (reading_id)
        WHERE text_id IN (SELECT unnest(?::VARCHAR[]))
        GROUP BY text_id, unread, reading_id, run_id
        QUALIFY row_number() OVER (PARTITION BY text_id, unread ORDER BY run_id DESC, reading_id) = 1""",
        [[one.text_id for one in wanted]],
    ).fetchall()
    return {(text, unread): tuple((start, stop) for start, stop in places) for text, unread, places in rows}


def clear(connection: Connection) -> None:
    """The run has ended: its plan is of no use any more."""
    connection.execute("DELETE FROM rerun_work")

"""What a diff of two runs has beside facts and incidents: parts of digests, decisions, policies, persons and events."""

import json
from typing import Any

from dateline.models.diff import REDUCTIONS, Because, Change, Moved
from dateline.models.diff_causes import Parts, own_parts_apart
from dateline.models.digest_parts import POLICIES
from dateline.models.policies import policy_views
from dateline.models.store_connection import Connection, dicts

Runs = tuple[int, int]


def all_parts(connection: Connection) -> Parts:
    """What every digest is made of, as far as it was noted."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for field, digest, part, value in connection.execute("FROM digest_part WHERE field != ?", [POLICIES]).fetchall():
        found.setdefault((field, digest), {})[part] = value
    return found


def parts_between(connection: Connection, runs: Runs, parts: Parts) -> dict[str, list[Because]]:
    """The files, lexicons and libraries in which the code of two runs differs, by field."""
    rows = dict(connection.execute("SELECT run_id, digests FROM run WHERE run_id IN (?, ?)", list(runs)).fetchall())
    one, other = (json.loads(rows[run]) for run in runs)
    apart = {name: own_parts_apart(parts, name, one.get(name), other.get(name)) for name in sorted(one.keys() | other)}
    return {name: list(found) for name, found in apart.items() if found}


def moved(connection: Connection, runs: Runs) -> list[Moved]:
    """Persons and events that were merged, split or lost by the runs after the first, up to the second."""
    least, most = sorted(runs)
    found = []
    for row in dicts(
        connection,
        """SELECT told.*, one.name, other.name AS other_name FROM person_change AS told
        LEFT JOIN person AS one ON one.person_id = told.person_id
        LEFT JOIN person AS other ON other.person_id = told.other_id
        WHERE run_id > ? AND run_id <= ? ORDER BY run_id, kind, told.person_id, told.other_id""",
        [least, most],
    ):
        found.append(Moved(what="person", id=row.pop("person_id"), **row))
    if _has(connection, "event_change"):
        query = "FROM event_change WHERE run_id > ? AND run_id <= ? ORDER BY run_id, kind, event_id, other_id"
        found += [Moved(what="event", id=row.pop("event_id"), **row) for row in dicts(connection, query, [least, most])]
    return found


def _has(connection: Connection, table: str) -> bool:
    query = "SELECT count(*) FROM duckdb_columns() WHERE table_name = ?"
    found = connection.execute(query, [table]).fetchone()
    return bool(found and found[0])


def human(connection: Connection, runs: Runs) -> list[Change]:
    """The values that people decided otherwise after the first run ended, until the second did."""
    if not _has(connection, "decision"):
        return []
    rows = dicts(
        connection,
        """SELECT decision.*, article.text FROM decision JOIN decision_state AS state USING (decision_id)
        LEFT JOIN article ON article.text_id = decision.text_id
        WHERE state.counts AND verdict != 'accept'
            AND said_at::TIMESTAMPTZ >= (
                SELECT date_trunc('second', coalesce(finished_at, started_at)) FROM run WHERE run_id = ?)
            AND said_at::TIMESTAMPTZ < (
                SELECT date_trunc('second', coalesce(finished_at, 'infinity')) FROM run WHERE run_id = ?)
        ORDER BY position""",
        [min(runs), max(runs)],
    )
    about = _articles(connection, [row["text_id"] for row in rows])
    return [_decided(row, about.get(row["text_id"], {})) for row in rows]


def _articles(connection: Connection, texts: list[str]) -> dict[str, dict[str, Any]]:
    query = """SELECT text_id, input_id, source, publisher, url, title, published FROM diff_input
        WHERE text_id IN (SELECT unnest(?::VARCHAR[]))
        QUALIFY row_number() OVER (PARTITION BY text_id ORDER BY side, origin, input_id) = 1"""
    return {row.pop("text_id"): row for row in dicts(connection, query, [texts])}


def _decided(row: dict[str, Any], article: dict[str, Any]) -> Change:
    machine, judged, corrected = (json.loads(row[name] or "{}") for name in ("machine", "judged", "corrected"))
    told = {name: value for name, value in {**judged, **machine}.items() if name != "evidence"}
    before = None if row["verdict"] == "add" else told
    after = None if row["verdict"] == "reject" else {**told, **corrected}
    why = f": {row['why']}" if row["why"] else ""
    text, start, stop = row["text"] or "", row["start"], row["stop"]
    end = text.find("\n", stop)
    return Change(
        kind={"add": "gained", "reject": "lost"}.get(row["verdict"], "changed"),  # type: ignore[arg-type]
        field=row["field"],
        id=row["target_id"],
        before=before,
        after=after,
        columns=tuple(name for name, value in corrected.items() if before and before.get(name) != value),
        causes=(Because(cause="human", what=f"{row['who']} ({row['verdict']}), {row['said_at'][:10]}{why}"),),
        text_id=row["text_id"],
        text=text,
        start=start if text else None,
        stop=stop if text else None,
        sentence_start=text.rfind("\n", 0, start) + 1,
        sentence_stop=end if end >= 0 else len(text),
        **article,
    )


def reductions(connection: Connection, runs: Runs) -> list[Change]:
    """What the policies of the two runs would record otherwise of the incidents that the second stands on. Nothing
    where the policies are the same, or those of one run were not noted."""
    known = dict(
        connection.execute("SELECT run_id, digest FROM run_policies WHERE run_id IN (?, ?)", list(runs)).fetchall()
    )
    if len(known) < 2 or known[runs[0]] == known[runs[1]]:
        return []
    # Temporary views go before the store's own: its reductions are made of these readings under these policies.
    connection.execute("""CREATE OR REPLACE TEMP VIEW current_reading AS
        SELECT reading.* FROM reading SEMI JOIN (FROM diff_reading WHERE side = 'after') USING (reading_id)""")
    try:
        for side, run in zip(("before", "after"), runs, strict=True):
            _policies_of(connection, known[run])
            connection.execute(f"""CREATE OR REPLACE TEMP TABLE reduction_{side} AS
                SELECT policy, version, reading_id, incident_id, name, outcome, value, words, facts FROM reduction""")
    finally:
        for view in ("current_reading", "policy", "policy_word", "policy_column"):
            connection.execute(f"DROP VIEW IF EXISTS temp.{view}")
    names = _policy_names(connection, known, runs)
    rows = dicts(
        connection,
        """SELECT coalesce(one.policy, other.policy) AS policy,
            coalesce(one.reading_id, other.reading_id) AS reading_id,
            coalesce(one.incident_id, other.incident_id) AS incident_id, coalesce(one.name, other.name) AS name,
            one.value AS value_before, other.value AS value_after, one.policy IS NOT NULL AS was,
            other.policy IS NOT NULL AS is_now, coalesce(other.words, one.words) AS words,
            coalesce(one.outcome, other.outcome) AS outcome, incident.main,
            article.text_id, article.text, input.input_id, input.source, input.publisher, input.url, input.title,
            input.published
        FROM reduction_before AS one
        FULL JOIN reduction_after AS other ON one.policy = other.policy AND one.reading_id = other.reading_id
            AND one.incident_id = other.incident_id AND one.name = other.name
        JOIN diff_reading AS read
            ON read.side = 'after' AND read.reading_id = coalesce(one.reading_id, other.reading_id)
        JOIN diff_anchor AS input ON input.side = 'after' AND input.anchor = read.anchor
        JOIN article ON article.text_id = input.text_id
        JOIN incident ON incident.reading_id = coalesce(one.reading_id, other.reading_id)
            AND incident.id = coalesce(one.incident_id, other.incident_id)
        WHERE one.policy IS NULL OR other.policy IS NULL OR one.value IS DISTINCT FROM other.value
        ORDER BY policy, incident_id, name""",
    )
    return [_reduced(row, names[row["policy"]]) for row in rows]


def _policies_of(connection: Connection, digest: str) -> None:
    query = "SELECT value FROM digest_part WHERE field = ? AND digest = ? ORDER BY part"
    found = [json.loads(row[0]) for row in connection.execute(query, [POLICIES, digest]).fetchall()]
    connection.execute(policy_views(found).replace("CREATE OR REPLACE VIEW", "CREATE OR REPLACE TEMP VIEW"))


def _policy_names(connection: Connection, known: dict[int, str], runs: Runs) -> dict[str, str]:
    """Each policy that differs, with its versions."""
    versions: list[dict[str, str]] = []
    for run in runs:
        query = "SELECT value FROM digest_part WHERE field = ? AND digest = ?"
        found = [json.loads(row[0]) for row in connection.execute(query, [POLICIES, known[run]]).fetchall()]
        versions.append({one["name"]: one["version"] for one in found})
    names = {}
    for name in versions[0].keys() | versions[1].keys():
        one, other = (side.get(name) for side in versions)
        said = f"{one or 'none'} → {other or 'none'}" if one != other else f"{one}, changed without a new version"
        names[name] = f"models/policies/{name}.yml ({said})"
    return names


def _reduced(row: dict[str, Any], policy: str) -> Change:
    names = {"policy": row["policy"], "name": row["name"], "outcome": row["outcome"]}
    before = {**names, "value": row["value_before"]} if row["was"] else None
    after = {**names, "value": row["value_after"]} if row["is_now"] else None
    first = row["words"].split(" · ")[0]
    start = row["text"].find(first)
    end = row["text"].find("\n", start)
    return Change(
        kind="changed" if before and after else "gained" if after else "lost",
        field=REDUCTIONS,
        id=row["incident_id"],
        before=before,
        after=after,
        columns=("value",) if before and after else (),
        causes=(Because(cause="policy", what=policy),),
        main=row["main"],
        text_id=row["text_id"],
        text=row["text"],
        start=start if start >= 0 else None,
        stop=start + len(first) if start >= 0 else None,
        sentence_start=row["text"].rfind("\n", 0, max(start, 0)) + 1,
        sentence_stop=end if end >= 0 else len(row["text"]),
        **{name: row[name] for name in ("input_id", "source", "publisher", "url", "title", "published")},
    )

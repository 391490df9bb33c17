"""What became different between two runs: a join of their readings (diff.sql), and the cause of each change."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from dateline.models import diff_match, store_diff_more
from dateline.models.diff import Because, Change, Diff, Side
from dateline.models.diff_causes import Input, digests_apart, input_of, inputs_apart, narrowed, once, own_parts_apart
from dateline.models.diff_match import OWN, Moves, Pair, Row
from dateline.models.fields import fields as field_shapes
from dateline.models.store_connection import Connection, StoreError, append, dicts
from dateline.models.store_diff_shown import (
    SIDES,
    About,
    Anchors,
    Found,
    Which,
    Work,
    about_of,
    earlier_sentence,
    place_words,
    placed,
    sentence_of,
    spans_of,
    text_of,
    texts_of,
)
from dateline.models.store_rows import COLUMNS, INCIDENTS, columns

_SQL = Path(__file__).with_name("diff.sql")


def run_named(connection: Connection, name: str) -> int:
    """The number of a run given as a number, `last` or `last-1`; StoreError where there is none."""
    known = [row[0] for row in connection.execute("SELECT run_id FROM run ORDER BY run_id DESC").fetchall()]
    word, _, back = name.strip().partition("-")
    if word == "last" and (back or "0").isdigit() and int(back or 0) < len(known):
        return int(known[int(back or 0)])
    if name.isdigit() and int(name) in known:
        return int(name)
    have = f"it has runs {known[-1]} to {known[0]}" if known else "it has none"
    raise StoreError(f"there is no run {name} in this store ({have}); `dateline status` lists the latest")


def diff(connection: Connection, before: int, after: int, *, whole: bool | None = None) -> Diff:
    """What became different from one run to another: facts, incidents, persons, events and, where policies were
    changed, reductions. With `whole` the store is compared as it stood after each of them; without, what each of them
    read or met. By default the first where one of them is a rerun, which meets only what its change touches."""
    if before == after:
        raise StoreError(f"give two runs; both are run {before}")
    kinds = dict(connection.execute("SELECT run_id, kind FROM run WHERE run_id IN (?, ?)", [before, after]).fetchall())
    whole = "rerun" in kinds.values() if whole is None else whole
    runs = (before, after)
    _prepare(connection, runs, whole=whole)
    parts = store_diff_more.all_parts(connection)
    works = [Work(**row) for row in dicts(connection, "FROM diff_work ORDER BY work")]
    found = _found(connection, works)
    about = about_of(connection, found)
    for one in found:
        place_words(one)
    _explain(connection, found, about, parts, runs)
    changes = [_change(one, about) for one in found]
    changes += store_diff_more.human(connection, runs)
    changes += store_diff_more.reductions(connection, runs)
    result = Diff(
        before=_side(connection, before, "before"),
        after=_side(connection, after, "after"),
        whole=whole,
        changes=sorted(changes, key=importance),
        moved=store_diff_more.moved(connection, runs),
        parts=store_diff_more.parts_between(connection, runs, parts),
    )
    for side in (result.before, result.after):
        if side.finished_at is None:
            result.notes.append(f"run {side.run_id} has not finished: what it has not read yet counts as lost")
    return result


def importance(change: Change) -> tuple[Any, ...]:
    """What to look at first: deaths of main incidents, the greatest change first; then other figures; then the rest.
    Articles that only one run met come last."""
    kinds = {because.cause for because in change.causes}
    steps = max(_step(change, name) for name in ("killed_best", "killed_low", "best", "low"))
    fatal = any(name.startswith("killed_") for name in change.columns) or _fatal(change)
    rank = (
        0 if not kinds else 1,
        1 if kinds == {"input"} else 0,
        0 if change.field == INCIDENTS and change.main and fatal else 1 if change.field == INCIDENTS else 2,
        0 if fatal else 1,
        0 if change.columns != ("rule",) else 1,
    )
    return (*rank, -steps, not change.main, change.field, change.text_id or "", change.start or 0, change.id)


def _fatal(change: Change) -> bool:
    rows = [row for row in (change.before, change.after) if row]
    return any(row.get("outcome") == "killed" or row.get("killed_best") is not None for row in rows)


def _step(change: Change, name: str) -> int:
    before, after = ((row or {}).get(name) for row in (change.before, change.after))
    if not isinstance(before or 0, int) or not isinstance(after or 0, int):
        return 0
    return abs(int(after or 0) - int(before or 0))


def _prepare(connection: Connection, runs: tuple[int, int], *, whole: bool) -> None:
    connection.execute("CREATE OR REPLACE TEMP TABLE diff_run (side VARCHAR, run_id INTEGER, whole BOOLEAN)")
    connection.execute("CREATE OR REPLACE TEMP TABLE diff_field (side VARCHAR, field VARCHAR)")
    for side, run in zip(SIDES, runs, strict=True):
        chosen = "run_id <= ?" if whole else "run_id = ?"
        connection.execute(f"INSERT INTO diff_run SELECT ?, run_id, ? FROM run WHERE {chosen}", [side, whole, run])
        known = connection.execute("SELECT json_keys(digests) FROM run WHERE run_id = ?", [run]).fetchall()
        append(connection, "diff_field", ["side", "field"], [(side, name) for names in known for name in names[0]])
    connection.execute(_SQL.read_text(encoding="utf-8"))


def _found(connection: Connection, works: Sequence[Work]) -> list[Found]:
    """Every pair of rows that differ. What has one id in both is paired by the query, the rest by where it stands."""
    by_number = {work.work: work for work in works}
    rows: dict[int, list[Pair]] = defaultdict(list)
    for name in sorted({work.field for work in works}):
        for work, before, after in connection.execute(_differing(name), [name, name]).fetchall():
            rows[work].append(Pair(before, after))
    spans = spans_of(
        connection, [pair for number, pairs in rows.items() if by_number[number].field == INCIDENTS for pair in pairs]
    )
    texts = texts_of(connection, {text_of(anchor) for number in rows for anchor in by_number[number].anchors})
    moves = lru_cache(maxsize=2)(lambda one, other: Moves(texts[one], texts[other]))
    found = []
    for number in sorted(rows):
        work, pairs = by_number[number], rows[number]
        if work.field == INCIDENTS:
            pairs = [Pair(placed(pair.before, spans), placed(pair.after, spans)) for pair in pairs]
        found += _found_in(work, pairs, moves)
    return found


def _found_in(work: Work, pairs: list[Pair], moves: Any) -> list[Found]:
    lost = [pair.before for pair in pairs if pair.after is None and pair.before is not None]
    gained = [pair.after for pair in pairs if pair.before is None and pair.after is not None]
    kept = [pair for pair in pairs if pair.before is not None and pair.after is not None]
    one, other = (text_of(anchor) for anchor in work.anchors)
    moved = one != other and bool(one and other)
    place = moves(one, other) if moved and lost and gained else diff_match.same
    kept += diff_match.matched(lost, gained, place)
    ids = {pair.before["id"]: pair.after["id"] for pair in kept if pair.before and pair.after}
    names = _compared(work.field)
    found = []
    for pair in kept:
        differ = diff_match.differing(pair, names, ids, moved=moved)
        if differ or pair.before is None or pair.after is None:
            found.append(Found(work, pair, differ))
    return found


def _compared(name: str) -> list[str]:
    """The columns that say what a fact or an incident is."""
    if name == INCIDENTS:
        return [*(one for one in COLUMNS["incident"] if one not in OWN and one != "position"), "groups", "leaders"]
    return [one for one in columns(field_shapes()[name]) if one not in OWN]


def _differing(name: str) -> str:
    """The query for the rows of a field that differ: work, the row before, the row after."""
    table = "diff_incident" if name == INCIDENTS else name
    one, other = (", ".join(f'{side}."{column}"' for column in _compared(name)) for side in ("one", "other"))
    return f"""SELECT work, one, other
        FROM (SELECT work, told.id, told AS one FROM diff_work JOIN {table} AS told
            ON told.reading_id = diff_work.before WHERE diff_work.field = ?)
        FULL JOIN (SELECT work, told.id, told AS other FROM diff_work JOIN {table} AS told
            ON told.reading_id = diff_work.after WHERE diff_work.field = ?) USING (work, id)
        WHERE ({one}) IS DISTINCT FROM ({other}) ORDER BY work, id"""


def _explain(connection: Connection, found: Sequence[Found], about: About, parts: Any, runs: tuple[int, int]) -> None:
    """Give each change its causes: facts first, then incidents, which change with their facts."""
    inputs = _inputs(connection)
    apart: dict[Anchors, tuple[Because, ...]] = {}
    told: dict[Anchors, dict[str, tuple[Because, ...]]] = defaultdict(dict)
    for one in sorted(found, key=lambda one: one.work.field == INCIDENTS):
        work = one.work
        if work.anchor_before != work.anchor_after and work.anchors not in apart:
            apart[work.anchors] = _texts_apart(work, inputs, parts, runs)
        other = about.texts.get(text_of(work.anchor_before if one.side == "after" else work.anchor_after) or "", "")
        text, start, stop = sentence_of(one, about)
        in_both = text == other or (bool(other) and text[start:stop] in other)
        if work.field == INCIDENTS and None not in work.anchors:
            code = _incident_causes(one, told[work.anchors], parts)
        else:
            both = work.before is not None and work.after is not None
            new = None not in work.anchors  # the text was there, the field was not
            code = digests_apart(parts, work.field, work.digest_before, work.digest_after) if both or new else ()
        one.causes = once(narrowed(apart.get(work.anchors, ()), code, in_both=in_both))
        if work.field != INCIDENTS:
            told[work.anchors] |= dict.fromkeys(one.ids, one.causes)


def _incident_causes(one: Found, told: dict[str, tuple[Because, ...]], parts: Any) -> tuple[Because, ...]:
    """Those of its facts that changed; else those of the incidents' own code; else those of the article's other facts
    that changed, between which it was chosen; else all that its digest covers."""
    work = one.work
    facts = {fact["fact"] for row in (one.pair.before, one.pair.after) if row for fact in row["facts"] or ()}
    of_facts = once(because for fact in sorted(facts & told.keys()) for because in told[fact])
    own = own_parts_apart(parts, INCIDENTS, work.digest_before, work.digest_after)
    if of_facts or own:
        return once((*of_facts, *own))
    of_article = once(because for fact in sorted(told) for because in told[fact])
    return of_article or digests_apart(parts, INCIDENTS, work.digest_before, work.digest_after)


def _inputs(connection: Connection) -> dict[str, list[tuple[str, Input]]]:
    """The inputs whose text or anchor is another one, with their side, by key; and by anchor which they are."""
    query = """WITH apart AS (FROM diff_pair WHERE before IS DISTINCT FROM after),
        wanted AS (
            SELECT place, input_id, occurrence FROM diff_input
            WHERE (side = 'before' AND anchor IN (SELECT before FROM apart WHERE before IS NOT NULL))
                OR (side = 'after' AND anchor IN (SELECT after FROM apart WHERE after IS NOT NULL)))
        SELECT side, place, input_id, occurrence, outcome, reason, capture_id, digest, text_id, published, anchor
        FROM diff_input SEMI JOIN wanted USING (place, input_id, occurrence) ORDER BY ALL"""
    found: dict[str, list[tuple[str, Input]]] = defaultdict(list)
    for row in dicts(connection, query):
        one = input_of(row)
        found[one.place].append((row["side"], one))
        if one.anchor is not None:
            found[f"{row['side']}\x1e{one.anchor}"].append((row["side"], one))
    return found


def _texts_apart(
    work: Work, inputs: dict[str, list[tuple[str, Input]]], parts: Any, runs: tuple[int, int]
) -> tuple[Because, ...]:
    keys = {
        one.place
        for side, anchor in zip(SIDES, work.anchors, strict=True)
        for _, one in inputs.get(f"{side}\x1e{anchor}", ())
    }
    sides = {side: [one for key in sorted(keys) for at, one in inputs[key] if at == side] for side in SIDES}
    return inputs_apart(parts, sides["before"], sides["after"], runs=runs)


def _change(one: Found, about: About) -> Change:
    work, side = one.work, one.side
    anchor = work.anchor_after if side == "after" else work.anchor_before
    article = about.articles.get((side, anchor or ""), {})
    text, sentence_start, sentence_stop = sentence_of(one, about)
    start, stop = one.words or (None, None)
    kind: Literal["gained", "lost", "changed"] = "changed"
    if one.pair.before is None or one.pair.after is None:
        kind = "gained" if one.pair.before is None else "lost"
    rows = [row for row in (one.pair.before, one.pair.after) if row]
    return Change(
        kind=kind,
        field=work.field,
        id=one.row["id"],
        before=_shown(one.pair.before),
        after=_shown(one.pair.after),
        columns=one.columns,
        causes=one.causes,
        main=any(row["main"] for row in rows) if work.field == INCIDENTS else bool(one.ids & about.main),
        text_id=text_of(anchor),
        text=text,
        start=start,
        stop=stop,
        sentence_start=sentence_start,
        sentence_stop=sentence_stop,
        was=earlier_sentence(one, about),
        **{name: article.get(name) for name in ("input_id", "source", "publisher", "url", "title", "published")},
    )


def _shown(row: Row | None) -> dict[str, Any] | None:
    """A row as it is handed out: days as ISO words, without what only says where it stands."""
    if row is None:
        return None
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in row.items()
        if name not in ("reading_id", "facts", "spans")
    }


def _side(connection: Connection, run: int, side: Which) -> Side:
    row = dicts(connection, "SELECT kind, dateline, started_at, finished_at FROM run WHERE run_id = ?", [run])[0]
    counted = {}
    for name in (*field_shapes(), INCIDENTS):
        table = "incident" if name == INCIDENTS else name
        query = f"SELECT count(*) FROM {table} SEMI JOIN (FROM diff_reading WHERE side = ?) USING (reading_id)"
        found = connection.execute(query, [side]).fetchone()
        counted[name] = int(found[0]) if found else 0
    articles = connection.execute("SELECT count(*) FROM diff_anchor WHERE side = ?", [side]).fetchone()
    return Side(run_id=run, **row, articles=int(articles[0]) if articles else 0, facts=counted)

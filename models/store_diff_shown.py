"""Where the changes of a diff stand: their words, the sentence around them, and the article they are in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from dateline.models.diff import Because
from dateline.models.diff_match import Pair, Row
from dateline.models.fields import fields as field_shapes
from dateline.models.store_connection import Connection, append, dicts
from dateline.models.store_rows import INCIDENTS, TOLLS

_PAIRED = {
    "date": ("earliest", "latest", "date_precision"),
    **{toll: (f"{toll}_low", f"{toll}_best", f"{toll}_high") for toll in TOLLS},
}
Which = Literal["before", "after"]
SIDES: tuple[Which, Which] = ("before", "after")
Anchors = tuple[str | None, str | None]


@dataclass(frozen=True, kw_only=True)
class Work:
    """One field of one text, of which the two sides have another reading, or only one has any."""

    work: int
    field: str
    anchor_before: str | None
    anchor_after: str | None
    before: str | None
    after: str | None
    digest_before: str | None
    digest_after: str | None

    @property
    def anchors(self) -> Anchors:
        """The texts under their anchors, as diff.sql writes them."""
        return self.anchor_before, self.anchor_after


@dataclass
class Found:
    """A pair of rows that differ, before it is known where it stands and why."""

    work: Work
    pair: Pair
    columns: tuple[str, ...]
    causes: tuple[Because, ...] = ()
    words: tuple[int, int] | None = None
    words_before: tuple[int, int] | None = None

    @property
    def side(self) -> Which:
        """The later side that has it."""
        return "after" if self.pair.after is not None else "before"

    @property
    def row(self) -> Row:
        """The later row."""
        row = self.pair.after if self.pair.after is not None else self.pair.before
        assert row is not None
        return row

    @property
    def ids(self) -> set[str]:
        """The ids that it has, or had."""
        return {row["id"] for row in (self.pair.before, self.pair.after) if row is not None}


@dataclass
class About:
    """What is known of the texts that changes stand in, by side and anchor, and by text id."""

    articles: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    sentences: dict[tuple[str, str], list[tuple[int, int]]] = field(default_factory=dict)
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    main: set[str] = field(default_factory=set)


def spans_of(connection: Connection, pairs: Iterable[Pair]) -> dict[str, tuple[int, int]]:
    """Where the facts of some incidents stand; a fact's id names its place."""
    ids = {fact["fact"] for pair in pairs for row in (pair.before, pair.after) if row for fact in row["facts"] or ()}
    _name(connection, ids)
    queries = (
        f"SELECT DISTINCT id, start, stop FROM {name} SEMI JOIN diff_named USING (id)" for name in field_shapes()
    )
    return {row[0]: (row[1], row[2]) for query in queries for row in connection.execute(query).fetchall()}


def _name(connection: Connection, ids: Iterable[str]) -> None:
    connection.execute("CREATE OR REPLACE TEMP TABLE diff_named (id VARCHAR)")
    append(connection, "diff_named", ["id"], [(one,) for one in sorted(ids)])


def placed(row: Row | None, spans: dict[str, tuple[int, int]]) -> Row | None:
    """An incident with the place of its first fact's words."""
    if row is None:
        return None
    start, stop = next((spans[one["fact"]] for one in row["facts"] or () if one["fact"] in spans), (None, None))
    return {**row, "start": start, "stop": stop, "spans": spans}


def _words_of(one: Found, row: Row, others: Sequence[Row] = ()) -> tuple[int, int] | None:
    """Where the words of a row stand: the fact's own, or of an incident those behind the value that changed; where the
    row has none, those of `others`, the same incident in the same text."""
    if one.work.field != INCIDENTS:
        return row["start"], row["stop"]
    wanted = [value for value, names in _PAIRED.items() if any(name in one.columns for name in names)]
    wanted += ["place"] if any(name.startswith("place_") for name in one.columns) else []
    for value in sorted(wanted, key=lambda value: value != "killed") or ["killed"]:
        for told in (row, *others):
            named = [fact["fact"] for fact in told["facts"] or () if fact["value"] == value]
            places: list[tuple[int, int]] = [told["spans"][fact] for fact in named if fact in told["spans"]]
            if places:
                return places[0]
    return None if row["start"] is None else (int(row["start"]), int(row["stop"]))


def place_words(one: Found) -> None:
    """Note where a change is shown, and where its earlier value was read, if those are other words."""
    before, after = one.pair.before, one.pair.after
    same_text = text_of(one.work.anchor_before) == text_of(one.work.anchor_after)
    one.words = _words_of(one, one.row, [before] if before is not None and same_text else ())
    if before is not None and after is not None:
        was = _words_of(one, before)
        one.words_before = was if was != one.words or not same_text else None


def about_of(connection: Connection, found: Sequence[Found]) -> About:
    """All that the changes are shown with."""
    about = About()
    touched = {(side, anchor) for one in found for side, anchor in zip(SIDES, one.work.anchors, strict=True) if anchor}
    connection.execute("CREATE OR REPLACE TEMP TABLE diff_touched (side VARCHAR, anchor VARCHAR)")
    append(connection, "diff_touched", ["side", "anchor"], sorted(touched))
    for row in dicts(connection, "FROM diff_anchor SEMI JOIN diff_touched USING (side, anchor)"):
        about.articles[row["side"], row["anchor"]] = row
    about.texts = texts_of(connection, {row["text_id"] for row in about.articles.values()})
    query = """SELECT side, anchor, start, stop FROM diff_touched JOIN diff_reading USING (side, anchor)
        JOIN sentence USING (reading_id) WHERE field = 'incidents' ORDER BY side, anchor, start"""
    for side, anchor, start, stop in connection.execute(query).fetchall():
        about.sentences.setdefault((side, anchor), []).append((start, stop))
    _name(connection, {name for one in found for name in one.ids})
    query = """SELECT DISTINCT fact_id FROM incident_fact AS told JOIN diff_named ON told.fact_id = diff_named.id
        JOIN incident ON incident.reading_id = told.reading_id AND incident.id = told.incident_id AND incident.main"""
    about.main = {row[0] for row in connection.execute(query).fetchall()}
    return about


def texts_of(connection: Connection, ids: Iterable[str | None]) -> dict[str, str]:
    query = "SELECT text_id, text FROM article WHERE text_id IN (SELECT unnest(?::VARCHAR[]))"
    return dict(connection.execute(query, [sorted({one for one in ids if one})]).fetchall())


def text_of(anchor: str | None) -> str | None:
    return anchor.partition("\x1f")[0] if anchor else None


def sentence_of(one: Found, about: About) -> tuple[str, int, int]:
    """The text that a change is shown in, and the sentence around its words there."""
    anchor = one.work.anchor_after if one.side == "after" else one.work.anchor_before
    return _around(about, one.side, anchor, one.words)


def _around(about: About, side: Which, anchor: str | None, words: tuple[int, int] | None) -> tuple[str, int, int]:
    text = about.texts.get(text_of(anchor) or "", "")
    if words is None:
        return text, 0, 0
    start, stop = words
    touching = [(a, b) for a, b in about.sentences.get((side, anchor or ""), ()) if a < stop and start < b]
    if touching:
        return text, min(start, touching[0][0]), max(stop, touching[-1][1])
    end = text.find("\n", stop)
    return text, text.rfind("\n", 0, start) + 1, end if end >= 0 else len(text)


def earlier_sentence(one: Found, about: About) -> tuple[str, str, str] | None:
    if one.words_before is None:
        return None
    text, first, last = _around(about, "before", one.work.anchor_before, one.words_before)
    start, stop = one.words_before
    return text[first:start], text[start:stop], text[stop:last]

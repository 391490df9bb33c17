"""Linking incidents to events over the articles of a store: what is new is compared with what is there, and people
decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from dateline.extractors.digests import digest_of
from dateline.extractors.events import PIVOTS
from dateline.models import store_events, store_events_look, store_events_read
from dateline.models.event import Change, Event, Judgement, Pair, Part, Report, Verdict
from dateline.models.event_file import EventFile
from dateline.models.ids import content_id
from dateline.models.store import Store, StoreError
from dateline.models.store_connection import Connection, transaction

Sides = tuple[Judgement, tuple[str, ...], tuple[str, ...]]

LOOKED_AT = 1000  # incidents whose articles are in memory at once
COMPARED = 2000  # reports whose candidates are
GATHERED = 2000  # reports whose neighbourhoods are, with all their pairs
KEPT_MENTIONS = 50  # that a judgement holds on to: of a much-told event the earliest will do


def link_events(store: Store, run_id: int, *, again: bool = False, judged: Sequence[str] = ()) -> None:
    """Bring the store's events up to date with its incidents and with what people decided. With `again` the store is
    made again, and what became of events was noted when it did; `judged` are mentions that a new judgement names.

    Only new reports are compared, and only what is connected with a report that is new, changed or gone is gathered
    again; the events are those that linking everything anew would give.
    """
    file = EventFile(store.path)
    connection = store.connection
    with transaction(connection):
        judgements = file.judgements()
        work = _Linking(connection, judgements, file.kept() if again else {})
        work.look()
        work.compare()
        store_events.seed(connection, store_events.holders(connection, judged).values())
        work.gather()
        changes = [] if again else work.changes()
        file.keep(work.renamed)
        store_events.add_changes(connection, run_id, changes)
        store_events.replace_judgements(connection, judgements)
        store_events_look.note(connection, digest_of("events"))
    if changes:
        rows = [(change.kind, change.event, change.other) for change in changes]
        store.ledger.write("events", run_id=run_id, changes=rows)


class _Linking:
    """One call: what it found out on its way."""

    def __init__(self, connection: Connection, judgements: Sequence[Judgement], kept: dict[str, str]) -> None:
        self._connection, self._kept = connection, kept
        self._judgements = judgements
        self._decided: list[Sides] = []
        self._now: dict[str, set[str]] = {}
        self.renamed: list[tuple[str, str]] = []

    def look(self) -> None:
        """Take in the reports that are new, or tell something else than before."""
        connection = self._connection
        fresh = store_events_look.look(connection, code=digest_of("events"))
        for first, last in store_events.batches(fresh, LOOKED_AT):
            from dateline.extractors.events.blocking import keys
            from dateline.extractors.events.telling import reports_of

            rows, found = [], []
            for text, sentences, incidents in store_events_look.fresh(connection, first, last):
                versions = {row["id"]: (row["reading_id"], row["version"]) for row in incidents}
                for report in reports_of(text, sentences, incidents):
                    rows.append((report, *versions[report.id]))
                    found.append((report.id, keys(report)))
            store_events.add_reports(connection, rows, found)
        store_events_look.done(connection)
        self._touched = store_events.settle(connection, pivots=PIVOTS)

    def compare(self) -> None:
        """Score the pairs that the new reports make."""
        for first, last in store_events.batches(self._touched, COMPARED):
            from dateline.extractors.events.scoring import compared

            wanted = store_events.candidates(self._connection, first, last, pivots=PIVOTS)
            known = store_events.reports(self._connection, {one for pair in wanted for one in pair})
            found = (compared(known[left], known[right]) for left, right in wanted)
            store_events.add_pairs(self._connection, [pair for pair in found if pair is not None])

    def gather(self) -> None:
        """Make events of every neighbourhood with something new."""
        if self._judgements:
            from dateline.extractors.events.gathering import settled

            mentions = [
                one for judgement in self._judgements for one in (*judgement.left_mentions, *judgement.right_mentions)
            ]
            self._decided = settled(self._judgements, store_events.holders(self._connection, mentions))
        self._judged = [(left[0], right[0]) for one, left, right in self._decided if one.verdict == "same"]
        while some := store_events.seeds(self._connection, GATHERED):
            self._gather(self._all_connected(some))

    def _all_connected(self, some: Sequence[str]) -> set[str]:
        found, edge = set(some), set(some)
        while edge:
            near = store_events.connected(self._connection, edge)
            near |= {b if a in edge else a for a, b in self._judged if (a in edge) != (b in edge)}
            edge = near - found
            found |= edge
        return found

    def _gather(self, ids: set[str]) -> None:
        from dateline.extractors.events.gathering import events, natural_id, neighbourhoods
        from dateline.extractors.events.joining import joined

        connection = self._connection
        known = store_events.reports(connection, ids)
        pairs = store_events.pairs_among(connection, ids)
        near: dict[str, list[Pair]] = {}
        verdicts: list[Pair] = []
        groups = neighbourhoods(known, [*((pair.left, pair.right) for pair in pairs), *self._judged_among(known)])
        number = {one: group[0] for group in groups for one in group}
        for pair in pairs:
            near.setdefault(number[pair.left], []).append(pair)
        found: list[list[Report]] = []
        for group in groups:
            own = {one: known[one] for one in group}
            decided = [one for one in self._decided if one[1][0] in own or one[2][0] in own]
            clusters, settled = joined(own, near.get(group[0], []), _within(decided, own))
            found += [[own[one] for one in members] for members in clusters]
            verdicts += settled
        before, there = store_events.events_of_mentions(connection, known)
        before = {**{mention: self._kept[mention] for mention in known if mention in self._kept}, **before}
        natural = [natural_id(report) for cluster in found for report in cluster]
        used = store_events.in_use(connection, [*natural, *before.values()]) - there
        made = events(found, before, used - set(before.values()))
        self._note(made, found, before)
        store_events.settle_pairs(connection, verdicts)
        store_events.replace(connection, made, {one.id: one.text_id for one in known.values()})

    def _judged_among(self, known: dict[str, Report]) -> list[tuple[str, str]]:
        return [(a, b) for a, b in self._judged if a in known and b in known]

    def _note(self, made: Sequence[Event], found: Sequence[Sequence[Report]], before: dict[str, str]) -> None:
        """Which events the reports of each event before are in now, and ids that are not the earliest report's."""
        from dateline.extractors.events.gathering import natural_id, votes

        for event, cluster in zip(made, found, strict=True):
            for old in votes(cluster, before):
                self._now.setdefault(old, set()).add(event.id)
            if event.id != natural_id(cluster[0]):
                self.renamed.append((event.id, cluster[0].id))

    def changes(self) -> list[Change]:
        """What became of every event before that is no longer exactly one of the events now."""
        found = [Change(kind="gone", event=old) for old in store_events.end(self._connection) if old not in self._now]
        for old, events in sorted(self._now.items()):
            found += [
                Change(kind="split" if old in events else "merged", event=old, other=other)
                for other in sorted(events - {old})
            ]
        return sorted(found, key=lambda change: (change.event, change.kind, change.other or ""))


def _within(decided: Sequence[Sides], own: dict[str, Report]) -> list[Sides]:
    """Judgements with the reports of one neighbourhood on their sides."""
    return [
        (one, tuple(a for a in left if a in own), tuple(b for b in right if b in own))
        for one, left, right in decided
        if any(a in own for a in left) and any(b in own for b in right)
    ]


def judge(store: Store, left: str, right: str, verdict: Verdict, *, who: str, why: str) -> Judgement:
    """Write down what somebody decided of two events, or of single incidents of them, and link anew; StoreError, in
    words for people, where it cannot be."""
    one, other = (store_events_read.side(store.connection, ref) for ref in (left, right))
    if one.mentions[0] == other.mentions[0]:
        raise StoreError(f"{left} and {right} are the same event")
    if one.event_id == other.event_id and verdict == "same":
        raise StoreError(f"{left} and {right} are one event already ({one.event_id})")
    file = EventFile(store.path)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    judgement = Judgement(
        id=content_id("event judgement", len(file.judgements()), verdict, one.mentions, other.mentions, who, why),
        verdict=verdict,
        left=one.event_id,
        right=other.event_id,
        left_mentions=one.mentions[:KEPT_MENTIONS],
        right_mentions=other.mentions[:KEPT_MENTIONS],
        who=who,
        why=why,
        at=now,
    )
    file.judge(judgement)
    runs = store.runs(limit=1)
    mentions = (*judgement.left_mentions, *judgement.right_mentions)
    link_events(store, runs[0].run_id if runs else 0, judged=mentions)
    return judgement


@dataclass(frozen=True, kw_only=True)
class Explained:
    """Why two incidents are one event, or are not: `parts` None where they exclude each other; `said` in words."""

    left: str
    right: str
    left_event: str
    right_event: str
    parts: tuple[Part, ...] | None
    said: str
    same: float
    doubtful: float


def explained(store: Store, left: str, right: str) -> Explained:
    """Two incidents compared as linking compares them, or the closest two of two events; StoreError where there is no
    such incident."""
    from dateline.extractors.events.features import parts
    from dateline.extractors.events.joining import WITNESSES
    from dateline.extractors.events.weights import weights

    sides = [store_events_read.side(store.connection, ref) for ref in (left, right)]
    asked = [side.mentions[:WITNESSES] for side in sides]
    known = store_events.reports(store.connection, {one for side in asked for one in side})
    pairs = [(a, b) for a in asked[0] for b in asked[1] if a != b and a in known and b in known]
    if not pairs:
        raise StoreError(f"{left} and {right} are one and the same report")
    scored = [(parts(known[a], known[b]), a, b) for a, b in pairs]
    found, one, other = max(scored, key=lambda each: (_sum(each[0]), each[1], each[2]))
    limits = weights().of["thresholds"]
    joined = sides[0].event_id == sides[1].event_id
    apart = any(pair.verdict == "different" for pair in store_events.pairs_among(store.connection, (one, other)))
    return Explained(
        left=one, right=other, left_event=sides[0].event_id, right_event=sides[1].event_id, parts=found,
        said="two events: by a judgement, or by other reports of theirs that contradict" if apart
        else _said(found, joined, known[one].text_id == known[other].text_id, limits["same"], limits["doubtful"]),
        same=limits["same"], doubtful=limits["doubtful"],
    )  # fmt: skip


def _sum(parts: tuple[Part, ...] | None) -> float:
    return -9.0 if parts is None else round(sum(part.value for part in parts), 2)


def _said(parts: tuple[Part, ...] | None, joined: bool, one_text: bool, same: float, doubtful: float) -> str:
    if one_text:
        return "one event, told in pieces" if joined else "two events, for one article tells of both"
    if joined:
        return "one event" if _sum(parts) >= same else "one event, through other reports or a judgement"
    if parts is None:
        return "two events: their days exclude each other, or one spans others"
    if _sum(parts) >= same:
        return "alike, but a question for people: one of them fits two events"
    return "a question for people" if _sum(parts) >= doubtful else "two events"

"""Gathering persons over the articles of a store: what is new is compared with what is there, and people decide."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain
from typing import TYPE_CHECKING

from dateline.extractors.digests import digest_of
from dateline.models import (
    store_persons,
    store_persons_join,
    store_persons_look,
    store_persons_near,
    store_persons_read,
)
from dateline.models.ids import content_id
from dateline.models.people_file import PeopleFile
from dateline.models.person import Judgement, Pair, Verdict
from dateline.models.store import Store, StoreError
from dateline.models.store_connection import Connection, transaction

if TYPE_CHECKING:
    from dateline.extractors.persons.gathering import Groups

Sides = tuple[Judgement, tuple[str, ...], tuple[str, ...]]

LOOKED_AT = 1000  # texts whose leaders are in memory at once
COMPARED = 10_000  # appearances that are, with their neighbours, and pairs
JOINED = 100_000  # pairs of numbers that are
KEPT_MENTIONS = 50  # that a judgement holds on to: of a much-named person the earliest will do


def gather_people(store: Store, run_id: int, *, again: bool = False) -> None:
    """Bring the store's persons up to date with its facts and with what people decided. With `again` the store is made
    again, and what became of persons was noted when it did.

    Where no leader or place was read anew and nobody judged, they are as they were. Else only new appearances are
    compared, and those that became neighbours when others went away; and only persons of whom something is new, gone or
    judged are joined anew. They are those that gathering everything anew would give.
    """
    connection, file = store.connection, PeopleFile(store.path)
    judgements = file.judgements()
    standing = store_persons_look.Standing(
        connection, code=digest_of("persons"), judgements=judgements, file=file.size()
    )
    if not standing.is_old:
        return
    with transaction(connection):
        # Noted by a gathering that was killed before the tables had it; in a store that is made again nothing has come.
        cut_short = set() if again else file.merges() - store_persons.merges(connection)
        founders = file.founders(since=standing.file, without=cut_short)
        store_persons.add_founders(connection, founders, anew=not standing.file)
        work = _Gathering(connection, standing, judgements)
        if not store_persons_look.look(connection, standing) and standing.is_judged:  # all was read anew, and the same
            standing.note(file.size())
            return
        work.look()
        work.compare()
        work.join()
        changes = [] if again else store_persons_join.changes(connection)
        file.found(store_persons_join.named(connection), changes, run_id=run_id, noted=cut_short)
        store_persons.replace(connection, run_id=run_id, changes=changes, judgements=judgements)
        standing.note(file.size())
    if changes:
        rows = [(change.kind, change.person, change.other) for change in changes]
        store.ledger.write("people", run_id=run_id, changes=rows)


class _Gathering:
    """One call: what it found out on its way."""

    def __init__(
        self, connection: Connection, standing: store_persons_look.Standing, judgements: Sequence[Judgement]
    ) -> None:
        self._connection, self._standing, self._judgements = connection, standing, judgements

    def look(self) -> None:
        """Take in what is told now of texts that were read anew."""
        from dateline.extractors.persons.blocking import NEIGHBOURS, blocks

        connection = self._connection
        store_persons_near.begin(connection)
        for first, last in _batches(store_persons_look.fresh(connection), LOOKED_AT):
            found = store_persons_look.appearances(connection, first, last)
            store_persons_near.add(connection, ((*one, blocks(one[0])) for one in found))
        store_persons_look.end(connection)
        self._near = store_persons_near.settle(connection, neighbours=NEIGHBOURS, anew=self._standing.anew)

    def compare(self) -> None:
        """Score the pairs that became neighbours."""
        from dateline.extractors.persons.blocking import Neighbour, meetings
        from dateline.extractors.persons.scoring import compared

        connection, pairs = self._connection, list[Pair]()
        batches = (store_persons_near.near(connection, *batch) for batch in _batches(self._near, COMPARED))
        near = (Neighbour(**row, appearance=one) for row, one in chain.from_iterable(batches))
        for one, other in meetings(near):
            if (pair := compared(one, other)) is not None:
                pairs.append(pair)
            if len(pairs) >= COMPARED:
                store_persons_near.add_pairs(connection, pairs)
                pairs.clear()
        store_persons_near.add_pairs(connection, pairs)
        store_persons_near.keep_pairs(connection)

    def join(self) -> None:
        """Make persons of what is new and of whatever that is like, and give them their ids."""
        from dateline.extractors.persons.gathering import Claim, foes, heirs

        connection = self._connection
        self._decide()
        if not self._standing.anew:
            different = [(left, right) for one, left, right in self._decided if one.verdict == "different"]
            there = store_persons_join.stirred(connection, {one for both in different for side in both for one in side})
            store_persons_join.add_dirty(connection, foes(different, there))
        groups = self._grouped()
        for first, last in _batches(groups.count, JOINED):
            rows = [(one, groups.root(one)) for one in range(first, min(last + 1, groups.count))]
            store_persons_join.add_groups(connection, rows)
        contested = store_persons_join.contested(connection)
        claims = [Claim(votes=votes, person=who, since=since, group=own) for votes, who, since, own in contested]
        store_persons_join.give(connection, heirs(claims).items())

    def _decide(self) -> None:
        """What people decided, of the appearances that there are now, and which persons that moves."""
        from dateline.extractors.persons.gathering import settled

        connection, told = self._connection, list[list[Sides]]()
        for now, judgements in ((False, store_persons.judgements(connection)), (True, self._judgements)):
            mentions = [one for each in judgements for one in (*each.left_mentions, *each.right_mentions)]
            told.append(settled(judgements, store_persons.holders(connection, mentions, now=now) if mentions else {}))
        self._decided = told[1]
        said, says = ({(one.id, left, right) for one, left, right in decided} for decided in told)
        moved = {one for _, left, right in said ^ says for one in (*left, *right)}
        judged = [(min(left[0], right[0]), max(left[0], right[0]), one.verdict) for one, left, right in self._decided]
        store_persons_join.mark_dirty(connection, moved=moved, judged=judged, anew=self._standing.anew)

    def _grouped(self) -> "Groups":
        """The groups of all members. Where somebody called two of a group different, what joins them is weighed one by
        one, and no person is left whole."""
        from dateline.extractors.persons.gathering import Groups, divided

        connection = self._connection
        sides = {one for _, left, right in self._decided for one in (*left, *right)}
        while True:
            count, edges = store_persons_join.members(connection)
            groups = Groups(count)
            for batch in _batches(edges, JOINED):
                for one, other in store_persons_join.edges(connection, *batch):
                    groups.join(one, other)
            number = store_persons_join.numbers(connection, sides)
            told = _numbered(self._decided, number)
            torn = {groups.root(one) for said, *both in told if said == "different" for side in both for one in side}
            members = [one for one in range(count) if groups.root(one) in torn] if torn else []
            whole = store_persons_join.whole(connection, members)
            if not whole:
                break
            store_persons_join.add_dirty(connection, whole)
        for one, group in divided(members, told, store_persons_join.likeliest(connection, members)).items():
            groups.part(one, group)
        return groups


def _numbered(decided: Sequence[Sides], number: Mapping[str, int]) -> list[tuple[Verdict, list[int], list[int]]]:
    """What was decided, of numbers; what is not joined anew is left out."""
    found = []
    for one, left, right in decided:
        if one.verdict == "different" or (left[0] in number and right[0] in number):
            mine, theirs = ([number[each] for each in side if each in number] for side in (left, right))
            found.append((one.verdict, mine, theirs))
    return found


def _batches(count: int, size: int) -> Iterator[tuple[int, int]]:
    """First and last number of each batch."""
    for first in range(0, count, size):
        yield first, first + size - 1


def judge(store: Store, left: str, right: str, verdict: Verdict, *, who: str, why: str) -> Judgement:
    """Write down what somebody decided of two persons, or of a leader's mentions in two articles, and gather anew;
    StoreError, in words for people, where it cannot be."""
    one, other = _side(store, left), _side(store, right)
    if one[2] == other[2]:
        raise StoreError(f"{left} and {right} are the same {'person' if one[0] == other[0] else 'mentions'}")
    if one[0] == other[0] and verdict == "same":
        raise StoreError(f"{one[1]} and {other[1]} are one person already ({one[0]})")
    file = PeopleFile(store.path)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    judgement = Judgement(
        id=content_id("judgement", len(file.judgements()), verdict, one[2], other[2], who, why),
        verdict=verdict,
        left=one[0],
        right=other[0],
        left_name=one[1],
        right_name=other[1],
        left_mentions=one[2][:KEPT_MENTIONS],
        right_mentions=other[2][:KEPT_MENTIONS],
        who=who,
        why=why,
        at=now,
    )
    file.judge(judgement)
    runs = store.runs(limit=1)
    gather_people(store, runs[0].run_id if runs else 0)
    return judgement


def _side(store: Store, ref: str) -> tuple[str, str, tuple[str, ...]]:
    """A person's id, name and mentions, by its id or that of one of its mentions (then those of that article alone)."""
    try:
        found = store_persons_read.person(store.connection, ref)
    except StoreError:
        beside = store_persons_read.mentions_beside(store.connection, ref)
        if beside is None:
            raise
        return beside
    return found.person_id, found.name, store_persons_read.mentions(store.connection, found.person_id)

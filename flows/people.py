"""Gathering persons over the articles of a store: what is new is compared with what is there, and people decide."""

from datetime import UTC, datetime

from dateline.extractors.digests import digest_of
from dateline.models import store_persons, store_persons_read
from dateline.models.ids import content_id
from dateline.models.people_file import PeopleFile
from dateline.models.person import Judgement, Verdict
from dateline.models.store import Store, StoreError

KEPT_MENTIONS = 50  # that a judgement holds on to: of a much-named person the earliest will do


def gather_people(store: Store, run_id: int, *, again: bool = False) -> None:
    """Bring the store's persons up to date with its facts and with what people decided. With `again` the store is made
    again, and what became of persons was noted when it did.

    Where no leader or place was read anew and nobody judged, they are as they were. Else only pairs with a new
    appearance are compared; where an appearance is gone (other rules, another text), others may have become neighbours,
    and all pairs that are not known are.
    """
    from dateline.extractors.persons.blocking import candidates
    from dateline.extractors.persons.gathering import gathered, new_ids
    from dateline.extractors.persons.scoring import compared

    connection, file = store.connection, PeopleFile(store.path)
    state = store_persons.state(connection, len(file.judgements()), digest_of("persons"))
    if store_persons.is_gathered(connection, state):
        return
    appearances, readings = store_persons.appearances(connection)
    ids = {one.id for one in appearances}
    before = store_persons.appearance_ids(connection)
    judgements = file.judgements()
    stored = {(pair.left, pair.right): pair for pair in store_persons.pairs(connection)}
    all_anew = not before <= ids
    pairs = []
    for one, other in candidates(appearances):
        known = stored.get((min(one.id, other.id), max(one.id, other.id)))
        if known is None and (all_anew or one.id not in before or other.id not in before):
            known = compared(one, other)
        if known is not None:
            pairs.append(known)
    # Noted by a gathering that was killed before the tables had it; in a store that is made again nothing has come yet.
    cut_short = set() if again else file.merges() - store_persons.merges(connection)
    owners = {**file.founders(without=cut_short), **store_persons.persons_of_mentions(connection)}
    persons, changes = gathered(appearances, pairs, judgements, owners)
    changes = [] if again else changes
    named = new_ids(appearances, persons, known=set(owners.values()))
    file.found(named, changes, run_id=run_id, noted=cut_short)
    store_persons.replace(
        connection,
        run_id=run_id,
        state=state,
        persons=persons,
        appearances=appearances,
        readings=readings,
        pairs=pairs,
        changes=changes,
        judgements=judgements,
    )
    if changes:
        rows = [(change.kind, change.person, change.other) for change in changes]
        store.ledger.write("people", run_id=run_id, changes=rows)


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

"""Persons from appearances: pairs join, judgements go before pairs, and ids stay with the mentions that had them.

The same appearances, pairs and judgements give the same persons in whatever order they came. Ids are kept: a person has
the id of the person before that most of its mentions belonged to, so neither a new article nor a rerun renames anybody;
a new person is named after its earliest mention.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import product

from dateline.extractors.persons.blocking import in_time
from dateline.models.ids import content_id
from dateline.models.person import Appearance, Change, Judgement, Pair, Person


class _Sets:
    """Appearances joined step by step, never two that somebody called different."""

    def __init__(self, ids: Iterable[str], apart: Iterable[tuple[str, str]]) -> None:
        self._parent = {one: one for one in ids}
        self._apart: dict[str, set[str]] = {}
        for one, other in apart:
            self._apart.setdefault(one, set()).add(other)
            self._apart.setdefault(other, set()).add(one)

    def root(self, one: str) -> str:
        while (parent := self._parent[one]) != one:
            self._parent[one] = parent = self._parent[parent]
            one = parent
        return one

    def join(self, one: str, other: str) -> None:
        """Join two sets, unless they are to stay apart."""
        kept, lost = sorted((self.root(one), self.root(other)))
        if kept == lost or any(self.root(foe) == lost for foe in self._apart.get(kept, ())):
            return
        self._parent[lost] = kept
        self._apart.setdefault(kept, set()).update(self._apart.pop(lost, ()))


def settled(
    judgements: Iterable[Judgement], appearances: Iterable[Appearance]
) -> list[tuple[Judgement, tuple[str, ...], tuple[str, ...]]]:
    """The judgements that still say something, each with the appearances (ids) on its two sides: those that its
    mentions are read in now. Of several on the same two the last counts."""
    holder = {mention: appearance.id for appearance in appearances for mention in appearance.mentions}
    found: dict[frozenset[str], tuple[Judgement, tuple[str, ...], tuple[str, ...]]] = {}
    for judgement in judgements:
        left, right = (
            tuple(dict.fromkeys(holder[mention] for mention in mentions if mention in holder))
            for mentions in (judgement.left_mentions, judgement.right_mentions)
        )
        if left and right and left[0] != right[0]:
            both = frozenset((left[0], right[0]))
            found.pop(both, None)
            found[both] = judgement, left, right
    return list(found.values())


def gathered(
    appearances: Sequence[Appearance],
    pairs: Iterable[Pair],
    judgements: Sequence[Judgement],
    before: Mapping[str, str],
) -> tuple[list[Person], list[Change]]:
    """The persons, by id, and what became of the persons before. `before` is the person's id of each mention (fact id)
    as it was."""
    decided = settled(judgements, appearances)
    judged = {frozenset((left[0], right[0])) for _, left, right in decided}
    apart = [
        (one, other)
        for judgement, left, right in decided
        if judgement.verdict == "different"
        for one, other in product(left, right)
    ]
    sets = _Sets((appearance.id for appearance in appearances), apart)
    for _, left, right in (one for one in decided if one[0].verdict == "same"):
        sets.join(left[0], right[0])
    joining = [pair for pair in pairs if pair.verdict == "same" and frozenset((pair.left, pair.right)) not in judged]
    for pair in sorted(joining, key=lambda pair: (-pair.score, pair.left, pair.right)):
        sets.join(pair.left, pair.right)
    clusters: dict[str, list[Appearance]] = {}
    for appearance in sorted(appearances, key=in_time):
        clusters.setdefault(sets.root(appearance.id), []).append(appearance)
    ids = _ids(list(clusters.values()), before)
    persons = [
        Person(id=person, name=_name(cluster), appearances=tuple(one.id for one in cluster))
        for person, cluster in zip(ids, clusters.values(), strict=True)
    ]
    return sorted(persons, key=lambda person: person.id), _changes(ids, list(clusters.values()), before)


def _ids(clusters: Sequence[Sequence[Appearance]], before: Mapping[str, str]) -> list[str]:
    """The id of each cluster: that of the person before whose mentions it has most of, each id once."""
    claims = [
        (-votes, person, number)
        for number, cluster in enumerate(clusters)
        for person, votes in _votes(cluster, before).items()
    ]
    given: dict[int, str] = {}
    taken: set[str] = set()
    for _, person, number in sorted(claims):
        if number not in given and person not in taken:
            given[number] = person
            taken.add(person)
    return [given.get(number) or _new_id(cluster, taken) for number, cluster in enumerate(clusters)]


def _votes(cluster: Sequence[Appearance], before: Mapping[str, str]) -> Counter[str]:
    mentions = (mention for appearance in cluster for mention in appearance.mentions)
    return Counter(before[mention] for mention in mentions if mention in before)


def _new_id(cluster: Sequence[Appearance], taken: set[str]) -> str:
    """An id after the earliest mention, or the first whose id no other person keeps."""
    ids = (content_id("person", mention) for appearance in cluster for mention in appearance.mentions)
    found = next(one for one in ids if one not in taken)
    taken.add(found)
    return found


def new_ids(appearances: Iterable[Appearance], persons: Iterable[Person], known: Set[str]) -> list[tuple[str, str]]:
    """The ids of `persons` that are not `known`, each with the mention it is named after."""
    mentions = {one.id: one.mentions for one in appearances}
    return [
        (person.id, mention)
        for person in persons
        if person.id not in known
        for one in person.appearances
        for mention in mentions[one]
        if content_id("person", mention) == person.id
    ]


def _changes(ids: Sequence[str], clusters: Sequence[Sequence[Appearance]], before: Mapping[str, str]) -> list[Change]:
    """What became of every person before that is no longer exactly one of the persons now."""
    now: dict[str, set[str]] = {person: set() for person in before.values()}
    for person, cluster in zip(ids, clusters, strict=True):
        for old in _votes(cluster, before):
            now[old].add(person)
    found = []
    for old, persons in sorted(now.items()):
        if not persons:
            found.append(Change(kind="gone", person=old))
        found += [
            Change(kind="split" if old in persons else "merged", person=old, other=other)
            for other in sorted(persons - {old})
        ]
    return found


def _name(cluster: Sequence[Appearance]) -> str:
    """The spelling that most articles have as their fullest; of equals the longer, then the first in the alphabet."""
    counted = Counter(appearance.names[0] for appearance in cluster)
    return min(counted, key=lambda name: (-counted[name], -len(name), name))

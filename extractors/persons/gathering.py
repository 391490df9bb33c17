"""Persons from appearances: pairs join, judgements go before pairs, and ids stay with the mentions that had them.

The same appearances, pairs and judgements give the same persons in whatever order they came. Ids are kept: a person has
the id of the person before that most of its mentions belonged to, so neither a new article nor a rerun renames anybody;
a new person is named after its earliest mention.

Who is one person is asked of numbers here: a number stands for an appearance, or for a person of whom nothing that is
there was lost, however many appearances that has. So a name in every paper costs no more than what is new of it.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from dateline.models.person import Judgement

Sides = tuple[Judgement, tuple[str, ...], tuple[str, ...]]


def settled(judgements: Iterable[Judgement], holder: Mapping[str, str]) -> list[Sides]:
    """The judgements that still say something, each with the appearances (ids) on its two sides: those that its
    mentions are read in now (`holder`). Of several on the same two the last counts."""
    found: dict[frozenset[str], Sides] = {}
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


class Groups:
    """The numbers from 0 up to `count`, joined step by step; eight bytes each."""

    def __init__(self, count: int) -> None:
        self.count, self._parent = count, array("q", range(count))

    def root(self, one: int) -> int:
        """The number that stands for the group of this one."""
        parent = self._parent
        while parent[one] != one:
            parent[one] = one = parent[parent[one]]
        return one

    def join(self, one: int, other: int) -> None:
        """Make one group of two; the least number stands for it."""
        kept, lost = sorted((self.root(one), self.root(other)))
        self._parent[lost] = kept

    def part(self, one: int, group: int) -> None:
        """Put a number into the group of another, whatever it was in."""
        self._parent[one] = group


def divided(
    members: Iterable[int],
    decided: Iterable[tuple[str, Sequence[int], Sequence[int]]],
    pairs: Iterable[tuple[int, int]],
) -> dict[int, int]:
    """The groups of members among whom somebody called two different: the least number of its group for each.

    `decided` are verdicts with the numbers on their sides, `pairs` those of verdict same, the likeliest first, without
    those that somebody decided on.
    """
    sets, told = _Sets(members), list(decided)
    for verdict, left, right in told:
        if verdict == "different":
            sets.keep_apart(product(left, right))
    for verdict, left, right in told:
        if verdict == "same":
            sets.join(left[0], right[0])
    for one, other in pairs:
        sets.join(one, other)
    return {one: sets.root(one) for one in sets.members}


class _Sets:
    """Numbers joined step by step, never two that somebody called different."""

    def __init__(self, members: Iterable[int]) -> None:
        self.members = {one: one for one in members}
        self._apart: dict[int, set[int]] = {}

    def keep_apart(self, pairs: Iterable[tuple[int, int]]) -> None:
        """These are not to be joined; those that are no members are joined with nobody."""
        for one, other in pairs:
            if one in self.members and other in self.members:
                self._apart.setdefault(one, set()).add(other)
                self._apart.setdefault(other, set()).add(one)

    def root(self, one: int) -> int:
        while (parent := self.members[one]) != one:
            self.members[one] = parent = self.members[parent]
            one = parent
        return one

    def join(self, one: int, other: int) -> None:
        """Join two sets, unless they are to stay apart."""
        if one not in self.members or other not in self.members:
            return
        kept, lost = sorted((self.root(one), self.root(other)))
        if kept == lost or any(self.root(foe) == lost for foe in self._apart.get(kept, ())):
            return
        self.members[lost] = kept
        self._apart.setdefault(kept, set()).update(self._apart.pop(lost, ()))


def foes(different: Iterable[Sequence[Sequence[str]]], there: Mapping[str, tuple[str, bool]]) -> set[str]:
    """The persons that are to be joined anew together, for somebody called appearances of theirs different and one of
    them is stirred: `there` has the person of each such appearance (id), and whether it is."""
    against: dict[str, set[str]] = {}
    for sides in different:
        persons = {there[one][0] for side in sides for one in side if one in there}
        for person in persons:
            against.setdefault(person, set()).update(persons)
    found = {person for person, is_stirred in there.values() if is_stirred}
    edge = found
    while edge:
        edge = {foe for person in edge for foe in against[person]} - found
        found = found | edge
    return found


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A group's claim to the id of a person before, of whose mentions it has so many; `since` is the place in time of
    its earliest appearance."""

    votes: int
    person: str
    since: tuple[str, str, str]
    group: int


def heirs(claims: Iterable[Claim]) -> dict[int, str]:
    """Which group has which person's id: that of which it has most mentions, each id once; of equals the earlier."""
    given: dict[int, str] = {}
    taken: set[str] = set()
    for one in sorted(claims, key=lambda claim: (-claim.votes, claim.person, claim.since)):
        if one.group not in given and one.person not in taken:
            given[one.group] = one.person
            taken.add(one.person)
    return given

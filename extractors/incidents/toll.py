"""Tolls: one reading of an incident's claims.

Only people who are certainly others are added: another group, those the words themselves put on top, or a second
group of one sentence. Whatever may be the same people told again (headline, lead and repeat, a newer figure, another
source's) is never added: the most current figure stays, and where sources differ low and high span them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from dateline.extractors.incidents.relations import (
    adds,
    beside,
    differ,
    is_own,
    is_stale,
    is_victims,
    parted,
    repeats,
    reported,
    rose_after,
)
from dateline.extractors.incidents.text import Layout
from dateline.models.fields.casualties import CasualtyFact, GroupClass
from dateline.models.incident import GroupToll, Toll

PLURAL = "plural"  # the `vague` of people without any number, which adds nothing to a known toll
TOTAL = "casualties.toll"  # the rule of "the death toll rose to 46": a total by its own words
ITEM = "casualties.part"  # the rule of an item of a list
SOME = "casualties.among"  # part of the dead: without a claim on them all, at least so many
SELF = "casualties.self"  # "blew himself up": whether the toll beside it holds the bomber, nobody says
RECENT = 12  # shares a claim is held against: nobody reports more groups apart
FIGHTING = frozenset[GroupClass]({"militants", "attackers"})

# Classes that may hold one another: a child is a civilian, an attacker a militant.
_WITHIN: dict[GroupClass, frozenset[GroupClass]] = {
    "civilians": frozenset({"children", "women", "journalists_aid_medical", "officials"}),
    "militants": frozenset({"attackers"}),
    "security_forces": frozenset({"officials"}),
}


@dataclass(frozen=True, slots=True)
class Share:
    """One group's part of a toll, and the facts it is read from. `classes` are those of a list's items, or its own;
    `members` of it, of the classes `inside`, are told of apart; `items` are those of a list;
    `victims` were killed by fighters, and are none; a `stale` figure is an earlier one, which any other replaces."""

    low: int | None
    best: int | None
    high: int | None
    group_class: GroupClass
    facts: tuple[CasualtyFact, ...]
    classes: frozenset[GroupClass]
    members: int = 0
    inside: frozenset[GroupClass] = frozenset()
    items: tuple["Share", ...] = ()
    victims: bool = False
    stale: bool = False

    @property
    def is_nobody(self) -> bool:
        """Whether it says that there were none."""
        return self.high == 0

    @property
    def point(self) -> int | None:
        """The one number that stands for it: best, else low, else high."""
        return next((value for value in (self.best, self.low, self.high) if value is not None), None)


@dataclass(slots=True)
class Reading:
    """The shares `found` so far, which add up; and those `retold`: people of whom the article speaks again, group by
    group, after a total."""

    found: list[Share] = field(default_factory=list)
    retold: list[Share] = field(default_factory=list)


def shares(claims: Sequence[CasualtyFact], items: Sequence[CasualtyFact], layout: Layout) -> list[Share]:
    """The disjoint shares that the claims of one incident and outcome speak of, in text order. `items` are claims on
    parts of theirs."""
    reading, within = Reading(), _within(items)
    for fact in claims:
        _take(reading, _share(fact, within.get(fact.id, []), layout), layout)
    found = reading.found
    nobody = [share for share in found if share.group_class == "unspecified"]  # "no civilians" is no nought for all
    positive = [share for share in found if not share.is_nobody] or nobody
    told = [share for share in positive if share.facts[0].rule != SELF]
    known = [share for share in told or positive if share.facts[0].vague != PLURAL]
    return known if any(share.point is not None for share in known) else told or positive


def _within(items: Sequence[CasualtyFact]) -> dict[str, list[CasualtyFact]]:
    """The claims on parts, by the id of the claim on the whole."""
    found: dict[str, list[CasualtyFact]] = {}
    for item in items:
        found.setdefault(item.part_of or "", []).append(item)
    return found


def _share(fact: CasualtyFact, parts: Sequence[CasualtyFact], layout: Layout) -> Share:
    items = [part for part in parts if part.rule == ITEM]
    members = [part for part in parts if part.rule != ITEM]
    classes = frozenset(item.group_class for item in items)
    some = fact.rule == SOME and fact.part_of is None  # "two nurses were among the dead", of whom no number is told
    return Share(
        fact.low, None if some else fact.best, None if some else fact.high, fact.group_class, (fact,),
        classes or frozenset({fact.group_class}),
        members=sum(part.best or 0 for part in members),
        inside=frozenset(part.group_class for part in members),
        items=tuple(_share(item, (), layout) for item in items),
        victims=fact.group_class not in FIGHTING and is_victims(layout, fact),
        stale=is_stale(layout, fact),
    )  # fmt: skip


def _take(reading: Reading, new: Share, layout: Layout) -> None:
    """Add, merge or leave out one more claim."""
    _split(reading, new)
    found, fact = reading.found, new.facts[0]
    recent = range(max(0, len(found) - RECENT), len(found))
    kin = [index for index in recent if not found[index].is_nobody and compatible(found[index], new)]
    known = [value for index in kin if (value := found[index].point) is not None]
    counted = sum(known)
    near = [index for index in kin if beside(layout, found[index].facts, fact)]
    replaced = [index for index in recent if any(fact.supersedes == old.id for old in found[index].facts)]
    disagreeing = [index for index in kin if differ(found[index].facts, fact)]
    if replaced or (kin and not new.stale and all(found[index].stale for index in kin)):
        _replace(found, kin or replaced, new)
    elif new.is_nobody and found:
        return
    elif known and new.stale:
        reading.retold = [new]
    elif not kin:
        found.append(new)
    elif adds(layout, fact) and near and rose_after(layout, found[near[-1]].facts, fact):
        return
    elif adds(layout, fact):
        _add(reading, kin, new)
    elif new.point is None or (repeats(fact) and (new.point <= counted or fact.group is None)):
        return
    elif not known:
        _replace(found, kin, new)
    elif disagreeing and not any(_same(found[index], new) for index in kin):
        _merge(found, kin, new)
    elif fact.rule == TOTAL:
        if new.point >= counted or len(kin) > 1:
            _replace(found, kin, new)
        elif is_own(fact):
            _merge(found, kin, new)
        else:
            reading.retold = [new]
    elif any(found[index].facts[0].rule == TOTAL for index in near):
        return
    elif near == kin and parted(layout, found[kin[-1]].facts, fact):
        found.append(new)
    elif near and reported(layout, found[kin[-1]].facts, fact):
        _merge(found, kin, new)
    elif new.point > counted:
        _replace(found, kin, new)
    else:
        reading.retold = [new]


def _split(reading: Reading, new: Share) -> None:
    """Take lists apart that hold the group of a new claim: "seven soldiers and three rebels … 12 soldiers"."""
    found = reading.found
    for index in range(len(found) - 1, max(-1, len(found) - 1 - RECENT), -1):
        share = found[index]
        if len(share.facts) == 1 and len(share.items) > 1 and new.group_class in share.classes - {"unspecified"}:
            found[index : index + 1] = share.items


def _add(reading: Reading, kin: list[int], new: Share) -> None:
    """More people on top of those told of last: of the toll itself, or of a part that it holds already."""
    rest = (share.members + (new.point or 0) == share.point for share in (reading.found[index] for index in kin))
    if any(rest) and all(reading.found[index].members for index in kin):
        return  # "six people, four of them children … Two women were also killed": those are the rest
    if not reading.retold:
        reading.found.append(new)
        return
    if len(reading.retold) < RECENT:
        reading.retold.append(new)
    told = [share.point or 0 for share in reading.retold]
    if sum(told) > sum(reading.found[index].point or 0 for index in kin):
        for index in reversed(kin):
            del reading.found[index]
        reading.found[min(kin) : min(kin)] = reading.retold
        reading.retold = []


def _merge(found: list[Share], kin: list[int], new: Share) -> None:
    """Another source's figure for people already counted: low and high span both."""
    olds = [found[index] for index in kin]
    lows = [low for low in (_known_sum([share.low for share in olds]), new.low) if low is not None]
    ends = [[share.high if share.high is not None else share.best for share in told] for told in (olds, [new])]
    highs = [high for high in (_sum(values) for values in ends) if high is not None]
    low, high = min(lows, default=None), max(highs, default=None)
    facts = tuple(fact for share in (*olds, new) for fact in share.facts)
    merged = replace(olds[0], low=low, best=low if low == high else None, high=high, facts=facts)
    _replace(found, kin, merged)


def _replace(found: list[Share], indexes: list[int], new: Share) -> None:
    for index in sorted(indexes, reverse=True):
        del found[index]
    found.insert(min(indexes), new)


def compatible(one: Share, other: Share) -> bool:
    """Whether two shares can be the same people, or one part of the other."""
    for victims, fighters in ((one, other), (other, one)):
        if victims.victims and fighters.classes <= FIGHTING:
            return False
    if not (one.inside.isdisjoint(other.classes) and other.inside.isdisjoint(one.classes)):
        return True  # "four insurgents, two of them women … One of the women was killed when …"
    return any(_fit(mine, theirs) for mine in one.classes for theirs in other.classes)


def _fit(one: GroupClass, other: GroupClass) -> bool:
    if {"unspecified", "men"} & {one, other} or one == other:
        return True
    return other in _WITHIN.get(one, frozenset()) or one in _WITHIN.get(other, frozenset())


def _same(share: Share, new: Share) -> bool:
    """Whether a figure says again what another says: the same number, or one within its interval."""
    if share.point == new.point:
        return True
    if share.low is not None and share.high is not None and new.point is not None:
        return share.low <= new.point <= share.high
    return False


def toll(parts: Sequence[Share]) -> Toll | None:
    """The sum of shares. A share without a number leaves best and high open; None where no share is."""
    if not parts:
        return None
    return Toll(
        low=_known_sum([share.low for share in parts]),
        best=_sum([share.best for share in parts]),
        high=_sum([share.high for share in parts]),
    )


def _known_sum(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _sum(values: list[int | None]) -> int | None:
    return None if None in values else sum(value for value in values if value is not None)


def group_tolls(parts: Sequence[Share], members: Sequence[CasualtyFact]) -> list[GroupToll]:
    """Each group's share of an outcome. `members` are claims about parts of the shares' people (`part_of`)."""
    listed = [(share.group_class, share.low, share.best, share.high, share.facts[0].outcome) for share in parts]
    listed += [(fact.group_class, fact.low, fact.best, fact.high, fact.outcome) for fact in members]
    found: dict[GroupClass, GroupToll] = {}
    for group_class, low, best, high, outcome in listed:
        if group_class != "unspecified" and group_class not in found:
            found[group_class] = GroupToll(group_class=group_class, outcome=outcome, low=low, best=best, high=high)
    return list(found.values())

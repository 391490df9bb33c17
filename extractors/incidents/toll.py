"""Tolls: one reading of an incident's claims.

Different groups add, repeats do not, the most current figure wins, and where sources differ low and high span them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.extractors.incidents.occasions import words
from dateline.extractors.incidents.text import Layout
from dateline.models.fields.casualties import CasualtyFact, GroupClass
from dateline.models.incident import GroupToll, Toll

_WORD = re.compile(r"[\w’'-]+")
PLURAL = "plural"  # the `vague` of people without any number, which adds nothing to a known toll
TOTAL = "casualties.toll"  # the rule of "the death toll rose to 46": a total by its own words
SELF = "casualties.self"  # "blew himself up": whether the toll beside it holds the bomber, nobody says

REACH = 300  # characters between two figures of one sentence
RECENT = 12  # shares a claim is held against: nobody reports more groups apart

# Classes that may hold one another: a child is a civilian, an attacker a militant.
_WITHIN: dict[GroupClass, frozenset[GroupClass]] = {
    "civilians": frozenset({"children", "women", "journalists_aid_medical", "officials"}),
    "militants": frozenset({"attackers"}),
    "security_forces": frozenset({"officials"}),
}


@dataclass(frozen=True, slots=True)
class Share:
    """One group's part of a toll, and the facts it is read from."""

    low: int | None
    best: int | None
    high: int | None
    group_class: GroupClass
    facts: tuple[CasualtyFact, ...]

    @property
    def is_nobody(self) -> bool:
        """Whether it says that there were none."""
        return self.high == 0

    @property
    def point(self) -> int | None:
        """The one number that stands for it: best, else low, else high."""
        return next((value for value in (self.best, self.low, self.high) if value is not None), None)


def shares(claims: Sequence[CasualtyFact], layout: Layout) -> list[Share]:
    """The disjoint shares that the claims of one incident and outcome speak of, in text order."""
    found: list[Share] = []
    for fact in claims:
        _take(found, _share(fact), layout)
    nobody = [share for share in found if share.group_class == "unspecified"]  # "no civilians" is no nought for all
    positive = [share for share in found if not share.is_nobody] or nobody
    told = [share for share in positive if share.facts[0].rule != SELF]
    known = [share for share in told or positive if share.facts[0].vague != PLURAL]
    return known if any(share.point is not None for share in known) else told or positive


def _share(fact: CasualtyFact) -> Share:
    return Share(fact.low, fact.best, fact.high, fact.group_class, (fact,))


def _take(found: list[Share], new: Share, layout: Layout) -> None:
    """Add, merge or leave out one more claim."""
    fact = new.facts[0]
    recent = range(max(0, len(found) - RECENT), len(found))
    kin = [
        index
        for index in recent
        if not found[index].is_nobody and compatible(found[index].group_class, fact.group_class)
    ]
    beside = [index for index in kin if _beside(layout, found[index], fact)]
    counted = sum(value for index in kin if (value := found[index].point) is not None)
    under_total = any(found[index].facts[0].rule == TOTAL for index in beside)
    replaced = [index for index in recent if any(fact.supersedes == old.id for old in found[index].facts)]
    if replaced:
        _replace(found, kin or replaced, new)
    elif (new.is_nobody and found) or (counted and _is_stale(layout, fact)):
        return
    elif not kin or _adds(layout, fact):
        found.append(new)
    elif fact.rule == TOTAL and not _conflict(found[kin[0]], fact):
        _replace(found, kin, new)
    elif new.point is None or under_total or (new.point <= counted and _repeats(fact)):
        return
    elif beside == kin and not _reported(layout, found[kin[-1]], fact):
        found.append(new)
    elif not any(_same(found[index], new) for index in kin):
        _settle(layout, found, kin, new)


def _settle(layout: Layout, found: list[Share], kin: list[int], new: Share) -> None:
    """A different figure for people already counted: another source's, a newer one, or a part."""
    known = [value for index in kin if (value := found[index].point) is not None]
    if not known:
        _replace(found, kin, new)
        return
    if len(kin) == 1 and (_conflict(found[kin[0]], new.facts[0]) or _beside(layout, found[kin[0]], new.facts[0])):
        found[kin[0]] = _spanning(found[kin[0]], new)
    elif new.point is not None and new.point > sum(known):
        _replace(found, kin, new)


def _conflict(share: Share, new: CasualtyFact) -> bool:
    """Whether two named sources give different figures for the same kind of people."""
    old = share.facts[-1].attribution
    return bool(old and new.attribution and old != new.attribution and share.group_class == new.group_class)


def _reported(layout: Layout, share: Share, fact: CasualtyFact) -> bool:
    """Whether another report is brought in between two figures: "killing five, with some reports suggesting eight"."""
    between = layout.text[max(share.facts[-1].stop, fact.start - REACH) : fact.start].lower()
    return bool(set(_WORD.findall(between)) & words("reporting"))


def _spanning(old: Share, new: Share) -> Share:
    lows = [share.low for share in (old, new) if share.low is not None]
    highs = [share.high if share.high is not None else share.best for share in (old, new)]
    known = [value for value in highs if value is not None]
    low, high = (min(lows) if lows else None), (max(known) if known else None)
    return Share(low, low if low == high else None, high, old.group_class, (*old.facts, *new.facts))


def _replace(found: list[Share], indexes: list[int], new: Share) -> None:
    for index in sorted(indexes, reverse=True):
        del found[index]
    found.insert(min(indexes), new)


def compatible(one: GroupClass, other: GroupClass) -> bool:
    """Whether two groups can be the same people, or one part of the other."""
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


def _adds(layout: Layout, fact: CasualtyFact) -> bool:
    """Whether the words of the count, or an "also" right before its cue, say that these people come on top."""
    if set(_WORD.findall(fact.quote.lower())) & words("adding"):
        return True
    return any(
        "also" in _WORD.findall(layout.text[max(0, part.start - 16) : part.start].lower())[-2:]
        for part in fact.evidence
        if part.role == "cue"
    )


def _is_stale(layout: Layout, fact: CasualtyFact) -> bool:
    """Whether a figure is given as an earlier one: "it had earlier put the number of dead at nine"."""
    return bool(set(_WORD.findall(layout.text[max(0, fact.start - 50) : fact.start].lower())) & words("stale"))


def _repeats(fact: CasualtyFact) -> bool:
    first = _WORD.search(fact.quote.lower())
    return first is not None and first.group() in words("repeating")


def _beside(layout: Layout, share: Share, fact: CasualtyFact) -> bool:
    """Whether both stand in one sentence, so that they are two groups and no repeat."""
    return any(layout.sentence(old.start) == layout.sentence(fact.start) for old in share.facts)


def toll(parts: Sequence[Share]) -> Toll | None:
    """The sum of shares. A share without a number leaves best and high open; None where no share is."""
    if not parts:
        return None
    lows = [share.low for share in parts if share.low is not None]
    return Toll(
        low=sum(lows) if lows else None,
        best=_sum([share.best for share in parts]),
        high=_sum([share.high for share in parts]),
    )


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

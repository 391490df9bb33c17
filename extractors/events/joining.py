"""The reports of one neighbourhood, joined step by step: pairs first, then what whole events have in common."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from dateline.extractors.events.features import parts
from dateline.extractors.events.scoring import Parts, excluded, opposed, together
from dateline.extractors.events.weights import weights
from dateline.models.event import Judgement, Pair, Report

WITNESSES = (
    24  # reports of an event that are asked whether another event can be it: the earliest, and those of the pair
)
FEW = 8  # reports of an event that whole events are compared for: of a much-told one some report says what it needs
EQUAL = frozenset({"few", "some", "many", "mass"})
UNLIKE = frozenset({"rising", "falling", "unsettled", "other", "overlap", "corrected"})
NOTHING: frozenset[str] = frozenset()
Sides = tuple[Judgement, tuple[str, ...], tuple[str, ...]]


def in_time(report: Report) -> tuple[str, str, str]:
    """The order of reports: by day of print, then text. Unknown days go last."""
    return report.published or "9999", report.text_id, report.id


class Clusters:
    """The reports of one neighbourhood, each alone until something joins it to others."""

    def __init__(self, reports: Mapping[str, Report], pairs: Sequence[Pair], decided: Sequence[Sides]) -> None:
        self._reports = reports
        self._of = {one: one for one in reports}
        self.members = {one: [one] for one in reports}
        self._former: dict[str, frozenset[str]] = {one: frozenset(own.former) for one, own in reports.items()}
        self._known: dict[tuple[str, str], Parts | None] = {(pair.left, pair.right): pair.parts for pair in pairs}
        self._exact = {key for pair in pairs if _is_exact(pair) for key in self._told(pair.left, pair.right)}
        self._tried: set[tuple[str, ...]] = set()
        self._rivals: dict[str, list[tuple[str, float]]] = {}
        for pair in pairs:
            self._rivals.setdefault(pair.left, []).append((pair.right, pair.score))
            self._rivals.setdefault(pair.right, []).append((pair.left, pair.score))
        different = [(left, right) for judgement, left, right in decided if judgement.verdict == "different"]
        self._apart = {frozenset((a, b)) for left, right in different for a in left for b in right}

    def _told(self, left: str, right: str) -> tuple[tuple[str, str], tuple[str, str]]:
        """Each of two reports with the text of the other."""
        return (left, self._reports[right].text_id), (right, self._reports[left].text_id)

    def one(self, left: str, right: str) -> bool:
        """Whether two reports are of one event."""
        return self._of[left] == self._of[right]

    def judged_same(self, one: str, other: str) -> None:
        """Join because somebody said so; only another judgement stands against it."""
        mine, theirs = self._of[one], self._of[other]
        if mine != theirs and not self._judged_apart(mine, theirs):
            self._merge(mine, theirs)

    def join(self, one: str, other: str, score: float) -> None:
        """Join the events of two reports, unless they contradict each other or one report fits another as well."""
        mine, theirs = self._of[one], self._of[other]
        if mine == theirs or self.are_two(one, other) or self._elsewhere(one, other, self._parts(one, other)):
            return
        if self._torn(mine, theirs, one, score) or self._torn(theirs, mine, other, score):
            return
        self._merge(mine, theirs)

    def absorb(self, one: str, other: str, score: float) -> None:
        """Join the events of two reports, one of which few tell of, for what all their reports together have in common,
        unless a third event has about as much in common with either."""
        mine, theirs = sorted((self._of[one], self._of[other]))
        state = (mine, theirs, *(str(len(self.members[each])) for each in (mine, theirs)))
        if mine == theirs or state in self._tried or min(len(self.members[mine]), len(self.members[theirs])) > FEW:
            return
        self._tried.add(state)
        if self._torn(self._of[one], self._of[other], one, score) or self._torn(
            self._of[other], self._of[one], other, score
        ):
            return
        shared = self._together(mine, theirs)
        if shared is None or shared < _limit("together"):
            return
        if self._courted(mine, theirs, shared) or self._courted(theirs, mine, shared):
            return
        self._merge(mine, theirs)

    def are_two(self, one: str, other: str, *, by: str | None = None) -> bool:
        """Whether the events of two reports cannot be one: judged so, two incidents of one article, or opposed. What
        the reports of event `by` take back is no contradiction."""
        mine, theirs = self._of[one], self._of[other]
        if self._judged_apart(mine, theirs) or self._siblings(mine, theirs, by=by):
            return True
        left, right = self._witnesses(mine, one), self._witnesses(theirs, other)
        return any(self._opposed(a, b, by=by) for a in left for b in right if {a, b} != {one, other})

    def _siblings(self, mine: str, theirs: str, *, by: str | None = None) -> bool:
        """Whether two clusters hold two incidents of one article that are no pieces of one."""
        own: dict[str, list[str]] = {}
        for member in self.members[mine]:
            own.setdefault(self._reports[member].text_id, []).append(member)
        return any(
            self._opposed(member, sibling, by=by)
            for member in self.members[theirs]
            for sibling in own.get(self._reports[member].text_id, ())
        )

    def _opposed(self, one: str, other: str, *, by: str | None = None) -> bool:
        """Whether two reports are opposed, or the text of one tells of the other with its very number elsewhere."""
        found = self._parts(one, other, by=by)
        return self._elsewhere(one, other, found) or opposed(self._reports[one], self._reports[other], found)

    def _elsewhere(self, one: str, other: str, found: Parts | None) -> bool:
        """Whether the number of either report is that of another incident in the other's text, and not this one's."""
        if self._exact.isdisjoint(self._told(one, other)):
            return False
        return any(part.what == "toll" and part.kind in UNLIKE for part in found or ())

    def _parts(self, one: str, other: str, *, by: str | None = None) -> Parts | None:
        """The parts of two reports, with all that the reports of their events (and of event `by`) take back."""
        left, right = (one, other) if one < other else (other, one)
        if former := self._former[self._of[left]] | self._former[self._of[right]] | self._former.get(by or "", NOTHING):
            return parts(*(replace(self._reports[each], former=tuple(former)) for each in (left, right)))
        if (left, right) not in self._known:
            self._known[left, right] = parts(self._reports[left], self._reports[right])
        return self._known[left, right]

    def _witnesses(self, cluster: str, own: str) -> list[str]:
        some = self.members[cluster][:WITNESSES]
        return some if own in some else [*some, own]

    def _torn(self, mine: str, theirs: str, report: str, score: float) -> bool:
        """Whether a report that stands alone fits a third event about as well as `theirs`, and the two are not one."""
        if len(self.members[mine]) > 1:
            return False
        least = round(score - _limit("margin"), 2)
        thirds = {self._of[rival] for rival, worth in self._rivals.get(report, ()) if worth >= least}
        return any(self._apart_from(theirs, third, by=mine) for third in sorted(thirds - {mine, theirs}))

    def _apart_from(self, theirs: str, third: str, *, by: str) -> bool:
        first, other = self.members[theirs][0], self.members[third][0]
        return self.are_two(first, other, by=by) or self._opposed(first, other, by=by)

    def _courted(self, mine: str, theirs: str, score: float) -> bool:
        """Whether a third event, which is not `theirs`, has about as much in common with `mine`."""
        thirds = {self._of[rival] for member in self.members[mine] for rival, _ in self._rivals.get(member, ())}
        return any(
            self._apart_from(theirs, third, by=mine)
            and (self._together(mine, third) or 0.0) >= score - _limit("margin")
            for third in sorted(thirds - {mine, theirs})
        )

    def _together(self, mine: str, theirs: str) -> float | None:
        """What two clusters have in common; None where they cannot be one."""
        if self._judged_apart(mine, theirs) or self._siblings(mine, theirs):
            return None
        every: list[Parts] = []
        for one in self.members[mine][:WITNESSES]:
            for other in self.members[theirs][:WITNESSES]:
                found = self._parts(one, other)
                if found is None or excluded(self._reports[one], self._reports[other], found):
                    return None
                every.append(found)
        return together(every)

    def _judged_apart(self, mine: str, theirs: str) -> bool:
        return bool(self._apart) and any(
            frozenset((a, b)) in self._apart for a in self.members[mine] for b in self.members[theirs]
        )

    def _merge(self, mine: str, theirs: str) -> None:
        both = sorted([*self.members[mine], *self.members.pop(theirs)], key=lambda one: in_time(self._reports[one]))
        self.members[mine] = both
        self._former[mine] |= self._former.pop(theirs)
        for member in both:
            self._of[member] = mine


def _is_exact(pair: Pair) -> bool:
    """Whether two reports that are one event by their sum tell one number."""
    return pair.score >= _limit("same") and any(part.what == "toll" and part.kind in EQUAL for part in pair.parts)


def _limit(name: str) -> float:
    return weights().of["thresholds"][name]


def joined(
    reports: Mapping[str, Report], pairs: Iterable[Pair], decided: Sequence[Sides]
) -> tuple[list[list[str]], list[Pair]]:
    """One neighbourhood's reports by event, each event's in their order; and the pairs with what became of them: the
    same, different where their events contradict each other, doubtful where only people can say more."""
    judged = {frozenset((left[0], right[0])) for _, left, right in decided}
    known = list(pairs)
    free = sorted(
        (pair for pair in known if frozenset((pair.left, pair.right)) not in judged),
        key=lambda pair: (-pair.score, pair.left, pair.right),
    )
    found = Clusters(reports, free, decided)
    for pair in free:
        if pair.score >= _limit("same"):
            found.join(pair.left, pair.right, pair.score)
    for pair in free:
        if pair.score < _limit("same"):
            found.absorb(pair.left, pair.right, pair.score)
    for judgement, left, right in sorted(decided, key=lambda one: one[0].id):  # of whole events, so when they are there
        if judgement.verdict == "same":
            found.judged_same(left[0], right[0])
    events = sorted(found.members.values(), key=lambda members: in_time(reports[members[0]]))
    return events, [replace(pair, verdict=_verdict(found, pair)) for pair in known]


def _verdict(found: Clusters, pair: Pair) -> Literal["same", "different", "doubtful"]:
    if found.one(pair.left, pair.right):
        return "same"
    return "different" if found.are_two(pair.left, pair.right) else "doubtful"

"""Events from reports: pairs join, judgements go before pairs, and ids stay with the reports that had them.

The same reports, pairs and judgements give the same events in whatever order they came. What is gathered here is one
neighbourhood: reports that pairs or judgements connect. Another neighbourhood has no part in it, so what is new is
gathered with its neighbours alone, and the events are those that gathering everything anew would give.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, count

from dateline.extractors.events.days import looks_back
from dateline.extractors.events.features import ALIKE, weights
from dateline.extractors.events.scoring import opposed
from dateline.extractors.events.words import copies
from dateline.models.event import Event, Judgement, Pair, Report, Role
from dateline.models.ids import content_id

WITNESSES = (
    24  # reports of an event that are asked whether another event can be it: the earliest, and those of the pair
)
Sides = tuple[Judgement, tuple[str, ...], tuple[str, ...]]


def in_time(report: Report) -> tuple[str, str, str]:
    """The order of reports: by day of print, then text. Unknown days go last."""
    return report.published or "9999", report.text_id, report.id


def settled(judgements: Iterable[Judgement], holder: Mapping[str, str]) -> list[Sides]:
    """The judgements that still say something, each with the reports (ids) on its two sides: those that its mentions
    are of now (`holder`). Of several on the same two the last counts."""
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


def neighbourhoods(ids: Iterable[str], edges: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The reports that edges connect, over any number of steps; each sorted, the one with the least id first."""
    parent = {one: one for one in ids}

    def root(one: str) -> str:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for one, other in edges:
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    found: dict[str, list[str]] = {}
    for one in sorted(parent):
        found.setdefault(root(one), []).append(one)
    return list(found.values())


class _Clusters:
    """The reports of one neighbourhood, joined step by step."""

    def __init__(self, reports: Mapping[str, Report], pairs: Sequence[Pair], decided: Sequence[Sides]) -> None:
        self._reports = reports
        self._of = {one: one for one in reports}
        self.members = {one: [one] for one in reports}
        self._rivals: dict[str, list[tuple[str, float]]] = {}
        for pair in pairs:
            self._rivals.setdefault(pair.left, []).append((pair.right, pair.score))
            self._rivals.setdefault(pair.right, []).append((pair.left, pair.score))
        different = [(left, right) for judgement, left, right in decided if judgement.verdict == "different"]
        self._apart = {frozenset((a, b)) for left, right in different for a in left for b in right}

    def judged_same(self, one: str, other: str) -> None:
        """Join because somebody said so; only another judgement stands against it."""
        mine, theirs = self._of[one], self._of[other]
        if mine != theirs and not self._judged_apart(mine, theirs):
            self._merge(mine, theirs)

    def join(self, one: str, other: str, score: float) -> None:
        """Join the events of two reports, unless they contradict each other or one report fits another as well."""
        mine, theirs = self._of[one], self._of[other]
        if mine == theirs or self._are_two(mine, theirs, one, other):
            return
        if self._torn(mine, theirs, one, score) or self._torn(theirs, mine, other, score):
            return
        self._merge(mine, theirs)

    def _are_two(self, mine: str, theirs: str, one: str, other: str) -> bool:
        """Whether two clusters cannot be one event: judged so, two incidents of one article, or reports opposed."""
        if self._judged_apart(mine, theirs):
            return True
        if self._siblings(mine, theirs):
            return True
        left, right = self._witnesses(mine, one), self._witnesses(theirs, other)
        return any(opposed(self._reports[a], self._reports[b]) for a in left for b in right if {a, b} != {one, other})

    def _siblings(self, mine: str, theirs: str) -> bool:
        """Whether two clusters hold two incidents of one article that are no pieces of one."""
        own: dict[str, list[str]] = {}
        for member in self.members[mine]:
            own.setdefault(self._reports[member].text_id, []).append(member)
        return any(
            opposed(self._reports[member], self._reports[sibling])
            for member in self.members[theirs]
            for sibling in own.get(self._reports[member].text_id, ())
        )

    def _witnesses(self, cluster: str, own: str) -> list[str]:
        some = self.members[cluster][:WITNESSES]
        return some if own in some else [*some, own]

    def _torn(self, mine: str, theirs: str, report: str, score: float) -> bool:
        """Whether a report that stands alone fits a third event about as well as `theirs`, and the two are not one."""
        if len(self.members[mine]) > 1:
            return False
        least = round(score - weights().of["thresholds"]["margin"], 2)
        thirds = {self._of[rival] for rival, worth in self._rivals.get(report, ()) if worth >= least}
        return any(
            self._are_two(theirs, third, self.members[theirs][0], self.members[third][0])
            or opposed(self._reports[self.members[theirs][0]], self._reports[self.members[third][0]])
            for third in sorted(thirds - {mine, theirs})
        )

    def _judged_apart(self, mine: str, theirs: str) -> bool:
        return bool(self._apart) and any(
            frozenset((a, b)) in self._apart for a in self.members[mine] for b in self.members[theirs]
        )

    def _merge(self, mine: str, theirs: str) -> None:
        both = sorted([*self.members[mine], *self.members.pop(theirs)], key=lambda one: in_time(self._reports[one]))
        self.members[mine] = both
        for member in both:
            self._of[member] = mine


def clusters(reports: Mapping[str, Report], pairs: Iterable[Pair], decided: Sequence[Sides]) -> list[list[str]]:
    """One neighbourhood's reports by event, each event's in their order. `pairs` are those of verdict same."""
    judged = {frozenset((left[0], right[0])) for _, left, right in decided}
    joining = [pair for pair in pairs if frozenset((pair.left, pair.right)) not in judged]
    found = _Clusters(reports, joining, decided)
    for pair in sorted(joining, key=lambda pair: (-pair.score, pair.left, pair.right)):
        found.join(pair.left, pair.right, pair.score)
    for judgement, left, right in sorted(decided, key=lambda one: one[0].id):  # of whole events, so when they are there
        if judgement.verdict == "same":
            found.judged_same(left[0], right[0])
    return sorted(found.members.values(), key=lambda members: in_time(reports[members[0]]))


def events(found: Sequence[Sequence[Report]], before: Mapping[str, str], in_use: Iterable[str] = ()) -> list[Event]:
    """The clusters as events, each with its id: that of the event before whose mentions it has most of (`before`: the
    event's id of each mention), each id once, or one after its earliest report. `in_use` are ids of events that are not
    gathered here."""
    ids = _ids(found, before, set(in_use))
    return [_event(one, cluster) for one, cluster in zip(ids, found, strict=True)]


def _event(event_id: str, cluster: Sequence[Report]) -> Event:
    texts = copies({report.text_id: report.sketch for report in cluster}, alike=ALIKE)
    return Event(
        id=event_id,
        reports=tuple(report.id for report in cluster),
        roles=tuple(role(report) for report in cluster),
        copies=tuple(texts[report.text_id] for report in cluster),
    )


def role(report: Report) -> Role:
    """What part a report plays in its event."""
    return "parent" if report.parent else "background" if looks_back(report) else "report"


def votes(cluster: Iterable[Report], before: Mapping[str, str]) -> Counter[str]:
    """How many mentions of a cluster each event before had."""
    mentions = (mention for report in cluster for mention in report.mentions)
    return Counter(before[mention] for mention in mentions if mention in before)


def natural_id(report: Report) -> str:
    """The id of an event that is named after this report."""
    return content_id("event", report.id)


def _ids(found: Sequence[Sequence[Report]], before: Mapping[str, str], in_use: set[str]) -> list[str]:
    """Who has most of an event's mentions keeps its id; of equals whose report it is named after, then the earliest."""
    claims = sorted(
        (-voters, event, event not in map(natural_id, cluster), number)
        for number, cluster in enumerate(found)
        for event, voters in votes(cluster, before).items()
    )
    given: dict[int, str] = {}
    taken = set(in_use)
    for _, event, _, number in claims:
        if number not in given and event not in taken:
            given[number] = event
            taken.add(event)
    return [given.get(number) or _new_id(cluster, taken) for number, cluster in enumerate(found)]


def _new_id(cluster: Sequence[Report], taken: set[str]) -> str:
    """An id after the earliest report, or the first whose id no other event keeps; else one that was never given."""
    ids = chain(
        (natural_id(report) for report in cluster),
        (content_id("event", cluster[0].id, number) for number in count(2)),
    )
    found = next(one for one in ids if one not in taken)
    taken.add(found)
    return found

"""Events from reports: pairs join, judgements go before pairs, and ids stay with the reports that had them.

The same reports, pairs and judgements give the same events in whatever order they came. What is gathered here is one
neighbourhood: reports that pairs or judgements connect. Another neighbourhood has no part in it, so what is new is
gathered with its neighbours alone, and the events are those that gathering everything anew would give.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, count

from dateline.extractors.events.days import looks_back
from dateline.extractors.events.features import ALIKE
from dateline.extractors.events.joining import Sides
from dateline.extractors.events.words import copies
from dateline.models.event import Event, Judgement, Report, Role
from dateline.models.ids import content_id


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

"""Events over several others, and their parts."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from dateline.extractors.incidents.agreement import dates_agree, interval, is_within, places_agree
from dateline.extractors.incidents.event import TOTAL, Event
from dateline.extractors.incidents.text import Layout
from dateline.models.fields.casualties import CasualtyFact

Own = tuple[str | None, str | None]  # the day and place that the words around a claim name
ITEMS = 8  # claims behind a total that may be its parts
NEXT = 5  # sentences from a total to the last of them; a headline and a lead may give it both
MOST = 40  # events over several of an article, and parts of one


def totals_of(layout: Layout, claims: Sequence[CasualtyFact], own: Callable[[CasualtyFact], Own]) -> set[str]:
    """The ids of claims on dead who are the sum of those told of next, all on days of their `own`, or all in such
    places: "Six died on Monday. Four were killed near Orvan and two in Tessel"."""
    counted = [claim for claim in claims if claim.outcome == "killed" and claim.part_of is None and claim.best]
    found = set()
    for at, claim in enumerate(counted):
        rest, parts = claim.best or 0, []
        for part in counted[at + 1 : at + 1 + ITEMS]:
            if part.rule == TOTAL or layout.sentence(part.start) - layout.sentence(claim.start) > NEXT or rest <= 0:
                break
            if part.best != claim.best:
                rest -= part.best or 0
                parts.append(own(part))
        if rest == 0 and len(parts) > 1 and any(_differ(values) for values in zip(*parts, strict=True)):
            found.add(claim.id)
    return found


def _differ(values: Sequence[str | None]) -> bool:
    """Whether all are known and no two the same."""
    return None not in values and len(set(values)) == len(values)


def give_parts(events: list[Event]) -> None:
    """Give every event over several its parts: those told on a day of it, and new ones for days of which no more is
    told."""
    for whole in [event for event in events if event.several and event.dates][:MOST]:
        events.extend(_parts(events, whole))
        if any(event.parent is whole and not places_agree(event.place, whole.place) for event in events):
            whole.place = None  # of the towns of its parts it has none


def add_up(events: Sequence[Event]) -> None:
    """Give an event over several that has no day those of the events that add up to it: two attacks "have left 20
    dead", of 14 on Monday and six on Tuesday, where the article tells no more of them."""
    for whole in [event for event in events if event.several and not event.dates][:MOST]:
        _add_up(events, whole)


def _add_up(events: Sequence[Event], whole: Event) -> None:
    parts = [event for event in events if event is not whole and _can_be_part(event, whole)][:MOST]
    if len(parts) > 1 and (total := _killed([whole])) and total == _killed(parts):
        whole.dates = [date for part in parts for date in part.dates]
        for part in parts:
            part.parent = whole


def _killed(events: Iterable[Event]) -> int | None:
    """The sum of what each event counts as killed, in its largest figure; None where one has none."""
    tolls = [max((fact.best or 0 for fact in event.claims if fact.outcome == "killed"), default=0) for event in events]
    return sum(tolls) if all(tolls) else None


def _can_be_part(event: Event, whole: Event) -> bool:
    told = bool(event.claims) and not (event.several or event.background or event.alone)
    return told and places_agree(event.place, whole.place)


def _parts(events: Sequence[Event], whole: Event) -> Iterable[Event]:
    earliest, latest, precision = interval(whole.dates)
    for event in islice((event for event in events if event is not whole and _can_be_part(event, whole)), MOST):
        first, last, _ = interval(event.dates)
        inside = first is not None and str(earliest) <= first and str(last) <= str(latest)
        if inside and (precision != 1 or is_within(event.place, whole.place)):
            event.parent = whole
    parts = [event for event in events if event.parent is whole]
    for date in whole.dates if len(whole.dates) > 1 else ():
        if not any(dates_agree(date, own) for event in parts for own in event.dates):
            yield Event(whole.at, [], [date], whole.place, parent=whole)

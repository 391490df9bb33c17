"""An event as an incident: its values, and which facts each comes from."""

from collections.abc import Sequence

from dateline.extractors.incidents.agreement import interval
from dateline.extractors.incidents.event import Event
from dateline.extractors.incidents.text import Layout
from dateline.extractors.incidents.toll import Share, group_tolls, shares, toll
from dateline.models.fields.casualties import CasualtyFact, Outcome
from dateline.models.fields.leaders import LeaderFact
from dateline.models.ids import content_id, text_id
from dateline.models.incident import GroupToll, Incident, Toll

OUTCOMES: tuple[Outcome, ...] = ("killed", "injured", "missing", "captured", "killed_or_injured")


def incident_of(text: str, layout: Layout, event: Event, leaders: Sequence[LeaderFact], *, main: bool) -> Incident:
    """The incident of an event of `text`."""
    told = {fact.outcome for fact in event.claims}
    parts = {outcome: _shares(layout, event.claims, outcome) for outcome in OUTCOMES if outcome in told}
    tolls = {outcome: toll(parts.get(outcome, ())) for outcome in OUTCOMES}
    basis: dict[str, tuple[str, ...]] = {
        outcome: tuple(fact.id for share in found for fact in share.facts) for outcome, found in parts.items() if found
    }
    nobody = _nobody_hurt(event.claims)
    if tolls["killed"] is None and nobody is not None:
        tolls["killed"], basis["killed"] = Toll(low=0, best=0, high=0), (nobody.id,)
    earliest, latest, precision = interval(event.dates)
    if event.dates:
        basis["date"] = tuple(date.id for date in event.dates)
    if event.place is not None:
        basis["place"] = (event.place.id,)
    used = _unique([*(fact.id for fact in event.claims), *(name for ids in basis.values() for name in ids)])
    return Incident(
        id=_id(text, event), main=main, part_of=_id(text, event.parent) if event.parent else None,
        earliest=earliest, latest=latest, date_precision=precision, place=event.place, **tolls,
        groups=tuple(_groups(event.claims, parts)), leaders=_leaders(event, leaders), facts=used, basis=basis,
    )  # fmt: skip


def _shares(layout: Layout, claims: Sequence[CasualtyFact], outcome: Outcome) -> list[Share]:
    told = [fact for fact in claims if fact.outcome == outcome]
    here = {fact.id for fact in claims}
    wholes = [fact for fact in told if fact.part_of not in here]
    return shares(wholes, [fact for fact in told if fact.part_of in here], layout)


def _nobody_hurt(claims: Sequence[CasualtyFact]) -> CasualtyFact | None:
    """The claim that nobody at all was hurt: it says that nobody was killed."""
    unhurt = (fact for fact in claims if fact.outcome == "injured" and fact.high == 0)
    return next((fact for fact in unhurt if fact.group is None and fact.group_class == "unspecified"), None)


def _groups(claims: Sequence[CasualtyFact], parts: dict[Outcome, list[Share]]) -> list[GroupToll]:
    found: list[GroupToll] = []
    for outcome, told in parts.items():
        members = [fact for fact in claims if fact.part_of is not None and fact.outcome == outcome]
        found.extend(group_tolls(told, members))
    return found


def _leaders(event: Event, leaders: Sequence[LeaderFact]) -> tuple[str, ...]:
    """The leaders of whom the claims' own words speak."""
    return _unique(
        [leader.name for leader in leaders for claim in event.claims if claim.start <= leader.start < claim.stop]
    )


def _unique(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _id(text: str, event: Event) -> str:
    """The hash of the text and of the first claim of the event; where only day and place are told, of these and of
    what it is part of, for two such events may share a day."""
    if event.claims:
        return content_id("incident", text_id(text), event.claims[0].id)
    day, place = event.dates[0].id if event.dates else None, event.place.id if event.place else None
    return content_id("incident", text_id(text), day, place, _id(text, event.parent) if event.parent else None)

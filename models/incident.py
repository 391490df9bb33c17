"""Incidents: the events of one article, each value with the facts it comes from."""

from dataclasses import dataclass, field

from dateline.models.fields.casualties import GroupClass, Outcome
from dateline.models.fields.places import PlaceFact


@dataclass(frozen=True, kw_only=True)
class Toll:
    """How many: None where nobody says."""

    low: int | None
    best: int | None
    high: int | None


@dataclass(frozen=True, kw_only=True)
class GroupToll:
    """One group's share of one outcome."""

    group_class: GroupClass
    outcome: Outcome
    low: int | None
    best: int | None
    high: int | None


@dataclass(frozen=True, kw_only=True)
class Incident:
    """An event an article reports. `part_of` names the spanning incident of a claim over several events.

    `basis` keeps which value comes from which facts: "date", "place" or an outcome, to fact ids.
    """

    id: str
    main: bool
    part_of: str | None
    earliest: str | None
    latest: str | None
    date_precision: int | None
    place: PlaceFact | None
    killed: Toll | None
    injured: Toll | None
    missing: Toll | None
    captured: Toll | None
    killed_or_injured: Toll | None
    groups: tuple[GroupToll, ...] = ()
    leaders: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    basis: dict[str, tuple[str, ...]] = field(default_factory=dict)

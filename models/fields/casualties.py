"""A toll, kept as the claim it is: interval, group, scope, who says so."""

from dataclasses import dataclass
from typing import Literal

from dateline.models.facts import Fact

Outcome = Literal["killed", "injured", "missing", "captured", "killed_or_injured"]
Qualifier = Literal["exact", "at_least", "more_than", "at_most", "about", "range"]
GroupClass = Literal[
    "civilians",
    "children",
    "women",
    "men",
    "militants",
    "security_forces",
    "attackers",
    "journalists_aid_medical",
    "officials",
    "unspecified",
]
Scope = Literal["incident", "several", "cumulative"]
Polarity = Literal["affirmed", "denied", "possible"]


@dataclass(frozen=True, kw_only=True)
class CasualtyFact(Fact):
    """People counted, as low, best and high. All three are None where the words give no number (`vague` says which
    words) and nothing is ever filled in for them: how many "dozens" is, is a policy and not a reading.

    `part_of` is the id of the claim that this one is a subset of; `supersedes` the id of the earlier toll that this
    one replaces; `derived` marks a figure that was added or multiplied up, its parts in evidence.
    """

    outcome: Outcome
    low: int | None
    best: int | None
    high: int | None
    qualifier: Qualifier
    vague: str | None
    group: str | None
    group_class: GroupClass
    scope: Scope
    polarity: Polarity
    part_of: str | None = None
    derived: bool = False
    attribution: str | None = None
    supersedes: str | None = None


SHAPE = CasualtyFact

"""A named person whom the article gives an office or rank."""

from dataclasses import dataclass
from typing import Literal

from dateline.models.facts import Fact

RoleClass = Literal[
    "state_leader",
    "minister_or_official",
    "military_or_police",
    "armed_group",
    "spokesperson",
    "party_or_parliament",
    "international_org",
    "religious_or_tribal",
    "other",
]
LeaderStatus = Literal["killed", "captured", "injured", "target", "mentioned"]


@dataclass(frozen=True, kw_only=True)
class LeaderFact(Fact):
    """One mention of a leader. `role` and `organisation` are as written; all mentions of one person in an article
    share `same_as`. `attribution` is set where the status is only claimed."""

    name: str
    role: str | None
    organisation: str | None
    role_class: RoleClass
    status: LeaderStatus
    attribution: str | None
    same_as: str


SHAPE = LeaderFact

"""How alike two articles' persons are: name, organisation, office, place and time, each with its reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from dateline.extractors.language.data import LANGUAGE, load_yaml
from dateline.extractors.leaders.identity import parts, plain, same_part, same_person
from dateline.models.person import Appearance, Office, Pair, Part

_WEEK, _YEAR, _FAR = 7, 366, 3653  # days
_KUNYA = ("abu", "umm", "ibn")
_NATION = 4  # letters that a nation shares with its people: "Iran", "Iranian"; "Niger" and "Nigeria" are told by place


@dataclass(frozen=True)
class Weights:
    """scoring.yml."""

    of: Mapping[str, Mapping[str, float]]
    bodies: Mapping[str, str]
    strangers: frozenset[frozenset[str]]


@cache
def weights() -> Weights:
    """The weights, read once a process."""
    data: dict[str, Any] = load_yaml(Path(__file__).parent / "scoring.yml")
    groups = ("thresholds", "name", "organisation", "office", "place", "time")
    return Weights(
        of={group: {name: float(value) for name, value in data[group].items()} for group in groups},
        bodies={spelling: names[0] for names in data["bodies"] for spelling in names},
        strangers=frozenset(frozenset(pair) for pair in data["strangers"]),
    )


def is_weak(name: str) -> bool:
    """Whether a name alone tells nobody apart: one part, or "Abu" and one."""
    own = parts(name)
    return len(own) == 1 or (len(own) == 2 and own[0] in _KUNYA)


def compared(one: Appearance, other: Appearance) -> Pair | None:
    """How two appearances compare; None where their names are two, or too much speaks against them."""
    left, right = sorted((one, other), key=lambda appearance: appearance.id)
    name = _name(left, right)
    if name is None or left.text_id == right.text_id:  # who two persons of one text are, that text has said
        return None
    others = (_organisation(left, right), _office(left, right), _place(left, right), _time(left, right))
    found = (name, *(part for part in others if part is not None))
    total, known = round(sum(part.value for part in found), 2), weights().of["thresholds"]
    weak = name.value == weights().of["name"]["weak"]
    if total < known["doubtful_weak" if weak else "doubtful"]:
        return None
    return Pair(left=left.id, right=right.id, verdict="same" if total >= known["same"] else "doubtful", parts=found)


def _part(what: Any, kind: str, why: str) -> Part:
    return Part(what=what, value=weights().of[what][kind], why=why)


def _name(one: Appearance, other: Appearance) -> Part | None:
    """The closest two of their names."""
    found = [
        _part("name", _kind(first, second), f"{first} = {second}")
        for first in one.names
        for second in other.names
        if same_person(first, second)
    ]
    return max(found, key=lambda part: (part.value, part.why), default=None)


def _kind(first: str, second: str) -> str:
    if is_weak(first) or is_weak(second):
        return "weak"
    own, others = parts(first), parts(second)
    if len(own) != len(others) or not all(same_part(a, b) for a, b in zip(own, others, strict=True)):
        return "short_form"
    return "long" if len(own) > 2 else "full"


def body(organisation: str | None) -> str | None:
    """An organisation as it is compared: lower case, without article and accents, one name for one body, four letters
    of a nation ("Mali", "Malian"); None for "the group", which names none."""
    if organisation is None or organisation.islower():
        return None
    written = " ".join(organisation.lower().replace("’", "'").split()).removeprefix("the ")
    if written in weights().bodies:
        return weights().bodies[written]
    return written[:_NATION] if written in _nations() else " ".join(map(plain, written.split()))


@cache
def _nations() -> frozenset[str]:
    """The names of nations and peoples of one word."""
    return frozenset(
        word for words in load_yaml(LANGUAGE / "nations.yml").values() for word in words if " " not in word
    )


def _organisation(one: Appearance, other: Appearance) -> Part | None:
    mine, theirs = _bodies(one.offices), _bodies(other.offices)
    if not mine or not theirs:
        return None
    shared = sorted(mine.keys() & theirs.keys())
    if shared:
        return _part("organisation", "same", f"both of {shared[0]}")
    both = f"{min(mine)}, {min(theirs)}"
    strange = all(_are_strangers(a, b) for a in mine.values() for b in theirs.values())
    return _part("organisation", "strange" if strange else "other", both)


def _bodies(offices: Iterable[Office]) -> dict[str, str]:
    """The bodies of offices, with the class of the office held in each."""
    return {known: office.role_class for office in offices if (known := body(office.organisation)) is not None}


def _are_strangers(one: str, other: str) -> bool:
    return frozenset((one, other)) in weights().strangers


def _office(one: Appearance, other: Appearance) -> Part | None:
    mine, theirs = ({office.role.lower().split()[-1] for office in each.offices} for each in (one, other))
    if mine & theirs:
        return _part("office", "role", f"both {min(mine & theirs)}")
    kinds, others = ({office.role_class for office in each.offices} - {"other"} for each in (one, other))
    if kinds & others:
        return _part("office", "kind", min(kinds & others))
    if kinds and others and all(_are_strangers(a, b) for a in kinds for b in others):
        return _part("office", "strange", f"{min(kinds)}, {min(others)}")
    return None


def _place(one: Appearance, other: Appearance) -> Part | None:
    if shared := one.divisions & other.divisions:
        return _part("place", "division", min(shared))
    if shared := one.countries & other.countries:
        return _part("place", "country", min(shared))
    if one.countries and other.countries:
        return _part("place", "other", f"{min(one.countries)}, {min(other.countries)}")
    return None


def _time(one: Appearance, other: Appearance) -> Part | None:
    if one.published is None or other.published is None:
        return None
    days = abs((_day(one.published) - _day(other.published)).days)
    exact = min(len(one.published), len(other.published)) == len("2014-06-12")
    if days <= _WEEK and exact:
        return _part("time", "week", f"{days} days apart")
    if days <= _YEAR:
        return _part("time", "year", f"{days} days apart")
    return _part("time", "far", f"{days // 365} years apart") if days > _FAR else None


def _day(published: str) -> date:
    return date.fromisoformat(published if len(published) > len("2014-06") else f"{published}-15")

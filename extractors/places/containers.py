"""What the words between two names say of them: one lies in the other, or both stand in one list."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from dateline.extractors.places.gazetteer import Place
from dateline.extractors.places.reading import Name, Text
from dateline.extractors.places.words import classes

_GLUE = frozenset(["in", "the", "of", ",", "(", "'s", "’s", "-"])
_APART = frozenset(["and", "or", "from", "to", ".", ";", "near", "for", "by", ":", "with", "but", "as", "on", "at"])
_OWNS = frozenset(["'s", "’s", "'", "’", "-"])
_IN_LISTS = frozenset([",", "and", "or", "&", "/", ";", "-"])
_PLURALS = {
    "counties": "admin2",
    "provinces": "admin1",
    "districts": "admin2",
    "states": "admin1",
    "parishes": "admin2",
}


def pairs(names: list[Name]) -> Iterator[tuple[Name, Name]]:
    """Neighbouring names of one sentence."""
    return ((left, right) for left, right in pairwise(names) if left.sentence == right.sentence)


def link(text: Text, names: list[Name]) -> None:
    """Set `within` of each name that says where it lies: "Plymouth, Massachusetts", "Brazil's Bahia state"."""
    for left, right in pairs([name for name in names if name.places[0].level != "people"]):
        if right.start - left.stop > 7 or _are_peers(text, left, right):
            continue
        gap = text.lower[left.stop : right.start]
        inward = is_inward(gap)
        left.contradicted = inward and not holds(right.places, left.places)
        if inward and not left.contradicted:
            left.within = right
            right.holding.append(left)
        elif is_outward(gap) and holds(left.places, right.places):
            right.within = left
            left.holding.append(right)


def in_list(text: Text, left: Name, right: Name) -> bool:
    """Whether two neighbouring names are members of one list: "Voi, Taveta and Mariakani"."""
    gap = text.lower[left.stop : right.start]
    return 0 < len(gap) <= 2 and all(word in _IN_LISTS for word in gap)


def ask_for_lists(text: Text, names: list[Name]) -> None:
    """ "Adams, Brown and Pike counties" are counties, all of them; beside states, New York is one."""
    plural: int | None = None
    following: Name | None = None
    for name in reversed(names):
        listed = following is not None and following.sentence == name.sentence and in_list(text, name, following)
        if name.stop < name.sentence[1] and text.lower[name.stop] in _PLURALS:
            plural = name.stop
        elif not listed:
            plural = None
        asked = _PLURALS[text.lower[plural]] if plural is not None else None
        if asked and any(place.level == asked for place in name.places):
            name.unit, name.asks = plural, asked
        elif listed and following is not None:
            _ask_for_states(name, following)
        following = name


def _ask_for_states(left: Name, right: Name) -> None:
    """ "Texas, New York and Ohio": beside a state, New York is the state."""
    for one, other in ((left, right), (right, left)):
        state = one.places[0]
        has_seat = any(place.level == "town" and place.admin1 == state.id for place in one.places)
        if state.level == "admin1" and not has_seat and _is_division_of(other.places, state.country):
            other.asks = other.asks or "admin1"


def _is_division_of(places: Iterable[Place], country: str | None) -> bool:
    return any(place.level == "admin1" and place.country == country for place in places)


def holds(outer: Iterable[Place], inner: Iterable[Place]) -> bool:
    """Whether any reading of one name lies in any reading of another."""
    countries = {place.country for place in outer if place.level == "country"}
    units = {place.id for place in outer if place.level in ("admin1", "admin2")}
    return any(
        place.admin1 in units
        or place.admin2 in units
        or (place.country in countries and place.level not in ("country", "people"))
        for place in inner
    )


def is_abbreviation(text: Text, name: Name) -> bool:
    """Whether this is a state in its short form, the full stop in it or behind it: "Mo.", "W.Va" and "."."""
    known = classes()["abbreviation"]
    if name.quote in known:
        return not (name.start > 0 and text.words[name.start - 1].isdigit())  # "100 B.C."
    end = text.span(name.start, name.stop)[1]
    return f"{name.quote}." in known and text.text[end : end + 1] == "."


def _are_peers(text: Text, left: Name, right: Name) -> bool:
    """Whether the two stand beside each other as equals: "China, Japan and Korea", "Oregon, Washington"."""
    if left.key == right.key or is_abbreviation(text, right):
        return False
    if left.is_country and right.is_country:
        return True
    outer = {place.country for place in right.places if place.level == "admin1"}
    return any(place.level == "admin1" and place.country in outer and not place.variant for place in left.places[:1])


def is_inward(gap: list[str]) -> bool:
    """Whether the words between two names lead from the smaller to the larger: ", in the Mexican state of"."""
    if not gap:
        return False
    known = classes()
    others = [word for word in gap if word not in _GLUE and word not in known["unit"] and word not in known["compass"]]
    joined = "," in gap or "in" in gap or "(" in gap or gap[-1] == "of"
    return joined and len(others) <= 1 and _APART.isdisjoint(gap)


def is_outward(gap: list[str]) -> bool:
    """Whether they lead from the larger to the smaller: "'s", "'s southern district of"."""
    if not gap or gap[0] not in _OWNS:
        return False
    known = classes()
    return all(
        word in known["unit"] or word in known["compass"] or word in ("of", "the", "capital") for word in gap[1:]
    )

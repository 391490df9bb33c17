"""How precisely a place is located as it is named here: UCDP GED's where_prec."""

from dateline.extractors.places.reading import Name, Text
from dateline.extractors.places.words import classes

_PRECISION = {"town": 1, "area": 3, "admin2": 3, "admin1": 4, "region": 5, "continent": 5, "country": 6, "water": 7}
_SIDES = frozenset(
    side + way
    for side in ("north", "south", "")
    for way in ("", "east", "west", "-east", "-west")
    if side or way in ("east", "west")
)


def precision_of(text: Text, name: Name) -> int | None:
    """1 the town itself, 2 near it, 3 a second-order division, 4 a first-order one, 5 a larger region, a border or
    "between", 6 a country, 7 sea or air; None where the name was not resolved."""
    if name.place is None:
        return None
    known, precision = classes(), _PRECISION[name.place.level]
    start = name.sentence[0]
    before = text.lower[max(start, name.start - 6) : name.start]
    near = before[-3:]
    if "between" in near or (before[-1:] == ["and"] and "between" in before):
        return 5
    if precision in (4, 6) and (_has_border(text.lower[name.stop : name.stop + 4]) or _has_border(near)):
        return 5
    if (
        precision == 1
        and near
        and (near[-1] in known["near"] or not known["close"].isdisjoint(near) or _is_beside(before))
    ):
        return 2
    return precision


def _is_beside(before: list[str]) -> bool:
    """ "north of X", but not "the north of X"."""
    return before[-1] == "of" and before[-2:-1] != [] and before[-2] in _SIDES and before[-3:-2] != ["the"]


def _has_border(words: list[str]) -> bool:
    """Whether a border is named; a "border province" is no border."""
    known = classes()
    return any(
        word in known["border"] and (at + 1 == len(words) or words[at + 1] not in known["unit"])
        for at, word in enumerate(words)
    )

"""Which of the names found are places. A name is taken for what stands around it, never for standing in a list alone.

`recognise` asks its questions in order; the first that has an answer gives the rule.
"""

import re

from dateline.extractors.places.containers import ask_for_lists, in_list, link, pairs
from dateline.extractors.places.people import People
from dateline.extractors.places.reading import QUARTER, Name, Text
from dateline.extractors.places.strangers import (
    capital_at,
    is_ordinary,
    is_person_like,
    is_short_form,
    is_stranger,
    neighbours,
)
from dateline.extractors.places.words import classes, common

_KNOWN = 100_000  # people in a town that a paper names without saying where it lies
_GREAT = 500_000  # and in one that is known although it is a person's name too: Houston, Charlotte
_WEAK = 15_000  # people in a town that "from" or "of" may stand before; a person's name stands there as often
_NAMED = 1_000  # people in a place of several words, or with the name of an ordinary word behind "in"
_ONE_PLACE = 1.0  # degrees between a town and the point of its district
_DIVISION = 100_000  # people in a first-order division that is known by its name alone: not the parishes of Grenada
_RUN = 4  # words of an organisation's name after the place's
# "Zaria, Kaduna State – Gunmen": a comma, one to four words in capitals, a dash, and a sentence
_SET_OFF = re.compile(r",(?: [A-Z][\w’'-]{0,20}\.?,?){1,4} ?(?:—|–|--) ?(?=[“\"A-Z])")
_DASHES = frozenset(["-", "–", "—", "--", "―"])
_DATELINE = 6  # words at the head of a paragraph that a dateline's town may stand behind
# These say that a name is a place so surely that its other mentions need no words of their own.
_SURE = frozenset(
    f"places.{rule}"
    for rule in (
        "dateline",
        "heading",
        "within",
        "unit-after",
        "unit-before",
        "in",
        "division",
        "known",
        "part",
        "body",
        "party",
    )
)


def recognise(text: Text, names: list[Name], people: People) -> list[Name]:
    """The names that are places, each with its rule."""
    link(text, names)
    ask_for_lists(text, names)
    candidates = [name for name in names if not is_stranger(text, name, people)]
    candidates = [name for name in candidates if not (name.respelled and name.contradicted)]
    for name in candidates:
        if _ends_persons_name(text, name):
            people.add(name)
    for name in candidates:
        name.rule = _rule(text, name, people)
        if name.rule is not None and name.respelled:
            name.rule = "places.spelling"
    sure = {name.key for name in candidates if name.rule in _SURE}
    sure |= {key.removesuffix(f" {kind}") for key in sure for kind in ("county", "parish")}
    for name in candidates:
        if name.rule is None and name.key in sure and not (people.knows(name) or _runs_on(text, name)):
            name.rule = "places.again"
    _take_lists(text, candidates, people)
    return [name for name in candidates if name.rule is not None]


def _rule(text: Text, name: Name, people: People) -> str | None:
    """The rule by which this name is a place, or None."""
    known = classes()
    before, after = neighbours(text, name)
    if name.unit is None:
        _set_unit(text, name, before, after)
    if _opens_dateline(text, name) or _opens_small_dateline(text, name):
        return "places.dateline"
    if is_short_form(name):
        return "places.abbreviation"
    if name.within is not None:
        return "places.within"
    if name.unit is not None:
        return "places.unit-after" if name.unit >= name.stop else "places.unit-before"
    if before == "-" and text.words[name.start - 2] in ("D", "R", "I"):
        return "places.party"
    if (name.is_country or _is_division(name)) and not people.knows(name):
        return "places.division" if not is_ordinary(text, name) or before in known["in"] else None
    if _runs_on(text, name):
        return None
    if _heads(text, name, people):
        return "places.heading"
    return _by_words_around(text, name, before, after, people) or _by_size(text, name, people)


def _set_unit(text: Text, name: Name, before: str, after: str) -> None:
    """Note the word that says what kind of place this is, and the level that it asks for."""
    known, ordinary = classes(), is_ordinary(text, name)
    if after in known["unit"] and not (ordinary and before not in known["in"] and before != "of"):
        name.unit, name.asks = name.stop, name.asks or _asked(after)
        if (before, after) == ("the", "district") and all(place.level != "admin2" for place in name.places):
            name.asks = QUARTER
    elif before == "of" and _second_before(text, name) in known["toward"] and not ordinary:
        name.unit, name.asks = name.start - 2, name.asks or _asked(text.lower[name.start - 2])


def _by_words_around(text: Text, name: Name, before: str, after: str, people: People) -> str | None:
    known = classes()
    ordinary, doubtful = is_ordinary(text, name), people.knows(name) or is_person_like(name)
    name.cue = name.start - 1 if before else None
    if before in known["in"] and (
        not ordinary or (_population(name) >= _NAMED and not capital_at(text, name.stop, name))
    ):
        return None if doubtful and after in ("'s", "’s") else "places.in"
    if ordinary or people.knows(name):
        return None
    if before in known["compass"] and not name.places[0].variant:
        return "places.part"
    if after in known["townsfolk"] and not (doubtful and _population(name) < _KNOWN):
        name.cue = name.stop
        return "places.body"
    if after in ("-", "–") and name.stop + 1 < name.sentence[1] and text.lower[name.stop + 1] == "based":
        name.cue = name.stop + 1
        return "places.body"
    if after in known["event"] and _population(name) >= (_NAMED if before == "the" else _WEAK) and not doubtful:
        name.cue = name.stop
        return "places.body"
    if doubtful:
        name.cue = None
        return None
    if (
        before == "on"
        and _second_before(text, name) in known["lands"]
        and (_population(name) >= _NAMED or _is_one(name))
    ):
        return "places.preposition"
    if before in known["weak"] and _population(name) >= (_KNOWN if before in known["hardly"] else _WEAK):
        return "places.preposition"
    if before in known["weak"] and before not in known["hardly"] and _is_one(name):
        return "places.preposition"
    if before in ("at", "to", "from", "of") and len(name.places) == 1 and not name.places[0].variant:
        return "places.preposition"
    name.cue = None
    return None


def _by_size(text: Text, name: Name, people: People) -> str | None:
    if is_ordinary(text, name) or people.knows(name) or name.places[0].variant:
        return None
    if is_person_like(name):
        return "places.known" if _population(name) >= _GREAT else None
    several = name.stop - name.start > 1 and not name.key.startswith("st ")
    plain = several and all(word in common() for word in name.key.split())  # "Cedar Park", "Stone Lake"
    least = _WEAK if plain else _NAMED if several else _KNOWN
    return "places.known" if _population(name) >= least else None


def _take_lists(text: Text, names: list[Name], people: People) -> None:
    """A member of a list of places is one: "Voi, Taveta and Mariakani". Once from each end."""
    forward = list(pairs(names))
    for one, other in (*forward, *((right, left) for left, right in reversed(forward))):
        if one.rule is not None and other.rule is None and other.stop != one.start:
            left, right = sorted((one, other), key=lambda name: name.start)
            if in_list(text, left, right) and _may_be_listed(text, other, people):
                other.rule = "places.list"


def _may_be_listed(text: Text, name: Name, people: People) -> bool:
    if is_ordinary(text, name) or people.knows(name) or _runs_on(text, name) or name.places[0].variant:
        return False
    return not is_person_like(name) or _population(name) >= _KNOWN


def _is_one(name: Name) -> bool:
    """Whether the name has one meaning, where it is transliterated and so no English word or name: a town, and perhaps
    the district around it."""
    one = name.places[0]
    if one.variant or one.country not in classes()["transliterated"]:
        return False
    return all(
        place.country == one.country
        and abs(place.latitude - one.latitude) + abs(place.longitude - one.longitude) < _ONE_PLACE
        for place in name.places
        if not place.variant
    )


def _population(name: Name) -> int:
    """The people of the largest reading; a name that is only one of its many counts little."""
    return max(
        place.population // (20 if place.variant and place.country not in classes()["transliterated"] else 1)
        for place in name.places
        if place.level != "people"
    )


def _asked(word: str) -> str | None:
    return next(
        (level for level in ("admin1", "admin2", "town", "region", "country") if word in classes()[f"asks_{level}"]),
        None,
    )


def _second_before(text: Text, name: Name) -> str:
    return text.lower[name.start - 2] if name.start - 2 >= name.sentence[0] else ""


def _opens_dateline(text: Text, name: Name) -> bool:
    """ "LA PAZ, Bolivia (AP) -", "TUNIS (AFP) -", "HERAT, Afghanistan (May 4)", "MULTAN: ", "May 4 (TUNIS) -": in
    capitals, and set off."""
    start, stop = name.sentence
    if name.start - start > _DATELINE or not name.quote.isupper() or len(name.quote) < 4:
        return False
    months = classes()["month"]
    if not all(w.isupper() or not w.isalpha() or w.lower() in months for w in text.words[start : name.start]):
        return False
    first = name.stop
    if first < stop and text.words[first].isupper() and text.lower[first] in classes()["asks_town"]:
        first += 1  # "QUEZON CITY -"
    if text.words[first : first + 1] == ["/"]:  # "TUNIS/PORT SUDAN (AFP) -"
        beside = range(first + 1, min(stop, first + _DATELINE))
        first = next((at for at in beside if not text.words[at].isupper()), stop)
    ahead = text.words[first : min(stop, first + 14)]
    if ahead[:1] == [":"]:
        return name.start == start and _opens_paragraph(text, start)
    if ahead[:1] == [")"]:
        return name.start > start and text.words[name.start - 1] == "(" and not _DASHES.isdisjoint(ahead[1:2])
    if not ahead or not (ahead[0] in (",", "(") or ahead[0] in _DASHES):
        return False
    return not _DASHES.isdisjoint(ahead) or "(" in ahead[:4]


def _opens_small_dateline(text: Text, name: Name) -> bool:
    """ "Celaya, Gto. — A court", "Zaria, Kaduna State – Gunmen": set off by a dash behind its state."""
    if name.start != name.sentence[0] or name.is_country or not _opens_paragraph(text, name.start):
        return False
    return _SET_OFF.match(text.text, text.span(name.start, name.stop)[1]) is not None


def _heads(text: Text, name: Name, people: People) -> bool:
    """ "Karsk: two of the wounded die": a town before the colon of a headline or an entry."""
    after = name.stop < name.sentence[1] and text.words[name.stop] == ":"
    if not after or name.start != name.sentence[0] or not _opens_paragraph(text, name.start):
        return False
    if is_ordinary(text, name) or people.knows(name) or is_person_like(name):
        return False
    return _is_one(name) or _population(name) >= _WEAK


def _opens_paragraph(text: Text, index: int) -> bool:
    before = text.text[: text.starts[index]].rstrip(" \t")[-1:]
    return before in ("", "\n", "\u2028", "\u2029")


def _is_division(name: Name) -> bool:
    place = name.places[0]
    if place.level == "admin2":
        return name.stop - name.start > 1 and not place.variant
    return any(
        p.level in ("region", "continent", "water", "area") or (p.level == "admin1" and p.population >= _DIVISION)
        for p in name.places
    )


def _runs_on(text: Text, name: Name) -> bool:
    """Whether a capitalised stranger stands right beside the name, which is then a part of something longer."""
    known = classes()
    at = name.stop
    while at < name.stop + _RUN and (capital_at(text, at, name) or _joins_capitals(text, at, name)):
        if text.lower[at] in known["beside"]:
            return _follows_stranger(text, name)  # "Trenton Garden Society" belongs to Dublin
        at += 1
    if at > name.stop and text.lower[name.stop] not in text.in_lower_case:
        return True
    return _follows_stranger(text, name)


def _joins_capitals(text: Text, at: int, name: Name) -> bool:
    """ "Arts and Crafts Council"."""
    return at > name.stop and at < name.sentence[1] and text.lower[at] in ("and", "of", "&", "for")


def _follows_stranger(text: Text, name: Name) -> bool:
    if not capital_at(text, name.start - 1, name) or name.start - 1 == name.sentence[0]:
        return False
    before = text.lower[name.start - 1]
    return before not in classes()["leading"] and before not in text.in_lower_case


def _ends_persons_name(text: Text, name: Name) -> bool:
    """ "Ines Marwood", "Osric T. Vale": a capitalised stranger before it, and nothing more behind it."""
    if name.within is not None or name.is_country or name.stop - name.start > 1 or capital_at(text, name.stop, name):
        return False
    return _follows_stranger(text, name) and text.lower[name.start - 1] not in classes()["beside"]

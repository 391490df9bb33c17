"""Names that the gazetteer has in another transliteration: "Miran Shah", "Qandehar", "Jelalabad".

Only where the words around say that a place is named, and only in a country that the article names: a coarse key finds
namesakes everywhere.
"""

from collections.abc import Iterator

from dateline.extractors.places.fold import skeleton
from dateline.extractors.places.gazetteer import Gazetteer, Place
from dateline.extractors.places.reading import Name, Text
from dateline.extractors.places.words import classes, common

_LONGEST = 3  # words of a name that is looked for so
_LEVELS = ("town", "admin1", "admin2", "area")


def find_spellings(text: Text, names: list[Name], gazetteer: Gazetteer) -> list[Name]:
    """Names under another spelling, where no name was found, in the order of the text; places of the countries that
    `names` speak of."""
    countries = {place.country for name in names for place in name.places if place.level in ("country", "people")}
    if countries.isdisjoint(classes()["transliterated"]):
        return []
    taken = {index for name in names for index in range(name.start, name.stop)}
    spans = [
        (first, last, sentence)
        for sentence in text.sentences
        for first, last in _spans(text, sentence)
        if taken.isdisjoint(range(first, last))
    ]
    keys = {(first, last): f"~{coarse}" for first, last, _ in spans if (coarse := skeleton(text.quote(first, last)))}
    known = gazetteer.look_up(keys.values())
    found: dict[int, Name] = {}
    for first, last, sentence in spans:  # of two spans from one word the longer comes first
        places = _of(countries, known.get(keys.get((first, last), ""), ()))
        if places and first not in found:
            name = Name(first, last, sentence, keys[first, last], places, text.quote(first, last), respelled=True)
            found[first] = name
    return [found[first] for first in sorted(found)]


def _spans(text: Text, sentence: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Capitalised words that the words around call a place: "in Qandehar", "Zhary district", "village of Ishkashem"."""
    known = classes()
    start, stop = sentence
    for first in text.capitals(start, stop):
        if first > start and text.capital[first - 1]:
            continue
        last = first + 1
        while last < stop and last - first < _LONGEST and text.capital[last] and text.lower[last] not in known["unit"]:
            last += 1
        following = text.lower[last] if last < stop else ""
        if following == "-" or (following and text.capital[last] and following not in known["unit"]):
            continue  # the name goes on
        before = text.lower[first - 1] if first > start else ""
        is_unit = following in known["unit"]
        is_of = before == "of" and first - 2 >= start and text.lower[first - 2] in known["toward"]
        plain = text.lower[first] in text.in_lower_case or text.lower[first] in common()
        if (before in known["in"] or is_unit or is_of) and not plain and text.lower[first] not in known["never"]:
            yield first, last


def _of(countries: set[str | None], places: tuple[Place, ...]) -> tuple[Place, ...]:
    return tuple(place for place in places if place.country in countries and place.level in _LEVELS)

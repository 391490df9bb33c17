"""Which of its readings a name has here: by its container, the company it keeps, its level and its size."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable

from dateline.extractors.places.company import Company, Share
from dateline.extractors.places.containers import holds
from dateline.extractors.places.gazetteer import Place
from dateline.extractors.places.reading import QUARTER, Name
from dateline.extractors.places.words import classes

_CONSIDERED = 40  # readings of one name, the most populous; "Santa Cruz" has hundreds
_ROUNDS = 2  # readings are weighed by the company, and the company again by the readings
_DOUBT = 0.7  # orders of magnitude within which another reading is named beside the best
_TIE = 0.05  # within which there is no telling
_PEOPLE, _MOST_PEOPLE = 0.5, 20  # what a demonym counts for its country, and how many count

# Orders of magnitude of population that a level is worth: a country is meant unless much speaks for a namesake.
_LEVEL = {
    "country": 3.5, "continent": 4.0, "region": 2.0, "water": 1.5, "area": 1.5,
    "admin1": 0.5, "admin2": 0.0, "town": 0.0, "people": -9.0,
}  # fmt: skip
# Stands in for the population where there is none, in the same orders.
_STAND_IN = {"admin1": 5.0, "admin2": 4.0, "region": 6.0, "continent": 8.0, "water": 5.0, "area": 4.0}
_CAPITAL = 1.6
_VARIANT, _TRANSLITERATED_VARIANT = 2.0, 0.8  # taken off where the name is not the place's usual one

_SMALL = 50_000  # people in a town that hardly anybody abroad writes of without its country

_Key = tuple[str, tuple[int, ...]]


def resolve(names: list[Name], people: Iterable[Name], evidence: Counter[str]) -> None:
    """Set `place` and `doubts` of every name. `people` are the adjectives and demonyms of the article, `evidence` its
    other words that speak for a country, counted by country."""
    groups = _senses(names)
    company = Company()
    for country, words in evidence.items():
        company.count_country(country, math.log1p(words))
    for place in [name.places[0] for name in people][:_MOST_PEOPLE]:
        company.count([(place, 1.0)], _PEOPLE)
    times = {key: 1 + math.log(len(group)) for key, (group, _) in groups.items()}
    shares = {key: _shares(places, None) for key, (_, places) in groups.items()}
    for key, found in shares.items():
        company.count(found, times[key])
    for _ in range(_ROUNDS):
        for key, (_, places) in groups.items():
            if len(places) > 1:
                company.count(shares[key], -times[key])
                shares[key] = _shares(places, company)
                company.count(shares[key], times[key])
    for key, (group, places) in groups.items():
        company.count(shares[key], -times[key])
        _decide(group, places, company)
        company.count(shares[key], times[key])


def _senses(names: list[Name]) -> dict[_Key, tuple[list[Name], tuple[Place, ...]]]:
    """The names by key and readings. One sense per article: what a container or a unit says once holds for the rest."""
    said: dict[str, tuple[Place, ...]] = {}
    for name in names:
        if name.asks != "region" and (name.within is not None or name.asks or name.holding):
            said.setdefault(name.key, _readings(name))
    groups: dict[_Key, tuple[list[Name], tuple[Place, ...]]] = {}
    for name in names:
        plain = name.within is None and not name.asks and not name.holding
        places = said[name.key] if plain and name.key in said else _readings(name)
        groups.setdefault((name.key, tuple(place.id for place in places)), ([], places))[0].append(name)
    return groups


def _readings(name: Name) -> tuple[Place, ...]:
    """The readings that the name's own container and unit leave over."""
    places = tuple(place for place in name.places if place.level != "people")[:_CONSIDERED]
    if name.within is not None:
        places = _inside(places, name.within) or places
    for inner in name.holding:
        places = tuple(place for place in places if holds((place,), inner.places)) or places
    if name.asks == "region":
        return tuple(place for place in places if place.level in ("admin1", "region")) or _towns_first(places)
    if name.asks:
        return tuple(place for place in places if place.level == name.asks) or places
    return _towns_first(places)


def _inside(places: tuple[Place, ...], container: Name) -> tuple[Place, ...]:
    units = {place.id for place in container.places if place.level in ("admin1", "admin2")}
    close = tuple(place for place in places if place.admin1 in units or place.admin2 in units)
    if close:
        return close
    countries = {place.country for place in container.places if place.level == "country"}
    return tuple(place for place in places if place.country in countries and place.level != "country")


def _towns_first(places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Without the divisions that are called after a town in them: "Kandahar" is the town unless something asks."""
    if len(places) == 1:
        return places
    seats: defaultdict[int | None, int] = defaultdict(int)
    for place in places:
        if place.level == "town" and not place.variant:
            for unit in (place.admin1, place.admin2):
                seats[unit] = max(seats[unit], place.population + 1)
    return tuple(place for place in places if not _has_seat(place, seats))


def _has_seat(place: Place, seats: dict[int | None, int]) -> bool:
    """Whether a division holds a town of its name that is large enough to have named it: not Georgia's Georgia. Our own
    districts are called after their seats, however small."""
    if place.level == "admin2" and place.country in classes()["transliterated"]:
        return place.id in seats
    return place.level in ("admin1", "admin2") and place.id in seats and seats[place.id] * 50 > place.population


def _prior(place: Place) -> float:
    size = math.log10(place.population + 300) if place.population else _STAND_IN.get(place.level, 2.3)
    size += _LEVEL[place.level] + (_CAPITAL if place.capital else 0.0)
    if not place.variant:
        return size
    return size - (_TRANSLITERATED_VARIANT if place.country in classes()["transliterated"] else _VARIANT)


def _scores(places: tuple[Place, ...], company: Company | None) -> list[float]:
    if company is None:
        return [_prior(place) for place in places]
    return [_prior(place) + company.support(place) for place in places]


def _shares(places: tuple[Place, ...], company: Company | None) -> list[Share]:
    """Each reading's share of its name: scores are orders of magnitude."""
    if len(places) == 1:
        return [(places[0], 1.0)]
    scores = _scores(places, company)
    top = max(scores)
    weights = [10 ** (score - top) for score in scores]
    total = sum(weights)
    return [(place, weight / total) for place, weight in zip(places, weights, strict=True) if weight > 0.001]


def _decide(group: list[Name], places: tuple[Place, ...], company: Company) -> None:
    """Give all names of one sense their place, or, where two readings are as good, the readings as doubts."""
    best = places[0]
    doubts: tuple[Place, ...] = ()
    tied = False
    if len(places) > 1:
        ranked = sorted(zip(_scores(places, company), places, strict=True), key=lambda pair: (-pair[0], pair[1].id))
        top, best = ranked[0]
        others = [(score, place) for score, place in ranked[1:6] if top - score < _DOUBT and _differs(place, best)]
        doubts = tuple(place for _, place in others[:4])
        tied = bool(others) and top - others[0][0] < _TIE
    tied = tied or _is_out_of_place(best, group, company)
    if len(places) > 1 and _is_quarter(best, group) and company.is_apart(best):
        return
    for name in group:
        name.place = None if tied else best
        name.doubts = (best, *doubts) if tied else doubts


def _is_quarter(place: Place, group: list[Name]) -> bool:
    """Whether all the mentions may be of a city's quarter and the best reading is a town: "the Prado district"."""
    return place.level == "town" and all(name.asks == QUARTER and name.within is None for name in group)


def _is_out_of_place(place: Place, group: list[Name], company: Company) -> bool:
    """Whether a small place lies where nothing else in the article does: a namesake, more often than not."""
    if place.level not in ("town", "admin1", "admin2") or place.population >= _SMALL:
        return False
    # What is small and far away in these countries is in the news for itself, and often without its country.
    if place.country in classes()["transliterated"] or any(name.within is not None for name in group):
        return False
    return company.is_elsewhere(place)


def _differs(a: Place, b: Place) -> bool:
    """Whether two readings are two places: a town and the district around it are one for this."""
    return abs(a.latitude - b.latitude) + abs(a.longitude - b.longitude) > 1.0

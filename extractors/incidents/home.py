"""The town that an article is at home in: where the events happened that it gives no place."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from dateline.extractors.incidents.agreement import NEAR, places_agree
from dateline.extractors.incidents.text import Layout
from dateline.extractors.language.data import load_yaml
from dateline.models.fields.places import PlaceFact

DISTRICT = 3  # where_prec of a district
COUNTRY = 6  # where_prec of a country
HEADLINE = 200  # characters of the longest headline
MOST = 400  # places of an article that are looked at
LEAD = 90  # characters from a dateline's town to the dash or colon behind it
BEFORE = 24  # characters before a name that can say that it is where something is
_STARTS = re.compile(r"(?P<between>[^\n:—–]{0,90}?)(?:: |\s*[—–]|\s--?\s)")
_AGENCY = re.compile(r"\(|\d")  # "(Halyard)", "Feb 3": an agency's
_HERE = re.compile(
    r"\b(?:in|inside|across|through|at|on) this (?:[a-z-]+ ){0,2}(?:city|town|village|municipality|port|capital)\b"
)
_PLACED = re.compile(r"\b(?:in|at|near|outside|inside|around) (?:the )?$", re.IGNORECASE)
_OTHER = re.compile(
    r"\bin (?:an?|the|yet) ?(?:other|neighbou?ring|nearby|adjacent|adjoining|different)\s+"
    r"(?:city|town|village|district|county|province|state|region|country|municipality|township|department)\b"
)


def names_other(words: str) -> bool:
    """Whether the words behind a toll put it in a place that they do not name: "a blast in a neighbouring district"."""
    return _OTHER.search(words) is not None


def home_of(layout: Layout, places: Sequence[PlaceFact]) -> PlaceFact | None:
    """The town of the dateline where the story is a local one or says "in this city"; else the one town of the
    headline; else the only town that the article names as a place where something is."""
    return _of_dateline(layout, places) or _of_headline(layout, places) or _only(layout, places)


def _of_dateline(layout: Layout, places: Sequence[PlaceFact]) -> PlaceFact | None:
    town = next((place for place in places if place.role == "dateline"), None)
    if town is None or not _is_town(town):
        return None
    if _HERE.search(layout.text, town.stop):
        return town
    starts = _STARTS.match(layout.text, town.stop, town.stop + LEAD + 2)
    abroad = any(place.role == "dateline" and place.precision == COUNTRY for place in places[:3])
    if starts is None or _AGENCY.search(starts.group("between")) or abroad or town.name in _bureaus():
        return None
    return town if all(places_agree(town, place) for place in _of_events(places)) else None


def headline_of(layout: Layout) -> int:
    """Where the headline ends: a short first paragraph without a full stop that has a text below it; else 0."""
    stop = layout.paragraphs[1] if len(layout.paragraphs) > 1 else 0
    return 0 if stop > HEADLINE or layout.text[:stop].rstrip().endswith(".") else stop


def _of_headline(layout: Layout, places: Sequence[PlaceFact]) -> PlaceFact | None:
    """The town that a headline names, and no other."""
    stop = headline_of(layout)
    named = [place for place in places[:MOST] if place.start < stop and place.role in ("event", "mention")]
    towns = [place for place in named if _is_town(place)]
    return towns[0] if towns and all(places_agree(towns[0], place) for place in named) else None


def _only(layout: Layout, places: Sequence[PlaceFact]) -> PlaceFact | None:
    named = [place for place in places if place.role in ("event", "mention") and _is_town(place)]
    if not named or len({place.name for place in named}) > 1 or len(places) > MOST:
        return None
    if not all(places_agree(named[0], place) for place in _of_events(places)):
        return None
    return next(
        (place for place in named if _PLACED.search(layout.text, max(0, place.start - BEFORE), place.start)), None
    )


def _is_town(place: PlaceFact) -> bool:
    return place.country is not None and (place.precision or COUNTRY) <= NEAR


def _of_events(places: Sequence[PlaceFact]) -> Iterable[PlaceFact]:
    return (place for place in places[:MOST] if place.role == "event" and (place.precision or COUNTRY) < COUNTRY)


@cache
def _bureaus() -> frozenset[str]:
    return frozenset(load_yaml(Path(__file__).parent / "bureaus.yml")["bureaus"])

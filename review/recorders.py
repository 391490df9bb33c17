"""Events in the shape of two public data sets: UCDP GED 25.1 and ACLED. Their columns, in their order; what a reader of
news cannot know (conflicts, dyads, actors, types of event) stays empty, and nothing is made up.

Behind them stand `dateline_event` and `dateline_human`: the event, and whether people decided anything in it.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from math import floor
from pathlib import Path
from typing import Any

import yaml

from dateline.models.store_exports import EventRow

SHAPES = ("ucdp", "acled")
OWN = ("dateline_event", "dateline_human")
_TIME = {1: 1, 2: 2, 3: 2, 4: 3}  # ACLED's time_precision by UCDP's date_prec
_PLACE = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3}  # ACLED's geo_precision by UCDP's where_prec
_SEPARATOR = ";"


@cache
def columns(shape: str) -> tuple[str, ...]:
    """The columns of a shape, ours last."""
    return (*(one["name"] for one in _declared()[shape]), *OWN)


@cache
def filled(shape: str) -> dict[str, str]:
    """The columns that are filled, and from what."""
    return {one["name"]: one["from"] for one in _declared()[shape] if "from" in one}


@cache
def _declared() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = yaml.safe_load(
        (Path(__file__).parent / "recorders.yml").read_text(encoding="utf-8")
    )
    return found


def counted_once(events: Iterable[EventRow]) -> list[EventRow]:
    """Events that may be added up: a spanning event stands for its parts, or they for it where it has no figure."""
    every = list(events)
    figures = {one.summary["event_id"]: _has_figure(one) for one in every}
    parts = {one.summary["part_of"] for one in every if figures[one.summary["event_id"]]}
    return [
        one
        for one in every
        if not figures.get(one.summary["part_of"], False)
        and (figures[one.summary["event_id"]] or one.summary["event_id"] not in parts)
    ]


def _has_figure(event: EventRow) -> bool:
    return any(value is not None for value in event.figures.values())


def rows(shape: str, events: Iterable[EventRow]) -> Iterator[dict[str, Any]]:
    """The events as rows of a shape. UCDP lists events with at least one death by its low, best or high figure."""
    for event in counted_once(events):
        if shape == "ucdp":
            if any(event.figures.get(name) for name in ("low", "best", "high")):
                yield _row(shape, event, _ucdp(event))
        else:
            yield _row(shape, event, _acled(event))


def _row(shape: str, event: EventRow, known: dict[str, Any]) -> dict[str, Any]:
    own = {"dateline_event": event.summary["event_id"], "dateline_human": event.human}
    return {name: {**known, **own}.get(name) for name in columns(shape)}


def _ucdp(event: EventRow) -> dict[str, Any]:
    one = event.summary
    latitude, longitude = one["place_latitude"], one["place_longitude"]
    point = latitude is not None and longitude is not None
    printed = event.printed
    return {
        "id": one["event_id"],
        "year": one["earliest"].year if one["earliest"] else None,
        "number_of_sources": one["sources"],
        "source_article": _joined(
            '"'
            + ",".join(part for part in (each.publisher, each.published, each.title) if part).replace('"', "'")
            + '"'
            for each in printed
        ),
        "source_office": _joined(each.publisher for each in printed),
        "source_date": _joined(each.published for each in printed),
        "source_headline": _joined(each.title for each in printed),
        "source_original": _joined(event.attributions),
        "where_prec": one["place_precision"],
        "where_coordinates": one["place_name"],
        "where_description": _where(one),
        "adm_1": one["place_admin1"],
        "adm_2": one["place_admin2"],
        "latitude": latitude,
        "longitude": longitude,
        "geom_wkt": f"POINT ({longitude} {latitude})" if point else None,
        "priogrid_gid": priogrid(latitude, longitude) if point else None,
        "country": one["place_country_name"],
        "event_clarity": 2 if event.spans else 1,
        "date_prec": one["date_precision"],
        "date_start": _day(one["earliest"]),
        "date_end": _day(one["latest"]),
        **event.figures,
    }


def _acled(event: EventRow) -> dict[str, Any]:
    one = event.summary
    precision = _TIME.get(one["date_precision"] or 0)
    span = one["earliest"] and one["latest"] and one["earliest"] != one["latest"]
    days = f"Between {_day(one['earliest'])} and {_day(one['latest'])}. " if span else ""
    return {
        "event_id_cnty": one["event_id"],
        "event_date": _day(_middle(one["earliest"], one["latest"])) if precision else None,
        "year": one["earliest"].year if one["earliest"] else None,
        "time_precision": precision,
        "country": one["place_country_name"],
        "admin1": one["place_admin1"],
        "admin2": one["place_admin2"],
        "location": one["place_name"],
        "latitude": one["place_latitude"],
        "longitude": one["place_longitude"],
        "geo_precision": _PLACE.get(one["place_precision"] or 0),
        "source": _joined(dict.fromkeys(each.publisher for each in event.printed)),
        "notes": days + " | ".join(event.words) or None,
        "fatalities": event.figures.get("fatalities"),
    }


def priogrid(latitude: float, longitude: float) -> int:
    """The cell of PRIO-GRID (half degrees, 720 a row, counted from 90° S 180° W) that a point lies in."""
    row = min(floor((latitude + 90) * 2), 359)
    return row * 720 + min(floor((longitude + 180) * 2), 719) + 1


def _middle(earliest: date | None, latest: date | None) -> date | None:
    """ACLED records one day: of a span its middle."""
    if earliest is None or latest is None:
        return earliest or latest
    return earliest + (latest - earliest) // 2


def _where(one: dict[str, Any]) -> str | None:
    near = "near " if one["place_precision"] == 2 else ""
    parts = dict.fromkeys(one[key] for key in ("place_name", "place_admin2", "place_admin1", "place_country_name"))
    return near + ", ".join(part for part in parts if part) if one["place_name"] else None


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _joined(parts: Iterable[str | None]) -> str | None:
    return _SEPARATOR.join(part.replace(_SEPARATOR, ",") for part in parts if part) or None

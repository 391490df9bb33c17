"""Reports and pairs of reports as the tables of events have them: in JSON, what is empty left out."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from dateline.models.event import Count, Pair, Part, Report, Spot


def pair_from(row: Mapping[str, Any]) -> Pair:
    """A pair of its row."""
    return Pair(left=row["left_id"], right=row["right_id"], verdict=row["verdict"], parts=parts_from(row["parts"]))


def parts_from(stored: str) -> tuple[Part, ...]:
    """The parts of a pair's score, as the table has them."""
    return tuple(Part(**part) for part in json.loads(stored))


def to_json(report: Report) -> str:
    """A report as the table has it: what is unknown or empty left out, and its mentions, which have their column."""
    told = {name: value for name, value in asdict(report).items() if value not in (None, (), [], False)}
    told.pop("mentions", None)
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def from_json(stored: str, mentions: Iterable[str]) -> Report:
    """The report that was stored."""
    told: dict[str, Any] = {"main": False, "published": None, **json.loads(stored)}
    for name in ("nights", "dead", "named", "words", "about", "former", "sentences", "sketch"):
        told[name] = tuple(told.get(name, ()))
    told["place"] = Spot(**told["place"]) if "place" in told else None
    told["counts"] = tuple(Count(**count) for count in told.get("counts", ()))
    return Report(**told, mentions=tuple(mentions))


def parts_to_json(parts: Iterable[Part]) -> str:
    """The parts of a pair's score, for the table."""
    return json.dumps([asdict(part) for part in parts], ensure_ascii=False, separators=(",", ":"))

"""What the batch page shows, as plain data: the scripts on the page read this and nothing else.

Offsets count code points here; the page turns them into JavaScript's UTF-16 units, and back in what it saves.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from functools import cache
from importlib.resources import files
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import yaml

from dateline.models.decision import INCIDENTS, ReviewState
from dateline.models.facts import Fact
from dateline.models.fields import fields as field_shapes
from dateline.models.fields.places import PlaceFact
from dateline.models.ids import content_id
from dateline.models.incident import Incident
from dateline.models.record import Record
from dateline.models.review_order import ToReview
from dateline.models.store_reductions import Contradiction
from dateline.review.batch.shapes import BatchArticle
from dateline.review.fragments import live_link, shown_by

SCHEMA = "dateline-decisions/1"
OUTCOMES = ("killed", "injured", "missing", "captured", "killed_or_injured")
BOUNDS = ("low", "best", "high")
# Where a fact stands is said elsewhere; ids of other facts are no values that a reviewer judges.
_UNJUDGED = {field.name for field in fields(Fact)} | {"candidates", "part_of", "supersedes", "same_as"}
_PLACE = ("name", "country", "country_name", "admin1", "admin2", "latitude", "longitude", "precision")

Json = dict[str, Any]


def batch_data(
    articles: Iterable[BatchArticle],
    *,
    title: str,
    store: str | None,
    contradictions: Iterable[Contradiction],
    earlier: Iterable[ReviewState],
    order: Iterable[ToReview],
    events: Mapping[str, str],
) -> Json:
    """All that the page needs; `batch` names this batch among the drafts that a browser keeps."""
    doubts = Doubts(order)
    of_incident: dict[str, list[Contradiction]] = defaultdict(list)
    for one in contradictions:
        of_incident[one.incident_id].append(one)
    found = [_article(one, doubts, of_incident, events) for one in articles]
    return {
        "schema": SCHEMA,
        "batch": content_id("batch", title, store, *[one["text_id"] for one in found]),
        "title": title,
        "store": store,
        "fields": _forms(),
        "words": {name: known for name, known in _words().items() if name not in _forms()},
        "articles": found,
        "earlier": [_earlier(one) for one in earlier],
    }


def _article(
    given: BatchArticle,
    doubts: "Doubts",
    contradictions: Mapping[str, Sequence[Contradiction]],
    events: Mapping[str, str],
) -> Json:
    record, article = given.record, given.record.article
    shown = given.shown or (shown_by(record) if article.url else "")
    facts = [(field, fact) for field, known in record.facts.items() for fact in known]
    facts.sort(key=lambda one: (one[1].start, one[1].stop, one[1].id))
    return {
        "text_id": given.text_id,
        "id": record.id,
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published,
        "published_from": article.published_from,
        "language": article.language,
        "url": article.url,
        "text": article.text,
        "unread": article.unread,
        "facts": [_fact(record, field, fact, shown, doubts) for field, fact in facts],
        "incidents": [
            _incident(one, doubts, contradictions.get(one.id, ()), events.get(one.id)) for one in record.incidents
        ],
    }


def _fact(record: Record, field: str, fact: Fact, shown: str, doubts: "Doubts") -> Json:
    found = {
        "id": fact.id,
        "field": field,
        "start": fact.start,
        "stop": fact.stop,
        "rule": fact.rule,
        "evidence": [(one.role, one.start, one.stop) for one in fact.evidence],
        "values": {name: value for name, value in asdict(fact).items() if name not in _UNJUDGED},
        "doubts": list(doubts.of_fact[fact.id]),
        "link": live_link(record, fact.start, fact.stop, shown=shown),
    }
    if isinstance(fact, PlaceFact) and fact.candidates:
        found["candidates"] = [asdict(one) for one in fact.candidates]
    return found


def _incident(incident: Incident, doubts: "Doubts", contradictions: Sequence[Contradiction], event: str | None) -> Json:
    return {
        "id": incident.id,
        "main": incident.main,
        "part_of": incident.part_of,
        "values": incident_values(incident),
        "groups": [asdict(group) for group in incident.groups],
        "leaders": incident.leaders,
        "facts": incident.facts,
        "basis": incident.basis,
        "rank": doubts.rank.get(incident.id),
        "doubts": doubts.of_incident.get(incident.id, ()),
        "contradictions": [asdict(one) for one in contradictions],
        "event": event,
    }


def incident_values(incident: Incident) -> Json:
    """An incident's values by the columns of the view `current_incident`."""
    place = incident.place
    tolls = {outcome: getattr(incident, outcome) for outcome in OUTCOMES}
    return {
        "earliest": incident.earliest,
        "latest": incident.latest,
        "date_precision": incident.date_precision,
        **{f"place_{name}": getattr(place, name, None) for name in _PLACE},
        **{f"{name}_{bound}": getattr(toll, bound, None) for name, toll in tolls.items() for bound in BOUNDS},
    }


def _earlier(given: ReviewState) -> Json:
    """A decision, where its words stand today; where it was taken, if they stand nowhere."""
    decision = given.decision
    found = given.text is not None
    return {
        "verdict": decision.verdict,
        "field": decision.field,
        "target": given.fact or decision.target,
        "text": given.text if found else decision.text,
        "start": given.start if found else decision.start,
        "stop": given.stop if found else decision.stop,
        "quote": decision.quote,
        "judged": dict(decision.judged),
        "corrected": dict(decision.corrected),
        "who": decision.who,
        "why": decision.why,
        "at": decision.at,
        "state": given.state,
        "latest": given.latest,
        "disputed": given.disputed,
        "counts": given.counts,
        "now": None if given.machine is None else {name: given.machine[name] for name in sorted(given.machine)},
    }


class Doubts:
    """Why incidents and facts want eyes, and each incident's rank: the place that the order gives it."""

    def __init__(self, order: Iterable[ToReview]) -> None:
        self.rank: dict[str, int] = {}
        self.of_incident: dict[str, tuple[str, ...]] = {}
        self.of_fact: dict[str, dict[str, None]] = defaultdict(dict)
        for rank, one in enumerate(order):
            if one.incident is not None:
                self.rank.setdefault(one.incident, rank)
                self.of_incident.setdefault(one.incident, one.reasons)
            for doubt in one.doubts:
                for fact in doubt.facts:
                    self.of_fact[fact][doubt.why] = None


@cache
def _words() -> Json:
    source = files("dateline.review.batch").joinpath("fields.yml").read_text(encoding="utf-8")
    words: Json = yaml.safe_load(source)
    return words


@cache
def _forms() -> Json:
    """Each field's form: what its columns may hold. A field without words of its own is asked for every column."""
    hints = {name: get_type_hints(shape) for name, shape in field_shapes().items()}
    hints[INCIDENTS] = {}
    found = {}
    for field, types in hints.items():
        known = _words().get(field) or {"label": field, "many": field, "required": []}
        columns = known.get("form") or [name for name in types if name not in _UNJUDGED]
        kinds = known.get("kinds", {})
        found[field] = {
            "label": known["label"],
            "many": known["many"],
            "adding": known.get("adding", {}),
            "wanted": known.get("wanted", ()),
            "form": [
                {"name": name, "required": name in known["required"], **_kind(name, types.get(name), kinds)}
                for name in columns
            ],
        }
    return found


def _kind(name: str, hint: Any, kinds: Mapping[str, str]) -> Json:
    """What a column's type lets it hold. Columns of incidents have no type here; their names tell."""
    if name in kinds:
        return {"kind": kinds[name]}
    options = [one for one in (get_args(hint) if get_origin(hint) is not Literal else (hint,)) if one is not NoneType]
    only = options[0] if options else hint
    if get_origin(only) is Literal:
        return {"kind": "choice", "choices": get_args(only)}
    if name.endswith("precision"):
        return {"kind": "precision"}
    if only is int or name.endswith(tuple(f"_{bound}" for bound in BOUNDS)):
        return {"kind": "count"}
    if only is float or name.endswith(("latitude", "longitude")):
        return {"kind": "degrees"}
    return {"kind": "flag" if only is bool else "text"}

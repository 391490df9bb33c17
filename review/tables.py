"""Rows for reviewers: one a claim, an incident, or a fact of another field. Low and high are separate columns: a
spreadsheet turns "3-4" into the fourth of March (seen in published casualty data)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from dateline.models.decision import Decision
from dateline.models.facts import Fact
from dateline.models.ids import text_id
from dateline.models.incident import Incident, Toll
from dateline.models.record import Record
from dateline.models.store_exports import EventRow
from dateline.review.cells import LIMIT, Marked, fitted, units
from dateline.review.fragments import live_link, shown_by
from dateline.review.human import human_columns
from dateline.review.seal import sealed
from dateline.review.sheets import sheet_of, sheets
from dateline.review.words import sentence_at

OUTCOMES = ("killed", "injured", "missing", "captured", "killed_or_injured")
_CUT = "; all of it: "  # what `fitted` says in a cell
BETWEEN = " | "  # two sentences of one cell

Decided = Mapping[str, Sequence[Decision]]  # those that hold today, by the id of the fact or incident
Doubts = Mapping[str, str]  # why it wants eyes, by the same ids


def rows_of(
    record: Record, what: str, *, decided: Decided | None = None, doubts: Doubts | None = None
) -> list[tuple[str, dict[str, Any]]]:
    """The rows of one article on the sheet `what`, sealed, each with the id of what it is about. The main incident
    comes first, facts in text order. Rows of a spanning incident and of its parts (`part_of`) must not be added up."""
    sheet = sheets()[what]
    drafts = _incidents(record) if what == "incidents" else _facts(record, sheet.field)
    article = _article_columns(record)
    found = []
    for target, draft in drafts:
        known = {
            **article,
            **draft,
            **human_columns((decided or {}).get(target, ())),
            "doubt": (doubts or {}).get(target),
        }
        row = {name: _short(value, article["text"]) for name, value in sheet.row(known).items()}
        found.append((target, sealed(sheet, row, target=target, text=article["text"])))
    return found


def claim_rows(record: Record) -> list[dict[str, Any]]:
    """One row for each casualty claim of `record`, in text order."""
    return [row for _, row in rows_of(record, "claims")]


def incident_rows(record: Record) -> list[dict[str, Any]]:
    """One row for each incident of `record`, the main one first."""
    return [row for _, row in rows_of(record, "incidents")]


def event_sheet_rows(events: Iterable[EventRow]) -> Iterator[dict[str, Any]]:
    """One row for each event. Rows that are part of another event (`part_of`) must not be added to it."""
    for event in events:
        summary = {
            name: value.isoformat() if isinstance(value, date) else value for name, value in event.summary.items()
        }
        known = {
            **summary,
            "human": event.human,
            "publishers": "; ".join(dict.fromkeys(one.publisher for one in event.printed if one.publisher)) or None,
            "titles": BETWEEN.join(dict.fromkeys(one.title for one in event.printed if one.title)) or None,
            "urls": " ".join(dict.fromkeys(one.url for one in event.printed if one.url)) or None,
            "attributions": "; ".join(event.attributions) or None,
        }
        rest = f"`dateline events {event.summary['event_id']}`"
        row = sheets()["events"].row(known)
        yield {name: fitted(value, rest=rest) if isinstance(value, str) else value for name, value in row.items()}


def _facts(record: Record, field: str) -> Iterator[tuple[str, dict[str, Any]]]:
    facts = record.facts.get(field, ())
    incident_of = {fact: incident.id for incident in reversed(record.incidents) for fact in incident.facts}
    page = shown_by(record) if facts and record.article.url else ""
    for fact in facts:
        draft = {name: value for name, value in asdict(fact).items() if name not in ("id", "evidence", "candidates")}
        key = sheet_of(field).columns[0].name
        yield (
            fact.id,
            {
                **draft,
                key: fact.id,
                "phrase": fact.quote,
                "sentence": _sentence(record, [fact]),
                "link": live_link(record, fact.start, fact.stop, shown=page),
                "incident": incident_of.get(fact.id),
            },
        )


def _incidents(record: Record) -> Iterator[tuple[str, dict[str, Any]]]:
    facts = record.all_facts()
    page = shown_by(record) if record.incidents and record.article.url else ""
    for incident in record.incidents:
        place = incident.place
        words = [facts[basis] for key in OUTCOMES for basis in incident.basis.get(key, ()) if basis in facts]
        others = [facts[basis] for key in ("date", "place") for basis in incident.basis.get(key, ()) if basis in facts]
        first = next(iter(words or others), None)
        yield (
            incident.id,
            {
                "incident": incident.id,
                "main": incident.main,
                "part_of": incident.part_of,
                "earliest": incident.earliest,
                "latest": incident.latest,
                "date_precision": incident.date_precision,
                "place": place.name if place else None,
                "admin1": place.admin1 if place else None,
                "admin2": place.admin2 if place else None,
                "country": place.country if place else None,
                "latitude": place.latitude if place else None,
                "longitude": place.longitude if place else None,
                "place_precision": place.precision if place else None,
                **{column: value for outcome in OUTCOMES for column, value in _toll_columns(incident, outcome).items()},
                "leaders": "; ".join(incident.leaders) or None,
                "phrases": BETWEEN.join(dict.fromkeys(fact.quote for fact in words)) or None,
                "sentences": _sentence(record, words) if words else None,
                "link": live_link(record, first.start, first.stop, shown=page) if first else None,
            },
        )


def _sentence(record: Record, facts: Sequence[Fact]) -> Marked:
    """The sentences of some facts, one after another, with the facts' words standing out."""
    spans = {(one.start, one.stop): None for one in (sentence_at(record, fact.start, fact.stop) for fact in facts)}
    text, marks = "", []
    for start, stop in spans:
        offset = len(text) + (len(BETWEEN) if text else 0) - start
        text += (BETWEEN if text else "") + record.article.text[start:stop]
        marks += [(max(one.start, start) + offset, min(one.stop, stop) + offset) for one in facts
                  if one.start < stop and start < one.stop]  # fmt: skip
    return Marked(text=text, spans=tuple(sorted(set(marks))))


def _short(value: Any, text: str) -> Any:
    """A value that fits into a cell; one that is cut says where the rest is."""
    rest = f"`dateline show {text}`"
    if isinstance(value, str):
        return fitted(value, rest=rest) if len(value) * 2 > LIMIT else value
    if isinstance(value, Marked) and units(value.text) > LIMIT - 10:
        at = value.spans[0][0] if value.spans else 0
        return Marked(text=fitted(value.text, rest=rest, around=at, limit=LIMIT - 10))
    return value


def is_cut(row: Mapping[str, Any]) -> bool:
    """Whether a cell of the row shows only a part of its text."""
    texts = (value.text if isinstance(value, Marked) else value for value in row.values())
    return any(isinstance(text, str) and len(text) > LIMIT // 4 and _CUT in text for text in texts)


def _toll_columns(incident: Incident, outcome: str) -> dict[str, int | None]:
    toll: Toll | None = getattr(incident, outcome)
    return {f"{outcome}_{bound}": getattr(toll, bound, None) for bound in ("low", "best", "high")}


def _article_columns(record: Record) -> dict[str, Any]:
    article = record.article
    return {
        "article": record.id,
        "url": article.url,
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published,
        "text": text_id(article.text),
    }

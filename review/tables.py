"""Rows for reviewers: one a claim, or one an incident. Low and high are separate columns: a spreadsheet turns "3-4"
into the fourth of March (seen in published casualty data)."""

from typing import Any

from dateline.models.fields.casualties import CasualtyFact
from dateline.models.incident import Incident, Toll
from dateline.models.record import Record
from dateline.review.fragments import live_link, shown_by
from dateline.review.words import sentence_at

OUTCOMES = ("killed", "injured", "missing", "captured", "killed_or_injured")


def claim_rows(record: Record) -> list[dict[str, Any]]:
    """One row for each casualty claim of `record`, in text order."""
    claims = [fact for fact in record.facts.get("casualties", ()) if isinstance(fact, CasualtyFact)]
    incident_of = {fact: incident.id for incident in reversed(record.incidents) for fact in incident.facts}
    shown = shown_by(record) if claims and record.article.url else ""
    return [_claim_row(record, claim, incident_of.get(claim.id), shown) for claim in claims]


def _claim_row(record: Record, claim: CasualtyFact, incident: str | None, shown: str) -> dict[str, Any]:
    sentence = sentence_at(record, claim.start, claim.stop)
    return {
        "claim": claim.id,
        "incident": incident,
        **_article_columns(record),
        "outcome": claim.outcome,
        "low": claim.low,
        "best": claim.best,
        "high": claim.high,
        "qualifier": claim.qualifier,
        "vague": claim.vague,
        "group": claim.group,
        "group_class": claim.group_class,
        "scope": claim.scope,
        "polarity": claim.polarity,
        "part_of": claim.part_of,
        "supersedes": claim.supersedes,
        "derived": claim.derived,
        "attribution": claim.attribution,
        "phrase": claim.quote,
        "sentence": sentence.quote,
        "link": live_link(record, claim.start, claim.stop, shown=shown),
        "start": claim.start,
        "stop": claim.stop,
        "rule": claim.rule,
    }


def incident_rows(record: Record) -> list[dict[str, Any]]:
    """One row for each incident of `record`, the main one first. Rows of a spanning incident and of its parts
    (`part_of`) must not be added up."""
    return [_incident_row(record, incident) for incident in record.incidents]


def _incident_row(record: Record, incident: Incident) -> dict[str, Any]:
    place = incident.place
    facts = record.all_facts()
    words = [facts[basis] for key in OUTCOMES for basis in incident.basis.get(key, ()) if basis in facts]
    sentences = {sentence_at(record, fact.start, fact.stop).quote: None for fact in words}
    return {
        "incident": incident.id,
        **_article_columns(record),
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
        "phrases": " | ".join(dict.fromkeys(fact.quote for fact in words)) or None,
        "sentences": " | ".join(sentences) or None,
    }


def _toll_columns(incident: Incident, outcome: str) -> dict[str, int | None]:
    toll: Toll | None = getattr(incident, outcome)
    return {f"{outcome}_{bound}": getattr(toll, bound, None) for bound in ("low", "best", "high")}


def _article_columns(record: Record) -> dict[str, Any]:
    article = record.article
    return {"article": record.id, "url": article.url, "title": article.title, "published": article.published}

"""What needs eyes first: the incidents that nobody decided on, by doubt. The reasons and their weights are data
(review_order.yml), the queries that find them stand in review_order.sql."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from dateline.models.review_order import Doubt, ToReview
from dateline.models.store_connection import Connection, dicts

_REASONS = Path(__file__).with_name("review_order.yml")
_QUERIES = Path(__file__).with_name("review_order.sql")
_NAMED = re.compile(r"^-- (\w+)(?::[^\n]*)?\n(SELECT.*?);$", re.MULTILINE | re.DOTALL)
_LONGEST = 160  # characters of the words of a reason: a line or two on a terminal

# Incidents without a decision that stands, of which some fact is undecided. Of a text that was printed under several
# days the first counts, as it does for events. Temporary: they are asked many times.
_UNDECIDED = """
CREATE OR REPLACE TEMP TABLE review_done AS
SELECT state.fact_id AS id FROM decision_state AS state
WHERE state.latest AND NOT state.disputed AND state.state = 'applied' AND state.fact_id IS NOT NULL
UNION  -- and what a person added, which the machine has not
SELECT fact.fact_id FROM reviewed_fact AS fact JOIN decision_state AS state USING (decision_id)
WHERE state.state = 'applied';

CREATE OR REPLACE TEMP TABLE review_incident AS
SELECT * FROM (
    SELECT * FROM reviewed_incident
    QUALIFY dense_rank() OVER (PARTITION BY text_id ORDER BY published NULLS LAST, reading_id) = 1
) AS incident
WHERE id NOT IN (FROM review_done) AND EXISTS (
    SELECT 1 FROM reviewed_incident_fact AS fact
    WHERE fact.reading_id = incident.reading_id AND fact.incident_id = incident.id AND fact.value IS NULL
        AND fact.fact_id NOT IN (FROM review_done));

CREATE OR REPLACE TEMP TABLE review_fact AS
SELECT fact.* FROM reviewed_incident_fact AS fact
SEMI JOIN review_incident AS incident ON incident.reading_id = fact.reading_id AND incident.id = fact.incident_id
WHERE fact.fact_id NOT IN (FROM review_done);

CREATE OR REPLACE TEMP TABLE review_claim AS
SELECT fact.reading_id AS incident_reading_id, fact.incident_id, claim.*
FROM review_fact AS fact
JOIN review_incident AS incident ON incident.reading_id = fact.reading_id AND incident.id = fact.incident_id
JOIN reviewed_casualties AS claim
    ON claim.id = fact.fact_id AND claim.text_id = incident.text_id
    AND claim.published IS NOT DISTINCT FROM incident.published
WHERE fact.value IS NULL;
"""
_LEFT = """SELECT reading_id, incident_id, list(fact_id ORDER BY position) AS facts
    FROM review_fact WHERE value IS NULL GROUP BY ALL"""


@cache
def reasons() -> Mapping[str, Mapping[str, Any]]:
    """The reasons to look, by name: weight, and what is said."""
    found: Mapping[str, Mapping[str, Any]] = yaml.safe_load(_REASONS.read_text(encoding="utf-8"))
    return found


@cache
def queries() -> Mapping[str, str]:
    """The query of each reason."""
    return dict(_NAMED.findall(_QUERIES.read_text(encoding="utf-8")))


def review_order(connection: Connection) -> list[ToReview]:
    """Every incident that nobody decided on, the most doubtful first, then by day and text. One without any doubt comes
    last: it has not been looked at either."""
    connection.execute(_UNDECIDED)
    doubts: dict[tuple[str, str], list[Doubt]] = defaultdict(list)
    for name, reason in reasons().items():
        found_by: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for row in dicts(connection, queries()[name]):
            found_by[row["reading_id"], row["incident_id"]].append(row)
        for key, rows in found_by.items():
            doubts[key].append(_doubt(name, reason, rows))
    left = {(row["reading_id"], row["incident_id"]): tuple(row["facts"]) for row in dicts(connection, _LEFT)}
    found = []
    for row in dicts(connection, "SELECT * FROM review_incident ORDER BY earliest NULLS LAST, text_id, position"):
        key = (row["reading_id"], row["id"])
        own = sorted(doubts[key], key=lambda doubt: (-doubt.weight, doubt.name, doubt.why))
        found.append(
            ToReview(incident=row["id"], text_id=row["text_id"], reading_id=key[0], facts=left[key], doubts=tuple(own))
        )
    return sorted(found, key=lambda one: -one.score)


def _doubt(name: str, reason: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> Doubt:
    """One reason counts once, however often it is found in an incident: six contradictions are one muddle."""
    said = sorted({" ".join((row["words"] or "").split()) for row in rows})
    words = said[0] if len(said[0]) <= _LONGEST else said[0][: _LONGEST - 1] + "…"
    more = f" (and {len(said) - 1} more such)" if len(said) > 1 else ""
    facts = {fact for row in rows for fact in row["facts"] or ()}
    why = reason["say"].replace("{words}", words) + more
    return Doubt(name=name, weight=float(reason["weight"]), why=why, facts=tuple(sorted(facts)))

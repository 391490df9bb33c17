"""Verifying decisions: the tables against PATH.decisions, ids against what they hash, spans against texts."""

from collections.abc import Iterator
from dataclasses import replace

from dateline.models.decision_file import DecisionsFile
from dateline.models.fields import fields as field_shapes
from dateline.models.ids import content_id
from dateline.models.store import Store
from dateline.models.store_decisions import decision_id
from dateline.models.verify_checks import Check, checked, queried


def decisions_kept(store: Store) -> Iterator[Check]:
    """Every check of what people decided; over no rows where nobody did."""
    connection = store.connection
    yield checked("decisions as in their file", _as_in_file(store))
    yield checked("decision ids", _rehashed(store))
    wrong = 'text IS NOT NULL AND "start" < "stop" AND text["start" + 1:"stop"] != quote'
    rows = "decision LEFT JOIN article USING (text_id)"
    yield queried(connection, "decision spans", rows, wrong, "decision_id, start, stop, quote")
    wrong = "state IS NULL OR (state = 'orphan') != (decision_state.text_id IS NULL)"
    rows = "decision LEFT JOIN decision_state USING (decision_id)"
    yield queried(connection, "decisions know how they stand", rows, wrong, "decision_id, state")
    for field in field_shapes():
        rows = f"(FROM reviewed_{field} WHERE verdict IS NOT NULL) AS fact JOIN article USING (text_id)"
        wrong = "text[fact.start + 1:fact.stop] != fact.quote OR fact.stop > length(text)"
        yield queried(connection, f"reviewed {field} spans", rows, wrong, "fact.id, fact.start, fact.stop, fact.quote")


def _as_in_file(store: Store) -> Iterator[str | None]:
    kept = {one.id: one for one in DecisionsFile(store.path).decisions()}
    there = {one.id: one for one in store.decisions()}
    for one in {**there, **kept}.values():
        if one.id not in there:
            yield f"{one.id} of {one.who} is in the file and not in the store yet; the next run or decision takes it in"
        elif one.id not in kept:
            yield f"{one.id} of {one.who} is in the store and not in the file: was the file lost?"
        else:
            yield (
                None
                if replace(kept[one.id], position=0) == replace(there[one.id], position=0)
                else (f"{one.id} is not what the file says")
            )


def _rehashed(store: Store) -> Iterator[str | None]:
    for one in store.decisions():
        made = decision_id(one)
        fits = one.id in (made, content_id(made, one.at))
        yield None if fits else f"{one.id} is not the hash of what {one.who} decided"

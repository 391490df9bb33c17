"""A part of a diff: one field, one rule, one source, facts or incidents alone. Pure."""

from dataclasses import replace
from typing import Literal
from urllib.parse import urlsplit

from dateline.models.diff import REDUCTIONS, Change, Diff
from dateline.models.fields import fields as field_shapes

INCIDENTS = "incidents"


def choose(
    diff: Diff,
    *,
    field: str | None = None,
    rule: str | None = None,
    source: str | None = None,
    what: Literal["facts", "incidents"] | None = None,
) -> Diff:
    """The diff with those changes only. `rule` is a rule's id, or how ids begin, as a field's name; no rule reads an
    incident. `source` is one of the collection, a publisher, or a web host. ValueError where there is no such
    field."""
    known = (*field_shapes(), INCIDENTS, REDUCTIONS)
    if field is not None and field not in known:
        raise ValueError(f"there is no field {field}; the fields are {', '.join(known)}")
    kept = [
        change
        for change in diff.changes
        if (field is None or change.field == field)
        and (rule is None or any(one == rule or one.startswith(f"{rule}.") for one in change.rules))
        and (source is None or source in _sources(change))
        and (what is None or (change.field in (INCIDENTS, REDUCTIONS)) == (what == INCIDENTS))
    ]
    narrowed = any(one is not None for one in (field, rule, source, what))
    parts = {name: parts for name, parts in diff.parts.items() if field is None or name in (field, "page")}
    return replace(diff, changes=kept, parts=parts, moved=[] if narrowed else diff.moved)


def _sources(change: Change) -> set[str | None]:
    host = urlsplit(change.url).hostname if change.url else None
    return {change.source, change.publisher, host, (host or "").removeprefix("www.") or None} - {None}

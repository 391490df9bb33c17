"""Verifying events: every incident in one of them, none without reports, pairs of reports that are there, judgements as
in PATH.events."""

from collections.abc import Iterator
from dataclasses import asdict

from dateline.models.event_file import EventFile
from dateline.models.store import Store
from dateline.models.verify_checks import Check, checked, queried

_COLUMNS = ("judgement_id", "verdict", "left_id", "right_id", "left_mentions", "right_mentions", "who", "why")


def events_kept(store: Store) -> Iterator[Check]:
    """Every check of events. A store that was never linked has none, and of such a one nothing is asked."""
    connection = store.connection
    linked = "EXISTS (SELECT 1 FROM gathered WHERE what = 'events')"
    told = f"""(SELECT id, count(event_id) AS times FROM event_reading LEFT JOIN event_incident ON incident_id = id
        WHERE {linked} GROUP BY id)"""
    yield queried(connection, "incidents in one event", told, "times != 1", "id, times, 'events'")
    lost = "incident_id NOT IN (SELECT id FROM event_reading)"
    yield queried(connection, "event_incident to incident", "event_incident", lost, "incident_id")
    lost = "event_id NOT IN (SELECT event_id FROM event)"
    yield queried(connection, "event_incident to event", "event_incident", lost, "event_id")
    lost = "event_id NOT IN (SELECT event_id FROM event_incident)"
    yield queried(connection, "events with reports", "event", lost, "event_id")
    grouped = "(SELECT event_id, count(*) AS times FROM event GROUP BY event_id)"
    yield queried(connection, "event ids", grouped, "times > 1", "event_id, times, 'times'")
    lost = " OR ".join(f"{side} NOT IN (SELECT incident_id FROM event_report)" for side in ("left_id", "right_id"))
    yield queried(connection, "event pairs to reports", "event_pair", lost, "left_id, right_id")
    yield checked("event judgements as in their file", _as_in_file(store))


def _as_in_file(store: Store) -> Iterator[str | None]:
    """The table holds the judgements of the file, in their order."""
    kept = []
    for one in EventFile(store.path).judgements():
        said = asdict(one)
        names = ("id", "verdict", "left", "right", "left_mentions", "right_mentions", "who", "why")
        kept.append(tuple(list(said[name]) if name.endswith("mentions") else said[name] for name in names))
    rows = store.connection.execute(f"SELECT {', '.join(_COLUMNS)} FROM event_judgement ORDER BY position").fetchall()
    for at in range(max(len(kept), len(rows))):
        if at >= len(rows):
            yield f"judgement {kept[at][0]} is in the file and not in the store"
        elif at >= len(kept):
            yield f"judgement {rows[at][0]} is in the store and not in the file"
        else:
            yield None if rows[at] == kept[at] else f"judgement {rows[at][0]} is not as in the file"

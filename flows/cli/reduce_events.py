"""What each policy would record of every event, as tables and as CSV."""

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dateline.models.store import Policy, Store

Rows = list[dict[str, Any]]


def print_tables(store: "Store", wanted: "Sequence[Policy]") -> None:
    """One table a policy, one line an event, one column a figure; "civilians_min" and "civilians_max" share theirs."""
    from rich.table import Table
    from rich.text import Text

    from dateline.flows.cli.event_history import days, place
    from dateline.flows.cli.render import console
    from dateline.models import store_events_read

    out = console()
    events = {row["event_id"]: row for row in store_events_read.events(store.connection)}
    for policy in wanted:
        out.print(Text.assemble((f"{policy.policy} {policy.version}", "bold"), f"  after {policy.after}"))
        rows = store_events_read.reductions(store.connection, policy=policy.policy)
        names = list(dict.fromkeys(_shared(row["name"]) for row in rows))
        table = Table(box=None, pad_edge=False, header_style="bold")
        for column in ("event", "when"):
            table.add_column(column, no_wrap=True)
        table.add_column("where", max_width=24, no_wrap=True, overflow="ellipsis")
        for name in names:
            table.add_column(name.replace("_", " "), justify="right")
        figures: dict[str, dict[str, list[int | None]]] = {}
        for row in rows:
            figures.setdefault(row["event_id"], {}).setdefault(_shared(row["name"]), []).append(row["value"])
        for event_id, event in events.items():  # by date
            if values := figures.get(event_id):
                part = " (part)" if event["part_of"] else ""
                shown = (_cell(values.get(name, [])) for name in names)
                table.add_row(event_id[:8], days(event), Text(place(event) + part), *shown)
        out.print(table if rows else Text("  no event has a toll"))
        out.print()


def _shared(name: str) -> str:
    return name.removesuffix("_min").removesuffix("_max")


def _cell(values: Sequence[int | None]) -> str:
    """A figure, or a range; "–" where there is no number."""
    return "–".join(str(value) for value in dict.fromkeys(values) if value is not None) or "–"


def print_csv(store: "Store", wanted: "Sequence[Policy]") -> None:
    """One row a figure, with the facts it comes from."""
    from dateline.review.spreadsheet import write_csv

    write_csv(_csv_rows(store, [one.policy for one in wanted]), sys.stdout)


def _csv_rows(store: "Store", policies: Sequence[str]) -> Iterator[dict[str, object]]:
    from dateline.flows.cli.event_history import days, place
    from dateline.models import store_events_read

    events = {row["event_id"]: row for row in store_events_read.events(store.connection)}
    for policy in policies:
        for row in store_events_read.reductions(store.connection, policy=policy):
            event = events[row["event_id"]]
            yield {
                "policy": row["policy"],
                "version": row["version"],
                "event": row["event_id"],
                "part_of": event["part_of"],
                "when": days(event),
                "where": place(event),
                "figure": row["name"],
                "value": row["value"],
                "words": row["words"],
                "facts": " ".join(row["facts"] or ()),
                "articles": event["articles"],
            }

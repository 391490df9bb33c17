"""An event as a short history: what is known now, and what was reported when and by whom, each with its sentence."""

from collections.abc import Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any

from dateline.models.incident import Toll
from dateline.review.figures import figure

if TYPE_CHECKING:
    from dateline.models.store import Store

MOST = 8  # reports of an outcome that are shown with their sentences
OUTCOMES = ("killed", "injured", "missing", "captured", "killed_or_injured")


def days(row: Mapping[str, Any]) -> str:
    """The day of an event, or its first and last."""
    if row["earliest"] is None:
        return "day not known"
    return str(row["earliest"]) + ("" if row["earliest"] == row["latest"] else f" – {row['latest']}")


def place(row: Mapping[str, Any]) -> str:
    """The place of an event, with its province."""
    return ", ".join(dict.fromkeys(value for value in (row["place_name"], row["place_admin1"]) if value))


def toll(row: Mapping[str, Any], outcome: str) -> str:
    """A toll as it is shown: the best figure, with what sources give at least and at most."""
    return interval(*(row[f"{outcome}_{bound}"] for bound in ("low", "best", "high")))


def interval(low: int | None, best: int | None, high: int | None) -> str:
    """ "9", "9–14", "12 (9–14)", "≥9": the best figure first where it says more than the ends."""
    ends = figure(Toll(low=low, best=best, high=high))
    return ends if best is None or low == high or (high is None and best == low) else f"{best:,} ({ends})"


def show_event(store: "Store", ref: str, *, whole: bool = False) -> int:
    """Print what is known of an event; `whole`: with every report, however many there are."""
    from rich.text import Text

    from dateline.flows.cli.render import console
    from dateline.models import store_events_read

    row = store_events_read.event(store.connection, ref)
    out = console()
    where = ", ".join(
        dict.fromkeys(row[f"place_{part}"] for part in ("name", "admin1", "country_name") if row[f"place_{part}"])
    )
    out.print(Text.assemble((f"{days(row)}  {where}", "bold"), f"   event {row['event_id']}"))
    plural = ("" if row["articles"] == 1 else "s", "" if row["sources"] == 1 else "s")
    out.print(
        Text(f"{row['articles']} article{plural[0]}, {row['sources']} independent source{plural[1]}", style="dim")
    )
    if row["part_of"]:
        out.print(Text(f"part of event {row['part_of']}: never add the two up", style="dim"))
    for outcome in OUTCOMES:
        if shown := toll(row, outcome):
            out.print(Text.assemble((f"  {outcome.replace('_', ' '):<18}", "bold"), shown))
    _history(store, row["event_id"], most=None if whole else MOST)
    _contradictions(store, row["event_id"])
    _others(store, row["event_id"], most=None if whole else MOST)
    out.print(
        f"\ndateline events explain INCIDENT INCIDENT --db {store.path} says why two reports are one",
        style="dim", markup=False, soft_wrap=True,
    )  # fmt: skip
    return 0


def _shown(rows: "list[dict[str, Any]]", most: int | None) -> "list[dict[str, Any]]":
    """So many of the reports at most: those that count first, in the order in which they came."""
    if most is None or len(rows) <= most:
        return rows
    counting = sorted(range(len(rows)), key=lambda at: (not rows[at].get("current"), at))[:most]
    return [rows[at] for at in sorted(counting)]


def _say_more(count: int) -> None:
    from dateline.flows.cli.render import console

    if count > 0:
        console().print(f"  and {count:,} more; `dateline events show EVENT --all` shows them", style="dim")


def _history(store: "Store", event_id: str, *, most: int | None) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from dateline.flows.cli.render import console, quoted
    from dateline.models import store_events_read

    out = console()
    rows = store_events_read.history(store.connection, event_id)
    for outcome, own in groupby(rows, key=lambda row: str(row["outcome"])):
        told = list(own)
        shown_rows = _shown(told, most)
        out.print(Text(f"\n{outcome.replace('_', ' ')}, as reported", style="bold"))
        for row in shown_rows:
            record = store.record(store.article(row["text_id"]))
            shown = interval(row["low"], row["best"], row["high"]) or "no number"
            counts = "" if row["current"] else "   not counted: " + _why(row)
            head = f"  {row['published'] or 'day not known'}  {shown:<10} {row['publisher']}"
            head += f"   [{row['incident_id'][:8]}]{counts}"
            out.print(Text(head), no_wrap=True, overflow="ellipsis")
            facts = record.all_facts()
            for fact in (facts[one] for one in row["facts"] or () if one in facts):
                words = quoted(record, fact.start, fact.stop, plain=not out.is_terminal)
                out.print(Padding(words, (0, 0, 0, 6), expand=False))
        _say_more(len(told) - len(shown_rows))


def _why(row: Mapping[str, Any]) -> str:
    return "looks back" if row["role"] == "background" else "an earlier figure"


def _contradictions(store: "Store", event_id: str) -> None:
    from rich.text import Text

    from dateline.flows.cli.render import console
    from dateline.models import store_events_read

    out = console()
    rows = store_events_read.contradictions(store.connection, event_id)
    if rows:
        out.print(Text("\nsources that cannot both be right", style="bold"))
    for row in rows:
        sides = (
            f"{row[f'{side}_publisher']} " + interval(row[f"{side}_low"], row[f"{side}_best"], row[f"{side}_high"])
            for side in ("one", "other")
        )
        out.print(Text(f"  {row['outcome'].replace('_', ' ')}: {'; '.join(sides)}"))


def _others(store: "Store", event_id: str, *, most: int | None) -> None:
    """Reports that give no figure."""
    from rich.text import Text

    from dateline.flows.cli.render import console
    from dateline.models import store_events_read

    told = {row["incident_id"] for row in store_events_read.history(store.connection, event_id)}
    rows = [row for row in store_events_read.reports(store.connection, event_id) if row["incident_id"] not in told]
    out = console()
    if rows:
        out.print(Text("\nalso told of, without a figure", style="bold"))
    for row in rows[:most]:
        title = store.article(row["text_id"]).title or row["publishers"][0]
        role = " (looks back)" if row["role"] == "background" else ""
        line = f"  {row['published'] or 'day not known'}  {title}{role}   [{row['incident_id'][:8]}]"
        out.print(Text(line), no_wrap=True, overflow="ellipsis")
    _say_more(len(rows) - len(rows[:most]))

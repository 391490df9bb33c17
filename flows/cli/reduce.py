"""Reduce the claims of every event to the figures that a recording organisation would write down.

The claims themselves stay as they were read; a reduction only says what ACLED, UCDP, TBIJ, GTD or Airwars would make of
them under a named, versioned policy. "–" means that by this policy no number can be recorded. An event is counted once,
however many articles tell of it; --articles gives the figures of each article's incidents: never add those up."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dateline.flows.cli.store_option import add_db_option, reading

if TYPE_CHECKING:
    from rich.table import Table

    from dateline.models.store import Contradiction, Policy, Reduction, Store, StoredIncident

EPILOG = """\
examples:
  dateline reduce --db ledger.duckdb
  dateline reduce --policy ucdp --db ledger.duckdb
  dateline reduce --articles --main --db ledger.duckdb
  dateline reduce --format csv --db ledger.duckdb > reductions.csv
  dateline reduce --contradictions --db ledger.duckdb"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add this command's options."""
    parser.add_argument("--policy", metavar="NAME", help="one policy only: acled, airwars, gtd, tbij, ucdp")
    parser.add_argument("--articles", action="store_true", help="by incident of each article, and not by event")
    parser.add_argument("--main", action="store_true", help="with --articles: only what each article is about")
    parser.add_argument("--contradictions", action="store_true", help="claims that cannot both be true")
    parser.add_argument("--format", choices=("table", "csv"), default="table", help="default: table")
    add_db_option(parser)


def run(options: argparse.Namespace) -> int:
    """Print the figures, policy by policy."""
    if options.main and not options.articles:
        print("dateline reduce: --main goes with --articles", file=sys.stderr)
        return 2
    with reading(options.db) as store:
        incidents = {one.incident.id: one for one in store.incidents(main=True if options.main else None)}
        if options.contradictions:
            found = [one for one in store.contradictions() if one.incident_id in incidents]
            _print_contradictions(found, incidents)
            between = 0 if options.articles else _print_between_sources(store)
            if not found and not between:
                print("dateline reduce: no claims contradict each other", file=sys.stderr)
            return 0
        wanted = [one for one in store.policies() if options.policy in (None, one.policy)]
        if not wanted:
            names = ", ".join(one.policy for one in store.policies())
            print(f"dateline reduce: there is no policy {options.policy}; there are {names}", file=sys.stderr)
            return 2
        if not options.articles:
            from dateline.flows.cli.reduce_events import print_csv, print_tables

            (print_csv if options.format == "csv" else print_tables)(store, wanted)
        elif options.format == "csv":
            from dateline.review.spreadsheet import write_csv

            write_csv(_csv_rows(store.reductions(policy=options.policy), incidents), sys.stdout)
        else:
            _print_tables(store, wanted, incidents)
    return 0


def _print_tables(store: "Store", wanted: Sequence["Policy"], incidents: dict[str, "StoredIncident"]) -> None:
    from rich.text import Text

    from dateline.flows.cli.render import console

    out = console()
    for policy in wanted:
        out.print(Text.assemble((f"{policy.policy} {policy.version}", "bold"), f"  after {policy.after}"))
        rows = [row for row in store.reductions(policy=policy.policy) if row.incident_id in incidents]
        out.print(_table(rows, incidents) if rows else Text("  no incident has a toll"))
        out.print()


def _table(rows: Sequence["Reduction"], incidents: dict[str, "StoredIncident"]) -> "Table":
    """One line an incident, one column a figure; "civilians_min" and "civilians_max" share theirs."""
    from rich.table import Table
    from rich.text import Text

    from dateline.review.figures import when, where

    names = list(dict.fromkeys(_shared(row.name) for row in rows))
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("incident", "when"):
        table.add_column(column, no_wrap=True)
    table.add_column("where", max_width=24, no_wrap=True, overflow="ellipsis")
    for name in names:
        table.add_column(name.replace("_", " "), justify="right")
    figures: dict[str, dict[str, list[int | None]]] = {}
    for row in rows:
        figures.setdefault(row.incident_id, {}).setdefault(_shared(row.name), []).append(row.value)
    for incident_id, stored in incidents.items():  # by date
        if values := figures.get(incident_id):
            shown = (_cell(values.get(name, [])) for name in names)
            table.add_row(incident_id[:8], when(stored.incident), Text(where(stored.incident)), *shown)
    return table


def _shared(name: str) -> str:
    return name.removesuffix("_min").removesuffix("_max")


def _cell(values: Sequence[int | None]) -> str:
    """A figure, or a range; "–" where there is no number."""
    return "–".join(str(value) for value in dict.fromkeys(values) if value is not None) or "–"


def _print_contradictions(found: Sequence["Contradiction"], incidents: dict[str, "StoredIncident"]) -> None:
    from rich.text import Text

    from dateline.flows.cli.render import console
    from dateline.review.figures import when, where

    out = console()
    for one in found:
        incident = incidents[one.incident_id].incident
        out.print(Text(f"{one.incident_id[:8]}  {when(incident)}  {where(incident)}  {one.outcome}", style="bold"))
        for quote, who, fact in (
            (one.one_quote, one.one_attribution, one.one_id),
            (one.other_quote, one.other_attribution, one.other_id),
        ):
            out.print(Text(f"  {quote}  — {who or 'the article itself'}  {fact[:8]}"))


def _print_between_sources(store: "Store") -> int:
    """Current figures of two sources of an event that cannot both be true; how many pairs."""
    from rich.text import Text

    from dateline.flows.cli.event_history import interval
    from dateline.flows.cli.render import console
    from dateline.models import store_events_read

    out = console()
    rows = store_events_read.contradictions(store.connection)
    for row in rows:
        out.print(Text(f"event {row['event_id'][:8]}  {row['outcome']}", style="bold"))
        for side in ("one", "other"):
            figure = interval(row[f"{side}_low"], row[f"{side}_best"], row[f"{side}_high"])
            who = f"{row[f'{side}_publisher']}, {row[f'{side}_published'] or 'day not known'}"
            out.print(Text(f"  {figure}  — {who}  {row[f'{side}_incident_id'][:8]}"))
    return len(rows)


def _csv_rows(found: Sequence["Reduction"], incidents: dict[str, "StoredIncident"]) -> Iterator[dict[str, object]]:
    """One row a figure; its source beside it."""
    from dateline.review.figures import when, where

    for row in found:
        if stored := incidents.get(row.incident_id):
            yield {
                "policy": row.policy,
                "version": row.version,
                "incident": row.incident_id,
                "main": stored.incident.main,
                "when": when(stored.incident),
                "where": where(stored.incident),
                "figure": row.name,
                "value": row.value,
                "words": row.words,
                "facts": " ".join(row.facts),
                "article": stored.article.input_id,
            }

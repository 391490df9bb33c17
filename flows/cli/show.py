"""Show an article with its values highlighted, an incident with the sentence behind each figure, or an event as a
short history."""

import argparse
import sys
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from dateline.flows.cli.store_option import add_db_option, reading

if TYPE_CHECKING:
    from dateline.models.store import Store, StoredArticle, StoredIncident

EPILOG = """\
REF is the id of an incident, an event or an article (as given, its URL, or its text's id); hashes may be shortened.
`dateline show` alone lists the incidents.

examples:
  dateline show
  dateline show 3fa91c20
  dateline show page.html --all | less -R"""

LISTED = 40


def configure(parser: argparse.ArgumentParser) -> None:
    """Add this command's options."""
    parser.add_argument("ref", nargs="?", metavar="REF", help="an incident, event or article (default: list incidents)")
    parser.add_argument("--place", help="list only incidents in this place, province or country code")
    parser.add_argument("--main", action="store_true", help="list only what articles are about, no background")
    parser.add_argument(
        "--all", action="store_true", help=f"all incidents, not only the first {LISTED}; all that an article left out"
    )
    add_db_option(parser)


def run(options: argparse.Namespace) -> int:
    """Show one thing, or list what can be shown."""
    from dateline.models.store import StoreError

    with reading(options.db) as store:
        if options.ref is None:
            return _list(store, main=options.main or None, place=options.place, limit=None if options.all else LISTED)
        try:
            _incident(store, store.incident(options.ref))
        except StoreError as no_incident:
            if "means" in str(no_incident):
                raise
            if _is_event(store, options.ref):
                from dateline.flows.cli.event_history import show_event

                return show_event(store, options.ref)
            _article(store, store.article(options.ref), every=options.all)
    return 0


def _is_event(store: "Store", ref: str) -> bool:
    from dateline.models import store_events_read

    return store_events_read.is_event(store.connection, ref)


def _list(store: "Store", *, main: bool | None, place: str | None, limit: int | None) -> int:
    from dateline.flows.cli.render import console, incidents_table

    found = store.incidents(main=main, place=place, limit=limit and limit + 1)
    out = console()
    pairs = ((one.article.title or one.article.input_id, one.incident) for one in found[:limit])
    out.print(incidents_table(pairs, width=out.width))
    if limit and len(found) > limit:
        print(f"dateline: the first {limit}; --all lists the rest, --place and --main fewer", file=sys.stderr)
    if not found:
        print("dateline: no incident; `dateline status` says what was read", file=sys.stderr)
    return 0


def _incident(store: "Store", found: "StoredIncident") -> None:
    from rich.text import Text

    from dateline.flows.cli.render import console, incident_lines

    out = console()
    record = store.record(found.article)
    about = "main incident" if found.incident.main else "background incident"
    out.print(Text.assemble((f"{about} {found.incident.id}", "bold"), f" of {found.article.input_id}"))
    if found.incident.part_of:
        out.print(f"  part of incident {found.incident.part_of}: never add the two up")
    for line in incident_lines(record, found.incident, plain=not out.is_terminal):
        out.print(line)
    out.print(
        f"\ndateline explain ID --db {store.path} says why a value is what it is",
        style="dim",
        markup=False,
        soft_wrap=True,
    )


def _article(store: "Store", found: "StoredArticle", *, every: bool) -> None:
    from dateline.flows.cli.about import about_lines, beside_lines
    from dateline.flows.cli.render import article_text, console, facts_table, incidents_table, labelled, legend

    out = console()
    record = store.record(found)
    out.print(found.title or found.input_id, style="bold", markup=False)
    out.print(found.url or found.origin, style="dim", markup=False, soft_wrap=True)
    out.print(labelled(about_lines(record.article)))
    if found.result != "read" or found.reason:
        out.print(f"{found.result.replace('_', ' ')}: {found.reason}", markup=False)
    if found.result != "read" and not every:
        if found.text:
            print("dateline: nothing was read in it; --all shows its text", file=sys.stderr)
        return
    out.print(legend() if out.is_terminal else "", "\n")
    out.print(article_text(record, plain=not out.is_terminal))
    for heading, lines in groupby(beside_lines(record.article, every=every), key=itemgetter(0)):
        out.print(f"\n{heading}", style="bold")
        out.print(labelled(((kind, words) for _, kind, words in lines), wrapped=every))
    if record.incidents:
        out.print("\nincidents", style="bold")
        pairs = ((found.title or found.input_id, incident) for incident in record.incidents)
        out.print(incidents_table(pairs, width=out.width))
    if record.all_facts():
        out.print("\nvalues", style="bold")
        out.print(facts_table(record))

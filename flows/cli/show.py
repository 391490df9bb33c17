"""Show an article with its values highlighted, or an incident with the sentence behind each figure."""

import argparse
import sys
from typing import TYPE_CHECKING

from dateline.flows.cli.store_option import add_db_option, reading

if TYPE_CHECKING:
    from dateline.models.store import Store, StoredArticle, StoredIncident

EPILOG = """\
REF is an incident's id or an article's (as given, its URL, or its text's id); hashes may be shortened.
`dateline show` alone lists the incidents.

examples:
  dateline show
  dateline show 3fa91c20
  dateline show page.html | less -R"""

LISTED = 40


def configure(parser: argparse.ArgumentParser) -> None:
    """Add this command's options."""
    parser.add_argument("ref", nargs="?", metavar="REF", help="an incident or an article (default: list the incidents)")
    parser.add_argument("--place", help="list only incidents in this place, province or country code")
    parser.add_argument("--main", action="store_true", help="list only what articles are about, no background")
    parser.add_argument("--all", action="store_true", help=f"list all incidents, not only the first {LISTED}")
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
            _article(store, store.article(options.ref))
    return 0


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


def _article(store: "Store", found: "StoredArticle") -> None:
    from dateline.flows.cli.render import article_text, console, facts_table, incidents_table, legend

    out = console()
    record = store.record(found)
    out.print(found.title or found.input_id, style="bold", markup=False)
    published = f"{found.published} ({found.published_from})" if found.published else "not known"
    out.print(f"{found.url or found.origin}   published: {published}", style="dim", markup=False)
    if found.result != "read":
        out.print(f"{found.result}: {found.reason}", markup=False)
        return
    out.print(legend() if out.is_terminal else "", "\n")
    out.print(article_text(record, plain=not out.is_terminal))
    if record.article.furniture:
        out.print("\nset aside as furniture", style="bold")
        for piece in record.article.furniture:
            words = f"  {piece.kind:<20} {' '.join(piece.text.split())}"
            out.print(words, style="dim", markup=False, no_wrap=True, overflow="ellipsis")
    if record.incidents:
        out.print("\nincidents", style="bold")
        pairs = ((found.title or found.input_id, incident) for incident in record.incidents)
        out.print(incidents_table(pairs, width=out.width))
    if record.all_facts():
        out.print("\nvalues", style="bold")
        out.print(facts_table(record))

"""Events over articles: what happened, however many tell of it; why two reports are taken for one; your judgements."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.flows.cli.store_option import add_db_option, reading

if TYPE_CHECKING:
    from dateline.models.event import Part
    from dateline.models.store import Store

EPILOG = """\
`dateline events` alone lists them. EVENT is an event's id or that of one of its incidents, and may be shortened; for
`judge` an incident's id means this one report, not all that its event has.

examples:
  dateline events --place Konduga
  dateline events show 3fa91c20
  dateline events explain 3fa91c20 9c41d07e
  dateline events doubtful
  dateline events judge 3fa91c20 9c41d07e same --why "both name the hospital" --who jk
  dateline events judge 3fa91c20 9c41d07e different --why "two raids, an hour apart" --who jk

Judgements are kept in PATH.events beside the store, and hold whatever is read later or by other rules."""

LISTED = 40
SHOWN = 8  # characters of an id: enough to tell events apart, and ids may be shortened


def configure(parser: argparse.ArgumentParser) -> None:
    """Add this command's options and what can be done."""
    add_db_option(parser)
    parser.add_argument("--place", metavar="TEXT", help="list only events in this place, province or country code")
    parser.add_argument("--all", action="store_true", help=f"list all, not only the first {LISTED}")
    actions = parser.add_subparsers(dest="action", metavar="show | explain | doubtful | judge")
    showing = _action(actions, "show", "an event as a short history, with its sentences")
    showing.add_argument("event", metavar="EVENT")
    showing.add_argument("--all", action="store_true", default=argparse.SUPPRESS, help="every report of it")
    explaining = _action(actions, "explain", "why two incidents or events are one, may be one, or are two")
    explaining.add_argument("left", metavar="EVENT")
    explaining.add_argument("right", metavar="EVENT")
    listing = _action(actions, "doubtful", "pairs of events that may be one, with the parts of their score")
    listing.add_argument("--all", action="store_true", default=argparse.SUPPRESS, help=f"not only {LISTED}")
    judging = _action(actions, "judge", "decide that two events are the same, different, or that you are unsure")
    judging.add_argument("left", metavar="EVENT")
    judging.add_argument("right", metavar="EVENT")
    judging.add_argument("verdict", choices=("same", "different", "unsure"))
    judging.add_argument("--why", required=True, help="your reason, for those who come after")
    judging.add_argument("--who", required=True, help="your name or initials")


def _action(actions: Any, name: str, summary: str) -> argparse.ArgumentParser:
    found: argparse.ArgumentParser = actions.add_parser(name, help=summary, description=summary)
    found.add_argument("--db", type=Path, default=argparse.SUPPRESS, metavar="PATH", help="the store")
    return found


def run(options: argparse.Namespace) -> int:
    """Do what was asked; returns the exit code."""
    if options.action == "judge":
        return _judge(options)
    with reading(options.db) as store:
        if options.action == "show":
            from dateline.flows.cli.event_history import show_event

            return show_event(store, options.event, whole=options.all)
        if options.action == "explain":
            return _explain(store, options.left, options.right)
        if options.action == "doubtful":
            return _doubtful(store, limit=None if options.all else LISTED)
        return _list(store, place=options.place, limit=None if options.all else LISTED)


def _list(store: "Store", *, place: str | None, limit: int | None) -> int:
    from rich.table import Table
    from rich.text import Text

    from dateline.flows.cli.event_history import days, toll
    from dateline.flows.cli.event_history import place as place_of
    from dateline.flows.cli.render import console
    from dateline.models import store_events_read

    found = store_events_read.events(store.connection, place=place, limit=limit and limit + 1)
    out = console()
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("event", no_wrap=True, min_width=SHOWN)
    table.add_column("when", no_wrap=True)
    table.add_column("where", no_wrap=True, overflow="ellipsis", max_width=max(12, out.width - 60))
    for column in ("killed", "injured", "articles", "sources"):
        table.add_column(column, justify="right", no_wrap=True, min_width=len(column))
    for row in found[:limit]:
        where = Text(place_of(row) + (" (part of another)" if row["part_of"] else ""))
        counts = (toll(row, "killed"), toll(row, "injured"), str(row["articles"]), str(row["sources"]))
        table.add_row(row["event_id"][:SHOWN], days(row), where, *counts)
    out.print(table)
    if limit and len(found) > limit:
        print(f"dateline: the first {limit}; --all lists the rest, --place fewer", file=sys.stderr)
    if not found:
        print("dateline: no event; `dateline status` says what was read", file=sys.stderr)
    return 0


def _doubtful(store: "Store", *, limit: int | None) -> int:
    from rich.text import Text

    from dateline.flows.cli.render import console
    from dateline.models import store_events_read

    found = store_events_read.doubtful(store.connection, limit=limit and limit + 1)
    out = console()
    for one in found[:limit]:
        judged = f"   (judged {one.judged})" if one.judged else ""
        sides = (_named(store, one.left), _named(store, one.right))
        out.print(Text(f"{one.score:5.2f}  {sides[0]}\n       {sides[1]}{judged}", style="bold"), soft_wrap=True)
        _print_parts(one.parts)
    if limit and len(found) > limit:
        print(f"dateline: the first {limit}; --all lists the rest", file=sys.stderr)
    if not found:
        print("dateline: no doubtful pair", file=sys.stderr)
    return 0


def _named(store: "Store", event_id: str) -> str:
    """An event in a line: id, when, where, killed."""
    from dateline.flows.cli.event_history import days, toll
    from dateline.flows.cli.event_history import place as place_of
    from dateline.models import store_events_read

    row = store_events_read.event(store.connection, event_id)
    killed = toll(row, "killed")
    return f"{row['event_id'][:SHOWN]}  {days(row)}  {place_of(row)}" + (f"  {killed} killed" if killed else "")


def _print_parts(parts: "tuple[Part, ...]") -> None:
    from rich.text import Text

    from dateline.flows.cli.render import console

    out = console()
    for part in parts:
        line = f"       {part.value:+.2f} {part.what:<8}{part.kind:<10}{part.why}"
        out.print(Text(line, style="dim"), no_wrap=True, overflow="ellipsis")


def _explain(store: "Store", left: str, right: str) -> int:
    """Two incidents compared anew, by all that speaks for and against; of events their closest two."""
    from rich.text import Text

    from dateline.flows.cli.render import console
    from dateline.flows.events import explained

    found = explained(store, left, right)
    out = console()
    out.print(Text(_named(store, found.left_event), style="bold"))
    if found.left_event != found.right_event:
        out.print(Text(_named(store, found.right_event), style="bold"))
    out.print(Text(f"incidents {found.left[:SHOWN]} and {found.right[:SHOWN]}: {found.said}"))
    if found.parts is not None:
        _print_parts(found.parts)
        total = sum(part.value for part in found.parts)
        out.print(
            Text(f"       {total:+.2f} in all; {found.same:.2f} makes one event, {found.doubtful:.2f} a question")
        )
    return 0


def _judge(options: argparse.Namespace) -> int:
    from dateline.flows.events import judge
    from dateline.models.store import Store, StoreError

    if not options.why.strip() or not options.who.strip():
        print("dateline: --why and --who want words: who decides, and why", file=sys.stderr)
        return 2
    if not options.db.exists():
        print(f"dateline: there is no store at {options.db}", file=sys.stderr)
        return 1
    try:
        with Store.open(options.db) as store:
            made = judge(store, options.left, options.right, options.verdict, who=options.who, why=options.why)
    except StoreError as error:
        print(f"dateline: {error}", file=sys.stderr)
        return 1
    print(f"{made.left[:SHOWN]} and {made.right[:SHOWN]}: {made.verdict}")
    return 0

"""Persons over articles: who is who, what is said of each, which two may be one, and what you decide of them."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.flows.cli.store_option import add_db_option, reading

if TYPE_CHECKING:
    from dateline.models.person import Part
    from dateline.models.store import Store

EPILOG = """\
`dateline people` alone lists them. PERSON is a person's id, which may be shortened; for `judge` also the id of one
leader's mention (`dateline show ARTICLE` prints it), which then means this one article's person.

examples:
  dateline people --name mehsud
  dateline people show 3fa91c20
  dateline people candidates
  dateline people judge 3fa91c20 9c41d07e same --why "same raid, both reports" --who jk
  dateline people judge 3fa91c20 9c41d07e different --why "father and son" --who jk

Judgements are kept in PATH.people beside the store, and hold whatever is read later or by other rules."""

LISTED = 40
SHOWN = 8  # characters of an id: enough to tell persons apart, and ids may be shortened
STATEMENTS = 20


def configure(parser: argparse.ArgumentParser) -> None:
    """Add this command's options and what can be done."""
    add_db_option(parser)
    parser.add_argument("--name", metavar="TEXT", help="list only persons with this in one of their spellings")
    parser.add_argument("--all", action="store_true", help=f"list all, not only the first {LISTED}")
    actions = parser.add_subparsers(dest="action", metavar="candidates | show | judge")
    listing = _action(actions, "candidates", "pairs of persons who may be one, with the parts of their score")
    listing.add_argument("--all", action="store_true", default=argparse.SUPPRESS, help=f"not only {LISTED}")
    showing = _action(actions, "show", "a person's spellings, offices, statements and reported deaths")
    showing.add_argument("person", metavar="PERSON")
    showing.add_argument("--all", action="store_true", default=argparse.SUPPRESS, help=f"not only {STATEMENTS}")
    judging = _action(actions, "judge", "decide that two persons are the same, different, or that you are unsure")
    judging.add_argument("left", metavar="PERSON")
    judging.add_argument("right", metavar="PERSON")
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
            return _show(store, options.person, limit=None if options.all else STATEMENTS)
        if options.action == "candidates":
            return _candidates(store, limit=None if options.all else LISTED)
        return _list(store, named=options.name, limit=None if options.all else LISTED)


def _list(store: "Store", *, named: str | None, limit: int | None) -> int:
    from rich.table import Table
    from rich.text import Text

    from dateline.flows.cli.render import console
    from dateline.models import store_persons_read

    found = store_persons_read.persons(store.connection, named=named, limit=limit and limit + 1)
    out = console()
    share = max(12, (out.width - 42) // 2)  # 42: the four other columns, and two spaces between all
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("person", no_wrap=True, min_width=SHOWN)
    for column in ("name", "office"):
        table.add_column(column, no_wrap=True, overflow="ellipsis", max_width=share)
    table.add_column("seen", no_wrap=True, min_width=len("2014-06-12"))
    for column in ("articles", "deaths"):
        table.add_column(column, justify="right", no_wrap=True, min_width=len(column))
    for one in found[:limit]:
        name, office = Text(_named(one.name, one.spellings)), Text(one.offices[0] if one.offices else "")
        seen = _years(one.earliest, one.latest)
        table.add_row(one.person_id[:SHOWN], name, office, seen, str(one.articles), str(one.deaths or ""))
    out.print(table)
    if limit and len(found) > limit:
        print(f"dateline: the first {limit}; --all lists the rest, --name fewer", file=sys.stderr)
    if not found:
        print("dateline: nobody; `dateline status` says what was read", file=sys.stderr)
    return 0


def _named(name: str, spellings: tuple[str, ...]) -> str:
    more = len({*spellings} - {name})
    return f"{name} (+{more})" if more else name


def _years(earliest: str | None, latest: str | None) -> str:
    """The day, or the years from the first to the last."""
    if earliest is None or latest is None or earliest == latest:
        return latest or ""
    return earliest[:4] if earliest[:4] == latest[:4] else f"{earliest[:4]}–{latest[:4]}"


def _between(earliest: str | None, latest: str | None) -> str:
    """The first and the last day, once where they are one."""
    return "" if latest is None else latest if earliest in (None, latest) else f"{earliest} – {latest}"


def _candidates(store: "Store", *, limit: int | None) -> int:
    from rich.text import Text

    from dateline.flows.cli.render import console
    from dateline.models import store_persons_read

    found = store_persons_read.candidates(store.connection, limit=limit and limit + 1)
    out = console()
    for one in found[:limit]:
        judged = f"   (judged {one.judged})" if one.judged else ""
        head = f"{one.score:5.2f}  {one.left[:8]} {one.left_name}  ~  {one.right[:8]} {one.right_name}{judged}"
        out.print(Text(head, style="bold"), soft_wrap=True)
        for part in one.parts:
            out.print(Text(f"       {_said(part)}", style="dim"), no_wrap=True, overflow="ellipsis")
    if limit and len(found) > limit:
        print(f"dateline: the first {limit}; --all lists the rest", file=sys.stderr)
    if not found:
        print("dateline: no doubtful pair", file=sys.stderr)
    return 0


def _said(part: "Part") -> str:
    return f"{part.value:+.2f} {part.what:<13}{part.why}"


def _show(store: "Store", ref: str, *, limit: int | None) -> int:
    from rich.text import Text

    from dateline.flows.cli.render import console
    from dateline.models import store_persons_read

    found = store_persons_read.person(store.connection, ref)
    out = console()
    out.print(Text.assemble((found.name, "bold"), f"   {found.person_id}"))
    count = f"{found.mentions} mentions in {found.articles} article{'s' * (found.articles != 1)}"
    out.print(Text(f"{count}   {_between(found.earliest, found.latest)}", style="dim"))
    out.print(Text("\nspelled", style="bold"))
    out.print(Text(f"  {'; '.join(found.spellings)}"))
    out.print(Text("\noffices, as written", style="bold"))
    for row in store_persons_read.offices(store.connection, found.person_id):
        office = ", ".join(value for value in (row["role"], row["organisation"]) if value)
        out.print(Text(f"  {office}   {_between(row['earliest'], row['latest'])}"))
    deaths = store_persons_read.deaths(store.connection, found.person_id)
    if deaths:
        out.print(Text(f"\nreported killed {_times(deaths[-1]['death'])}", style="bold"))
        for row in deaths:
            claimed = f"   according to {row['attribution']}" if row["attribution"] else ""
            out.print(
                Text(f"  {row['death']}. {row['published'] or 'day not known'}   [{row['fact_id'][:8]}]{claimed}")
            )
    _statements(store, found.person_id, limit=limit)
    return 0


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times, more than thirty days apart"


def _statements(store: "Store", person_id: str, *, limit: int | None) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from dateline.flows.cli.render import console, quoted
    from dateline.models import store_persons_read

    out = console()
    rows = store_persons_read.statements(store.connection, person_id)
    out.print(Text("\nstatements", style="bold"))
    records: dict[str, Any] = {}
    for row in rows[:limit]:
        if row["text_id"] not in records:
            records[row["text_id"]] = store.record(store.article(row["text_id"]))
        record = records[row["text_id"]]
        claimed = f", according to {row['attribution']}" if row["attribution"] else ""
        head = f"  {row['published'] or 'day not known'}  {row['status']}{claimed}   [{row['id'][:8]}] {record.id}"
        out.print(Text(head), no_wrap=True, overflow="ellipsis")
        words = quoted(record, row["start"], row["stop"], style="bold magenta", plain=not out.is_terminal)
        out.print(Padding(words, (0, 0, 0, 6), expand=False))
    if limit and len(rows) > limit:
        print(f"dateline: the first {limit} of {len(rows)} statements; --all shows the rest", file=sys.stderr)


def _judge(options: argparse.Namespace) -> int:
    from dateline.flows.people import judge
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
    print(f"{made.left_name} ({made.left[:8]}) and {made.right_name} ({made.right[:8]}): {made.verdict}")
    return 0

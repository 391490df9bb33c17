"""What became different between two runs: facts and incidents gained, lost and changed, each with its cause.

A cause is certain where only one of a value's text, day and code differs; a rule's file, a lexicon, the gazetteer, a
library, the page's text, an input that came or went, a policy, a person's decision."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from dateline.flows.cli.store_option import add_db_option, reading

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

    from dateline.models.diff import Change, Diff

EPILOG = """\
Runs are named by number (`dateline status` lists them), or as `last`, `last-1`, `last-2`.

examples:
  dateline diff last-1 last
  dateline diff 12 17 --field casualties --what facts
  dateline diff last-1 last --format csv -o changes.csv
  dateline diff last-1 last --format html -o changes.html

Two ingests are compared by what each of them read or met. Where one of the two is a rerun, which meets only what its
change touches, it is the whole store as it stood after each; --whole and --own ask for the one or the other.

Exit code 1 where a change has no cause: a bug, or a hand in the store; `dateline verify` says more."""

SHOWN = 20  # changes on the terminal
WIDTH = 100
_WRITABLE = ("csv", "html")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add this command's options."""
    parser.add_argument("before", metavar="RUN", help="the earlier run: a number, last, last-1")
    parser.add_argument("after", metavar="RUN", help="the later run")
    parser.add_argument("--field", help="only dates, places, casualties, leaders, incidents or reductions")
    parser.add_argument(
        "--rule", help="only what this rule reads or read, as casualties.passive; or a field's, as dates"
    )
    parser.add_argument("--source", help="only articles of this source of the collection, publisher or web host")
    parser.add_argument("--what", choices=("facts", "incidents"), help="only facts, or only incidents")
    scope = parser.add_mutually_exclusive_group()
    scope.add_argument("--whole", action="store_true", help="compare the store as it stood after each of the two")
    scope.add_argument("--own", action="store_true", help="compare only what each of the two read or met")
    parser.add_argument("--format", choices=("table", *_WRITABLE), help="default: by the ending of -o, else a table")
    parser.add_argument("-o", "--output", type=Path, metavar="PATH", help="default: standard output")
    parser.add_argument("--limit", type=int, default=SHOWN, help=f"changes listed in a table (default: {SHOWN})")
    add_db_option(parser)


def run(options: argparse.Namespace) -> int:
    """Show the diff; returns 1 where a change has no cause."""
    from dateline.flows.exporting import Unwritable
    from dateline.models.diff_choice import choose
    from dateline.models.store import StoreError

    kind = options.format or _format_of(options.output)
    whole = True if options.whole else False if options.own else None
    with reading(options.db) as store:
        try:
            found = store.diff(options.before, options.after, whole=whole)
            found = choose(found, field=options.field, rule=options.rule, source=options.source, what=options.what)
        except (StoreError, ValueError) as error:
            return _say(str(error), code=2)
    try:
        _write(found, kind, options)
    except Unwritable as error:
        return _say(str(error), code=2)
    for note in found.notes:
        _say(note)
    if found.unexplained:
        return _say(f"{len(found.unexplained):,} of {len(found.changes):,} changes have no cause", code=1)
    return 0


def _format_of(path: Path | None) -> str:
    ending = path.suffix.removeprefix(".").lower() if path else ""
    return ending if ending in _WRITABLE else "html" if ending == "htm" else "table"


def _write(found: "Diff", kind: str, options: argparse.Namespace) -> None:
    if kind == "table":
        _print(found, options)
        return
    with _opened(options.output) as out:
        if kind == "html":
            from dateline.review.diff_page import diff_page

            out.write(diff_page(found))
        else:
            from dateline.review.diff_words import COLUMNS, change_rows
            from dateline.review.spreadsheet import write_csv

            write_csv(change_rows(found.changes), out, columns=COLUMNS)
    if options.output and str(options.output) != "-":
        _say(f"{len(found.changes):,} changes to {options.output}")


@contextmanager
def _opened(path: Path | None) -> Iterator[TextIO]:
    from dateline.flows.exporting import _opened as opened

    with opened(path) as out:
        yield out


def _print(found: "Diff", options: argparse.Namespace) -> None:
    from rich.console import Console

    from dateline.flows.cli.render import console

    if options.output and str(options.output) != "-":
        with _opened(options.output) as out:
            printed = Console(file=out, width=WIDTH, highlight=False)
            for one in _lines(found, printed, options.limit):
                printed.print(one)
        return
    printed = console()
    printed.width = min(printed.width, WIDTH)
    for one in _lines(found, printed, options.limit):
        printed.print(one)


def _lines(found: "Diff", console: "Console", limit: int) -> "Iterator[RenderableType]":
    """The summary, then the most important changes."""
    from rich.table import Table
    from rich.text import Text

    from dateline.review.diff_page import moved_words

    for side in (found.before, found.after):
        yield Text.assemble(
            (f"run {side.run_id}", "bold"),
            f"  {side.kind}, {side.started_at:%Y-%m-%d %H:%M} UTC, Dateline {side.dateline}: "
            f"{side.articles:,} articles, "
            f"{side.counted:,} facts, {side.facts.get('incidents', 0):,} incidents",
        )
    yield Text("the store as it stood after each\n" if found.whole else "what each of them read or met\n", "dim")
    if not found.changes:
        yield Text("Nothing is different.")
    else:
        table = Table(box=None, pad_edge=False, header_style="bold")
        table.add_column("field", no_wrap=True)
        table.add_column("cause")
        for kind in ("changed", "gained", "lost"):
            table.add_column(kind, justify="right", no_wrap=True)
        for (field, cause), counted in sorted(found.counted().items()):
            figures = (f"{counted[kind]:,}" if counted[kind] else "" for kind in ("changed", "gained", "lost"))
            table.add_row(field, cause, *figures)
        yield table
    for field, parts in found.parts.items():
        names = [one.what for one in parts]
        more = f", and {len(names) - 4} more" if len(names) > 5 else ""
        shown = ", ".join(names[:4] if more else names)
        yield Text.assemble(
            ("\n" if field == next(iter(found.parts)) else "", ""), (f"{field}: ", "bold"), f"{shown}{more}"
        )
    for change in found.changes[:limit]:
        yield from _change_lines(change, plain=not console.is_terminal)
    if len(found.changes) > limit:
        yield Text(f"\nand {len(found.changes) - limit:,} more; --format csv or html has them", "dim")
    if found.moved:
        yield Text("\npersons and events", "bold")
        yield from (Text(f"  {moved_words(one)}") for one in found.moved[:limit])
        if len(found.moved) > limit:
            yield Text(f"  and {len(found.moved) - limit:,} more", "dim")


def _change_lines(change: "Change", *, plain: bool) -> "Iterator[RenderableType]":
    from rich.padding import Padding
    from rich.text import Text

    from dateline.review.diff_words import because_words, headline, what_it_is

    colour = {"gained": "bold green", "lost": "bold red"}.get(change.kind, "bold yellow")
    yield Text.assemble("\n", (f"{change.kind:<8}", colour), (what_it_is(change), "bold"), f"  {headline(change)}")
    where = " · ".join(part for part in (change.source or change.publisher, change.published, change.input_id) if part)
    yield Padding(Text(where, "dim", no_wrap=True, overflow="ellipsis"), (0, 0, 0, 8))
    if change.quote:
        for label, sentence in (("was: ", change.was), ("", change.sentence)):
            if sentence is not None:
                yield Padding(_sentence(sentence, label, plain=plain), (0, 0, 0, 8))
    for words in because_words(change, most=3):
        yield Padding(Text(words, "dim" if change.causes else "bold red"), (0, 0, 0, 8))


def _sentence(sentence: tuple[str, str, str], label: str, *, plain: bool) -> "Text":
    from rich.text import Text

    before, words, after = (part.replace("\n", " ") for part in sentence)
    if plain:
        return Text(f"{label}“{before}[{words}]{after}”")
    return Text.assemble((label, "dim"), "“", (before, "italic"), (words, "bold red"), (after, "italic"), "”")


def _say(words: str, *, code: int = 0) -> int:
    print(f"dateline: {words}", file=sys.stderr)
    return code

"""What needs your eyes: the most doubtful values first, and how every decision stands to what the machine says now."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.flows.cli.store_option import add_db_option, reading

if TYPE_CHECKING:
    from dateline.models.decision import ReviewState
    from dateline.models.store import Store

EPILOG = """\
`next` lists incidents that nobody decided on, by doubt; each reason in words. `status` counts the decisions and shows
those that ask for you: stale (the machine says something else now than what was judged), orphan (the article has
another text, without those words) and disputed (two reviewers disagree). Nothing is ever lost: a stale acceptance or
correction still counts, a stale rejection does not, and of a disputed value the machine's stands.

examples:
  dateline review next --limit 10
  dateline review status
  dateline review status --all

Exit codes of `status`: 0 every decision is applied, 3 some ask for you, 1 the store cannot be read."""

LISTED = 20
ASKED = 3  # exit code
SHOWN = 8
_SAYS = {
    "stale": "stale: the machine says something else now; accept or correct it again",
    "orphan": "orphan: the article has another text now, without these words",
    "disputed": "disputed: reviewers disagree, and the machine's value stands until they agree",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add what can be asked."""
    actions = parser.add_subparsers(dest="action", metavar="next | status", required=True)
    eyes = _action(actions, "next", "incidents that nobody decided on, the most doubtful first, with the reasons")
    eyes.add_argument("--limit", type=int, default=LISTED, metavar="N", help=f"how many (default {LISTED})")
    how = _action(actions, "status", "the decisions counted, and those that ask for you with both values")
    how.add_argument("--all", action="store_true", help=f"list all of them, not only the first {LISTED} of each kind")


def _action(actions: Any, name: str, summary: str) -> argparse.ArgumentParser:
    found: argparse.ArgumentParser = actions.add_parser(name, help=summary, description=summary)
    add_db_option(found)
    return found


def run(options: argparse.Namespace) -> int:
    """Show what was asked; returns the exit code."""
    with reading(options.db) as store:
        if options.action == "next":
            return _next(store, limit=options.limit, db=options.db)
        return _status(store, limit=None if options.all else LISTED)


def _next(store: "Store", *, limit: int, db: Path) -> int:
    from rich.padding import Padding
    from rich.text import Text

    from dateline.flows.cli.render import OUTCOMES, console
    from dateline.models.store import StoreError
    from dateline.review.figures import figure, when, where
    from dateline.review.words import printable

    found = store.review_order()
    out = console()
    doubted = [one for one in found if one.doubts]
    for one in doubted[:limit]:
        try:
            stored = store.incident(one.incident)
        except StoreError:  # it follows from decisions, and is not the machine's
            out.print(Text.assemble((f"{one.score:4.0f}  {one.incident[:SHOWN]}", "bold")))
        else:
            told = [f"{figure(getattr(stored.incident, name))} {name.replace('_', ' ')}" for name in OUTCOMES
                    if figure(getattr(stored.incident, name))]  # fmt: skip
            parts = (when(stored.incident), where(stored.incident), ", ".join(told), stored.article.input_id)
            words = "  ".join(part for part in parts if part)
            head = Text.assemble((f"{one.score:4.0f}  {one.incident[:SHOWN]}", "bold"), f"  {words}")
            out.print(head, no_wrap=True, overflow="ellipsis")
        for doubt in one.doubts:
            ids = " ".join(fact[:SHOWN] for fact in doubt.facts[:3]) + (" …" if len(doubt.facts) > 3 else "")
            line = Text(f"{doubt.weight:+.0f} {printable(doubt.why)}")
            out.print(Padding(line.append(f"  [{ids}]" if ids else "", style="dim"), (0, 0, 0, 6), expand=False))
    rest = len(found) - min(limit, len(doubted))
    if not found:
        print("dateline: everything is decided, or nothing was read", file=sys.stderr)
    elif rest:
        calm = len(found) - len(doubted)
        print(f"dateline: {rest} more undecided, {calm} of them without any doubt; --limit lists more", file=sys.stderr)
    if doubted:
        first = doubted[0].incident[:SHOWN]
        print(f"dateline: `dateline show {first} --db {db}` shows the first with its sentences", file=sys.stderr)
    return 0


def _status(store: "Store", *, limit: int | None) -> int:
    from collections import Counter

    from rich.table import Table
    from rich.text import Text

    from dateline.flows.cli.render import console

    found = store.review_states()
    out = console()
    kept = [state for state in found if state.latest]
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column()
    verdicts = Counter(state.decision.verdict for state in kept)
    people = Counter(state.decision.who for state in kept)
    table.add_row("decisions", str(len(kept)), Text(_counted(verdicts)))
    table.add_row("by", str(len(people)), Text(_counted(people)))
    groups = {
        "stale": [state for state in kept if state.state == "stale"],
        "orphan": [state for state in kept if state.state == "orphan"],
        "disputed": [state for state in kept if state.disputed],
    }
    table.add_row("applied", str(sum(state.state == "applied" for state in kept)), "")
    for name, states in groups.items():
        table.add_row(name, str(len(states)), "")
    if len(found) > len(kept):
        table.add_row("replaced", str(len(found) - len(kept)), "by a later word of the same reviewer; all are kept")
    out.print(table)
    for name, states in groups.items():
        if states:
            out.print(Text(f"\n{_SAYS[name]}", style="bold"))
            for state in states[:limit]:
                _show(out, state)
            if limit and len(states) > limit:
                print(f"dateline: the first {limit} of {len(states)}; --all lists the rest", file=sys.stderr)
    if not found:
        print("dateline: nobody decided anything yet; `dateline review next` says where to begin", file=sys.stderr)
    return ASKED if any(groups.values()) else 0


def _counted(counter: "Mapping[Any, int]") -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counter.items(), key=lambda one: (-one[1], one[0])))


def _show(out: Any, state: "ReviewState") -> None:
    from rich.padding import Padding
    from rich.text import Text

    from dateline.flows.cli.decision_text import judged_words, right_words, value_words
    from dateline.review.words import printable

    one = state.decision
    quote = " ".join(printable(one.quote).split())
    head = Text.assemble((one.target[:SHOWN], "bold"), f"  {one.field}  “{quote}”")
    out.print(Padding(head, (0, 0, 0, 2)), no_wrap=True, overflow="ellipsis")
    said = {"accept": "accepted", "reject": "rejected"}.get(one.verdict)
    was = judged_words(one)
    told = f"{said} {was}" if said else f"{was} → {right_words(one)}" if one.verdict == "correct" else right_words(one)
    lines = [(f"{one.who}, {one.at[:10]}", told + (f"   ({one.why})" if one.why else ""))]
    if state.state != "orphan":
        now = value_words(one.field, state.machine)
        lines.append(("machine, now", now + ("" if state.counts else "   (this stands)")))
    else:
        lines.append(("it stood in", f"…{printable(one.before[-30:])}[{quote}]{printable(one.after[:30])}…"))
    for label, words in lines:
        out.print(Padding(Text.assemble((f"{label:<22}", "dim"), words), (0, 0, 0, 6), expand=False))

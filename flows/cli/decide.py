"""Decide on a value: accept, reject or correct it, add one that was not found, or take in a file of decisions."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.flows.cli.store_option import PATIENCE, add_db_option

if TYPE_CHECKING:
    from dateline.models.decision import Decision, Taken, Verdict
    from dateline.models.store import Store

EPILOG = """\
FACT and INCIDENT are ids, which may be shortened (`dateline show` prints them); `dateline review next` says where to
begin. A figure is 14, 10-16, 12+ (at least), "<=16" or ~12; as the article has it, with nothing filled in.

examples:
  dateline decide 3fa91c20 accept --who jk
  dateline decide 3fa91c20 reject --who jk --why "houses, not people"
  dateline decide 3fa91c20 correct --figure 14 --who jk --why "the driver died too"
  dateline decide 3fa91c20 correct --set role=mention --who jk
  dateline decide 9c41d07e correct --killed 10-16 --day 2014-06-11..2014-06-12 --who jk
  dateline decide add page.html --field casualties --quote "three drivers" --killed 3 --who jk
  dateline decide import reviewed.xlsx decisions.jsonl --who jk

Decisions are kept in PATH.decisions beside the store and hold through every rerun. Deciding again on the same value
takes the place of what you said before; where two people disagree the machine's value stands until they agree
(`dateline review status`). A file is taken in whole or not at all. Exit codes: 0 taken in, or there already; 1 refused,
and nothing changed; 2 the command line was wrong."""

USAGE = """dateline decide FACT|INCIDENT accept|reject|correct [VALUES] --who NAME [--why TEXT]
       dateline decide add ARTICLE --field FIELD --quote WORDS [VALUES] --who NAME
       dateline decide import FILE... [--who NAME] [--dry-run]"""
VERDICTS = ("accept", "reject", "correct")
OUTCOMES = ("killed", "injured", "missing", "captured", "killed_or_injured")
SHOWN = 8  # characters of an id


def configure(parser: argparse.ArgumentParser) -> None:
    """Add this command's options."""
    parser.usage = USAGE
    parser.add_argument("what", metavar="FACT | INCIDENT | add | import", help="what is decided, or what is to be done")
    parser.add_argument("words", nargs="+", metavar="accept | reject | correct | ARTICLE | FILE")
    person = os.environ.get("DATELINE_WHO")
    parser.add_argument("--who", default=person, metavar="NAME", help="who decides (default: $DATELINE_WHO)")
    parser.add_argument("--why", default="", metavar="TEXT", help="your reason, for those who come after")
    right = parser.add_argument_group("the right value (correct, add)")
    right.add_argument("--figure", metavar="N", help="of a claim: 14, 10-16, 12+, ~12")
    for bound in ("low", "best", "high"):
        right.add_argument(
            f"--{bound}", type=int, metavar="N", help="the same, bound by bound: one not given is unknown"
        )
    for outcome in OUTCOMES:
        name = outcome.replace("_", "-")
        right.add_argument(f"--{name}", metavar="N", help=f"of an incident, or an added claim: {outcome}")
    right.add_argument("--day", metavar="DAY[..DAY]", help="of a date or an incident: the first and the last day")
    right.add_argument(
        "--set", action="append", default=[], metavar="COLUMN=VALUE", help="any other value (`dateline schema`)"
    )
    place = parser.add_argument_group("where an added value stands")
    place.add_argument("--field", metavar="FIELD", help="dates, places, casualties, leaders")
    place.add_argument("--quote", metavar="WORDS", help="its words, as in the article's text")
    place.add_argument("--nth", type=int, metavar="N", help="which of them, where the words stand there several times")
    parser.add_argument("--dry-run", action="store_true", help="say what would be taken in, and change nothing")
    add_db_option(parser)


def run(options: argparse.Namespace) -> int:
    """Take in what was decided; returns the exit code."""
    from datetime import UTC, datetime

    from dateline.models.decision import ForeignDecisions
    from dateline.models.store import Store, StoreError

    if wrong := _wrong(options):
        print(f"dateline: {wrong}", file=sys.stderr)
        return 2
    if not options.db.exists():
        print(f"dateline: there is no store at {options.db}; `dateline ingest INPUT` makes one", file=sys.stderr)
        return 1
    now = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        with Store.open(options.db, read_only=options.dry_run, patience=PATIENCE) as store:
            if options.what == "import":
                return _import(store, [Path(word) for word in options.words], options, now)
            return _one(store, options, now)
    except (ForeignDecisions, StoreError) as error:
        print(f"dateline: {error}", file=sys.stderr)
        if options.what == "import":
            print("dateline: nothing was taken in", file=sys.stderr)
        return 1


def _wrong(options: argparse.Namespace) -> str | None:
    """What is wrong with the command line."""
    name = (options.who or "").strip()
    if options.what == "import":
        return None
    if not name:
        return "--who wants your name or initials (or set DATELINE_WHO)"
    if len(options.words) != 1:
        return f"{' '.join(options.words)!r} is more than one word; see `dateline decide --help`"
    try:
        values = _values(options)
    except ValueError as error:
        return str(error)
    if options.what == "add":
        if not options.field or not options.quote:
            return "an added value wants --field and --quote: what it is, and its words in the article"
        return None
    verdict = options.words[0]
    if verdict not in VERDICTS:
        return f"{verdict!r} is no verdict; say accept, reject or correct"
    if verdict == "correct" and not values:
        return "correct wants the right value: --figure, --killed, --day or --set"
    if verdict != "correct" and values:
        return f"{verdict} takes no values; say correct where the value is another"
    return None


def _values(options: argparse.Namespace) -> dict[str, Any]:
    """The right values as they were typed, an incident's outcomes by their own names. ValueError where one is none."""
    from dateline.flows.decided import days, figure

    found: dict[str, Any] = {}
    bounds = {bound: getattr(options, bound) for bound in ("low", "best", "high")}
    if any(value is not None for value in bounds.values()):
        found |= bounds
    if options.figure:
        found |= figure(options.figure)
    for outcome in OUTCOMES:
        if (said := getattr(options, outcome)) is not None:
            found |= {f"{outcome}_{bound}": value for bound, value in figure(said).items()}
    if options.day:
        found |= days(options.day)
    for pair in options.set:
        column, equals, value = pair.partition("=")
        if not equals:
            raise ValueError(f"--set {pair} wants COLUMN=VALUE")
        found[column.strip()] = value.strip() or None
    return found


def _claimed(values: dict[str, Any]) -> dict[str, Any]:
    """Values of a claim: `--killed 3` is its outcome and its figure."""
    outcomes = [outcome for outcome in OUTCOMES if f"{outcome}_low" in values]
    if not outcomes:
        return values
    left = {name: value for name, value in values.items() if not name.endswith(("_low", "_best", "_high"))}
    one = outcomes[0]
    return {"outcome": one, **{bound: values[f"{one}_{bound}"] for bound in ("low", "best", "high")}, **left}


def _one(store: "Store", options: argparse.Namespace, now: str) -> int:
    from dateline.flows.decided import addition, on_value, seen

    said = {"who": options.who, "why": options.why, "at": now}
    values = _values(options)
    if options.what == "add":
        values = _claimed(values) if options.field == "casualties" else values
        place = {"field": options.field, "quote": options.quote, "nth": options.nth}
        verdict = addition(store, options.words[0], values=values, **place, **said)
    else:
        field, _, judged = seen(store, options.what)
        if field == "casualties" and values:
            values = _claimed(values)
            if values.get("outcome") == judged["outcome"]:
                del values["outcome"]
        verdict = on_value(store, options.what, options.words[0], corrected=values, **said)
    return _taken(store, [verdict], options, now)


def _import(store: "Store", paths: list[Path], options: argparse.Namespace, now: str) -> int:
    from dateline.flows.decided import read_file
    from dateline.flows.deciding import check
    from dateline.models.decision import ForeignDecisions

    verdicts = []
    for path in paths:
        found = read_file(path)
        try:
            check(store, found, who=options.who, at=now)
        except ForeignDecisions as error:
            raise ForeignDecisions(f"{path.name}: {error}") from None
        verdicts += found
    if not verdicts:
        print("nothing was decided in " + ", ".join(path.name for path in paths))
        return 0
    return _taken(store, verdicts, options, now)


def _taken(store: "Store", verdicts: "list[Verdict]", options: argparse.Namespace, now: str) -> int:
    from dateline.flows.deciding import check, decide

    taken = (check if options.dry_run else decide)(store, verdicts, who=options.who, at=now)
    _tell(taken, dry=options.dry_run, every=options.what != "import")
    return 0


def _tell(taken: "Taken", *, dry: bool, every: bool) -> None:
    from collections import Counter

    from rich.text import Text

    from dateline.flows.cli.decision_text import headline
    from dateline.flows.cli.render import console

    out = console()
    if every:
        for one in taken.taken:
            out.print(headline(one), soft_wrap=True)
    counted = Counter(one.verdict for one in taken.taken)
    said = ", ".join(f"{count} {verdict}" for verdict, count in sorted(counted.items()))
    would = "would be taken" if dry else "taken"
    out.print(Text(f"{len(taken.taken)} {_plural(taken.taken)} {would}" + (f": {said}" if said else "")))
    if taken.known:
        out.print(Text(f"{len(taken.known)} there already"))
    for ids, words in (
        (taken.replaced, "of them changed since by the same reviewer, whose later word counts"),
        (taken.stale, "stale: the machine says something else now than what was judged"),
        (taken.disputed, "disputed: another reviewer decided otherwise, and the machine's value stands"),
        (taken.orphan, "orphans: the article has another text now, without these words"),
    ):
        if ids:
            out.print(Text(f"{len(ids)} {words}"))
            for one in [one for one in (*taken.taken, *taken.known) if one.id in ids][:5]:
                out.print(Text("  ").append_text(headline(one)), no_wrap=True, overflow="ellipsis")
    if taken.stale or taken.disputed or taken.orphan:
        print("dateline: `dateline review status` shows both values of each", file=sys.stderr)


def _plural(found: "tuple[Decision, ...]") -> str:
    return "decision" if len(found) == 1 else "decisions"

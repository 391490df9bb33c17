"""How often the machine was right here: precision and recall by field, rule and source, from your decisions."""

import argparse
import sys
from typing import TYPE_CHECKING, Any

from dateline.flows.cli.store_option import add_db_option, reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.models.evaluation import By, Judged, Score, Share

EPILOG = """\
precision is the share of the machine's values that were accepted; words right counts those too whose value was
corrected. recall is the share of what is there that was found with the right value. It is counted only
over articles in which every value of the field has a decision: elsewhere nobody looked for misses.
Behind each share stands the interval that the true one is in with a probability of 95 % (Wilson's); below 30 decisions
it is wide, and marked. Values on which reviewers disagree count nowhere. A decision counts for the rule that made what
was judged, also where other rules read the page since.

examples:
  dateline evaluate
  dateline evaluate --by rule --field casualties
  dateline evaluate --rule casualties.passive --misses
  dateline evaluate --by source --format csv > scores.csv"""

SHOWN = 40  # misses


def configure(parser: argparse.ArgumentParser) -> None:
    """Add this command's options."""
    parser.add_argument("--by", choices=("field", "rule", "source"), default="field", help="one line for each (field)")
    parser.add_argument("--field", help="only this field: dates, places, casualties, leaders, incidents")
    parser.add_argument("--rule", metavar="ID", help="only values that this rule made")
    parser.add_argument("--source", help="only articles of this publisher or site")
    parser.add_argument("--misses", action="store_true", help="the sentences of all that was wrong or missed")
    parser.add_argument("--all", action="store_true", help=f"all misses, not only the first {SHOWN}")
    parser.add_argument("--format", choices=("table", "csv"), default="table")
    add_db_option(parser)


def run(options: argparse.Namespace) -> int:
    """Count, and print; returns the exit code."""
    from dateline.models.evaluation import scores

    with reading(options.db) as store:
        everything = store.judged()
        states = {state.decision.id: state for state in store.review_states()} if options.misses else {}
    wanted = {name: getattr(options, name) for name in ("field", "rule", "source")}
    judged = [
        one for one in everything if all(not value or getattr(one, name) == value for name, value in wanted.items())
    ]
    if not judged:
        said = ", ".join(f"{name} {value}" for name, value in wanted.items() if value)
        print(f"dateline: no decision{' on ' + said if said else ''}; `dateline review next` says where to begin",
              file=sys.stderr)  # fmt: skip
        return 1 if said else 0
    if options.misses:
        return _misses(judged, states, options.format, limit=None if options.all else SHOWN)
    by: By = "rule" if options.rule and options.by == "field" else options.by
    found = scores(judged, by=by)
    if options.format == "csv":
        _csv(found, by)
    else:
        _table(found, by)
    disputed = sum(one.disputed for one in judged)
    if disputed:
        print(f"dateline: {disputed} values on which reviewers disagree are not counted", file=sys.stderr)
    return 0


def _table(found: "Sequence[Score]", by: "By") -> None:
    from rich.table import Table
    from rich.text import Text

    from dateline.flows.cli.render import console
    from dateline.models.evaluation import FEW

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("field" if by == "field" else by, no_wrap=True, overflow="ellipsis", max_width=34)
    for name in ("accept", "correct", "reject", "add"):
        table.add_column(name, justify="right", no_wrap=True, min_width=len(name))
    for name in ("precision", "words right", *(["recall"] if by != "rule" else [])):
        table.add_column(name, no_wrap=True, min_width=len("100%* 21–100"))
    for one in found:
        name = one.name if by != "source" else f"{one.field}  {one.name}"
        counts = (one.accepted, one.corrected, one.rejected, one.added)
        shares = [one.precision, one.found, *([one.recall] if by != "rule" else [])]
        table.add_row(Text(name), *(str(count) for count in counts), *(_percent(share) for share in shares))
    out = console()
    out.print(table)
    notes = ["behind each share the interval of 95 %; words right: the value may be wrong; add: what was missed"]
    few = sum(0 < one.precision.whole < FEW for one in found)
    if few:
        notes.append(f"* fewer than {FEW} decisions ({few} of {len(found)} lines): look at the interval, not the share")
    if by == "field":
        whole = ", ".join(f"{one.texts} for {one.name}" for one in found)
        notes.append(f"recall is over the articles whose values all have a decision ({whole}), or else nobody knows")
    for note in notes:
        print(f"dateline: {note}", file=sys.stderr)


def _percent(share: "Share") -> str:
    from dateline.models.evaluation import FEW

    if share.value is None or share.interval is None:
        return "–"
    low, high = share.interval
    few = "*" if share.whole < FEW else ""
    return f"{share.value:.0%}{few} {100 * low:.0f}–{100 * high:.0f}"


def _csv(found: "Sequence[Score]", by: str) -> None:
    import csv

    from dateline.review.cells import guarded

    out = csv.writer(sys.stdout, lineterminator="\n")
    names = ("precision", "found", "recall")
    head = ["field", by] if by != "field" else ["field"]
    bounds = [f"{name}{part}" for name in names for part in ("", "_low", "_high", "_of")]
    out.writerow([*head, "accepted", "corrected", "rejected", "added", *bounds, "complete_articles"])
    for one in found:
        row: list[Any] = [one.field, guarded(one.name)] if by != "field" else [one.field]
        row += [one.accepted, one.corrected, one.rejected, one.added]
        for name in names:
            share = getattr(one, name)
            low, high = share.interval or (None, None)
            row += [_rounded(value) for value in (share.value, low, high)] + [share.whole]
        out.writerow([*row, one.texts])


def _rounded(value: float | None) -> float | str:
    return "" if value is None else round(value, 4)


def _misses(judged: "Sequence[Judged]", states: dict[str, Any], form: str, *, limit: int | None) -> int:
    """All that was not accepted: the sentence, its words marked, what was judged and what is right."""
    from dateline.flows.cli.decision_text import judged_words, right_words

    wrong = [one for one in judged if one.verdict != "accept" and not one.disputed]
    kinds = {"correct": "wrong value", "reject": "false", "add": "missed"}
    rows = []
    for one in sorted(wrong, key=lambda one: (one.field, one.rule, one.verdict, one.text_id, one.start)):
        said = states[one.decision_id].decision
        sentence = f"{one.sentence[: one.start]}[{one.sentence[one.start : one.stop]}]{one.sentence[one.stop :]}"
        was = "nothing" if one.verdict == "add" else judged_words(said)
        rows.append((one, kinds[one.verdict], was, right_words(said), " ".join(sentence.split()), said.why))
    if form == "csv":
        import csv

        from dateline.review.cells import guarded

        out = csv.writer(sys.stdout, lineterminator="\n")
        out.writerow(["field", "rule", "source", "kind", "was", "right", "sentence", "why", "target"])
        for one, kind, was, right, sentence, why in rows:
            target = states[one.decision_id].decision.target
            cells = [one.field, one.rule, one.source, kind, was, right, sentence, why, target]
            out.writerow([guarded(cell) for cell in cells])
        return 0
    _print_misses(rows[:limit])
    if limit and len(rows) > limit:
        print(
            f"dateline: the first {limit} of {len(rows)}; --all lists the rest, --rule and --field fewer",
            file=sys.stderr,
        )
    if not rows:
        print("dateline: everything that was judged was right", file=sys.stderr)
    return 0


def _print_misses(rows: "Sequence[tuple[Judged, str, str, str, str, str]]") -> None:
    from itertools import groupby

    from rich.padding import Padding
    from rich.text import Text

    from dateline.flows.cli.render import console
    from dateline.review.words import printable

    out = console()
    for (field, rule), some in groupby(rows, key=lambda row: (row[0].field, row[0].rule)):
        own = list(some)
        out.print(
            Text(
                f"{field if rule == 'not found' else rule}: {'missed' if rule == 'not found' else len(own)}",
                style="bold",
            )
        )
        for _, kind, was, right, sentence, why in own:
            told = f"{kind}: {was} → {right}" + (f"   ({why})" if why else "")
            out.print(Padding(Text(told), (0, 0, 0, 2), expand=False))
            out.print(Padding(Text(f"“{printable(sentence)}”", style="dim"), (0, 0, 0, 6), expand=False))

"""Explain a value: the words it was read from, its sentence, its rule, and every piece of evidence."""

import argparse
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from dateline.flows.cli.store_option import add_db_option, reading

if TYPE_CHECKING:
    from dateline.models.facts import Fact

EPILOG = """\
FACT is a fact's id, as `dateline show` prints it with an incident or an article; it may be shortened.

example:
  dateline explain 9c41d07e"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add this command's options."""
    parser.add_argument("fact", metavar="FACT", help="the id of a fact, or its first characters")
    add_db_option(parser)


def run(options: argparse.Namespace) -> int:
    """Print all that is known of one fact."""
    from rich.text import Text

    from dateline.flows.cli.render import console, evidence_lines, quoted
    from dateline.flows.cli.rule_text import rule_text
    from dateline.review.words import live_link

    with reading(options.db) as store:
        found = store.fact(options.fact)
        record = store.record(found.article)
        out = console()
        fact = found.fact
        out.print(Text.assemble((f"{found.field} {fact.id}", "bold")))
        out.print(Text(f"  {fact.quote!r}  {fact.start}:{fact.stop} of the text of {found.article.input_id}"))
        out.print(Text("  ").append_text(quoted(record, fact.start, fact.stop, plain=not out.is_terminal)))
        out.print(Text("\nread as", style="bold"))
        for name, value in values(fact):
            out.print(Text(f"  {name:<14}{value}"))
        out.print(Text("\nby the rule", style="bold"))
        out.print(Text(f"  {fact.rule}"))
        for line in rule_text(found.field, fact.rule):
            out.print(Text(f"    {line}", style="dim"))
        out.print(Text(f"  rules, words and code: digest {found.digest}", style="dim"))
        if fact.evidence:
            out.print(Text("\non this evidence", style="bold"))
            for piece in evidence_lines(fact.evidence):
                out.print(piece)
        if link := live_link(found.article.url, fact.quote):
            out.print(Text(f"\n{link}", style="dim"), soft_wrap=True)
    return 0


def values(fact: "Fact") -> list[tuple[str, Any]]:
    """The names and values of a fact's own shape, without what every fact has; "–" where nothing is said."""
    from dateline.models.facts import Fact

    common = {field.name for field in fields(Fact)}
    own = [field.name for field in fields(fact) if field.name not in common]
    return [(name, _said(getattr(fact, name))) for name in own]


def _said(value: Any) -> Any:
    if value is None or value == ():
        return "–"
    return ("no", "yes")[value] if isinstance(value, bool) else value

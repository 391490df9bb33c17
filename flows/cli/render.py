"""Records on the terminal. Colours where there is a terminal, brackets where there is none (a pipe, NO_COLOR)."""

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dateline.models.facts import Fact
from dateline.models.fields.casualties import CasualtyFact
from dateline.models.incident import Incident
from dateline.models.record import Record
from dateline.models.span import Evidence, Traced
from dateline.review.figures import claim_figure, figure, when, where
from dateline.review.words import around, printable, sentence_at

if TYPE_CHECKING:
    from dateline.models.store import Problem

STYLES = {"casualties": "bold red", "dates": "bold cyan", "places": "bold green", "leaders": "bold magenta"}
OUTCOMES = ("killed", "injured", "missing", "captured", "killed_or_injured")
PIPE_WIDTH = 110
WIDEST = 40  # of a place, and of a title, in a table


def console(*, error: bool = False) -> Console:
    """A console as wide as the terminal; without colour where NO_COLOR is set or nobody is watching."""
    stream = sys.stderr if error else sys.stdout
    width = None if stream.isatty() or os.environ.get("COLUMNS") else PIPE_WIDTH
    return Console(stderr=error, highlight=False, soft_wrap=False, width=width)


def article_text(record: Record, *, plain: bool) -> Text:
    """The article with every value marked in the colour of its field, or in brackets where `plain`."""
    text = record.article.text
    marks = sorted(
        {(fact.start, fact.stop, name) for name, facts in record.facts.items() for fact in facts},
        key=lambda mark: (mark[0], -mark[1]),
    )
    shown = Text(text)
    for start, stop, name in marks:
        shown.stylize(STYLES.get(name, "bold"), start, stop)
    for start, stop in record.article.unread:
        shown.stylize("dim strike", start, stop)
    return Text(_bracketed(text, marks)) if plain else shown


def _bracketed(text: str, marks: list[tuple[int, int, str]]) -> str:
    """`text` with `[quote]field` around the outermost marks."""
    pieces: list[str] = []
    done = 0
    for start, stop, name in marks:
        if start >= done:
            pieces += [text[done:start], "[", text[start:stop], f"]{name}"]
            done = stop
    return "".join([*pieces, text[done:]])


def legend() -> Text:
    """What the colours mean."""
    shown = Text()
    for name, style in STYLES.items():
        shown.append(f" {name} ", style=style)
    shown.append(" furniture ", style="dim strike")
    return shown


def incidents_table(pairs: Iterable[tuple[str, Incident]], *, width: int, title: str | None = None) -> Table:
    """One row an incident, given with its article's title: id, when, where, killed, injured, article.

    The place and the title share what is left of `width`; a table that does not fit would lose the place altogether.
    """
    share = max(12, min(WIDEST, (width - 50) // 2))  # 50: the four other columns, and two spaces between all
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    table.add_column("incident", no_wrap=True)
    table.add_column("when", no_wrap=True)
    table.add_column("where", max_width=share)
    table.add_column("killed", justify="right", no_wrap=True)
    table.add_column("injured", justify="right", no_wrap=True)
    table.add_column("in the article", max_width=share, no_wrap=True, overflow="ellipsis")
    for article, incident in pairs:
        about = "" if incident.main else "(part of it) " if incident.part_of else "(background) "
        table.add_row(
            incident.id[:8], when(incident), Text(where(incident)), figure(incident.killed), figure(incident.injured),
            Text(about + article),  # as text: a plain string's "[video]" would be taken for markup
        )  # fmt: skip
    return table


def quoted(record: Record, start: int, stop: int, *, style: str = "bold red", plain: bool = False) -> Text:
    """The sentence that holds `start:stop`, those words marked."""
    sentence = sentence_at(record, start, stop)
    a, b = start - sentence.start, stop - sentence.start
    if plain:
        return Text(f"“{sentence.quote[:a]}[{sentence.quote[a:b]}]{sentence.quote[b:]}”".replace("\n", " "))
    shown = Text(sentence.quote.replace("\n", " "), style="italic")
    shown.stylize(style, a, b)
    return Text("“").append_text(shown).append("”")


def facts_table(record: Record) -> Table:
    """One row a fact, in text order, with the id that `explain` takes: id, field, words, rule."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("id", no_wrap=True)
    table.add_column("field", no_wrap=True)
    table.add_column("words", no_wrap=True, overflow="ellipsis")
    table.add_column("rule", no_wrap=True, overflow="ellipsis")
    for fact in sorted(record.all_facts().values(), key=lambda fact: (fact.start, -fact.stop, fact.rule)):
        table.add_row(fact.id[:8], fact.rule.partition(".")[0], Text(" ".join(fact.quote.split())), fact.rule)
    return table


def labelled(lines: Iterable[tuple[str, str]], *, wrapped: bool = True) -> Table:
    """Labels and what they say, within the width: wrapped, or cut to one line each."""
    rows = [(label.replace("_", " "), words) for label, words in lines]
    table = Table(box=None, show_header=False, padding=(0, 1, 0, 2), pad_edge=True)
    # What does not fit goes off the words, never off the label.
    table.add_column(style="bold", no_wrap=True, min_width=max((len(label) for label, _ in rows), default=0))
    table.add_column(no_wrap=not wrapped, overflow="fold" if wrapped else "ellipsis")
    for label, words in rows:
        table.add_row(Text(label), Text(words))
    return table


def incident_lines(record: Record, incident: Incident, *, plain: bool) -> Iterable[RenderableType]:
    """An incident as lines: each value, then the sentence it was read from."""
    facts = record.all_facts()
    values = {"date": when(incident), "place": where(incident)}
    values |= {outcome: figure(getattr(incident, outcome)) for outcome in OUTCOMES}
    for name, value in values.items():
        basis = [facts[fact] for fact in incident.basis.get(name, ()) if fact in facts]
        if not value and not basis:
            continue
        yield Text.assemble((f"  {name:<18}", "bold"), value or "no number given")
        for fact in basis:
            yield Padding(quoted(record, fact.start, fact.stop, plain=plain), (0, 0, 0, 6), expand=False)
            yield Padding(Text(f"{_detail(fact)}   [{fact.id[:8]}]", style="dim"), (0, 0, 0, 8), expand=False)
    if incident.leaders:
        yield Text.assemble(("  leaders           ", "bold"), "; ".join(incident.leaders))


def _detail(fact: Fact) -> str:
    if not isinstance(fact, CasualtyFact):
        return fact.rule
    said = f", according to {fact.attribution}" if fact.attribution else ""
    group = f" ({fact.group})" if fact.group else ""
    return f"{claim_figure(fact)} {fact.outcome.replace('_', ' ')}{group}{said}"


def problem_lines(problems: "Iterable[Problem]", *, more: int, db: Path) -> Iterable[Text]:
    """One line for each input that gave no article: what became of it, its id, why. `more` are not listed."""
    for problem in problems:
        yield Text(f"  {problem.outcome.replace('_', ' '):<12} {problem.input_id}: {problem.reason}")
    if more > 0:
        yield Text(f"  and {more:,} more; `dateline status --all --db {db}` lists them", style="dim")


def evidence_lines(evidence: Iterable[Evidence], traced: Iterable[Sequence[Traced]]) -> Iterable[Text]:
    """One line for each stretch of evidence: role, place, words, and its bytes in the capture where they are known."""
    for piece, parts in zip(evidence, traced, strict=True):
        places = ", ".join(f"{part.byte_start}:{part.byte_stop}" for part in parts)
        line = Text.assemble((f"  {piece.role:<14}", "bold"), f"{piece.start}:{piece.stop}  {piece.quote!r}")
        yield line.append(f"  bytes {places}", style="dim") if places else line


def html_around(html: str, start: int, stop: int, *, plain: bool) -> Text:
    """The HTML around `html[start:stop]`, that stretch highlighted, or between ⟦ and ⟧ where `plain`."""
    before, words, after = map(printable, around(html, start, stop))
    if plain:
        return Text(f"{before}⟦{words}⟧{after}")
    return Text.assemble((before, "dim"), (words, "bold red"), (after, "dim"))

"""Records on the terminal. Colours where there is a terminal, brackets where there is none (a pipe, NO_COLOR)."""

import os
import sys
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dateline.models.fields.casualties import CasualtyFact
from dateline.models.incident import Incident
from dateline.models.record import Record
from dateline.models.span import Evidence
from dateline.review.figures import claim_figure, figure, when, where
from dateline.review.words import sentence_at

STYLES = {"casualties": "bold red", "dates": "bold cyan", "places": "bold green", "leaders": "bold magenta"}
OUTCOMES = ("killed", "injured", "missing", "captured", "killed_or_injured")
PIPE_WIDTH = 110


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


def incidents_table(pairs: Iterable[tuple[str, Incident]], *, title: str | None = None) -> Table:
    """One row an incident, given with its article's title: id, when, where, killed, injured, article."""
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    table.add_column("incident", no_wrap=True)
    table.add_column("when", no_wrap=True)
    table.add_column("where", max_width=34)
    table.add_column("killed", justify="right", no_wrap=True)
    table.add_column("injured", justify="right", no_wrap=True)
    table.add_column("in the article", max_width=34, no_wrap=True, overflow="ellipsis")
    for article, incident in pairs:
        about = "" if incident.main else "(part of it) " if incident.part_of else "(background) "
        table.add_row(
            incident.id[:8], when(incident), where(incident), figure(incident.killed), figure(incident.injured),
            about + article,
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


def incident_lines(record: Record, incident: Incident, *, plain: bool) -> Iterable[Text]:
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
            line = Text("      ")
            yield line.append_text(quoted(record, fact.start, fact.stop, plain=plain))
            if isinstance(fact, CasualtyFact):
                said = f", says {fact.attribution}" if fact.attribution else ""
                detail = f"        {claim_figure(fact)} {fact.outcome} {fact.group or 'people'}{said}"
                yield Text(f"{detail}   [{fact.id[:8]}]", style="dim")
            else:
                yield Text(f"        {fact.rule}   [{fact.id[:8]}]", style="dim")
    if incident.leaders:
        yield Text.assemble(("  leaders           ", "bold"), "; ".join(incident.leaders))


def evidence_lines(evidence: Iterable[Evidence]) -> Iterable[Text]:
    """One line for each stretch of evidence: role, place, words."""
    for piece in evidence:
        yield Text.assemble((f"  {piece.role:<14}", "bold"), f"{piece.start}:{piece.stop}  {piece.quote!r}")

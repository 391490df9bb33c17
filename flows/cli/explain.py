"""Explain a value: the words it was read from, its sentence, its rule, its evidence, and the HTML around it."""

import argparse
import json
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

from dateline.flows.cli.store_option import add_db_option, reading

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from dateline.flows.cli.captured import Captured
    from dateline.models.facts import Fact
    from dateline.models.record import Record
    from dateline.models.span import Traced
    from dateline.models.store import StoredFact

EPILOG = """\
FACT is a fact's id, as `dateline show` prints it with an incident or an article; it may be shortened.
--format json adds W3C Web Annotation selectors. Offsets are half-open; those of characters count code points.

examples:
  dateline explain 9c41d07e
  dateline explain 9c41d07e --format json"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add this command's options."""
    parser.add_argument("fact", metavar="FACT", help="the id of a fact, or its first characters")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text, for people")
    add_db_option(parser)


def run(options: argparse.Namespace) -> int:
    """Print all that is known of one fact."""
    from dateline.flows.cli.captured import captured
    from dateline.flows.cli.render import console

    with reading(options.db) as store:
        stored = store.fact(options.fact)
        record = store.record(stored.article)
        found = _traced(stored, record, captured(store, stored.article, record))
    if options.format == "json":
        print(json.dumps(_as_json(found), ensure_ascii=False, indent=2))
    else:
        _print(found, console())
    return 0


@dataclass(frozen=True)
class _Explained:
    stored: "StoredFact"
    record: "Record"
    captured: "Captured"
    html: str | None
    parts: "list[Traced]"  # where the value stands in the capture
    evidence: "list[list[Traced]]"  # and each piece of its evidence
    link: str | None


def _traced(stored: "StoredFact", record: "Record", captured: "Captured") -> _Explained:
    from dateline.review.fragments import live_link

    fact = stored.fact
    places = [(fact.start, fact.stop), *((piece.start, piece.stop) for piece in fact.evidence)]
    parts, *evidence = captured.trace(places)
    link = live_link(record, fact.start, fact.stop, shown=captured.shown)
    return _Explained(stored, record, captured, captured.html, parts, evidence, link)


def _print(found: _Explained, out: "Console") -> None:
    from rich.text import Text

    from dateline.flows.cli.render import evidence_lines, quoted
    from dateline.flows.cli.rule_text import rule_text

    field, fact = found.stored.field, found.stored.fact
    out.print(Text.assemble((f"{field} {fact.id}", "bold")))
    out.print(Text(f"  {fact.quote!r}  {fact.start}:{fact.stop} of the text of {found.stored.article.input_id}"))
    out.print(Text("  ").append_text(quoted(found.record, fact.start, fact.stop, plain=not out.is_terminal)))
    out.print(Text("\nread as", style="bold"))
    for name, value in values(fact):
        out.print(Text(f"  {name:<14}{value}"))
    out.print(Text("\nby the rule", style="bold"))
    out.print(Text(f"  {fact.rule}"))
    for line in rule_text(field, fact.rule):
        out.print(Text(f"    {line}", style="dim"))
    out.print(Text(f"  rules, words and code: digest {found.stored.digest}", style="dim"))
    if fact.evidence:
        out.print(Text("\non this evidence", style="bold"))
        exact = found.evidence if found.captured.data is not None else [[] for _ in fact.evidence]
        for piece in evidence_lines(fact.evidence, exact):
            out.print(piece)
    out.print(Text("\nas it came", style="bold"))
    for source in _source_lines(found, plain=not out.is_terminal):
        out.print(source)
    if found.link:
        out.print(Text(f"\n{found.link}", style="dim"), soft_wrap=True)


def _source_lines(found: _Explained, *, plain: bool) -> "list[Text]":
    """The HTML around the value, and where that stands; or, in one line, why it cannot be shown."""
    from rich.text import Text

    from dateline.flows.cli.render import html_around

    kept = found.captured.capture
    lines = []
    if found.captured.problem:
        lines.append(Text(f"  cannot be shown: {found.captured.problem}", style="yellow"))
    elif not found.parts:
        lines.append(Text("  these words do not stand in the capture as they stand in the text", style="yellow"))
    for part in found.parts:
        if found.html is not None:
            lines.append(Text("  ").append_text(html_around(found.html, part.page_start, part.page_stop, plain=plain)))
        within = "within " if found.captured.data is None else ""
        places = f"characters {part.page_start}:{part.page_stop}, bytes {part.byte_start}:{part.byte_stop}"
        lines.append(Text(f"  {within}{places} of {kept.size:,}", style="dim"))
    lines.append(Text(f"  {kept.archive_file} at {kept.archive_offset}, record {kept.record_id}", style="dim"))
    return lines


def _as_json(found: _Explained) -> dict[str, Any]:
    """All of it, with selectors. `page` holds the stretches of the capture where the value stands; `exact` is whether
    they are the value's own, or, where the archive is missing, longer ones that hold it."""
    from dateline.flows.cli.rule_text import rule_text
    from dateline.review.selectors import of_page, of_text
    from dateline.review.words import around, sentence_at

    fact, kept, text = found.stored.fact, found.captured.capture, found.record.article.text
    pages = []
    for part in found.parts:
        html = None if found.html is None else around(found.html, part.page_start, part.page_stop)
        pages.append({**asdict(part), "html": html, "selectors": of_page(part)})
    evidence = [
        {**asdict(piece), "selectors": of_text(text, piece.start, piece.stop), "page": [asdict(part) for part in parts]}
        for piece, parts in zip(fact.evidence, found.evidence, strict=True)
    ]
    article = found.stored.article
    return {
        "field": found.stored.field,
        "fact": {**asdict(fact), "evidence": evidence},
        "sentence": asdict(sentence_at(found.record, fact.start, fact.stop)),
        "selectors": of_text(text, fact.start, fact.stop),
        "rule": {"id": fact.rule, "text": rule_text(found.stored.field, fact.rule), "digest": found.stored.digest},
        "article": {name: getattr(article, name) for name in ("input_id", "text_id", "title", "url", "published")},
        "page": pages,
        "exact": found.captured.data is not None,
        "problem": found.captured.problem,
        "capture": {**asdict(kept), "captured_at": kept.captured_at.isoformat()},
        "link": found.link,
    }


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

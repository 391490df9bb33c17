"""Draws picture.svg for the README: an invented story, what Dateline reads in it, and the incident it makes of that.

    python docs/picture.py > docs/picture.svg

The marks are those that the rules really give; a test holds the file against this script.
"""

import textwrap
from html import escape

from dateline.extractors.article import read
from dateline.models.article import Source
from dateline.models.record import Record
from dateline.review.figures import claim_figure, figure, when, where

STORY = (
    "Six-month lull ends as raids resume. Unmarked drones killed at least 8 people — 13 by some counts — in two raids "
    "near Ataq today and Wednesday. Among the dead was Yahya al-Muntasir, a commander of the Banner of Saba. The raids "
    "followed Sunday's attack on the port of Aden, in which 31 people died, including 7 gunmen."
)
PUBLISHED = "2016-05-26"
COLUMNS, CHARACTER, LINE, MARGIN = 84, 9.6, 46, 28
COLOURS = {"casualties": "#c62828", "dates": "#00695c", "places": "#2e7d32", "leaders": "#6a1b9a"}


def draw() -> str:
    """The picture as SVG."""
    record = read(Source(id="story", text=STORY, published=PUBLISHED))
    rows = textwrap.wrap(STORY, COLUMNS)
    top = MARGIN + LINE * len(rows)
    parts = [*_words(record, rows), *_ledger(record, top + 26)]
    height = top + 26 + 30 * (len(record.incidents) + 1) + MARGIN
    width = MARGIN * 2 + COLUMNS * CHARACTER
    about = "A news story with its dates, places, tolls and leaders marked, and the incidents read from it"
    font = "ui-monospace, DejaVu Sans Mono, Menlo, Consolas, monospace"
    head = f'''<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img"
  aria-label="{about}" font-family="{font}" font-size="16">
<rect width="100%" height="100%" fill="#fffdf8"/>'''
    return "\n".join([head, *parts, "</svg>\n"])


def _words(record: Record, rows: list[str]) -> list[str]:
    """The story line by line, each value underlined in its field's colour with its reading below it."""
    parts, done = [], 0
    for number, row in enumerate(rows):
        start = STORY.index(row, done)
        done = start + len(row)
        y = MARGIN + number * LINE
        parts.append(_text(MARGIN, y, row))
        for name, facts in record.facts.items():
            for fact in facts:
                a, b = max(fact.start, start), min(fact.stop, done)
                if a >= b:
                    continue
                x = MARGIN + (a - start) * CHARACTER
                colour = COLOURS[name]
                parts.append(
                    f'<rect x="{x:.1f}" y="{y + 5}" width="{(b - a) * CHARACTER:.1f}" height="3" fill="{colour}"/>'
                )
                if a == fact.start:
                    parts.append(_text(x, y + 20, _reading(name, fact), size=11, colour=colour))
    return parts


def _reading(name: str, fact: object) -> str:
    if name == "casualties":
        return f"{fact.outcome} {claim_figure(fact)}"  # type: ignore[attr-defined, arg-type]
    if name == "dates":
        return str(fact.earliest or "open")  # type: ignore[attr-defined]
    if name == "places":
        return f"{fact.country}"  # type: ignore[attr-defined]
    return f"{fact.role or fact.status}"  # type: ignore[attr-defined]


def _ledger(record: Record, y: float) -> list[str]:
    """The incidents as rows of a ledger."""
    columns = (MARGIN, MARGIN + 250, MARGIN + 560, MARGIN + 680)
    parts = [
        _text(x, y, head, size=13, colour="#777")
        for x, head in zip(columns, ("when", "where", "killed", ""), strict=True)
    ]
    for number, incident in enumerate(record.incidents, start=1):
        row = y + 30 * number
        kind = "main" if incident.main else ("part of it" if incident.part_of else "background")
        cells = (when(incident), where(incident), figure(incident.killed) or "–", kind)
        parts += [_text(x, row, cell, size=14) for x, cell in zip(columns, cells, strict=True)]
        parts.append(f'<rect x="{MARGIN}" y="{row + 8}" width="{COLUMNS * CHARACTER:.0f}" height="1" fill="#ddd"/>')
    return parts


def _text(x: float, y: float, words: str, *, size: int = 16, colour: str = "#222") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}" xml:space="preserve">{escape(words)}</text>'
    )


if __name__ == "__main__":
    print(draw(), end="")

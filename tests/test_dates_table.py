"""tests/tables/dates.txt: several hundred expressions, counted from days on which mistakes are easy."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.extractors import pipeline
from dateline.models.article import Article
from dateline.models.fields.dates import DateFact

TABLE = Path(__file__).parent / "tables" / "dates.txt"
_MARK = re.compile(r"\[([^\[\]]*)\]\{([^{}]*)\}")

Answer = tuple[int, str, str | None, str | None]  # where it starts, its words, earliest, latest


def rows() -> Iterator[tuple[str | None, str, list[Answer]]]:
    """Of each line the publication date, the text, and the answers marked in it."""
    published: str | None = None
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            published = line[1:].strip() or None
        elif line and not line.startswith("#"):
            yield published, *_read(line)


def _read(line: str) -> tuple[str, list[Answer]]:
    text, answers, done = "", [], 0
    for mark in _MARK.finditer(line):
        text += line[done : mark.start()]
        earliest, _, latest = mark[2].partition("..")
        known = earliest != "-"
        answers.append((len(text), mark[1], earliest if known else None, (latest or earliest) if known else None))
        text, done = text + mark[1], mark.end()
    return text + line[done:], answers


@pytest.mark.parametrize(
    ("published", "text", "answers"), list(rows()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_the_table(published: str | None, text: str, answers: list[Answer]) -> None:
    facts = pipeline.read_facts(Article(result="read", text=text, published=published))["dates"]
    read = [(fact.start, fact.quote, fact.earliest, fact.latest) for fact in facts if isinstance(fact, DateFact)]
    assert read == answers


def test_the_table_is_a_long_one() -> None:
    marked = [answer for _, _, answers in rows() for answer in answers]
    silent = [text for _, text, answers in rows() if not answers]
    assert len(marked) > 250
    assert len(silent) > 30

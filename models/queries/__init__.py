"""Queries to start from, over a published snapshot. Every sum runs over events, never over articles.

One SQL file each. Its head says what it answers and, after "Columns:", what each column is; docs/queries.md lists them,
and a test runs every one against a DuckDB file and a Parquet folder.
"""

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Query:
    """A documented query: its name, what it answers in a sentence, its columns with what they are, and its SQL."""

    name: str
    about: str
    columns: dict[str, str]
    sql: str


def queries() -> list[Query]:
    """The queries, by name. ValueError where a file has no head."""
    return [_query(path) for path in sorted(FOLDER.glob("*.sql"))]


def _query(path: Path) -> Query:
    lines = path.read_text(encoding="utf-8").splitlines()
    head = [line.removeprefix("--").strip() for line in lines[: _length(lines)]]
    if "Columns:" not in head:
        raise ValueError(f"{path.name} does not begin with what it answers and its columns")
    at = head.index("Columns:")
    columns: dict[str, str] = {}
    for line in head[at + 1 :]:
        name, _, what = line.partition("  ")
        columns[name] = what.strip()
    return Query(path.stem, " ".join(head[:at]).strip(), columns, "\n".join(lines[len(head) :]).strip())


def _length(lines: list[str]) -> int:
    """How many lines the comment at the head has."""
    return next((number for number, line in enumerate(lines) if not line.startswith("--")), len(lines))

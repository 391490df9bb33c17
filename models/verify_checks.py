"""Checks of a store: what one is, and the two ways to make one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from dateline.models.store_connection import Connection

SHOWN = 20  # problems listed of one check; all are counted


@dataclass(frozen=True, kw_only=True)
class Check:
    """One thing that must hold: over how many rows it was tried, and where it does not hold (the first few)."""

    name: str
    checked: int
    failed: int = 0
    problems: tuple[str, ...] = field(default=())

    @property
    def ok(self) -> bool:
        """Whether it holds everywhere."""
        return self.failed == 0

    def __str__(self) -> str:
        over = f"{self.checked:,} rows" if self.checked else "no rows, so nothing is shown"
        return f"{self.name}: {'ok' if self.ok else f'{self.failed:,} wrong'} ({over})"


def checked(name: str, found: Iterator[str | None]) -> Check:
    """A check from what it says of each row: None, or what is wrong."""
    total, problems = 0, []
    for problem in found:
        total += 1
        if problem is not None:
            problems.append(problem)
    return Check(name=name, checked=total, failed=len(problems), problems=tuple(problems[:SHOWN]))


def queried(connection: Connection, name: str, rows: str, wrong: str, label: str) -> Check:
    """A check that SQL makes: of the relation `rows`, those where `wrong` holds, each named by `label`."""
    total = connection.execute(f"SELECT count(*) FROM {rows}").fetchone()
    found = connection.execute(f"SELECT {label} FROM {rows} WHERE {wrong} ORDER BY ALL").fetchall()
    shown = tuple(" ".join(str(part) for part in row) for row in found[:SHOWN])
    return Check(name=name, checked=int(total[0]) if total else 0, failed=len(found), problems=shown)


def streamed(connection: Connection, query: str) -> Iterator[dict[str, Any]]:
    """Rows of a query, some at a time; no other query may be made on the connection meanwhile."""
    found = connection.execute(query)
    names = [column[0] for column in found.description or ()]
    while rows := found.fetchmany(1000):
        for row in rows:
            yield dict(zip(names, row, strict=True))

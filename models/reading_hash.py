"""A hash over all rows that hang on a reading, so that a value which is changed in the store later is found. Pure."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any


def rows_sha256(rows: Mapping[str, Iterable[tuple[Any, ...]]]) -> str:
    """A hash over all rows that hang on one reading, by table, whatever their order: what tells that none of them was
    changed, added or taken away since they were written. The first column of each row, the reading's id, is left out;
    values count as they are shown, 10 and 10.0 alike."""
    whole = hashlib.sha256()
    for table in sorted(rows):
        for line in sorted(_line(row[1:]) for row in rows[table]):
            whole.update(f"{table}\x1f{line}\x1e".encode("utf-8", "surrogatepass"))
    return whole.hexdigest()[:32]


def _line(values: Iterable[Any]) -> str:
    return "\x1f".join(map(_shown, values))


def _shown(value: Any) -> str:
    if value is None:
        return "\x00"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)

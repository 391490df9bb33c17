"""Files that are only ever added to, one JSON object a line, on disk before anybody believes them.

The last line may have been cut short when the machine went down: it is read as None, and what comes next begins on a
line of its own. Lines end with a line feed and nothing else: a separator of other kinds may stand in somebody's words.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any


def append_rows(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Add rows, and wait until they are on disk."""
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if not text:
        return
    with path.open("ab") as out:
        out.write((b"\n" if _torn(path) else b"") + text.encode("utf-8", "backslashreplace"))
        out.flush()
        os.fsync(out.fileno())


def read_rows(path: Path) -> list[dict[str, Any] | None]:
    """The rows in their order, None for a line that is none; no rows where there is no file."""
    return list(each_row(path))


def each_row(path: Path, *, since: int = 0, holding: str = "") -> Iterator[dict[str, Any] | None]:
    """The same, one at a time, of a file that may be larger than the memory. `since` is the byte to begin at; a line
    without the words `holding` is None too."""
    if not path.exists():
        return
    with path.open("rb") as file:
        file.seek(since)
        for line in file:  # of bytes: ends at a line feed only
            if line != b"\n":
                yield _row(line.decode("utf-8", "replace")) if holding.encode() in line else None


def _row(line: str) -> dict[str, Any] | None:
    try:
        row = json.loads(line)
    except ValueError:
        return None
    return row if isinstance(row, dict) else None


def _torn(path: Path) -> bool:
    with path.open("rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return False
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"

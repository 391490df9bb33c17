"""CSV that spreadsheets open as meant: UTF-8 with a byte order mark, and no cell that runs as a formula."""

import csv
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from dateline.review.cells import FORMULA_STARTS, cell, fitted

__all__ = ["BYTE_ORDER_MARK", "FORMULA_STARTS", "cell", "write_csv"]

BYTE_ORDER_MARK = "\ufeff"
_REST = "`dateline export --format jsonl`"


def write_csv(rows: Iterable[Mapping[str, Any]], out: TextIO, *, columns: Iterable[str] | None = None) -> int:
    """Write `rows` (all with the same keys) as CSV; returns how many. `out` must be opened with `newline=""`. With
    `columns`, a file without rows has its header all the same."""
    out.write(BYTE_ORDER_MARK)
    writer: csv.DictWriter[str] | None = None
    count = 0
    if columns is not None:
        writer = _writer(list(columns), out)
    for row in rows:
        if writer is None:
            writer = _writer(list(row), out)
        writer.writerow({key: _cell(value) for key, value in row.items()})
        count += 1
    return count


def _writer(columns: list[str], out: TextIO) -> "csv.DictWriter[str]":
    writer = csv.DictWriter(out, fieldnames=columns, lineterminator="\r\n")
    writer.writeheader()
    return writer


def _cell(value: object) -> object:
    value = cell(value)
    return fitted(value, rest=_REST) if isinstance(value, str) else value

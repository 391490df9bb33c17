"""CSV that spreadsheets open as meant: UTF-8 with a byte order mark, and no cell that runs as a formula."""

import csv
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

# A cell beginning with one of these is run as a formula by Excel, LibreOffice and Google Sheets (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
BYTE_ORDER_MARK = "\ufeff"


def write_csv(rows: Iterable[Mapping[str, Any]], out: TextIO) -> int:
    """Write `rows` (all with the same keys) as CSV; returns how many. `out` must be opened with `newline=""`."""
    out.write(BYTE_ORDER_MARK)
    writer: csv.DictWriter[str] | None = None
    count = 0
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(out, fieldnames=list(row), lineterminator="\r\n")
            writer.writeheader()
        writer.writerow({key: cell(value) for key, value in row.items()})
        count += 1
    return count


def cell(value: object) -> object:
    """A value as it goes into a cell: text that would run as a formula gets an apostrophe in front, NUL is dropped
    (no spreadsheet can hold it); numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        value = value.replace("\x00", "")
        return f"'{value}" if value.startswith(FORMULA_STARTS) else value
    return value

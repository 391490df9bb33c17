"""The rows of a CSV or XLSX file, whatever program wrote it, as cells by column name; nothing is taken on trust."""

import codecs
import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.models.decision import ForeignDecisions

LARGEST = 512 * 2**20  # bytes of a workbook unpacked: beyond is no sheet of ours
_HEADER_WITHIN = 20  # rows in which the header is sought: people put titles above it
_CELL = 1 << 22  # characters of a cell of CSV; Python's own limit is less than a long article

_NO_SHEET = "this is no sheet of Dateline's to fill in: no row has the columns {}; `dateline export` writes one"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row: its cells by column, and its place in words ("row 5 of sheet claims")."""

    name: str
    cells: Mapping[str, Any]
    places: Mapping[str, str]

    def get(self, column: str) -> Any:
        """The cell of a column; None where it is empty or the file has no such column."""
        return self.cells.get(column)

    def wrong(self, column: str, why: str) -> ForeignDecisions:
        """What is wrong with a cell, as an error to raise."""
        return ForeignDecisions(f"{self.places.get(column, self.name)} ({column}): {why}")


def rows_of_file(path: Path, *, needed: Sequence[str]) -> Iterator[Row]:
    """The rows below the header, which has all the `needed` columns; ForeignDecisions where there is no such table."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ForeignDecisions(f"{path} cannot be read: {(error.strerror or str(error)).lower()}") from None
    if data.startswith(b"PK"):
        tables = _workbook(data)
    elif data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ForeignDecisions(
            f"{path.name} is an old or encrypted Excel file; save it as .xlsx without a password, or as CSV"
        )
    else:
        tables = [("", _csv(data, needed))]
    found = False
    for sheet, lines in tables:
        columns: dict[int, str] = {}
        for line, cells in lines:
            if not columns:
                columns = _header(cells, needed, sheet, line)
                found = found or bool(columns)
                if not columns and line >= _HEADER_WITHIN:
                    break
            elif any(cell not in (None, "") for cell in cells):
                yield _row(sheet, line, cells, columns)
    if not found:
        raise ForeignDecisions(_NO_SHEET.format(" and ".join(needed)))


def _header(cells: Sequence[Any], needed: Sequence[str], sheet: str, line: int) -> dict[int, str]:
    names = {index: str(cell).strip() for index, cell in enumerate(cells) if cell not in (None, "")}
    if not set(needed) <= set(names.values()):
        return {}
    twice = sorted({name for name in names.values() if list(names.values()).count(name) > 1})
    if twice:
        raise ForeignDecisions(f"{_where(sheet, line)}: there are two columns {twice[0]}; delete one")
    return names


def _row(sheet: str, line: int, cells: Sequence[Any], columns: Mapping[int, str]) -> Row:
    if any(cell not in (None, "") for cell in cells[max(columns) + 1 :]):
        raise ForeignDecisions(
            f"{_where(sheet, line)}: more cells than the header has columns; is a separator unquoted?"
        )
    named = {name: cells[index] if index < len(cells) else None for index, name in columns.items()}
    places = {
        name: f"cell {_letters(index)}{line}" + (f" of sheet {sheet}" if sheet else "")
        for index, name in columns.items()
    }
    return Row(name=_where(sheet, line), cells=named, places=places)


def _where(sheet: str, line: int) -> str:
    return f"row {line}" + (f" of sheet {sheet}" if sheet else "")


def _letters(index: int) -> str:
    """0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _csv(data: bytes, needed: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Rows with their numbers as a spreadsheet counts them."""
    text = _decoded(data)
    if "\x00" in text:
        raise ForeignDecisions("the file holds NUL characters: it is damaged, or no text")
    if text.startswith("sep="):
        text = text.partition("\n")[2]
    csv.field_size_limit(max(_CELL, csv.field_size_limit()))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, needed), strict=True)
    line = 0
    try:
        for line, cells in enumerate(reader, 1):
            yield line, cells
    except csv.Error as error:
        raise ForeignDecisions(f"row {line + 1}: this is no whole CSV ({error}); save it again") from None


def _decoded(data: bytes) -> str:
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise ForeignDecisions(f"byte {error.start} is no {encoding}: the file is damaged") from None
    try:
        return data.decode("cp1252")  # what Excel calls "CSV (comma delimited)"; what it lost there is found out later
    except UnicodeDecodeError as error:
        raise ForeignDecisions(f"byte {error.start} is no text in UTF-8; save it as “CSV UTF-8”") from None


def _delimiter(text: str, needed: Sequence[str]) -> str:
    """The one that separates the header's names."""
    for line in text.splitlines()[:_HEADER_WITHIN]:
        for delimiter in ",;\t|":
            names = {name.strip().strip('"') for name in line.split(delimiter)}
            if set(needed) <= names:
                return delimiter
    raise ForeignDecisions(_NO_SHEET.format(" and ".join(needed)))


def _workbook(data: bytes) -> Iterable[tuple[str, Iterator[tuple[int, list[Any]]]]]:
    """The sheets of an XLSX file."""
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            _check_package(packed)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    except ForeignDecisions:
        raise
    except Exception as error:  # openpyxl lets out whatever its parsers raise
        raise ForeignDecisions(f"this is no whole workbook: {str(error)[:120]}; save it again as .xlsx") from None
    return [(str(sheet.title), _lines(sheet)) for sheet in book.worksheets]


def _check_package(packed: zipfile.ZipFile) -> None:
    """No bomb, no document type (which XML parsers would go and fetch), and a workbook at all."""
    names = {one.filename: one.file_size for one in packed.infolist()}
    if "xl/workbook.xml" not in names:
        what = "an OpenDocument file; save it as .xlsx" if "content.xml" in names else "no workbook"
        raise ForeignDecisions(f"this is {what}")
    if sum(names.values()) > LARGEST:
        raise ForeignDecisions("this workbook is larger than any that Dateline writes")
    for name in names:
        if name.endswith((".xml", ".rels")):
            with packed.open(name) as part:
                if b"<!DOCTYPE" in part.read(4096).upper():
                    raise ForeignDecisions(f"{name} in it has a document type, which no spreadsheet program writes")
    if (broken := packed.testzip()) is not None:
        raise ForeignDecisions(f"{broken} in it is damaged; save it again")


def _lines(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    try:
        for line, cells in enumerate(sheet.iter_rows(), 1):
            for index, cell in enumerate(cells):
                if cell.data_type == "f":
                    where = f"cell {_letters(index)}{line} of sheet {sheet.title}"
                    raise ForeignDecisions(f"{where}: a formula; write its value there")
            yield line, [_plain(cell.value) for cell in cells]
    except ForeignDecisions:
        raise
    except Exception as error:  # as above
        raise ForeignDecisions(f"sheet {sheet.title} is damaged: {str(error)[:120]}; save it again") from None


def _plain(value: Any) -> Any:
    """A cell without what XLSX escapes: _x000D_ is a line end."""
    return value.replace("_x005F_", "_") if isinstance(value, str) else value

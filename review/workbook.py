"""XLSX for reviewers: a sheet to fill in, one that explains its columns, one for texts too long for a cell.

Written row by row: a workbook of any size takes little memory. The machine's columns refuse to be typed over, but the
sheet is not locked: a locked one cannot be sorted.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink

from dateline.review.cells import LIMIT, Marked, cell, guarded, named, units
from dateline.review.sheets import SEAL, VERDICT, Column, Sheet

ROWS = 1_048_575  # of data in one sheet: what Excel opens
LINKS = 65_000  # Excel opens no more hyperlinks in a sheet than 65,530
LONGEST_LINK = 2_000  # characters; Excel takes 2,079
LINE, TALLEST = 15.0, 409.0  # points: of a line, and what Excel takes at most
_PIECE = 8_000  # characters of a long text in one cell

_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x0041_ as A

_FILLED = PatternFill("solid", fgColor="FFF6DA")  # what is yours to fill
_HEAD = PatternFill("solid", fgColor="E4E9EF")
_HEAD_OPEN = PatternFill("solid", fgColor="F2D98D")
_HAIR = Side(style="hair", color="B9A25A")
_LINED = Border(left=_HAIR, right=_HAIR, top=_HAIR, bottom=_HAIR)
_TOP = Alignment(vertical="top")
_WRAPPED = Alignment(vertical="top", wrap_text=True)


class TooManyRows(ValueError):
    """More rows than a sheet holds."""


def write_workbook(
    rows: Iterable[Mapping[str, Any]], sheet: Sheet, path: Path, *, long_texts: Mapping[str, str] | None = None
) -> int:
    """Write the rows of a sheet (see `tables`) to `path`; returns how many. `long_texts` are, by id, the texts of which
    a cell shows a part only; they may be filled while the rows are read."""
    book = Workbook(write_only=True)
    for style in _styles():
        book.add_named_style(style)
    page = book.create_sheet(sheet.what)
    _dress(page, sheet)
    page.append([_head(page, column) for column in sheet.columns])
    count = 0
    for count, row in enumerate(rows, 1):
        if count > ROWS:
            raise TooManyRows(f"a sheet holds {ROWS:,} rows; export with --place, or as csv")
        page.row_dimensions[count + 1].height = _height(sheet, row)
        page.append([_cell(page, column, row[column.name], row.get("link"), count) for column in sheet.columns])
        del page.row_dimensions[count + 1]  # written; a large sheet would fill the memory with them
    _rules(page, sheet, count + 1)
    _explain(book.create_sheet("columns"), sheet)
    if long_texts:
        _long(book.create_sheet("long texts"), long_texts)
    book.save(path)
    return count


def _styles() -> list[NamedStyle]:
    """One style for each kind of cell; text cells hold text whatever is typed into them."""
    return [
        NamedStyle(name="machine", alignment=_TOP, number_format="@"),
        NamedStyle(name="machine long", alignment=_WRAPPED, number_format="@"),
        NamedStyle(name="machine number", alignment=_TOP, number_format="General"),
        NamedStyle(name="machine link", alignment=_TOP, font=Font(color="0563C1", underline="single")),
        NamedStyle(name="yours", alignment=_WRAPPED, number_format="@", fill=_FILLED, border=_LINED),
        NamedStyle(name="yours number", alignment=_TOP, number_format="General", fill=_FILLED, border=_LINED),
    ]


def _dress(page: Any, sheet: Sheet) -> None:
    page.freeze_panes = "C2"
    for index, column in enumerate(sheet.columns, 1):
        shape = page.column_dimensions[get_column_letter(index)]
        shape.width = _width(column)
        shape.hidden = column.name == SEAL
    page.sheet_view.zoomScale = 90


def _width(column: Column) -> int:
    """In characters; the column's name has to fit too."""
    return max(column.width, len(column.name) + 3)


def _height(sheet: Sheet, row: Mapping[str, Any]) -> float:
    """Points that the wrapped texts of a row need: not every program finds that out itself."""
    lines = 1
    for column in sheet.columns:
        if _style_of(column) == "machine long" and (value := row[column.name]) is not None:
            text = value.text if isinstance(value, Marked) else str(value)
            lines = max(lines, sum(1 + len(line) // _width(column) for line in text.split("\n")[:40]))
    return min(lines * LINE, TALLEST)


def _head(page: Any, column: Column) -> Any:
    made = WriteOnlyCell(page, value=column.name)
    made.font = Font(bold=True)
    made.fill = _HEAD_OPEN if column.open else _HEAD
    made.alignment = _WRAPPED
    return made


def _cell(page: Any, column: Column, value: Any, link: str | None, row: int) -> Any:
    made = WriteOnlyCell(page)
    made.style = _style_of(column)
    if column.kind == "link":
        return _link(made, link, row)
    if isinstance(value, Marked):
        made.value = _rich(value)
        return made
    value = cell(value)
    if isinstance(value, str):
        made.value = written(value)
        made.data_type = "s"  # whatever it begins with
    else:
        made.value = value
    return made


def _style_of(column: Column) -> str:
    number = column.kind in ("int", "number")
    if column.open:
        return "yours number" if number else "yours"
    if column.kind == "link":
        return "machine link"
    if column.kind == "long" or column.name in ("doubt", "title"):
        return "machine long"
    return "machine number" if number else "machine"


def written(text: str) -> str:
    """A text as XLSX holds it: what looks like one of its escapes is escaped."""
    return _ESCAPED.sub("_x005F_", text)


def _rich(value: Marked) -> Any:
    """The text with its marked stretches in bold; plain where it is guarded, for then the places have moved."""
    text = named(value.text)
    if not value.spans or text != value.text or guarded(text) != text or units(text) > LIMIT:
        return written(str(cell(value)))
    parts: list[Any] = []
    at = 0
    for start, stop in _merged(value.spans):
        parts += [written(text[at:start])] if start > at else []
        parts.append(TextBlock(InlineFont(b=True), written(text[start:stop])))
        at = stop
    return CellRichText(*parts, *([written(text[at:])] if at < len(text) else []))


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, stop in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(stop, found[-1][1])
        else:
            found.append((start, stop))
    return found


def _link(made: Any, link: str | None, row: int) -> Any:
    """A link that can be clicked, where it is one of the web and the program takes it."""
    if not link or not link.startswith(("http://", "https://")):
        return made
    made.value = written(str(cell(link)))
    made.data_type = "s"
    if row <= LINKS and len(link) <= LONGEST_LINK:
        address, _, place = link.partition("#")
        made.hyperlink = Hyperlink(ref="", target=address, location=place or None)
    return made


def _rules(page: Any, sheet: Sheet, last: int) -> None:
    """The filter, the lists to choose from, and what keeps the machine's columns."""
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{last}"
    if last < 2:
        return
    kept = DataValidation(type="custom", formula1="FALSE", showErrorMessage=True, errorTitle="The machine's value")
    kept.error = "Put the right value into the correct_ column and write correct as the verdict."
    for index, column in enumerate(sheet.columns, 1):
        cells = f"{get_column_letter(index)}2:{get_column_letter(index)}{last}"
        if not column.open:
            kept.add(cells)
        elif column.choices:
            listed = DataValidation(type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
            listed.showErrorMessage = True
            listed.error = f"One of: {', '.join(column.choices)}."
            listed.promptTitle, listed.prompt = column.name, column.about[:250]
            listed.showInputMessage = column.name == VERDICT
            listed.add(cells)
            page.data_validations.append(listed)
    page.data_validations.append(kept)


def _explain(page: Any, sheet: Sheet) -> None:
    for letter, width in (("A", 24), ("B", 14), ("C", 100)):
        page.column_dimensions[letter].width = width
    page.freeze_panes = "A3"
    page.append([sheet.about])
    page.append([_bold(page, name) for name in ("column", "whose", "what it means")])
    for line, column in enumerate(sheet.columns, 3):
        about = WriteOnlyCell(page, value=column.about)
        about.alignment = _WRAPPED
        page.row_dimensions[line].height = LINE * (1 + len(column.about) // 100)
        page.append([column.name, "yours to fill" if column.open else "the machine's", about])


def _bold(page: Any, name: str) -> Any:
    made = WriteOnlyCell(page, value=name)
    made.font = Font(bold=True)
    made.fill = _HEAD
    return made


def _long(page: Any, texts: Mapping[str, str]) -> None:
    """Texts in pieces, each in its cell."""
    page.column_dimensions["A"].width, page.column_dimensions["C"].width = 18, 100
    page.append(["text", "part", "words"])
    for text_id, text in texts.items():
        for part, start in enumerate(range(0, len(text), _PIECE), 1):
            piece = WriteOnlyCell(page)
            piece.value = written(str(cell(text[start : start + _PIECE])))
            piece.data_type = "s"
            piece.alignment = _WRAPPED
            page.append([text_id, part, piece])

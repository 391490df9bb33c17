"""Reviewers at work in tests: invented articles with many claims, and sheets that somebody filled in."""

import csv
import io
import json
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import openpyxl

from dateline.models.article import Source
from dateline.models.decision import Verdict
from dateline.models.record import Record
from dateline.review.label_studio import task
from dateline.review.sheets import sheets
from dateline.review.spreadsheet import write_csv
from dateline.review.tables import rows_of
from dateline.review.workbook import write_workbook

from .store_helpers import record, source

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
TEXT = "Two die in Velm 😀\n\nTwo shepherds were killed near Velm on 3 May 2021, Mayor Ada Brok said."

Row = dict[str, Any]
Filled = Mapping[int, Mapping[str, Any]]  # by row (0 is the first below the header): column to what was typed


def articles(count: int) -> list[Source]:
    """Texts that differ in the number of their village."""
    return [source(f"velm-{number}.html", text=TEXT + f" It was house {number}.") for number in range(count)]


def records(count: int) -> list[Record]:
    """One claim, date, place, leader and incident each."""
    return [record(given) for given in articles(count)]


def rows(given: Iterable[Record], what: str = "claims") -> list[Row]:
    """The rows of a sheet over all of them."""
    return [row for one in given for _, row in rows_of(one, what)]


def as_csv(given: Iterable[Mapping[str, Any]], path: Path) -> Path:
    """A sheet as `dateline export` writes it."""
    with path.open("w", encoding="utf-8", newline="") as out:
        write_csv(given, out)
    return path


def as_xlsx(given: Iterable[Mapping[str, Any]], path: Path, *, what: str = "claims") -> Path:
    """The same as a workbook."""
    write_workbook(given, sheets()[what], path)
    return path


def fill_csv(path: Path, filled: Filled, *, to: Path | None = None, **style: Any) -> Path:
    """Type into a CSV; `style` is how the program that saves it writes CSV."""
    table = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    for row, cells in filled.items():
        for column, value in cells.items():
            table[row + 1][table[0].index(column)] = str(value)
    to = to or path
    out = io.StringIO(newline="")
    csv.writer(out, **style).writerows(table)
    to.write_text(out.getvalue(), encoding="utf-8", newline="")
    return to


def fill_xlsx(path: Path, filled: Filled) -> Path:
    """Type into the first sheet of a workbook."""
    book = openpyxl.load_workbook(path, rich_text=True)
    page = book.worksheets[0]
    columns = {cell.value: cell.column for cell in page[1]}
    for row, cells in filled.items():
        for column, value in cells.items():
            page.cell(row + 2, columns[column], value)
    book.save(path)
    return path


def fifty() -> tuple[dict[int, dict[str, Any]], list[dict[str, Any]]]:
    """What a reviewer types into fifty rows of claims, and what each of them means."""
    typed: dict[int, dict[str, Any]] = {}
    meant: list[dict[str, Any]] = []
    figures: list[tuple[dict[str, Any], dict[str, Any]]] = [
        ({"correct_best": 14}, {"low": 14, "best": 14, "high": 14}),
        ({"correct_low": 10, "correct_high": 16}, {"low": 10, "best": None, "high": 16}),
        ({"correct_low": 12}, {"low": 12, "best": 12, "high": None}),
        ({"correct_high": 12}, {"low": None, "best": None, "high": 12}),
        ({"correct_low": "none", "correct_best": 12}, {"low": None, "best": 12, "high": None}),
        ({"correct_outcome": "injured"}, {"outcome": "injured"}),
    ]
    for row in range(50):
        why = f"because of {row} 😀; = +1"
        if row % 5 < 2:
            word = ("accept", "reject")[row % 5]
            typed[row] = {"verdict": word, "comment": why, "reviewer": "Ada Brok"}
            meant.append({"verdict": word, "corrected": {}, "who": "Ada Brok", "why": why})
        else:
            cells, corrected = figures[row % len(figures)]
            typed[row] = {"verdict": "correct", **cells, "comment": why, "reviewer": "Bo"}
            meant.append({"verdict": "correct", "corrected": corrected, "who": "Bo", "why": why})
    return typed, meant


def said(verdicts: Iterable[Verdict]) -> list[dict[str, Any]]:
    """What verdicts say, without what they are about."""
    return [
        {"verdict": one.verdict, "corrected": dict(one.corrected), "who": one.who, "why": one.why} for one in verdicts
    ]


def annotated(given: Record, change: Callable[[list[Row]], list[Row]], **more: Any) -> Row:
    """A task as Label Studio exports it: its predictions taken over as an annotation, then changed by a person."""
    made = json.loads(json.dumps(task(given)))
    results = json.loads(json.dumps(made["predictions"][0]["result"]))
    return {
        "id": 7,
        "data": made["data"],
        "annotations": [
            {
                "id": 3,
                "completed_by": {"id": 1, "email": "ada@velm.example"},
                "was_cancelled": False,
                "parent_prediction": 11,
                "updated_at": "2026-02-03T10:00:00.000000Z",
                "result": change(results),
                **more,
            }
        ],
    }


def through_libreoffice(paths: list[Path], to: Path, *, kind: str) -> list[Path]:
    """The files as LibreOffice opens and saves them, all in one start of it."""
    to.mkdir(exist_ok=True)
    how = ["--convert-to", "xlsx"] if kind == "xlsx" else ["--infilter=CSV:44,34,76,1", "--convert-to", f"csv:{kind}"]
    profile = f"-env:UserInstallation=file://{to}/profile"
    command = [str(SOFFICE), profile, "--headless", *how, "--outdir", str(to), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return [to / path.with_suffix(".xlsx" if kind == "xlsx" else ".csv").name for path in paths]

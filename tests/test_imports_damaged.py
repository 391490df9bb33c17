"""More than sixty damaged or foreign files: each is refused whole, with its place, and the store stays as it is."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dateline.flows.decided import read_file
from dateline.models.decision import ForeignDecisions
from dateline.models.ids import sha256
from dateline.models.store import Store

from .review_helpers import annotated, articles, as_csv, as_xlsx, fill_csv, fill_xlsx, records, rows
from .store_helpers import run
from .test_imports import decision

ROWS = rows(records(3))
Damage = Callable[[Path], None]


def typed(row: int = 1, **cells: Any) -> Damage:
    """A sheet with a good verdict in its first row, and this in another."""
    return lambda path: fill_csv(path, {0: {"verdict": "accept"}, row: cells}) and None


def text(change: Callable[[str], str]) -> Damage:
    """The file with its text changed."""
    return lambda path: path.write_bytes(change(path.read_text(encoding="utf-8")).encode()) and None


def table(change: Callable[[list[list[str]]], Any]) -> Damage:
    """The CSV with its rows changed."""

    def damage(path: Path) -> None:
        cells = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
        change(cells)
        out = io.StringIO(newline="")
        csv.writer(out).writerows(cells)
        path.write_text(out.getvalue(), encoding="utf-8", newline="")

    return damage


def rejected(row: list[str]) -> list[str]:
    return [*row[:7], "reject", *row[8:]]


def seal(change: Callable[[str], str]) -> Damage:
    return table(lambda cells: cells[2].__setitem__(-1, change(cells[2][-1])))


SHEETS: dict[str, tuple[Damage, str]] = {
    "a word that is no verdict": (typed(verdict="maybe"), r"cell H3 \(verdict\): “maybe”"),
    "a verdict in another column": (typed(sentence="accept"), r"\(sentence\).*changed to “accept”"),
    "a comment without a verdict": (typed(comment="hm"), "a comment without a verdict"),
    "correct without a value": (typed(verdict="correct"), "no right value"),
    "accept with a correction": (typed(verdict="accept", correct_best=14), "a correction beside the verdict accept"),
    "reject with a correction": (typed(verdict="reject", correct_outcome="injured"), "beside the verdict reject"),
    "no number": (typed(verdict="correct", correct_best="about 14"), r"\(correct_best\): “about 14” is no whole"),
    "half a person": (typed(verdict="correct", correct_best="14.5"), "no whole number"),
    "fewer than none": (typed(verdict="correct", correct_best="-3"), "-3 is no number of people"),
    "a date of a figure": (typed(verdict="correct", correct_best="04-Mar"), "no whole number"),
    "everybody": (typed(verdict="correct", correct_best=10**12), "no number of people"),
    "a per cent": (typed(verdict="correct", correct_best="14%"), "no whole number"),
    "thousands or not": (typed(verdict="correct", correct_best="14,000"), "may be 14 or 14000"),
    "figures that fall": (typed(verdict="correct", correct_low=16, correct_high=10), "must rise: 16, None, 10"),
    "no outcome": (typed(verdict="correct", correct_outcome="dead"), "none of killed, injured"),
    "no scope": (typed(verdict="correct", correct_scope="all"), "none of incident, several"),
    "the machine's figure": (typed(low=3), r"cell E3 \(low\).*it was 2"),
    "the machine's figure emptied": (typed(high=""), r"\(high\).*it was 2"),
    "the machine's word": (typed(group="fighters"), r"\(group\).*it was shepherds"),
    "a figure where there was none": (typed(vague="dozens"), r"\(vague\).*it was empty"),
    "the sentence": (typed(sentence="Nothing happened."), r"\(sentence\)"),
    "the headline": (typed(title="x"), r"\(title\)"),
    "an id": (typed(claim="0" * 16), r"\(claim\)"),
    "an offset": (typed(start=3), r"\(start\)"),
    "a formula's error": (typed(low="#NAME?"), r"\(low\)"),
    "a row without a seal": (typed(seal=""), "rows cannot be added in a sheet"),
    "a row of somebody's own": (table(lambda cells: cells.append(["x"] * len(cells[0]))), r"row|cell"),
    "a sum under the table": (table(lambda cells: cells.append(["", "", "", "", "=SUM(E2:E4)"])), "has none"),
    "a seal of another row": (
        table(lambda cells: cells[2].__setitem__(-1, cells[1][-1])), r"cell A3 \(claim\)",
    ),
    "a seal that was cut": (seal(lambda old: old[:-30]), "no seal|changed"),
    "a seal with another value": (seal(lambda old: old.replace('"low":2', '"low":3')), "it was changed"),
    "a seal of the future": (seal(lambda old: old.replace("dateline-review/1", "dateline-review/9")), "another kind"),
    "a seal of nonsense": (seal(lambda _: "[" * 5000), "no seal"),
    "a seal of a list": (seal(lambda _: "[] 00000000"), "no seal"),
    "sorted in one column only": (
        table(lambda cells: (cells[1].__setitem__(1, cells[2][1]), cells[2].__setitem__(2, "x"))), r"\(sentence\)",
    ),
    "two words on one value": (
        table(lambda cells: (cells[1].__setitem__(7, "accept"), cells.append(rejected(cells[1])))),
        "another verdict on the same value stands in row 2",
    ),
    "two columns of one name": (table(lambda cells: [row.insert(0, "verdict") for row in cells]), "two columns"),
    "no column of verdicts": (table(lambda cells: cells[0].__setitem__(7, "judgement")), "no row has the columns"),
    "no seals": (table(lambda cells: [row.pop() for row in cells]), "no row has the columns"),
    "no header": (table(lambda cells: cells.pop(0)), "no row has the columns"),
    "an open quote": (text(lambda old: old + '"x'), "no whole CSV"),
    "cut in the middle": (text(lambda old: old[: len(old) // 2]), "no whole CSV|seal|none"),
    "NUL": (text(lambda old: old.replace("velm", "ve\x00lm")), "NUL"),
    "cells that ran over": (table(lambda cells: cells[2].extend(["", "x"])), "row 3: more cells than the header"),
    "bytes of nothing": (lambda path: path.write_bytes(b"\x81\x8d\x8f,\xff") and None, "no text|no row"),
    "half of UTF-16": (lambda path: path.write_bytes(path.read_text().encode("utf-16")[:-1]) and None, "damaged"),
    "nothing": (lambda path: path.write_bytes(b"") and None, "is empty"),
    "blanks": (lambda path: path.write_bytes(b" \n\n") and None, "is empty|no row"),
    "a sheet of somebody else": (lambda path: path.write_text("name,age\nAda,3\n") and None, "no row has the columns"),
    "a page": (lambda path: path.write_text("<html><p>verdict seal</html>") and None, "no row has the columns"),
    "an old Excel file": (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 900) and None, "old or"),
    "a picture": (lambda path: path.write_bytes(b"\x89PNG\r\n" + bytes(range(256))) and None, "no text|NUL|no row"),
}  # fmt: skip


def packed(change: Callable[[dict[str, bytes]], Any]) -> Damage:
    """The workbook with its parts changed."""

    def damage(path: Path) -> None:
        with zipfile.ZipFile(path) as old:
            parts = {name: old.read(name) for name in old.namelist()}
        change(parts)
        with zipfile.ZipFile(path, "w") as new:
            for name, data in parts.items():
                new.writestr(name, data)

    return damage


SHEET = "xl/worksheets/sheet1.xml"


def formula(path: Path) -> None:
    fill_xlsx(path, {0: {"verdict": "correct", "correct_best": "=7+7"}})


def swapped(parts: dict[str, bytes]) -> None:
    parts[SHEET] = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>' + parts[SHEET]


BOOKS: dict[str, tuple[Damage, str]] = {
    "a formula": (formula, r"cell J2 of sheet claims.*formula"),
    "a changed value": (lambda path: fill_xlsx(path, {1: {"best": 5}}) and None, r"cell F3 of sheet claims \(best\)"),
    "a number for a word": (lambda path: fill_xlsx(path, {1: {"verdict": 1}}) and None, "“1” is no verdict"),
    "a cut archive": (lambda path: path.write_bytes(path.read_bytes()[:-200]) and None, "no whole workbook"),
    "a broken byte": (
        lambda path: path.write_bytes(path.read_bytes()[:300] + b"\x00\x01" + path.read_bytes()[302:]) and None,
        "whole|damaged",
    ),
    "no sheet in it": (packed(lambda parts: parts.pop(SHEET)), "whole|damaged|no row"),
    "half a sheet": (packed(lambda parts: parts.update({SHEET: parts[SHEET][:3000]})), "damaged|no row|whole"),
    "a document type": (packed(swapped), "document type"),
    "another archive": (packed(lambda parts: parts.pop("xl/workbook.xml")), "no workbook"),
    "OpenDocument": (
        packed(lambda parts: (parts.clear(), parts.update({"content.xml": b"<x/>"}))), "OpenDocument file",
    ),
    "another workbook": (lambda path: openpyxl.Workbook().save(path), "no row has the columns"),
}  # fmt: skip


def task(change: Callable[[dict[str, Any]], Any]) -> Callable[[], str]:
    def made() -> str:
        given = annotated(records(1)[0], lambda results: results)
        change(given)
        return json.dumps([given])

    return made


def region(**values: Any) -> Callable[[], str]:
    """The toll's region with another value."""
    return task(lambda given: given["annotations"][0]["result"][0]["value"].update(values))


TASKS: dict[str, tuple[Callable[[], str], str]] = {
    "no list": (lambda: "[1", "no whole JSON"),
    "no task": (lambda: "[1]", "no task"),
    "a task of somebody else": (lambda: '[{"data": {"text": "x"}, "annotations": []}]', "was not made by"),
    "another text": (task(lambda given: given["data"].update(text="x")), "its text is not the one"),
    "other facts": (task(lambda given: given["data"]["dateline"]["facts"].clear()), "was changed"),
    "another schema": (task(lambda given: given["data"]["dateline"].update(schema="x/2")), "was not made by"),
    "no results": (task(lambda given: given["annotations"][0].pop("result")), "annotation 1 has no results"),
    "annotations of nothing": (task(lambda given: given.update(annotations=3)), "no list"),
    "JSON-MIN": (task(lambda given: (given.pop("annotations"), given.update(given.pop("data")))), "JSON-MIN"),
    "another label": (region(labels=["dead"]), "none of ours"),
    "other words": (region(text="Three shepherds"), "do not stand at"),
    "words elsewhere": (region(start=0, end=5), "do not stand at"),
    "words outside": (region(start=9000, end=9005), "do not stand at"),
    "half an emoji": (region(start=17, end=18, text="x"), "do not stand at"),
    "no offsets": (region(start=None), "no offsets"),
    "a value of nothing": (task(lambda given: given["annotations"][0]["result"].pop(0)), "said of no labelled words"),
    "less than nobody": (
        task(lambda given: [one["value"].update(number=-1) for one in given["annotations"][0]["result"]
                            if one["from_name"] == "low"]), "no number of people",
    ),
    "figures that fall": (
        task(lambda given: [one["value"].update(number=9) for one in given["annotations"][0]["result"]
                            if one["from_name"] == "low"]), "must rise",
    ),
}  # fmt: skip


def lines(change: Callable[[list[dict[str, Any]]], Any]) -> Callable[[], str]:
    def made() -> str:
        given = [{"schema": "dateline-decisions/1", "who": "Ada", "store": None, "count": 3}]
        given += [decision(row, number) for number, row in enumerate(ROWS)]
        change(given)
        return "\n".join(map(json.dumps, given))

    return made


def line(**values: Any) -> Callable[[], str]:
    """The second verdict with another value."""
    return lines(lambda given: given[2].update(values))


PAGES: dict[str, tuple[Callable[[], str], str]] = {
    "a line less": (lines(lambda given: given.pop()), "2 verdicts and says that there are 3"),
    "a line more": (lines(lambda given: given.append(given[1])), "4 verdicts"),
    "another schema": (lines(lambda given: given[0].update(schema="dateline-decisions/2")), "line 1"),
    "no head": (lines(lambda given: given.pop(0)), "line 1"),
    "no count": (lines(lambda given: given[0].pop("count")), "line 1"),
    "cut": (lambda: lines(lambda _: None)()[:-5], "line 4: no whole JSON"),
    "a verdict of nothing": (line(verdict="perhaps"), "line 3: 'perhaps' is no verdict"),
    "a field of nothing": (line(field="weather"), "line 3: 'weather' is no field"),
    "no target": (line(target=None), "line 3: it is about nothing"),
    "a number for an id": (line(target=7), "line 3: target is"),
    "accept with a value": (line(corrected={"low": 3}), "line 3: accept with right values"),
    "correct without": (line(verdict="correct"), "line 3: correct without"),
    "an addition nowhere": (line(verdict="add", corrected={"low": 3}), "line 3: an added value has no place"),
    "a place that is none": (
        line(verdict="add", corrected={"low": 3}, start=5, stop=5), "line 3: 5:5 is no place in a text",
    ),
    "a key too many": (line(colour="red"), "'colour' should not be there"),
    "a key too few": (lines(lambda given: given[2].pop("why")), "'why' should be there"),
    "true for a number": (line(start=True), "line 3: start is"),
    "no number at all": (lambda: lines(lambda _: None)().replace('"low": 2', '"low": NaN'), "no whole JSON"),
    "something else": (lambda: '{"name": "x"}', "x.decisions|no "),
}  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, str]]:
    path = tmp_path_factory.mktemp("store") / "x.duckdb"
    with Store.open(path) as made:
        run(made, articles(3))
    with Store.open(path, read_only=True) as made:
        yield made, sha256(path.read_bytes())


def refused(path: Path, complaint: str, store: tuple[Store, str]) -> None:
    """The file is refused, and the store's file is byte for byte what it was, with no decisions beside it."""
    with pytest.raises(ForeignDecisions, match=complaint):
        read_file(path)
    kept = store[0].path
    assert sha256(kept.read_bytes()) == store[1]
    assert not kept.with_name(kept.name + ".decisions").exists()


def test_there_are_more_than_sixty() -> None:
    assert len(SHEETS) + len(BOOKS) + len(TASKS) + len(PAGES) >= 60


@pytest.mark.parametrize("name", SHEETS)
def test_a_damaged_csv_is_refused(name: str, store: tuple[Store, str], tmp_path: Path) -> None:
    damage, complaint = SHEETS[name]
    path = as_csv(ROWS, tmp_path / "x.csv")
    damage(path)
    refused(path, complaint, store)


@pytest.mark.parametrize("name", BOOKS)
def test_a_damaged_workbook_is_refused(name: str, store: tuple[Store, str], tmp_path: Path) -> None:
    damage, complaint = BOOKS[name]
    path = as_xlsx(ROWS, tmp_path / "x.xlsx")
    damage(path)
    refused(path, complaint, store)


@pytest.mark.parametrize("name", TASKS)
def test_a_damaged_export_of_label_studio_is_refused(name: str, store: tuple[Store, str], tmp_path: Path) -> None:
    made, complaint = TASKS[name]
    path = tmp_path / "x.json"
    path.write_text(made(), encoding="utf-8")
    refused(path, complaint, store)


@pytest.mark.parametrize("name", PAGES)
def test_a_damaged_file_of_the_page_is_refused(name: str, store: tuple[Store, str], tmp_path: Path) -> None:
    made, complaint = PAGES[name]
    path = tmp_path / "x.decisions"
    path.write_text(made(), encoding="utf-8")
    refused(path, complaint, store)

"""What reviewers send back: fifty decisions through each format, untouched files, what programs do to cells."""

import codecs
import csv
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dateline.models.decision import ForeignDecisions
from dateline.review import read_decisions, read_label_studio, read_sheet
from dateline.review.read_cells import Unreadable, day, days, whole
from dateline.review.sheets import sheets

from .review_helpers import (
    SOFFICE,
    annotated,
    as_csv,
    as_xlsx,
    fifty,
    fill_csv,
    fill_xlsx,
    records,
    rows,
    said,
    through_libreoffice,
)

MANY = rows(records(50))
FEW = rows(records(3))


@pytest.mark.parametrize("what", [name for name in sheets() if name != "events"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_sheet_that_nobody_touched_says_nothing(what: str, kind: str, tmp_path: Path) -> None:
    given = rows(records(3), what)
    assert len(given) == 3
    path = tmp_path / f"x.{kind}"
    assert read_sheet.read(as_csv(given, path) if kind == "csv" else as_xlsx(given, path, what=what)) == []


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_fifty_decisions_come_back(kind: str, tmp_path: Path) -> None:
    typed, meant = fifty()
    path = tmp_path / f"x.{kind}"
    found = read_sheet.read(
        fill_csv(as_csv(MANY, path), typed) if kind == "csv" else fill_xlsx(as_xlsx(MANY, path), typed)
    )
    assert said(found) == meant
    for row, one in zip(MANY, found, strict=True):
        assert (one.field, one.target, one.text) == ("casualties", row["claim"], row["text"])
        assert (one.judged["low"], one.judged["group"], one.judged["vague"]) == (2, "shepherds", None)


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason="no LibreOffice here")
def test_fifty_decisions_come_back_from_libreoffice(tmp_path: Path) -> None:
    """The workbook as it saves it; the CSV as it saves it with semicolons, and as a workbook made of the CSV."""
    typed, meant = fifty()
    book = fill_xlsx(as_xlsx(MANY, tmp_path / "book.xlsx"), typed)
    plain = fill_csv(as_csv(MANY, tmp_path / "plain.csv"), typed)
    saved = through_libreoffice([book], tmp_path / "a", kind="xlsx")
    saved += through_libreoffice([plain], tmp_path / "b", kind="Text - txt - csv (StarCalc):59,34,76,1")
    for path in saved:
        assert said(read_sheet.read(path)) == meant


def test_fifty_decisions_come_back_from_label_studio(tmp_path: Path) -> None:
    def change(number: int) -> Any:
        def changed(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
            (toll,) = [one for one in results if one["value"].get("labels") == ["killed"]]
            same = {"id": toll["id"], "to_name": "text"}
            place = {key: toll["value"][key] for key in ("start", "end", "text")}
            if number % 3 < 2:
                word = ("accept", "reject")[number % 3]
                said = {**same, "from_name": "verdict", "type": "choices", "value": {**place, "choices": [word]}}
                return [*results, said]
            (best,) = [one for one in results if one["from_name"] == "best" and one["id"] == toll["id"]]
            best["value"]["number"] = 14
            return results

        return changed

    path = tmp_path / "x.json"
    path.write_text(json.dumps([annotated(one, change(number)) for number, one in enumerate(records(50))]))
    found = read_label_studio.read(path)
    expected = [("accept", {}), ("reject", {}), ("correct", {"low": 14, "best": 14, "high": 14})]
    assert [(one.verdict, dict(one.corrected)) for one in found] == [expected[number % 3] for number in range(50)]
    assert [one.target for one in found] == [row["claim"] for row in MANY]
    assert {(one.who, one.at) for one in found} == {("ada@velm.example", "2026-02-03T10:00:00.000000Z")}


def test_fifty_decisions_come_back_from_the_page(tmp_path: Path) -> None:
    lines = [json.dumps({"schema": "dateline-decisions/1", "who": "Ada", "store": None, "count": 50})]
    lines += [json.dumps(decision(row, number)) for number, row in enumerate(MANY)]
    path = tmp_path / "x.decisions"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = read_decisions.read(path)
    assert [(one.verdict, one.who) for one in found] == [
        ("accept", "Ada") if number % 2 else ("correct", "Bo") for number in range(50)
    ]
    assert read_decisions.store_of(path) is None


def decision(row: dict[str, Any], number: int) -> dict[str, Any]:
    """A line of a file that the batch page saves."""
    return {
        "verdict": "accept" if number % 2 else "correct", "field": "casualties", "target": row["claim"],
        "text": row["text"], "start": None, "stop": None, "judged": {"low": 2}, "corrected": {} if number % 2 else
        {"low": 3}, "who": None if number % 2 else "Bo", "why": "", "at": None,
    }  # fmt: skip


def test_a_file_of_the_page_in_which_nobody_decided_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.decisions"
    path.write_text('{"schema": "dateline-decisions/1", "who": null, "store": "2026", "count": 0}\n')
    assert read_decisions.read(path) == []
    assert read_decisions.store_of(path) == "2026"


@pytest.mark.parametrize(
    ("style", "encode"),
    [
        ({"delimiter": ";"}, "utf-8"), ({"delimiter": ";"}, "utf-8-sig"), ({"delimiter": "\t"}, "utf-16"),
        ({"delimiter": ",", "lineterminator": "\n"}, "utf-8"), ({"quoting": csv.QUOTE_ALL}, "utf-16-le"),
        ({"delimiter": ";"}, "cp1252"),
    ],
)  # fmt: skip
def test_csv_as_other_programs_save_it(style: dict[str, Any], encode: str, tmp_path: Path) -> None:
    path = fill_csv(as_csv(FEW, tmp_path / "x.csv"), {1: {"verdict": "ACCEPT "}}, **style)
    text = path.read_text(encoding="utf-8")
    mark = codecs.BOM_UTF16_LE if encode == "utf-16-le" else b""
    path.write_bytes(mark + text.encode(encode))
    assert [one.target for one in read_sheet.read(path)] == [FEW[1]["claim"]]


def test_columns_may_be_moved_added_and_deleted_and_rows_sorted_and_deleted(tmp_path: Path) -> None:
    path = as_csv(FEW, tmp_path / "x.csv")
    table = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    kept = ["seal", "verdict", "low", "correct_best", "sentence", "mine"]
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, kept, extrasaction="ignore")
        out.write("My review,,,,,\r\n")  # a title above the header
        writer.writeheader()
        writer.writerows([table[2] | {"mine": "a note", "verdict": "correct", "correct_best": "14.0"}, table[0]])
        out.write(",,,,,\r\n")
    (found,) = read_sheet.read(path)
    assert (found.target, found.corrected) == (FEW[2]["claim"], {"low": 14, "best": 14, "high": 14})
    assert found.judged["outcome"] == "killed"  # though its column is gone


def test_a_row_may_be_copied_and_two_reviewers_may_disagree(tmp_path: Path) -> None:
    one = {"verdict": "accept", "reviewer": "Ada"}
    path = fill_csv(as_csv([FEW[0], FEW[0], FEW[0]], tmp_path / "x.csv"), {0: one, 1: one, 2: {"verdict": "reject"}})
    assert [(found.verdict, found.who) for found in read_sheet.read(path)] == [("accept", "Ada"), ("reject", None)]


def test_dates_and_places_are_corrected_too(tmp_path: Path) -> None:
    cells: dict[str, dict[str, Any]] = {
        "incidents": {"correct_earliest": "12.06.2014", "correct_killed_low": "1,234", "correct_country": "pk"},
        "dates": {"correct_earliest": "2014-06-11", "correct_latest": "2014-06-12"},
        "places": {"correct_name": "Miran", "correct_latitude": "33,5", "correct_role": "Office"},
        "leaders": {"correct_role": "none", "correct_status": "killed"},
    }
    meant = {
        "incidents": {
            "earliest": "2014-06-12", "latest": "2014-06-12", "killed_low": 1234, "killed_best": 1234,
            "killed_high": None, "place_country": "PK",
        },
        "dates": {"earliest": "2014-06-11", "latest": "2014-06-12"},
        "places": {"name": "Miran", "latitude": 33.5, "role": "office"},
        "leaders": {"role": None, "status": "killed"},
    }  # fmt: skip
    for what, typed in cells.items():
        path = fill_csv(as_csv(rows(records(1), what), tmp_path / "x.csv"), {0: typed})  # "correct" goes without saying
        (found,) = read_sheet.read(path)
        assert (found.verdict, found.field, found.corrected) == ("correct", what, meant[what])


def test_a_workbook_gives_numbers_and_days_as_such(tmp_path: Path) -> None:
    import datetime

    path = fill_xlsx(
        as_xlsx(rows(records(1), "incidents"), tmp_path / "x.xlsx", what="incidents"),
        {0: {"correct_earliest": datetime.datetime(2014, 6, 12), "correct_killed_best": 14.0, "latest": 44319}},  # noqa: DTZ001
    )
    (found,) = read_sheet.read(path)
    assert found.corrected["earliest"] == "2014-06-12"
    assert found.corrected["killed_high"] == 14


def test_a_workbook_is_made_for_reviewers(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(as_xlsx(FEW, tmp_path / "x.xlsx"), rich_text=True)
    page, columns = book["claims"], book["columns"]
    header = [cell.value for cell in page[1]]
    assert (page.freeze_panes, page.auto_filter.ref.startswith("A1:")) == ("C2", True)
    sentence = page.cell(2, header.index("sentence") + 1).value
    assert [(str(part), part.font.b) for part in sentence if not isinstance(part, str)] == [
        ("Two shepherds were killed", True)
    ]
    lists = {one.formula1 for one in page.data_validations.dataValidation if one.type == "list"}
    assert '"accept,reject,correct"' in lists
    (kept,) = [one for one in page.data_validations.dataValidation if one.type == "custom"]
    assert "A2:A4" in str(kept.sqref)
    assert page.column_dimensions["AR"].hidden == (header.index("seal") == 43)
    assert [row[0] for row in columns.iter_rows(min_row=3, values_only=True)] == header


@pytest.mark.parametrize(
    ("cell", "meant"), [(14, 14), (14.0, 14), ("14", 14), ("14.0", 14), ("14,00", 14), ("1,234", 1234), ("1 234", 1234)]
)
def test_whole_numbers(cell: Any, meant: int) -> None:
    assert whole(cell) == meant


@pytest.mark.parametrize(
    "cell", ["14.5", 14.5, "1,000", "14%", "١٤", "1e3", "fourteen", True, float("nan"), "14 or 15"]
)
def test_no_whole_numbers(cell: Any) -> None:
    with pytest.raises(Unreadable):
        whole(cell)


def test_days_that_may_be_two_are_asked_about() -> None:
    assert days("03/04/2014") == ["2014-04-03", "2014-03-04"]
    assert day("25/12/2014") == day("12/25/2014") == day("25.12.2014") == "2014-12-25"
    with pytest.raises(Unreadable, match="2014-04-03 or 2014-03-04"):
        day("03/04/2014")


def label_studio(change: Any, tmp_path: Path, **more: Any) -> list[Any]:
    path = tmp_path / "x.json"
    path.write_text(json.dumps([annotated(records(1)[0], change, **more)]), encoding="utf-8")
    return read_label_studio.read(path)


def test_an_annotation_as_it_was_predicted_says_nothing(tmp_path: Path) -> None:
    assert label_studio(lambda results: results, tmp_path) == []
    renamed = [{**one, "id": f"{one['id']}#9"} for one in annotated(records(1)[0], list)["annotations"][0]["result"]]
    assert label_studio(lambda _: renamed, tmp_path) == []
    fresh = [{**one, "id": f"new-{one['id']}"} for one in renamed]
    assert label_studio(lambda _: fresh, tmp_path) == []
    assert label_studio(lambda _: [], tmp_path, parent_prediction=None) == []
    assert label_studio(lambda _: [], tmp_path, was_cancelled=True) == []


def test_a_region_that_was_deleted_moved_relabelled_or_drawn(tmp_path: Path) -> None:
    def killed(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
        (toll,) = [one["id"] for one in results if one["value"].get("labels") == ["killed"]]
        return [one for one in results if one["id"] == toll]

    deleted = label_studio(lambda results: [one for one in results if one not in killed(results)], tmp_path)
    assert [(one.verdict, one.field) for one in deleted] == [("reject", "casualties")]

    def relabel(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
        killed(results)[0]["value"]["labels"] = ["injured"]
        return results

    assert [one.corrected for one in label_studio(relabel, tmp_path)] == [{"outcome": "injured"}]

    def move(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
        for one in killed(results):
            one["value"] |= {"end": one["value"]["end"] - len(" were killed"), "text": "Two shepherds"}
        return results

    rejected, added = label_studio(move, tmp_path)
    assert (rejected.verdict, added.verdict, added.corrected["best"]) == ("reject", "add", 2)
    text = records(1)[0].article.text
    assert text[added.start : added.stop] == "Two shepherds"  # behind an emoji, which is two units there

    def draw(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
        at = len(text[: text.index("house")].encode("utf-16-le")) // 2
        value = {"start": at, "end": at + 5, "text": "house", "labels": ["place"]}
        return [*results, {"id": "new", "from_name": "value", "to_name": "text", "type": "labels", "value": value}]

    (drawn,) = label_studio(draw, tmp_path)
    assert (drawn.verdict, drawn.field, text[drawn.start : drawn.stop]) == ("add", "places", "house")


def test_offsets_in_code_points_are_understood_where_the_words_say_so(tmp_path: Path) -> None:
    def narrow(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [
            {**one, "value": {**one["value"], "start": one["value"]["start"] - 1, "end": one["value"]["end"] - 1}}
            if one["value"]["start"] > 17 else one for one in results
        ]  # fmt: skip

    assert label_studio(narrow, tmp_path) == []


def test_a_correction_without_a_place_for_it_is_never_dropped(tmp_path: Path) -> None:
    path = fill_csv(as_csv(FEW, tmp_path / "x.csv"), {0: {"low": 14}})
    with pytest.raises(ForeignDecisions, match=r"cell E2 \(low\).*changed to “14” \(it was 2\).*correct_low"):
        read_sheet.read(path)

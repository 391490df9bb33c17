"""A hundred hostile texts through every export: none runs, none is cut without a word, every span reads back."""

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.models.record import Record
from dateline.models.store_exports import EventRow, Printed
from dateline.review import read_label_studio, read_sheet
from dateline.review.annotations import annotations
from dateline.review.cells import FORMULA_STARTS, LIMIT, bare, cell, fitted, guarded, named, units
from dateline.review.jsons import record_line
from dateline.review.label_studio import configuration, task
from dateline.review.offsets import Offsets
from dateline.review.recorders import columns, rows
from dateline.review.sheets import sheets
from dateline.review.spreadsheet import write_csv
from dateline.review.tables import rows_of
from dateline.review.workbook import write_workbook

from .hostile_texts import LONG, MARK, PAYLOADS, hostile_record, hostile_records
from .review_helpers import SOFFICE, as_csv, as_xlsx, through_libreoffice
from .store_helpers import capture, source

BROWSER = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
SHEETS = [name for name, sheet in sheets().items() if name != "events"]
_EXECUTED = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]")


@pytest.fixture(scope="module")
def hostile() -> list[Record]:
    assert len(set(PAYLOADS)) >= 100
    return hostile_records()


@pytest.fixture(scope="module")
def tables(hostile: list[Record]) -> dict[str, list[dict[str, object]]]:
    return {what: [row for one in hostile for _, row in rows_of(one, what)] for what in SHEETS}


@given(st.text(alphabet="=+-@;,\t\r\n' a\ufeff9＝", max_size=12))
def test_what_is_guarded_is_never_a_formula_and_reads_back(text: str) -> None:
    assert bare(guarded(text)) == text
    for part in re.split("[;\t\r\n]", guarded(text)):
        assert not _EXECUTED.match(part)
    assert not guarded(text).startswith(FORMULA_STARTS)


@given(st.text(min_size=1, max_size=60), st.data())
def test_utf_16_offsets_read_back(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    offsets = Offsets(text)
    assert offsets.units(start) == len(text[:start].encode("utf-16-le", "surrogatepass")) // 2
    assert offsets.code_points(offsets.units(start)) == start


def test_no_offset_falls_into_a_character() -> None:
    for at in (-1, 2, 5):
        with pytest.raises(ValueError, match="no character begins"):
            Offsets("a😀b").code_points(at)


@pytest.mark.parametrize("what", SHEETS)
def test_no_cell_of_a_csv_runs_whatever_separates_it(what: str, tables: dict[str, list[dict[str, object]]]) -> None:
    out = io.StringIO(newline="")
    write_csv(tables[what], out)
    text = out.getvalue().removeprefix("\ufeff")
    text.encode()  # no lone surrogate
    assert not set(text) & {"\x00", "\x1b", "\u202e", "\u2066"}
    for row in csv.reader(io.StringIO(text, newline=""), strict=True):
        for one in row:
            assert units(one) <= LIMIT
            assert not any(_EXECUTED.match(part) for part in re.split("[;\t\r\n]", one) if not _is_number(part)), one


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", text) is not None


@pytest.mark.parametrize("what", SHEETS)
def test_sheets_read_back_and_say_nothing(
    what: str, tables: dict[str, list[dict[str, object]]], tmp_path: Path
) -> None:
    """Every cell is held against what the machine said: a cut or changed text would be found."""
    assert read_sheet.read(as_csv(tables[what], tmp_path / "x.csv")) == []
    if what not in ("claims", "incidents"):
        return  # the same code; a workbook takes its time
    path = as_xlsx(tables[what], tmp_path / "x.xlsx", what=what)
    assert read_sheet.read(path) == []
    with zipfile.ZipFile(path) as packed:
        page = packed.read("xl/worksheets/sheet1.xml")
        links = b"".join(packed.read(name) for name in packed.namelist() if name.endswith("sheet1.xml.rels"))
    assert not re.search(rb"<f[ >]", page)
    assert re.findall(rb'Target="(?!https?://)[^"]*"', links) == []


def test_every_span_of_a_sheet_is_its_words(hostile: list[Record], tables: dict[str, list[dict[str, object]]]) -> None:
    texts = {one.id: one.article.text for one in hostile}
    for what in ("claims", "dates", "places", "leaders"):
        assert len(tables[what]) == len(PAYLOADS)
        for row in tables[what]:
            words = texts[str(row["article"])][int(str(row["start"])) : int(str(row["stop"]))]
            assert fitted(words, rest=f"`dateline show {row['text']}`") == row["phrase"]
            assert bare(str(cell(row["phrase"]))) == named(str(row["phrase"]))


@pytest.mark.parametrize("payload", LONG)
def test_what_is_cut_says_so_and_where_the_rest_is(payload: str, tmp_path: Path) -> None:
    record = hostile_record(payload, 1)
    ((_, row),) = rows_of(record, "claims")
    for name in ("phrase", "group", "title"):
        assert "more characters; all of it: `dateline show" in row[name]
        assert units(str(cell(row[name]))) <= LIMIT
    shown = row["sentence"].text
    assert "characters before this; all of it: `dateline show" in shown or shown.startswith("😀")
    path = tmp_path / "x.xlsx"
    write_workbook([row], sheets()["claims"], path, long_texts={row["text"]: record.article.text})
    import openpyxl

    page = openpyxl.load_workbook(path, read_only=True)["long texts"]
    pieces = [bare(str(words)) for _, _, words in page.iter_rows(min_row=2, values_only=True)]
    assert "".join(pieces).split() == record.article.text.split()


def test_tasks_hold_label_studio_s_own_offsets(hostile: list[Record], tmp_path: Path) -> None:
    exported = []
    for one in hostile:
        made = task(one)
        wide = one.article.text.encode("utf-16-le", "surrogatepass")
        for result in made["predictions"][0]["result"]:
            value = result["value"]
            if result["type"] == "textarea":
                continue  # its `text` is what the form says
            assert wide[2 * value["start"] : 2 * value["end"]].decode("utf-16-le", "surrogatepass") == value["text"]
        assert made["data"]["url"].startswith("https://") or made["data"]["url"] == ""
        exported.append({"id": 1, **made, "annotations": [{**made["predictions"][0], "parent_prediction": 1}]})
    path = tmp_path / "tasks.json"
    path.write_text(json.dumps(exported), encoding="utf-8")
    assert read_label_studio.read(path) == []
    assert "<script" not in configuration()


def test_lines_of_json_are_utf_8_and_their_spans_read_back(hostile: list[Record]) -> None:
    for one in hostile:
        line = record_line(one, {})
        read = json.loads(line.encode())
        assert "\n" not in line
        for field in ("casualties", "dates", "places", "leaders"):
            for fact in read[field]:
                assert read["text"][fact["start"] : fact["stop"]] == fact["quote"]


def test_annotations_quote_the_words_and_link_to_the_web_only(hostile: list[Record]) -> None:
    for one in hostile:
        for made in annotations(one, capture(source()), {}):
            place, words = made["target"][0]["selector"]
            assert one.article.text[place["start"] : place["end"]] == words["exact"]
            assert all(target["source"].startswith(("http://", "https://")) for target in made["target"][1:-1])


@pytest.mark.parametrize("shape", ["ucdp", "acled"])
def test_recorders_columns_hold_no_formula(shape: str) -> None:
    summary = dict.fromkeys(
        ("earliest", "latest", "date_precision", "place_precision", "place_latitude", "place_longitude", "part_of")
    )
    events = [
        EventRow(
            summary=summary | {
                "event_id": str(number), "sources": 1, "place_name": one, "place_admin1": one, "place_admin2": one,
                "place_country_name": one,
            },
            figures={"best": 1, "low": 1, "high": 1, "fatalities": 1}, words=(one,), attributions=(one,),
            printed=(Printed(publisher=one, published=None, title=one, url=one),), spans=False, human=False,
        )
        for number, one in enumerate(PAYLOADS)
    ]  # fmt: skip
    out = io.StringIO(newline="")
    assert write_csv(rows(shape, events), out, columns=columns(shape)) == len(PAYLOADS)
    for row in csv.reader(io.StringIO(out.getvalue().removeprefix("\ufeff"), newline=""), strict=True):
        assert len(row) == len(columns(shape))
        assert not any(_EXECUTED.match(one) for one in row)


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason="no LibreOffice here")
def test_libreoffice_opens_and_saves_them_without_a_formula_or_a_loss(tmp_path: Path) -> None:
    """But for the five longest, which take it half a minute."""
    every = [hostile_record(one, number) for number, one in enumerate(PAYLOADS) if one not in LONG]
    every.append(hostile_record("y" * 33_000, 900))
    given = [row for one in every for _, row in rows_of(one, "claims")]
    book = as_xlsx(given, tmp_path / "book.xlsx")
    plain = as_csv(given, tmp_path / "plain.csv")
    saved = through_libreoffice([book], tmp_path / "a", kind="xlsx")
    saved += through_libreoffice([plain], tmp_path / "b", kind="Text - txt - csv (StarCalc):59,34,76,1")
    for path in saved:
        assert read_sheet.read(path) == []
    with zipfile.ZipFile(saved[0]) as packed:
        pages = [packed.read(name) for name in packed.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any(re.search(rb"<f[ >]", page) for page in pages)


@pytest.fixture(scope="module")
def page(hostile: list[Record], tmp_path_factory: pytest.TempPathFactory) -> str:
    from dateline.models.ids import text_id
    from dateline.review.batch import BatchArticle, batch_page

    shown = [BatchArticle(text_id=text_id(one.article.text), record=one) for one in hostile]
    path = tmp_path_factory.mktemp("page") / "batch.html"
    path.write_bytes(batch_page(shown, title=f"</title><script>document.title='{MARK}'</script>").encode())
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=2000", "--dump-dom", path.as_uri()]
    done = subprocess.run([str(BROWSER), *options], capture_output=True, text=True, check=True, timeout=120)
    return done.stdout


@pytest.mark.slow
@pytest.mark.skipif(BROWSER is None, reason="no Chromium here")
def test_the_page_runs_nothing_of_them(page: str) -> None:
    from lxml import html

    read = html.document_fromstring(page.encode())
    assert read.findtext(".//title") != MARK
    links = [str(link).strip() for link in read.xpath("//@href | //@src | //@srcdoc | //@action")]
    assert [link for link in links if not link.startswith(("http://", "https://", "#"))] == []
    assert read.xpath("//iframe | //embed | //object | //base | //img | //body//style | //*[@onload or @onerror]") == []

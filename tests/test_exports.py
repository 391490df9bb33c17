"""Every export of a store: what is in it, who said it, and that a file is whole."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dateline.flows.decided import read_file
from dateline.flows.deciding import decide
from dateline.flows.events import link_events
from dateline.flows.export_batch import is_at
from dateline.flows.exporting import Unwritable, export_store, format_of
from dateline.flows.request import Format, What
from dateline.models.store import Store
from dateline.models.store_connection import connect
from dateline.models.store_exports import EventRow, Printed
from dateline.review.recorders import columns, counted_once, filled, priogrid, rows

from .review_helpers import articles, fifty, fill_xlsx, records
from .store_helpers import record, run, source

AT = "2026-01-02T10:00:00Z"
LATER = "2026-02-03T10:00:00.123456Z"  # as Label Studio writes it


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Fifty articles; people accept, reject and correct all of their claims, by a workbook."""
    path = tmp_path_factory.mktemp("store") / "x.duckdb"
    with Store.open(path) as made:
        run_id = run(made, [replace(one, url=f"https://news.example/{one.id}") for one in articles(50)])
        link_events(made, run_id)
        book = path.with_name("book.xlsx")
        assert export_store(made, book, kind="xlsx", what="claims").count == 50
        assert read_file(book) == []
        typed, _ = fifty()
        verdicts = read_file(fill_xlsx(book, typed))
        taken = decide(made, verdicts, who=None, at=AT)
        assert len(taken.taken) == 50
        assert not decide(made, read_file(book), who=None, at=AT).taken  # a second time it says nothing new
        yield made


def text(store: Store, kind: Format, tmp_path: Path, **more: Any) -> str:
    path = tmp_path / "out"
    export_store(store, path, kind=kind, **more)
    return path.read_text(encoding="utf-8-sig")


def table(store: Store, kind: Format, tmp_path: Path, **more: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text(store, kind, tmp_path, **more), newline="")))


def test_fifty_decisions_of_a_workbook_are_applied(store: Store) -> None:
    states = store.review_states()
    assert [one.state for one in states] == ["applied"] * 50
    assert {one.decision.who for one in states} == {"Ada Brok", "Bo"}


def test_the_sheet_says_what_people_decided_beside_what_the_machine_read(store: Store, tmp_path: Path) -> None:
    found = table(store, "csv", tmp_path, what="claims")
    assert {(row["human"], row["low"], row["verdict"]) for row in found} == {("yes", "2", "")}
    assert {row["decided"] for row in found} == {"accept", "reject", "correct"}
    corrected = next(row for row in found if row["decided"] == "correct" and "best 14" in row["decided_value"])
    assert corrected["decided_value"] == "low 14, best 14, high 14"
    assert corrected["decided_by"] == "Bo, 2026-01-02"


def test_what_was_decided_can_be_decided_again(store: Store, tmp_path: Path) -> None:
    """The sheet judges the machine's values, so that an earlier correction is not taken for them."""
    book = tmp_path / "x.xlsx"
    export_store(store, book, kind="xlsx", what="claims")
    (one,) = read_file(fill_xlsx(book, {0: {"verdict": "reject", "reviewer": "Cy"}}))
    assert (one.judged["low"], one.who) == (2, "Cy")


@pytest.mark.parametrize("what", ["claims", "incidents", "events"])
def test_every_sheet_is_written_in_every_form(what: What, store: Store, tmp_path: Path) -> None:
    count = len(table(store, "csv", tmp_path, what=what))
    assert count == (50 if what != "events" else len(store.connection.execute("FROM event_summary").fetchall()))
    book = tmp_path / "x.xlsx"
    assert export_store(store, book, kind="xlsx", what=what).count == count
    page = openpyxl.load_workbook(book, read_only=True)[what]
    assert sum(1 for _ in page.iter_rows()) == count + 1
    export_store(store, tmp_path / "x.parquet", kind="parquet", what=what)
    with_parquet = connect(tmp_path / "new.duckdb", read_only=False)
    columns = with_parquet.execute(f"DESCRIBE FROM '{tmp_path / 'x.parquet'}'").fetchall()
    assert "human" in [column[0] for column in columns]
    (kept,) = with_parquet.execute(f"SELECT count(*) FROM '{tmp_path / 'x.parquet'}'").fetchall()
    rejected = 10 if what in ("claims", "incidents") else 0  # claims that are no more, and what stood on them alone
    assert kept[0] == count - rejected


def test_parquet_holds_the_values_as_people_left_them(store: Store, tmp_path: Path) -> None:
    export_store(store, tmp_path / "x.parquet", kind="parquet", what="claims")
    query = f"SELECT DISTINCT human, verdict FROM '{tmp_path / 'x.parquet'}' ORDER BY ALL"
    assert store.connection.execute(query).fetchall() == [(True, "accept"), (True, "correct")]
    query = f"SELECT DISTINCT url[:21], title, best FROM '{tmp_path / 'x.parquet'}' WHERE best = 14"
    assert store.connection.execute(query).fetchall() == [("https://news.example/", "Two die in Velm", 14)]


def test_lines_annotations_and_tasks_say_who_decided(store: Store, tmp_path: Path) -> None:
    lines = [json.loads(line) for line in text(store, "jsonl", tmp_path).splitlines()]
    said = [one for line in lines for verdicts in line["decisions"].values() for one in verdicts]
    assert len(said) == 50
    assert {(one["who"], one["verdict"]) for one in said} >= {("Ada Brok", "reject"), ("Bo", "correct")}
    assert lines[0]["casualties"][0]["best"] == 2  # the machine's
    made = [json.loads(line) for line in text(store, "web-annotation", tmp_path).splitlines()]
    people = [one for one in made if "creator" in one]
    assert len(people) == 50
    assert {one["motivation"] for one in people} == {"assessing", "editing"}
    assert {one["target"] for one in people} <= {one["id"] for one in made}
    tasks = json.loads(text(store, "label-studio", tmp_path))
    facts = [fact for task in tasks for fact in task["data"]["dateline"]["facts"].values()]
    assert sum(fact.get("decided_by", "").endswith(AT[:10]) for fact in facts) == 50
    assert "<Labels" in (tmp_path / "out.config.xml").read_text(encoding="utf-8")


def test_the_page_is_one_file_with_all_articles(store: Store, tmp_path: Path) -> None:
    page = text(store, "html", tmp_path)
    assert page.count("It was house ") >= 50
    assert "https://news.example/velm-7.html" in page


def test_doubt_orders_rows_and_a_place_chooses_them(store: Store, tmp_path: Path) -> None:
    assert len(table(store, "csv", tmp_path, order="doubt", what="incidents")) == 50
    assert len(table(store, "csv", tmp_path, place="xa")) == 50
    assert table(store, "acled", tmp_path, place="Nowhere") == []
    assert text(store, "jsonl", tmp_path, place="Nowhere") == ""
    assert text(store, "csv", tmp_path, place="Nowhere").startswith("incident,sentences,")
    assert is_at(records(1)[0].incidents[0], "NORTH")


def test_a_batch_is_some_of_it(store: Store, tmp_path: Path) -> None:
    assert len(table(store, "csv", tmp_path, what="claims", limit=7)) == 7
    assert len(text(store, "jsonl", tmp_path, limit=3, order="doubt").splitlines()) == 3
    with pytest.raises(Unwritable, match="written whole"):
        export_store(store, tmp_path / "x", kind="ucdp", limit=3)


def test_tasks_come_back_into_the_store(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "tasks.json"
    export_store(store, path, kind="label-studio", limit=2)
    tasks = json.loads(path.read_text(encoding="utf-8"))
    for task in tasks:
        (made,) = task["predictions"]
        deleted = {one["id"] for one in made["result"] if one["value"].get("labels") == ["date"]}
        kept = [one for one in made["result"] if one["id"] not in deleted]
        task["annotations"] = [{"result": kept, "parent_prediction": 1, "completed_by": 5, "updated_at": LATER}]
    path.write_text(json.dumps(tasks), encoding="utf-8")
    taken = decide(store, read_file(path), who=None, at=AT).taken
    assert [(one.verdict, one.field, one.who) for one in taken] == [("reject", "dates", "label-studio:5")] * 2
    assert {state.state for state in store.review_states()} == {"applied"}


def test_what_cannot_be_written_leaves_nothing(store: Store, tmp_path: Path) -> None:
    for kind in ("xlsx", "parquet"):
        with pytest.raises(Unwritable, match="name a file"):
            export_store(store, None, kind=kind)
        with pytest.raises(Unwritable, match="no such file"):
            export_store(store, tmp_path / "no" / "x", kind=kind)
    assert list(tmp_path.iterdir()) == []


def test_the_ending_of_a_file_says_its_format() -> None:
    names = ("x.xlsx", "x.CSV", "x.html", "x.jsonl", "x.parquet", "x")
    assert [format_of(Path(name)) for name in names] == ["xlsx", "csv", "html", "jsonl", "parquet", "csv"]


def event(number: int, best: int | None, *, part_of: str | None = None, spans: bool = False) -> EventRow:
    summary = {
        "event_id": f"e{number}", "earliest": date(2014, 6, 1), "latest": date(2014, 6, 30), "date_precision": 4,
        "place_name": "Miran", "place_country_name": "Aland", "place_admin1": "North", "place_admin2": None,
        "place_latitude": 33.0, "place_longitude": 70.07, "place_precision": 2, "sources": 2, "part_of": part_of,
    }  # fmt: skip
    printed = (
        Printed(publisher="The Post", published="2014-07-01", title='Four; "all" dead', url=None),
        Printed(publisher="Radio", published="2014-07-02", title=None, url=None),
    )
    figures = {"low": best, "best": best, "high": best, "fatalities": best}
    return EventRow(
        summary=summary, figures=figures, words=("four people",), printed=printed, attributions=("police",),
        spans=spans, human=True,
    )  # fmt: skip


def test_an_event_in_the_columns_of_ucdp() -> None:
    (row,) = rows("ucdp", [event(1, 4)])
    assert tuple(row) == columns("ucdp")
    assert len(row) == 49 + 2
    known = {name: value for name, value in row.items() if value is not None}
    assert known == {
        "id": "e1", "year": 2014, "number_of_sources": 2, "event_clarity": 1, "date_prec": 4,
        "source_article": "\"The Post,2014-07-01,Four, 'all' dead\";\"Radio,2014-07-02\"",
        "source_office": "The Post;Radio", "source_date": "2014-07-01;2014-07-02", "source_original": "police",
        "source_headline": 'Four, "all" dead', "where_prec": 2, "where_coordinates": "Miran",
        "where_description": "near Miran, North, Aland", "adm_1": "North", "latitude": 33.0, "longitude": 70.07,
        "geom_wkt": "POINT (70.07 33.0)", "priogrid_gid": 177621, "country": "Aland", "date_start": "2014-06-01",
        "date_end": "2014-06-30", "best": 4, "high": 4, "low": 4, "dateline_event": "e1", "dateline_human": True,
    }  # fmt: skip
    assert set(known) - {"dateline_event", "dateline_human"} <= set(filled("ucdp"))


def test_an_event_in_the_columns_of_acled() -> None:
    (row,) = rows("acled", [event(1, 4)])
    assert tuple(row) == columns("acled")
    assert (row["event_date"], row["time_precision"], row["geo_precision"]) == ("2014-06-15", 3, 2)
    assert row["notes"] == "Between 2014-06-01 and 2014-06-30. four people"
    assert (row["fatalities"], row["source"]) == (4, "The Post;Radio")
    assert {name for name, value in row.items() if value is not None} - set(filled("acled")) == {
        "dateline_event", "dateline_human",
    }  # fmt: skip


def test_no_death_is_counted_with_the_whole_and_again_with_a_part() -> None:
    whole, parts = event(1, 10, spans=True), [event(2, 4, part_of="e1"), event(3, None, part_of="e1")]
    assert [one.summary["event_id"] for one in counted_once([whole, *parts])] == ["e1"]
    silent = event(1, None, spans=True)
    assert [one.summary["event_id"] for one in counted_once([silent, *parts])] == ["e2", "e3"]
    assert [row["id"] for row in rows("ucdp", [silent, *parts])] == ["e2"]


def test_the_cells_of_prio_grid() -> None:
    """As PRIO-GRID numbers them: 1 in the south-west corner, 259,200 in the north-east."""
    assert (priogrid(-89.9, -179.9), priogrid(89.9, 179.9), priogrid(90, 180)) == (1, 259_200, 259_200)


def test_an_article_without_decisions_is_written_as_extract_writes_it(tmp_path: Path) -> None:
    with Store.open(tmp_path / "x.duckdb") as fresh:
        run(fresh, [source()])
        assert text(fresh, "jsonl", tmp_path) == record(source()).to_json() + "\n"


@pytest.mark.parametrize("shape", ["ucdp", "acled"])
def test_the_docs_say_which_columns_are_filled_and_from_what(shape: str) -> None:
    docs = (Path(__file__).parent.parent / "docs" / "review.md").read_text(encoding="utf-8")
    assert [name for name, source in filled(shape).items() if f"| `{name}` | {source} |" not in docs] == []

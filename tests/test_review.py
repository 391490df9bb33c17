"""What reviewers are given: figures, sentences, links, cells."""

import csv
import html
import io
import json
import re
import shutil
import subprocess
import threading
from dataclasses import asdict, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dateline.models.article import Article, Furniture
from dateline.models.incident import Toll
from dateline.models.record import Record
from dateline.models.span import Traced
from dateline.review.annotations import annotations
from dateline.review.figures import figure
from dateline.review.fragments import folded, live_link, text_directive
from dateline.review.selectors import of_page, of_text, quotation
from dateline.review.spreadsheet import FORMULA_STARTS, cell, write_csv
from dateline.review.words import around, printable, sentence_at

from .store_helpers import capture, record, source


@pytest.mark.parametrize(
    ("low", "best", "high", "shown"),
    [
        (5, 5, 5, "5"), (10, None, 16, "10–16"), (39, 39, None, "≥39"), (None, None, 3735, "≤3,735"),
        (None, 12, None, "≈12"), (None, None, None, ""), (0, 0, 0, "0"),
    ],
)  # fmt: skip
def test_a_figure_says_what_is_known_and_no_more(low: int, best: int, high: int, shown: str) -> None:
    assert figure(Toll(low=low, best=best, high=high)) == shown


def test_no_toll_is_an_empty_figure_and_not_zero() -> None:
    assert figure(None) == ""


def test_a_value_is_shown_in_its_sentence() -> None:
    text = "Rain fell. Nine men died in Aden. Nobody spoke."
    record = Record(id="x", article=Article(result="read", text=text), sentences=((0, 10), (11, 33), (34, 47)))
    start = text.index("Nine")
    assert sentence_at(record, start, start + 8).quote == "Nine men died in Aden."
    assert sentence_at(record, 5, 15).quote == "Rain fell. Nine men died in Aden."


PAGE = """Nine men die in Aden

Nine men died in Aden, pre-dawn, the hospital said & left it there. Ali’s brother counted 3,735 names.

Ten\tNine

A spokesman said that the nine who left went home by road and nobody came with them."""


def directive(words: str, *, at: int = 0, text: str = PAGE, beside: str = "") -> str:
    """The text directive of the occurrence number `at` of some words."""
    start = -1
    for _ in range(at + 1):
        start = text.index(words, start + 1)
    return text_directive(text, start, start + len(words), folded(text + beside))


@pytest.mark.parametrize(
    ("words", "at", "expected"),
    [
        ("hospital", 0, "text=hospital"),
        ("pre-dawn, the", 0, "text=pre%2Ddawn%2C%20the"),
        ("said & left", 0, "text=said%20%26%20left"),
        ("died", 0, "text=died"),
        # Words that stand there twice: what is before or behind them tells, punctuation included.
        ("Nine men", 0, "text=Nine%20men,-die%20in"),
        ("Nine men", 1, "text=Nine%20men,-died"),
        ("Aden", 1, "text=Aden,-%2C%20pre%2Ddawn%2C"),
        ("nine", 0, "text=the-,nine"),
        # A part must begin and end at the border of a word.
        ("Ali", 0, "text=Ali%E2%80%99s"),
        ("735 names", 0, "text=3%2C735%20names"),
        # A long quotation, and one over two blocks, by its ends.
        ("went home by road and nobody came with", 0, "text=went%20home%20by%20road%20and%20nobody%20came%20with"),
        ("left went home by road and nobody came with", 0, "text=left%20went%20home%20by,and%20nobody%20came%20with"),
        ("in Aden\n\nNine men", 0, "text=die-,in%20Aden,Nine%20men"),
        ("names.\n\nTen\tNine", 0, "text=names.,Nine"),
    ],
)  # fmt: skip
def test_a_text_directive_finds_the_words_and_no_others(words: str, at: int, expected: str) -> None:
    assert directive(words, at=at) == expected


def test_furniture_counts_among_what_the_page_shows() -> None:
    assert directive("hospital", beside="\nHospital bosses quit") == "text=the-,hospital"
    text = "A blast in Aden."
    furniture = (Furniture(kind="read_more", rule="x", text="More from Aden", start=0, stop=14),)
    article = Article(result="read", url="https://a.example/1#top", text=text, furniture=furniture)
    record = Record(id="x", article=article)
    assert live_link(record, 11, 15) == "https://a.example/1#:~:text=in-,Aden"


def test_words_with_a_note_in_them_are_given_by_their_neighbours() -> None:
    text = "Police said it killed 14 people at the old mill."
    shown = folded(text.replace("14 people", "142 people"))
    start = text.index("14")
    expected = "text=Police%20said%20it%20killed,at%20the%20old%20mill."
    assert text_directive(text, start, start + len("14 people"), shown) == expected


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://example.org", None])
def test_only_a_web_page_has_a_link(url: str | None) -> None:
    assert live_link(Record(id="x", article=Article(result="read", url=url, text="Nine")), 0, 4) is None


@given(st.text(max_size=80), st.integers(0, 79), st.integers(1, 40))
def test_a_directive_is_written_as_browsers_read_it(text: str, start: int, size: int) -> None:
    assume(text[start : start + size].strip())
    written = text_directive(text, start, min(len(text), start + size), folded(text))
    assert re.fullmatch(r"text=(?:[\w.~%]+-,)?[\w.~%]+(?:,[\w.~%]+)?(?:,-[\w.~%]+)?", written, re.ASCII), written


BROWSER = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")


@pytest.mark.slow
@pytest.mark.skipif(BROWSER is None, reason="no Chromium here")
@pytest.mark.parametrize(
    ("words", "at", "block"), [("Nine men", 1, 1), ("Ali", 0, 1), ("in Aden\n\nNine men", 0, 0), ("nowhere", 0, None)]
)
def test_a_browser_opens_the_page_at_the_words(words: str, at: int, block: int | None) -> None:
    """The blocks are a hundred screens apart: where the page is scrolled to says which was found."""
    blocks = "".join(f"<p style='margin-top:60000px'>{html.escape(line)}</p>" for line in re.split(r"\n\n|\t", PAGE))
    script = "onload = () => setTimeout(() => document.title = Math.round(scrollY / 60000) - 1, 300)"
    page = f"<!doctype html><meta charset=utf-8>{blocks}<script>{script}</script>".encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}/#:~:"
        url += directive(words, at=at) if words in PAGE else "text=nowhere"
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=3000", "--dump-dom", url]
        done = subprocess.run([str(BROWSER), *options], capture_output=True, text=True, check=True, timeout=60)
        server.shutdown()
    found = re.search("<title>(-?\\d+)</title>", done.stdout)
    assert found, done.stderr[-500:]
    assert int(found[1]) == (-1 if block is None else block)


def test_selectors_count_code_points() -> None:
    text = "😀 Nine men died."
    place, words = of_text(text, 2, 10)
    assert place == {"type": "TextPositionSelector", "start": 2, "end": 10}
    assert words == {"type": "TextQuoteSelector", "exact": "Nine men", "prefix": "😀 ", "suffix": " died."}
    assert [one["type"] for one in of_page(Traced(2, 10, 7, 15, 9, 18))] == [
        "TextPositionSelector",
        "DataPositionSelector",
    ]
    assert of_page(Traced(2, 10, 7, 15, 9, 18))[1] == {"type": "DataPositionSelector", "start": 9, "end": 18}


@given(st.text(min_size=1, max_size=200), st.data())
def test_a_quotation_stands_where_its_neighbours_say(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    stop = data.draw(st.integers(start + 1, len(text)))
    found = quotation(text, start, stop)
    whole = found["prefix"] + found["exact"] + found["suffix"]
    assert text[start - len(found["prefix"]) :].startswith(whole)
    assert len(found["prefix"]) == min(32, start)
    assert len(found["suffix"]) == min(32, len(text) - stop)


def test_every_fact_is_an_annotation() -> None:
    given = replace(source(), url="https://news.example/velm")
    read = record(given)
    toll = read.facts["casualties"][0]
    parts = [Traced(toll.start, toll.stop, 90, 120, 100, 140)]
    kept = capture(given)
    found = list(annotations(read, kept, {(toll.start, toll.stop): parts}))
    assert {one["id"] for one in found} == {f"urn:x-dateline:fact:{fact}" for fact in read.all_facts()}
    (one,) = [one for one in found if one["id"].endswith(toll.id)]
    assert (one["@context"], one["type"]) == ("http://www.w3.org/ns/anno.jsonld", "Annotation")
    field, values = one["body"]
    assert field["value"] == "casualties"
    assert {**asdict(toll), **json.loads(values["value"])} | {"evidence": 0} == asdict(toll) | {"evidence": 0}
    text, page, data = one["target"]
    assert [selector["type"] for selector in text["selector"]] == ["TextPositionSelector", "TextQuoteSelector"]
    assert page["source"] == "https://news.example/velm"
    assert page["selector"][0]["value"].startswith(":~:text=")
    assert page["state"]["sourceDate"] == "2026-01-01T00:00:00Z"
    assert (data["source"]["id"], data["source"]["format"]) == ("urn:x", "text/plain")
    assert data["selector"] == {"type": "DataPositionSelector", "start": 100, "end": 140}


def test_html_is_shown_as_it_was_written_and_harms_no_terminal() -> None:
    page = "<p>" + "a" * 200 + " <b>nine</b>\n\t&nbsp;men" + "b" * 200
    start = page.index("nine")
    before, words, after = around(page, start, start + 4)
    assert (len(before), words, after[:4], after[-1]) == (121, "nine", "</b>", "…")
    assert printable("<b>1\x1b[2J\u202e04</b>\n\n x") == "<b>1‹U+001B›[2J‹U+202E›04</b> x"


@given(st.text(max_size=40))
def test_no_cell_runs_as_a_formula(text: str) -> None:
    assert not str(cell(text)).startswith(FORMULA_STARTS)


def test_csv_reads_back() -> None:
    out = io.StringIO(newline="")
    rows = [
        {"low": 3, "phrase": '=HYPERLINK("http://x")', "main": True, "best": None},
        {"low": 0, "phrase": "a\nb, “c”", "main": False, "best": 1},
    ]
    assert write_csv(rows, out) == 2
    read = list(csv.DictReader(io.StringIO(out.getvalue().removeprefix("\ufeff"), newline="")))
    assert [row["phrase"] for row in read] == ['\'=HYPERLINK("http://x")', "a\nb, “c”"]
    assert [(row["low"], row["best"], row["main"]) for row in read] == [("3", "", "yes"), ("0", "1", "no")]

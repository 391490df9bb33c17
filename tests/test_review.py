"""What reviewers are given: figures, sentences, links, cells."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.models.article import Article
from dateline.models.incident import Toll
from dateline.models.record import Record
from dateline.review.figures import figure
from dateline.review.spreadsheet import FORMULA_STARTS, cell, write_csv
from dateline.review.words import live_link, sentence_at


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


@pytest.mark.parametrize(
    ("url", "words", "link"),
    [
        ("https://example.org/a#top", "nine men", "https://example.org/a#:~:text=nine%20men"),
        ("https://example.org/a", "pre-dawn, & after", "https://example.org/a#:~:text=pre%2Ddawn%2C%20%26%20after"),
        ("https://example.org/a", "a b c d e f g h i j", "https://example.org/a#:~:text=a%20b%20c%20d,g%20h%20i%20j"),
        ("javascript:alert(1)", "nine", None),
        ("ftp://example.org", "nine", None),
        (None, "nine", None),
    ],
)
def test_links_open_the_page_at_the_words(url: str | None, words: str, link: str | None) -> None:
    assert live_link(url, words) == link


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

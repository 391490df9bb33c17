"""What became different between two runs, as people see it: page, sheet, command; and words that moved."""

import csv
import io
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given as cases
from hypothesis import strategies as some

from dateline.flows.cli import main
from dateline.models.diff import Diff
from dateline.models.diff_match import Moves
from dateline.models.store import Store
from dateline.review.diff_page import diff_page
from dateline.review.diff_words import change_rows
from dateline.review.spreadsheet import write_csv

from . import diff_helpers
from .diff_helpers import digests, run_with, toll
from .store_helpers import source

made, bare, store = diff_helpers.made, diff_helpers.bare, diff_helpers.store


@pytest.fixture
def changes(store: Store) -> Diff:
    run_with(store, [source()], digests=digests("casualties"), changed=toll(3, group="<b>'\"&--></script>"))
    return store.diff("1", "2")


def test_the_page_holds_every_change_and_runs_nothing_of_an_article(changes: Diff) -> None:
    hostile = '<script>alert(1)</script>"onmouseover="x'
    marked = [replace(change, title=hostile, url="https://example.org/?a=1&b='\"<i>") for change in changes.changes]
    page = diff_page(replace(changes, changes=marked))
    assert page.count('<li class="card') == 2
    assert page.count("<script>") == 1
    assert "alert(1)</script>" not in page
    assert '"onmouseover=' not in page
    assert "<mark>Two shepherds were killed</mark>" in page
    assert re.findall(r'(?:src|href)="(?!#|https://example\.org/)[^"]+"', page) == []
    assert "#:~:text=Two%20shepherds%20were%20killed" in page
    (cut,) = re.findall(r"<p class=note>([^<]+)", diff_page(changes, most=1))
    assert cut == "The 1 most important of 2 changes; a CSV (--format csv) has all."


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("chromium") is None, reason="there is no chromium here")
def test_the_page_filters_in_a_browser(changes: Diff, tmp_path: Path) -> None:
    """The script may run under the page's own policy, and finds every card."""
    page = tmp_path / "page.html"
    page.write_text(diff_page(changes), encoding="utf-8")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    done = subprocess.run(
        [*command, "--dump-dom", page.as_uri()], capture_output=True, text=True, timeout=60, check=True
    )
    assert '<form id="filters">' in done.stdout
    assert ">2 of 2</output>" in done.stdout


def test_the_sheet_has_every_change_whole(changes: Diff) -> None:
    out = io.StringIO(newline="")
    assert write_csv(change_rows(changes.changes), out) == 2
    rows = {row["field"]: row for row in csv.DictReader(io.StringIO(out.getvalue().removeprefix("\ufeff")))}
    assert (rows["incidents"]["before"], rows["incidents"]["after"]) == (
        "2 killed; near Velm, North, XA; 2021-05-03",
        "3 killed; near Velm, North, XA; 2021-05-03",
    )
    assert rows["casualties"]["because"] == "rule: extractors/casualties/rules.yml"
    assert rows["casualties"]["phrase"] == "Two shepherds were killed"


def test_the_command(store: Store, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    run_with(store, [source()], digests=digests("casualties"), changed=toll(3))
    db = ["--db", str(store.path)]
    store.close()
    assert main(["diff", "last-1", "last", *db]) == 0
    told = capsys.readouterr().out
    assert "main incident  killed 2 → 3" in told
    assert "[Two shepherds were killed]" in told
    assert max(map(len, told.splitlines())) <= 100
    assert main(["diff", "1", "2", "-o", str(tmp_path / "page.html"), *db]) == 0
    assert main(["diff", "1", "2", "--field", "casualties", "-o", str(tmp_path / "sheet.csv"), *db]) == 0
    assert "1 changes to" in capsys.readouterr().err.splitlines()[-1]
    assert main(["diff", "1", "9", *db]) == 2
    assert main(["diff", "1", "2", "--field", "tolls", *db]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_diff_with_an_unexplained_change_ends_with_1(bare: Store, capsys: pytest.CaptureFixture[str]) -> None:
    same = {"casualties": {"extractors/casualties/rules.yml": "same"}}
    run_with(bare, [source()], also=same)
    run_with(bare, [source()], digests=digests("casualties"), changed=toll(3), also=same)
    bare.close()
    assert main(["diff", "1", "2", "--field", "casualties", "--db", str(bare.path)]) == 1
    assert "1 of 1 changes have no cause" in capsys.readouterr().err


WORDS = some.lists(some.sampled_from(["six", "men", "died", "near", "Velm", "on", "Monday", "\n", "."]), max_size=25)


@cases(WORDS, WORDS)
def test_moved_words_are_the_same_words(one: list[str], other: list[str]) -> None:
    """A place in the other text is a place in it; and whole lines that stand in both lead to themselves."""
    before, after = " ".join(one), " ".join(other)
    moves = Moves(before, after)
    for at in range(len(before)):
        place = moves(at)
        assert place is None or 0 <= place < len(after)
    same = Moves(before, before)
    assert all(same(at) in (at, None) for at in range(len(before)))
    assert all(same(at) == at for at in range(len(before)) if not before[at].isspace())


def test_a_paragraph_that_moved() -> None:
    before = "Six men died.\nIt rained.\nTwo were hurt on Monday."
    after = "It snowed all night.\nSix men died.\nIt rained.\nThree were hurt on Monday."
    moves = Moves(before, after)
    for words in ("men died", "rained", "hurt on Monday"):
        assert moves(before.index(words)) == after.index(words)
    assert moves(before.index("Two")) == after.index("Three")

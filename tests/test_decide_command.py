"""Decisions on the command line, and files that come back: what is typed, what is told, what is refused."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.flows.cli import main
from dateline.flows.decided import figure, read_file
from dateline.models.decision import ForeignDecisions, Verdict
from dateline.models.decision_file import decisions_file

from .decision_helpers import AT, exactly, facts, fresh_store, verdict, without_events

MILLERS, DRIVERS, ORRIN, MAY = facts()


@pytest.fixture(autouse=True)
def _no_events(monkeypatch: pytest.MonkeyPatch) -> None:
    without_events(monkeypatch)


def test_figures_as_people_type_them() -> None:
    said = {"14": (14, 14, 14), "10-16": (10, None, 16), "12+": (12, 12, None), "<=16": (None, None, 16)}
    said |= {"~12": (None, 12, None), "1,200": (1200, 1200, 1200), "10–16": (10, None, 16), "≥39": (39, 39, None)}
    for words, bounds in said.items():
        assert tuple(figure(words).values()) == bounds, words
    for words in ("", "many", "-3", "3-", "1.5", "~10-12", "12++"):
        with pytest.raises(ValueError, match="is no figure"):
            figure(words)


@given(st.text(max_size=12))
def test_no_words_are_taken_for_a_figure_by_accident(words: str) -> None:
    try:
        found = figure(words)
    except ValueError:
        return
    assert any(letter.isdigit() for letter in words)
    assert any(value is not None for value in found.values())


def test_files_are_told_apart_by_content(tmp_path: Path) -> None:
    said = {"schema": "dateline-decisions/1", "who": "jk", "store": None, "count": 0}
    page = tmp_path / "decisions.csv"  # whatever it is called
    page.write_text(json.dumps(said) + "\n")
    assert read_file(page) == []
    for name, content in {"empty": "", "words": "dear colleague, all fine", "other.json": '{"a": 1}'}.items():
        path = tmp_path / name
        path.write_text(content)
        with pytest.raises(ForeignDecisions):
            read_file(path)
    with pytest.raises(ForeignDecisions, match="cannot be read"):
        read_file(tmp_path / "missing.xlsx")


def test_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    with fresh_store(tmp_path) as made:
        db = made.path

    def dateline(*words: str) -> tuple[int, str, str]:
        code = main([*words, "--db", str(db)])
        told = capsys.readouterr()
        return code, told.out, told.err

    code, out, _ = dateline("decide", MILLERS.id[:8], "correct", "--low", "14", "--best", "14", "--who", "jk")
    assert code == 0
    assert "12 killed (millers) → ≥14 killed (millers)" in out
    assert dateline("decide", MILLERS.id, "correct", "--low", "14", "--best", "14", "--who", "jk")[1].endswith(
        "1 there already\n"
    )
    code, out, err = dateline("review", "status")
    assert code == 0
    assert "applied" in out
    code, out, err = dateline("decide", MILLERS.id, "accept", "--who", "ab")
    assert code == 0
    assert "1 disputed" in out
    code, out, err = dateline("review", "status")
    assert code == 3
    assert "12 killed (millers) → ≥14 killed (millers)" in out
    assert "accepted 12 killed" in out
    code, out, _ = dateline("decide", "add", "mill", "--field", "casualties", "--quote", "Officials", "--killed", "3",
                            "--who", "jk")  # fmt: skip
    assert code == 0
    assert "3 killed" in out
    kept = decisions_file(db).read_bytes()
    for words, expected, said in (
        (("zzzz", "accept", "--who", "jk"), 1, "no fact and no incident"),
        ((MILLERS.id, "accept"), 2, "--who"),
        ((MILLERS.id, "maybe", "--who", "jk"), 2, "no verdict"),
        ((MILLERS.id, "correct", "--who", "jk"), 2, "right value"),
        ((MILLERS.id, "correct", "--figure", "many", "--who", "jk"), 2, "no figure"),
        ((MILLERS.id, "correct", "--set", "role=office", "--who", "jk"), 1, "no value 'role'"),
        (("add", "mill", "--field", "places", "--quote", "r", "--who", "jk"), 1, "times"),
    ):
        code, _, err = dateline("decide", *words)
        assert code == expected, (words, err)
        assert said in err
    assert decisions_file(db).read_bytes() == kept


def test_importing_through_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with fresh_store(tmp_path) as made:
        db = made.path
    lines: list[dict[str, Any]] = [{"schema": "dateline-decisions/1", "who": "jk", "store": None, "count": 2}]
    for one in (verdict("correct", MILLERS, exactly(14), why="a driver too", at=AT), verdict("accept", ORRIN, at=AT)):
        lines.append({name: getattr(one, name) for name in Verdict.__dataclass_fields__})
    path = tmp_path / "batch.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert main(["decide", "import", str(path), "--dry-run", "--db", str(db)]) == 0
    assert "2 decisions would be taken: 1 accept, 1 correct" in capsys.readouterr().out
    assert not decisions_file(db).exists()
    assert main(["decide", "import", str(path), "--db", str(db)]) == 0
    assert "2 decisions taken" in capsys.readouterr().out
    lines[2]["target"] = "0" * 16
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert main(["decide", "import", str(path), "--db", str(db)]) == 1
    assert "batch.jsonl: verdict 2 of 2" in capsys.readouterr().err

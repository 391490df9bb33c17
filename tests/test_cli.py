"""The commands that show what a store holds, as a person at a terminal meets them."""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from dateline.extractors.article import read
from dateline.flows.cli import COMMANDS, main
from dateline.flows.cli.render import incidents_table
from dateline.flows.collecting import collect
from dateline.flows.request import IngestRequest
from dateline.models.article import Source

STORY = """Bomb kills nine at Aden market

ADEN, Yemen — A bomb killed nine shoppers and wounded at least 20 at a market in Aden on Tuesday, the hospital said.

Governor Salim Haddad said three policemen were missing.
"""
ADEN = {"id": "aden", "text": STORY, "published": "2015-03-12", "url": "https://news.example/aden", "title": "=Aden"}


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    rows = [ADEN, {"id": "nothing", "text": "   "}]
    given = folder / "given.jsonl"
    given.write_text("".join(json.dumps(row) + "\n" for row in rows) + "{broken\n", encoding="utf-8")
    path = folder / "ledger.duckdb"
    collect(IngestRequest(inputs=[str(given)], db=path))
    return path


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    try:
        code = main(list(words))
    except SystemExit as left:
        code = int(left.code or 0)
    said = capsys.readouterr()
    return code, said.out, said.err


def test_help_imports_nothing_heavy() -> None:
    heavy = "spacy trafilatura dateparser prefect duckdb pydantic rich lxml"
    program = f"""
import sys
from dateline.flows.cli import main
try: main(["--help"])
except SystemExit: pass
print([name for name in {heavy.split()} if name in sys.modules], file=sys.stderr)"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    assert "examples:" in done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, command, "--help")
    assert code == 0
    assert re.search(rf"examples?:\n +dateline {command}", out)


def test_show_lists_incidents(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "show", "--db", str(db))
    assert code == 0
    assert re.search(r"2015-03-10 +Aden.* +9 +≥20", out), out


def test_show_tells_the_sentence_behind_each_figure(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, listed, _ = run(capsys, "show", "--db", str(db))
    incident = re.findall(r"^[0-9a-f]{8}", listed, flags=re.MULTILINE)[0]
    code, out, _ = run(capsys, "show", incident, "--db", str(db))
    assert code == 0
    flat = " ".join(out.split())
    assert "killed 9" in flat
    assert re.search(r"killed 9 “.*\[nine( shoppers)?\].*”", flat), flat
    assert re.search(r"injured ≥20 “A?.*wounded \[at least 20\] at a market", flat), flat


def test_show_an_article_with_its_values_marked(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "show", "aden", "--db", str(db))
    assert code == 0
    flat = " ".join(out.split())
    assert "[nine shoppers]casualties" in flat
    assert "[Tuesday]dates" in flat


def test_explain_names_rule_evidence_and_link(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, listed, _ = run(capsys, "show", "--db", str(db))
    incident = re.findall(r"^[0-9a-f]{8}", listed, flags=re.MULTILINE)[0]
    _, shown, _ = run(capsys, "show", incident, "--db", str(db))
    fact = re.findall(r"^  killed.*?\[([0-9a-f]{8})\]$", shown, flags=re.DOTALL | re.MULTILINE)[0]
    code, out, _ = run(capsys, "explain", fact, "--db", str(db))
    assert code == 0
    assert "by the rule" in out
    assert "- id: casualties." in out
    assert re.search(r"cue +\d+:\d+ +'kill(s|ed)'", out)
    assert "https://news.example/aden#:~:text=" in out


def test_show_an_article_lists_its_values_for_explain(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "show", "aden", "--db", str(db))
    ids = re.findall(r"^([0-9a-f]{8})  leaders +Salim Haddad", out, flags=re.MULTILINE)
    code, explained, _ = run(capsys, "explain", ids[0], "--db", str(db))
    assert (code, "not known" in explained, "Salim Haddad" in explained) == (0, False, True)


@pytest.mark.parametrize("width", [80, 120])
def test_a_list_keeps_its_places_however_narrow(width: int) -> None:
    record = read(Source(id="a", text=STORY, published="2015-03-12"))
    pairs = [("[video] Bomb kills nine in a title that is rather long [/b]", one) for one in record.incidents]
    out = io.StringIO()
    Console(file=out, width=width).print(incidents_table(pairs, width=width))
    lines = out.getvalue().splitlines()
    assert all(len(line) <= width for line in lines)
    assert "where" in lines[0]
    assert "Aden" in out.getvalue()
    assert "[video]" in out.getvalue()


def test_status_counts_every_input(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "status", "--db", str(db))
    assert code == 0
    assert "1 empty, 1 failed, 1 read" in " ".join(out.split())
    assert "not JSON" in out


def test_csv_has_a_row_a_claim_and_no_formula(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "export", "--what", "claims", "--db", str(db))
    assert code == 0
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"), newline="")))
    assert {(row["outcome"], row["low"], row["high"]) for row in rows} >= {("killed", "9", "9"), ("injured", "20", "")}
    assert all(row["title"] == "'=Aden" for row in rows)
    assert all(row["phrase"] in row["sentence"] for row in rows)
    assert f"{len(rows)} claims" in err


def test_an_export_never_takes_the_place_of_a_device(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "export", "-o", "/dev/null", "--db", str(db))[0] == 0
    assert Path("/dev/null").is_char_device()
    code, out, err = run(capsys, "export", "-o", "-", "--db", str(db))
    assert (code, out.startswith("\ufeffincident,"), "standard output" in err) == (0, True, True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
@pytest.mark.parametrize("words", [["schema"], ["status", "--db"], ["export", "--db"]])
def test_a_full_disk_is_told(words: list[str], db: Path) -> None:
    command = [sys.executable, "-m", "dateline.flows.cli", *words, *([str(db)] if words[-1] == "--db" else [])]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, "dateline: no space left on device")


def test_exported_records_are_those_of_extract(db: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    _, exported, _ = run(capsys, "export", "--format", "jsonl", "--db", str(db))
    text = tmp_path / "one.jsonl"
    text.write_text(json.dumps(ADEN), encoding="utf-8")
    _, extracted, _ = run(capsys, "extract", str(text))
    assert exported == extracted


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["show", "zzzz"], "no article has the id zzzz"),
        (["explain", "zzzz"], "no fact has the id zzzz"),
    ],
)
def test_unknown_ids_are_told(words: list[str], complaint: str, db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, *words, "--db", str(db))
    assert code == 1
    assert complaint in err


def test_a_missing_store_is_told_with_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "show", "--db", str(tmp_path / "none.duckdb"))
    assert (code, out) == (1, "")
    assert "dateline ingest" in err


def test_schema_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "schema")
    assert code == 0
    assert json.loads(out)["$id"] == "dateline/1"

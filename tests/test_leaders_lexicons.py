"""Words that users add in a folder of their own: read, refused in words, and part of every digest."""

import subprocess
import sys
from pathlib import Path

import pytest

from dateline.extractors import digests
from dateline.extractors.language import data
from dateline.extractors.leaders.lexicon import LANGUAGE
from dateline.flows.cli import main

PROGRAM = """
from dateline.extractors.language.sentences import split
from dateline.extractors.language.tokenizer import blank_english
from dateline.extractors.leaders.component import read_leaders
text = "Grand Wazoo Pia Lund spoke. Kuro Teng, the Blue Lotus chief, fled."
for _, fact in read_leaders(split(blank_english().make_doc(text))):
    print(fact.name, fact.role, fact.organisation, fact.role_class, sep="|")
"""


def _found(folder: Path | None) -> list[str]:
    environment = {} if folder is None else {data.OWN: str(folder)}
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, env=environment)
    return done.stdout.splitlines()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(data.OWN, str(tmp_path))
    return tmp_path


def test_users_add_titles_and_organisations(folder: Path) -> None:
    (folder / "titles.yml").write_text("state_leader: [Grand Wazoo]\n", encoding="utf-8")
    (folder / "organisations.yml").write_text("armed_group: [blue lotus]\n", encoding="utf-8")
    assert "Pia Lund|Grand Wazoo|None|state_leader" in _found(folder)
    assert "Kuro Teng|chief|Blue Lotus|armed_group" in _found(folder)
    assert "Pia Lund|Grand Wazoo|None|state_leader" not in _found(None)
    assert "Kuro Teng|chief|Blue Lotus|armed_group" not in _found(None)


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("titles.yml", "wizards: [mage]\n", "there is no class 'wizards'"),
        ("titles.yml", "state_leader: mage\n", "is no list of words"),
        ("titles.yml", "- mage\n", "holds no classes"),
        ("titles.yml", "state_leader: [mage\n", "is no YAML"),
        ("title.yml", "state_leader: [mage]\n", "the files read are organisations.yml, titles.yml"),
        ("notes.txt", "", "has no file"),
    ],
)
def test_what_is_wrong_in_them_is_said(folder: Path, file: str, text: str, says: str) -> None:
    (folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=says):
        data.load_lexicon.__wrapped__(LANGUAGE / "titles.yml")


def test_a_folder_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(data.OWN, str(tmp_path / "none"))
    with pytest.raises(ValueError, match="names no folder"):
        data.own_files()


def test_they_enter_the_digests(folder: Path) -> None:
    own = folder / "titles.yml"
    own.write_text("state_leader: [grand wazoo]\n", encoding="utf-8")
    first = digests.digests.__wrapped__()
    own.write_text("state_leader: [grand wazoo, mage]\n", encoding="utf-8")
    assert digests.digests.__wrapped__()["leaders"] != first["leaders"]


def test_the_commands_refuse_them_in_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "title.yml").write_text("x: [y]\n", encoding="utf-8")
    with pytest.raises(SystemExit) as left:
        main(["schema"])
    assert left.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1

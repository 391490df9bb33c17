"""Digests of the code: they change with what a field reads by, and with nothing else."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dateline.extractors import digests


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The extractors and models, to be changed."""
    for name in ("extractors", "models"):
        original = digests.FOLDER if name == "extractors" else digests.MODELS
        shutil.copytree(original, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(digests, "FOLDER", tmp_path / "extractors")
    monkeypatch.setattr(digests, "MODELS", tmp_path / "models")
    return tmp_path


def _digests() -> dict[str, str]:
    return digests.digests.__wrapped__()


def test_every_field_has_one(copied: Path) -> None:
    assert _digests().keys() >= {"page", "incidents", "casualties", "dates", "leaders", "places"}
    assert len(set(_digests().values())) == len(_digests())


@pytest.mark.parametrize(
    ("file", "changed"),
    [
        ("extractors/dates/rules.yml", {"dates", "incidents"}),
        ("extractors/dates/new_lexicon.csv", {"dates", "incidents"}),
        ("models/fields/dates.py", {"dates", "incidents"}),
        ("extractors/page/__init__.py", {"page"}),
        ("extractors/incidents/__init__.py", {"incidents"}),
        ("extractors/language/abbreviations.yml", {"page", "incidents", "casualties", "dates", "leaders", "places"}),
        ("extractors/pipeline.py", {"page", "incidents", "casualties", "dates", "leaders", "places"}),
        ("extractors/dates/examples.txt", set()),
        ("extractors/dates/__pycache__/x.pyc", set()),
        ("models/store.py", set()),
    ],
)
def test_what_changes_them(copied: Path, file: str, changed: set[str]) -> None:
    before = _digests()
    path = copied / file
    path.parent.mkdir(exist_ok=True)
    path.write_bytes((path.read_bytes() if path.exists() else b"") + b"\n# changed\n")
    after = _digests()
    assert {name for name in after if after[name] != before[name]} == changed


def test_they_cost_no_import_of_spacy() -> None:
    program = "import sys; from dateline.extractors.digests import digests; digests(); print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_what_gathers_over_articles_imports_no_spacy() -> None:
    """The writer gathers persons and events after every run: the libraries that read pages are its workers' alone."""
    program = (
        "import sys, dateline.extractors.persons.gathering, dateline.extractors.events.gathering;"
        "print([name for name in ('spacy', 'trafilatura', 'dateparser') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"

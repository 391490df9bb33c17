"""Gazetteer files: written whole or not at all, versioned by their content, named by the environment; the command."""

import os
import sqlite3
from pathlib import Path

import pytest

from dateline.extractors import digests
from dateline.extractors.compiled import in_force, version_of
from dateline.extractors.places.about import about
from dateline.extractors.places.add import add
from dateline.extractors.places.gazetteer import FILE, Gazetteer
from dateline.flows.cli import main

from .gazetteer_helpers import own, small_dump, small_gazetteer


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return small_gazetteer(tmp_path)


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    return small_dump(tmp_path)


# ------------------------------------------------------------------ files and versions
def test_what_goes_wrong_leaves_the_old_file(base: Path, tmp_path: Path) -> None:
    before = base.read_bytes()
    with pytest.raises(ValueError, match="latitude"):
        add([own(tmp_path, "Bela,town,PK,,,31,70,,", "Ata,town,PK,,,95,70,,")], base=base, target=base)
    assert base.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["base.sqlite", "mine.csv"]


def test_the_version_is_of_the_content(base: Path, tmp_path: Path) -> None:
    add([own(tmp_path, "Bela,town,PK,,,31,70,,")], base=base, target=tmp_path / "one.sqlite")
    add([own(tmp_path, "Bela,town,PK,,,31,70,,")], base=base, target=tmp_path / "two.sqlite")
    assert version_of(tmp_path / "one.sqlite") == version_of(tmp_path / "two.sqlite") != version_of(base)


def test_a_file_that_somebody_changed_is_told(base: Path) -> None:
    database = sqlite3.connect(base)
    database.execute("UPDATE place SET latitude = 0 WHERE id = 2")
    database.commit()
    database.close()
    assert not about(base).whole


def test_a_file_says_what_it_was_made_from(base: Path, tmp_path: Path) -> None:
    add([own(tmp_path, "Bela,town,PK,,,31,70,,")], base=base, target=tmp_path / "new.sqlite")
    add([own(tmp_path, "Cora,town,PK,,,31,71,,")], base=tmp_path / "new.sqlite", target=tmp_path / "new.sqlite")
    assert about(tmp_path / "new.sqlite").made_from == version_of(base)
    assert [source.places for source in about(tmp_path / "new.sqlite").sources] == [1, 1]


def test_the_environment_names_the_file_that_is_read(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert in_force(FILE) == FILE
    monkeypatch.setenv("DATELINE_GAZETTEER", str(base))
    assert in_force(FILE) == base
    monkeypatch.setenv("DATELINE_GAZETTEER", str(base.with_name("none.sqlite")))
    with pytest.raises(FileNotFoundError):
        in_force(FILE)


def test_a_file_that_is_no_gazetteer_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.sqlite").write_bytes(b"something else entirely" * 100)
    with pytest.raises(ValueError, match="no file that Dateline has compiled"):
        Gazetteer(tmp_path / "other.sqlite").look_up(["kabul"])


def test_a_file_of_another_form_is_refused(base: Path) -> None:
    database = sqlite3.connect(base)
    database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(ValueError, match="another version of Dateline"):
        Gazetteer(base).look_up(["kabul"])


def test_the_digest_of_places_changes_with_the_gazetteer(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digests.digests.__wrapped__()
    monkeypatch.setenv("DATELINE_GAZETTEER", str(base))
    after = digests.digests.__wrapped__()
    assert {name for name in after if after[name] != before[name]} == {"places", "incidents"}


# ------------------------------------------------------------------ the command
def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["gazetteer", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_find_says_all_that_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "find", "Datta", "Khel")
    assert code == 0
    assert "Datta Khel, North Waziristan" in out
    assert "Pakistan: town; 32.88" in out
    code, out, _ = run(capsys, "find", "Qandehar")
    assert "another transliteration" in out


def test_find_says_where_nothing_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "find", "Zzyzxland")[0::2] == (1, "dateline: nothing is known of 'Zzyzxland'\n")


def test_add_and_info(
    base: Path, dump: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, err = run(capsys, "add", str(dump), "--to", str(base))
    assert code == 0
    assert "PK.zip: 4 places" in err
    assert f"export DATELINE_GAZETTEER={base}" in out
    monkeypatch.setenv("DATELINE_GAZETTEER", str(base))
    code, out, _ = run(capsys, "info", "--country", "pk")
    assert code == 0
    for wanted in (version_of(base), "CC BY 4.0", "in PK:", "ms", "towns and villages", "add your files again"):
        assert wanted in out


def test_info_tells_a_changed_file(
    base: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    database = sqlite3.connect(base)
    database.execute("DELETE FROM place WHERE id = 2")
    database.commit()
    database.close()
    monkeypatch.setenv("DATELINE_GAZETTEER", str(base))
    code, out, _ = run(capsys, "info")
    assert code == 1
    assert "something has changed the file" in out


def test_a_bad_file_is_told_in_words(base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "add", str(own(tmp_path, "Ata,town,PK,,,95,70,,")), "--to", str(base))
    assert code == 1
    assert err.startswith("dateline: ")
    assert "line 2: latitude 95" in err


def test_the_gazetteer_of_the_package_is_never_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = os.stat(FILE)
    code, _, err = run(capsys, "add", str(own(tmp_path, "Ata,town,PK,,,31,70,,")), "--to", str(FILE))
    assert code == 1
    assert "never changed" in err
    assert os.stat(FILE).st_mtime_ns == before.st_mtime_ns

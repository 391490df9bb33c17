"""Reruns: only what has changed is read, the store is as if all had been read today, and kills do not show."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from dateline.extractors.digests import digests
from dateline.flows import collecting, rerunning
from dateline.flows.cli import main
from dateline.flows.reading import failed, read_one
from dateline.flows.request import IngestReport, IngestRequest, RerunRequest
from dateline.models.again import Again
from dateline.models.article import Source
from dateline.models.record import Record
from dateline.models.store import Store, StoreError, shard_folder

from .order_helpers import reading_with
from .store_helpers import dump
from .test_ingest import _sound

STORIES = {
    "dam": ("2021-05-04", "Two guards were killed near Nyala on Monday, Sudan's army said."),
    "bus": ("2021-05-09", "At least six people died in a bus in Herat on 8 May 2021."),
    "copy": ("2021-05-09", "At least six people died in a bus in Herat on 8 May 2021."),
    "talk": ("2021-06", "Ministers met in Kabul. Nobody was hurt."),
    "undated": (None, "A bomb in Mosul wounded nine soldiers on 3 March 2021."),
}
PAGE = "<html><head><title>Mine</title></head><body><article><h1>Mine</h1>{}</article></body></html>"


@dataclass
class Code:
    """Today's code: its digests, and a reader that counts what it is handed and fails on poison."""

    digests: dict[str, str] = field(default_factory=lambda: dict(digests()))
    whole: list[str] = field(default_factory=list)
    again: list[tuple[str, tuple[str, ...], bool]] = field(default_factory=list)
    poison: set[str] = field(default_factory=set)
    gathering: str = "1"  # what the incidents' own code is
    blind: set[str] = field(default_factory=set)  # texts in which a field that is read again finds nothing

    def changed(self, *names: str) -> None:
        """Other rules for these fields, or for pages; incidents rest on all fields."""
        self.whole.clear()
        self.again.clear()
        self.gathering += "" if names else "+"
        for name in (*names, *(() if names == ("page",) else ("incidents",))):
            self.digests[name] = f"{self.digests[name][:10]}{len(self.digests[name])}-{name}"

    def parts(self) -> dict[str, dict[str, str]]:
        """What the digests are made of: one file each."""
        made = {name: {f"extractors/{name}/rules.yml": digest} for name, digest in self.digests.items()}
        fields = {f"field {name}": self.digests[name] for name in ("casualties", "dates", "leaders", "places")}
        return {**made, "incidents": {"extractors/incidents/group.py": self.gathering, **fields}}

    def read(self, source: Source) -> Record:
        self.whole.append(source.id)
        return failed(source, "it took too long") if source.id in self.poison else read_one(source)

    def read_again(self, again: Again) -> Record:
        self.again.append((again.id, again.fields, again.incidents))
        found = failed(again, "it took too long") if again.id in self.poison else read_one(again)
        return replace(found, facts={}) if again.id in self.blind else found


def _in_force(made: Code, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(collecting, "code_digests", lambda: made.digests)
    patch.setattr(rerunning, "code_digests", lambda: made.digests)
    patch.setattr(collecting, "code_parts", made.parts)
    patch.setattr(rerunning, "code_parts", made.parts)


@pytest.fixture
def code(monkeypatch: pytest.MonkeyPatch) -> Code:
    """The code in force, which a test may change."""
    made = Code()
    _in_force(made, monkeypatch)
    return made


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the stories in it, read by the code as it is: the tests work on copies."""
    folder, made = tmp_path_factory.mktemp("ingested"), Code()
    with pytest.MonkeyPatch.context() as patch:
        _in_force(made, patch)
        _ingest(folder / "x.duckdb", _write(folder), made)
    return folder


@pytest.fixture
def db(ingested: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(ingested, tmp_path / "copy")) / "x.duckdb"


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    return _write(tmp_path)


def _write(folder: Path) -> Path:
    """Texts and a page; two carry the same words under the same day."""
    rows: list[dict[str, Any]] = [
        {"id": name, "text": text, **({"published": day} if day else {})} for name, (day, text) in STORIES.items()
    ]
    body = "".join(f"<p>{text}</p>" for text in ("Five miners were killed in Quetta on 2 May 2021.", "x" * 300))
    rows.append({"id": "page", "html": PAGE.format(body), "published": "2021-05-03"})
    (folder / "stories.jsonl").write_text("\n".join(map(json.dumps, rows)))
    return folder / "stories.jsonl"


def _ingest(db: Path, stories: Path, code: Code) -> IngestReport:
    return collecting.collect(IngestRequest(inputs=[str(stories)], db=db), read=reading_with(code.read))


def _rerun(db: Path, code: Code, **options: Any) -> IngestReport:
    return rerunning.rerun(RerunRequest(db=db, **options), read=reading_with(code.read, again=code.read_again))


def _now(db: Path) -> Mapping[str, list[str]]:
    """What is known now, whichever run found it."""
    with Store.open(db, read_only=True) as store:
        return {record.id: [record.to_json(), str(record.sentences)] for _, record in store.records()}


def test_nothing_changed_reads_nothing(db: Path, code: Code) -> None:
    before = _now(db)
    code.whole.clear()
    report = _rerun(db, code)
    assert (report.run_id, report.outcomes) == (2, {"unchanged": 6})
    assert (code.whole, code.again, _now(db)) == ([], [], before)
    with Store.open(db, read_only=True) as store:
        (counted,) = store.connection.execute("SELECT count(*) FROM rerun_work").fetchall()
        listed = store.connection.execute("SELECT run_id, count(*) FROM run_reading GROUP BY ALL ORDER BY ALL")
        assert counted == (0,)
        assert listed.fetchall() == [(1, 25), (2, 25)]
    _sound(db)


@pytest.mark.parametrize("field", ["casualties", "places"])
def test_one_field_changed(tmp_path: Path, db: Path, stories: Path, code: Code, field: str) -> None:
    """It alone is read, once a text, and what is known then is what a reading of everything gives."""
    code.changed(field)
    assert _rerun(db, code).outcomes == {"read": 6}
    assert code.whole == []
    assert sorted(code.again) == [(name, (field,), False) for name in ("bus", "dam", "page", "talk", "undated")]
    _ingest(tmp_path / "anew.duckdb", stories, code)
    assert _now(db) == _now(tmp_path / "anew.duckdb")
    assert _rerun(db, code).outcomes == {"unchanged": 6}
    assert not shard_folder(db).exists()
    _sound(db)


def test_incidents_are_gathered_anew_where_a_field_finds_something_else(db: Path, code: Code) -> None:
    """And nowhere else: there they are copied."""
    code.changed("casualties")
    code.blind = {"dam"}
    assert _rerun(db, code).outcomes == {"read": 6}
    assert [one for one in code.again if one[2]] == [("dam", (), True)]
    with Store.open(db, read_only=True) as store:
        tolls = {one.article.input_id: one.incident.killed for one in store.incidents(main=True)}
    assert "dam" not in tolls
    assert tolls["page"] is not None
    _sound(db)


def test_only_the_incidents_changed(db: Path, code: Code) -> None:
    """They are gathered of the facts that the store has: no field is read."""
    before = _now(db)
    code.changed()
    assert _rerun(db, code).outcomes == {"read": 6}
    assert {(fields, incidents) for _, fields, incidents in code.again} == {((), True)}
    assert _now(db) == before


def test_page_rules_changed(tmp_path: Path, stories: Path, code: Code) -> None:
    """Every page is parsed again, from the archive."""
    db = tmp_path / "x.duckdb"
    _ingest(db, stories, code)
    stories.unlink()
    code.changed("page")
    assert _rerun(db, code).outcomes == {"read": 6}
    assert sorted(code.whole) == ["bus", "copy", "dam", "page", "talk", "undated"]
    assert code.again == []
    _sound(db)


def test_a_range_of_days_and_a_source(db: Path, code: Code) -> None:
    code.changed("dates")
    assert _rerun(db, code, since="2021-05-04", until="2021-05").inputs == 3
    assert sorted(name for name, _, _ in code.again) == ["bus", "dam"]
    assert _rerun(db, code, since="2021-06-15").outcomes == {"read": 1}  # June may be the 15th
    assert _rerun(db, code, source="nobody").inputs == 0


def test_one_field_of_two_that_changed(db: Path, code: Code) -> None:
    """Incidents rest on all fields: they wait for the other one, and the store stays sound meanwhile."""
    before = _now(db)
    code.changed("dates", "leaders")
    planned, _ = rerunning.look_ahead(RerunRequest(db=db, fields=["dates"]), sample=1)
    assert (planned.fields, planned.waiting, planned.others) == ({"dates": 5}, 5, ("leaders",))
    _rerun(db, code, fields=["dates"])
    assert {(fields, incidents) for _, fields, incidents in code.again} == {(("dates",), False)}
    assert _now(db) == before
    _sound(db)
    code.again.clear()
    _rerun(db, code)
    assert {(fields, incidents) for _, fields, incidents in code.again} == {(("leaders",), False)}
    _sound(db)


def test_what_fails_keeps_what_was_known(db: Path, code: Code) -> None:
    before = _now(db)
    code.changed("dates")
    code.poison = {"dam"}
    assert _rerun(db, code).outcomes == {"failed": 1, "read": 5}
    assert _now(db) == before
    with Store.open(db, read_only=True) as store:
        (problem,) = store.problems()
        assert (problem.input_id, problem.reason) == ("dam", "it took too long")
    code.poison = set()
    assert _rerun(db, code).outcomes == {"read": 1, "unchanged": 5}
    _sound(db)


def test_what_never_could_be_read_is_tried_by_other_code(tmp_path: Path, stories: Path, code: Code) -> None:
    db = tmp_path / "x.duckdb"
    code.poison = {"dam"}
    _ingest(db, stories, code)
    code.poison = set()
    code.changed("dates")
    assert _rerun(db, code).outcomes == {"read": 6}
    assert code.whole == ["dam"]


@pytest.fixture(scope="module")
def left_alone(ingested: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[str]]:
    """The rows of the store after a rerun by other rules for casualties."""
    db, made = Path(shutil.copytree(ingested, tmp_path_factory.mktemp("whole") / "copy")) / "x.duckdb", Code()
    made.changed("casualties")
    with pytest.MonkeyPatch.context() as patch:
        _in_force(made, patch)
        _rerun(db, made, shard=2)
    with Store.open(db, read_only=True) as store:
        return dump(store)


@pytest.mark.parametrize("at", [1, 2, 3])
def test_cut_short_and_called_again(db: Path, left_alone: Mapping[str, list[str]], code: Code, at: int) -> None:
    """The store ends row for row as that of a rerun that was left alone."""
    code.changed("casualties")
    orders: list[object] = []

    def short(*given: Any) -> Path:
        orders.append(given)
        if len(orders) == at:
            raise KeyboardInterrupt
        return reading_with(code.read, again=code.read_again)(*given)

    with pytest.raises(KeyboardInterrupt):
        rerunning.rerun(RerunRequest(db=db, shard=2), read=short)
    report = _rerun(db, code, shard=2)
    assert (report.resumed, report.run_id) == (True, 2)
    with Store.open(db, read_only=True) as store:
        assert dump(store) == left_alone
    _sound(db)


def test_the_command_line_says_what_it_would_do(
    tmp_path: Path, db: Path, code: Code, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rerun", "--dry-run", "--db", str(db)]) == 0
    assert "6  need nothing\nnothing is to be read" in capsys.readouterr().out
    assert main(["rerun", "--field", "weather", "--db", str(db)]) == 2
    assert "there are casualties, dates, leaders, places" in capsys.readouterr().err
    assert main(["rerun", "--db", str(tmp_path / "none.duckdb")]) == 1
    assert "there is no store" in capsys.readouterr().err
    with pytest.raises(StoreError, match="there is no store"):
        _rerun(tmp_path / "none.duckdb", code)


@pytest.mark.slow
def test_an_estimate_comes_from_a_sample(db: Path, code: Code, capsys: pytest.CaptureFixture[str]) -> None:
    code.changed("leaders")
    assert main(["rerun", "--dry-run", "--db", str(db)]) == 0
    said = capsys.readouterr().out
    assert "5  texts in which leaders would be read" in said
    assert "with 1 worker" in said
    assert "5 of 5 were read to see" in said

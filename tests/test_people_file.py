"""A gathering that is killed between the file of persons and the tables leaves nothing lost and nothing doubled."""

from pathlib import Path

import pytest

from dateline.flows.people import gather_people
from dateline.models import store_persons
from dateline.models.append_only import append_rows, read_rows
from dateline.models.people_file import PeopleFile
from dateline.models.person import Change, Judgement, Verdict
from dateline.models.store import Store
from tests.store_helpers import TEXT, dump, record, run, source

GIVEN = [source("a.html", text=TEXT), source("b.html", text=f"{TEXT} So it was.")]
MERGED = [Change(kind="merged", person="b", other="a")]


class _Killed(Exception):
    """In the place of SIGKILL."""


def _kill_once(patch: pytest.MonkeyPatch) -> None:
    """The next gathering ends when the file has been written and the tables have not."""
    replace = store_persons.replace

    def killed(*given: object, **options: object) -> None:
        patch.setattr(store_persons, "replace", replace)
        raise _Killed

    patch.setattr(store_persons, "replace", killed)


def _judge(store: Store, verdict: Verdict) -> None:
    """Note what somebody decided of the mayors of the two texts."""
    one, other = ((record(given).facts["leaders"][0].id,) for given in GIVEN)
    names = {"left_name": "Ada Brok", "right_name": "Ada Brok", "who": "jk", "why": "x", "at": "2024-05-04"}
    sides = {"left": "l", "right": "r", "left_mentions": one, "right_mentions": other}
    PeopleFile(store.path).judge(Judgement(id=verdict, verdict=verdict, **sides, **names))  # type: ignore[arg-type]


def _merging(folder: Path, *, patch: pytest.MonkeyPatch | None = None, forget: bool = False) -> object:
    """The lines of the file and the tables when two persons were merged: with `patch` killed in between, with `forget`
    when only the file still knew them."""
    folder.mkdir()
    with Store.open(folder / "ledger.duckdb") as store:
        run_id = run(store, GIVEN)
        _judge(store, "different")
        gather_people(store, run_id)
        assert len(store.connection.execute("SELECT * FROM person").fetchall()) == 2
        if forget:
            for table in ("person", "person_appearance", "person_mention", "person_pair"):
                store.connection.execute(f"DELETE FROM {table}")
        _judge(store, "same")
        if patch is not None:
            _kill_once(patch)
            with pytest.raises(_Killed):
                gather_people(store, run_id)
        gather_people(store, run_id)
        rows = {table: there for table, there in dump(store).items() if table.startswith("person")}
        assert len(rows["person"]) == len(rows["person_change"]) == 1
        file = PeopleFile(store.path)
        assert len(set(dict(file.founders()).values())) == 1
        return file.path.read_text(encoding="utf-8"), rows


@pytest.mark.parametrize("forget", [False, True])
def test_killed_between_file_and_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forget: bool) -> None:
    """Where only the file knows the person that is merged, the tables must still hear of the merge."""
    whole = _merging(tmp_path / "whole", forget=forget)
    assert _merging(tmp_path / "killed", patch=monkeypatch, forget=forget) == whole


def test_a_merge_that_never_came_to_be_is_passed_over(tmp_path: Path) -> None:
    file = PeopleFile(tmp_path / "x.duckdb")
    file.found([("a", "m1"), ("b", "m2")], [], run_id=1)
    file.found([], MERGED, run_id=2)
    assert dict(file.founders()) == {"m1": "a", "m2": "a"}
    assert dict(file.founders(without={(2, "b", "a")})) == {"m1": "a", "m2": "b"}
    file.found([], MERGED, run_id=2, noted={(2, "b", "a")})
    assert file.path.read_text(encoding="utf-8").count("merged") == 1


def test_merges_of_an_older_dateline_hold(tmp_path: Path) -> None:
    """They do not say in which run."""
    file = PeopleFile(tmp_path / "x.duckdb")
    file.found([("b", "m2")], [], run_id=1)
    with file.path.open("a", encoding="utf-8") as out:
        out.write('{"what": "merged", "id": "b", "into": "a"}\n')
    assert (file.merges(), dict(file.founders())) == (set(), {"m2": "a"})


def test_a_line_separator_in_somebodys_words_ends_no_line(tmp_path: Path) -> None:
    path = tmp_path / "x"
    append_rows(path, [{"why": "two lines\u2028and a next\x85line"}])
    with path.open("a") as out:
        out.write('{"cut')
    append_rows(path, [{"why": "later"}])
    assert read_rows(path) == [{"why": "two lines\u2028and a next\x85line"}, None, {"why": "later"}]

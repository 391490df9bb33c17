"""Persons over articles: who is joined and who is not, ids that stay, judgements that hold, and what is asked."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from dateline.extractors.article import read
from dateline.extractors.persons import scoring
from dateline.flows import people
from dateline.flows.cli import main
from dateline.flows.people import gather_people, judge
from dateline.models import store_persons_read
from dateline.models.article import Source
from dateline.models.capture import origin
from dateline.models.people_file import PeopleFile
from dateline.models.record import Record
from dateline.models.store import Entry, Store, StoreError
from dateline.models.store_rows import page_of

from .store_helpers import DIGESTS, VERSIONS, capture

TEXTS = {
    "june-a": ("2014-06-12", "Heron Front commander Hakeem Noor Zadran was killed near Miranshah, Pakistan."),
    "june-b": ("2014-06-13", "Hakim Nur Zadran, a Heron Front commander, was among the dead of the Miranshah strike."),
    "january": ("2015-01-10", "Commander Hakeem Noor Zadran of the Heron Front was shot dead in Quetta, Pakistan."),
    "bakar-a": ("2014-06-12", "Abu Bakar, a commander of the Heron Front, was arrested near Miranshah, Pakistan."),
    "bakar-b": ("2016-02-01", "Abu Bakar, a commander of the Sand Column, was wounded near Timbuktu, Mali."),
    "karim-a": ("2014-05-01", "Governor Abdul Karim Sadat opened a school in Herat, Afghanistan."),
    "karim-b": ("2019-05-01", "Governor Abdul Karim Sadat survived an attack in Kunduz, Afghanistan."),
    "son": ("2014-06-14", "Heron Front commander Jalal Noor Zadran, a brother of the dead man, vowed revenge."),
}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "ledger.duckdb")


@cache
def _record(name: str) -> Record:
    published, text = TEXTS[name]
    return read(Source(id=name, text=text, published=published, origin=f"/texts/{name}"))


def _ingest(store: Store, names: Iterable[str], *, digests: dict[str, str] = DIGESTS) -> None:
    """One run over these texts, and the persons gathered."""
    entries = []
    for name in names:
        published, text = TEXTS[name]
        given = Source(id=name, text=text, published=published, origin=f"/texts/{name}")
        kept = capture(given)
        page = page_of(_record(name), kept.capture_id, digests)
        key = (origin(given), name, 0)
        entries.append(Entry(key=key, outcome="read", capture_id=kept.capture_id, capture=kept, page=page))
    run_id, _ = store.start_run("ingest", parameters={"of": list(names)}, digests=digests, versions=VERSIONS)
    store.add_shard(run_id, entries)
    gather_people(store, run_id)
    store.finish_run(run_id)


def _persons(store: Store) -> dict[str, set[str]]:
    """The texts of each person, by the person's id."""
    found: dict[str, set[str]] = {}
    names = {store.article(name).text_id: name for name in TEXTS if _has(store, name)}
    for one in store_persons_read.persons(store.connection):
        rows = store_persons_read.statements(store.connection, one.person_id)
        found[one.person_id] = {names[row["text_id"]] for row in rows}
    return found


def _has(store: Store, name: str) -> bool:
    try:
        return bool(store.article(name))
    except StoreError:
        return False


def _person_of(store: Store, name: str) -> str:
    return next(person for person, texts in _persons(store).items() if name in texts)


def test_spellings_join_and_homonyms_do_not(store: Store) -> None:
    _ingest(store, TEXTS)
    groups = sorted(sorted(texts) for texts in _persons(store).values())
    alone = [["bakar-a"], ["bakar-b"], ["karim-a"], ["karim-b"], ["son"]]
    assert groups == sorted([["january", "june-a", "june-b"], *alone])
    found = store_persons_read.person(store.connection, _person_of(store, "january"))
    assert set(found.spellings) == {"Hakeem Noor Zadran", "Hakim Nur Zadran"}
    assert (found.articles, found.earliest, found.latest) == (3, "2014-06-12", "2015-01-10")


def test_a_second_death_is_counted(store: Store) -> None:
    _ingest(store, TEXTS)
    rows = store_persons_read.deaths(store.connection, _person_of(store, "january"))
    assert [(row["published"], row["death"]) for row in rows] == [
        ("2014-06-12", 1),
        ("2014-06-13", 1),
        ("2015-01-10", 2),
    ]


def test_ids_stay_through_ingests_and_a_rerun(store: Store) -> None:
    first, second = ["june-b", "bakar-a", "karim-a"], ["june-a", "january", "son", "bakar-b", "karim-b"]
    _ingest(store, first)
    before = {name: _person_of(store, name) for name in first}
    _ingest(store, second)
    assert {name: _person_of(store, name) for name in first} == before  # though june-a is earlier than june-b
    after = _persons(store)
    _ingest(store, TEXTS, digests={**DIGESTS, "leaders": "leaders-2"})
    assert _persons(store) == after
    assert not store.connection.execute("SELECT * FROM person_change").fetchall()


def test_persons_do_not_depend_on_the_order_of_articles(store: Store, tmp_path: Path) -> None:
    for name in TEXTS:
        _ingest(store, [name])
    with Store.open(tmp_path / "other.duckdb") as other:
        for name in reversed(TEXTS):
            _ingest(other, [name])
        with Store.open(tmp_path / "whole.duckdb") as whole:
            _ingest(whole, TEXTS)
            groups = [sorted(sorted(texts) for texts in _persons(one).values()) for one in (store, other, whole)]
    assert groups[0] == groups[1] == groups[2]


def test_a_store_made_again_has_the_same_persons(tmp_path: Path) -> None:
    path = tmp_path / "ledger.duckdb"
    with Store.open(path) as store:
        _ingest(store, ["june-b"])
        _ingest(store, TEXTS)
        judge(store, _person_of(store, "karim-a"), _person_of(store, "karim-b"), "same", who="jk", why="one man")
        before = _persons(store)
    path.unlink()
    with Store.open(path) as again:
        _ingest(again, TEXTS)
        assert _persons(again) == before


def test_a_store_of_an_older_dateline_keeps_its_persons(store: Store) -> None:
    """It has neither what is compared, nor keys, nor founders, and a note in other words."""
    _ingest(store, ["june-b"])
    _ingest(store, TEXTS)
    before, pairs = _persons(store), store.connection.execute("FROM person_pair ORDER BY ALL").fetchall()
    store.connection.execute(
        """UPDATE person_appearance SET version = NULL, name = NULL, told = NULL;
        UPDATE person_mention SET position = NULL;
        DELETE FROM person_key; DELETE FROM person_founder;
        UPDATE gathered SET state = 'a hash' WHERE what = 'persons'"""
    )
    gather_people(store, 2)
    assert _persons(store) == before
    assert store.connection.execute("FROM person_pair ORDER BY ALL").fetchall() == pairs
    assert not store.connection.execute("FROM person_change").fetchall()


def test_what_is_gone_is_said_once(store: Store) -> None:
    """Though the file knows for ever after whom somebody was named."""
    _ingest(store, ["june-a", "son"])
    store.connection.execute(
        "DELETE FROM leaders WHERE reading_id IN (SELECT reading_id FROM person_appearance LIMIT 1)"
    )
    store.connection.execute("UPDATE reading SET rows_sha256 = 'none' WHERE field = 'leaders'")
    for texts in (["karim-a"], ["karim-b"]):
        _ingest(store, [*texts, "june-a", "son"])
    assert store.connection.execute("SELECT run_id, kind FROM person_change").fetchall() == [(2, "gone")]


def test_a_merge_by_hand_outlives_a_change_of_rules(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    _ingest(store, TEXTS)
    (pair,) = [one for one in store_persons_read.candidates(store.connection) if one.left_name == "Abdul Karim Sadat"]
    assert 0 < pair.score < 0.8
    assert {part.what for part in pair.parts} == {"name", "office", "place"}
    judge(store, pair.left, pair.right, "same", who="jk", why="transferred in 2018")
    kept = _person_of(store, "karim-a")
    assert _person_of(store, "karim-b") == kept
    known = scoring.weights()
    weights = {**known.of, "thresholds": {"same": 9.0, "doubtful": 9.0, "doubtful_weak": 9.0}}
    monkeypatch.setattr(scoring, "weights", lambda: replace(known, of=weights))
    monkeypatch.setattr(people, "digest_of", lambda name: f"{name}-2")
    _ingest(store, TEXTS, digests={**DIGESTS, "leaders": "leaders-2"})
    assert _person_of(store, "june-a") != _person_of(store, "june-b")
    assert not store.connection.execute("FROM person_pair").fetchall()
    assert _person_of(store, "karim-a") == _person_of(store, "karim-b") == kept
    other = pair.left if kept == pair.right else pair.right
    assert store_persons_read.person(store.connection, other).person_id == kept  # found under the id that it had


def test_what_was_called_different_stays_apart(store: Store) -> None:
    _ingest(store, TEXTS)
    june, january = (store.record(store.article(name)).facts["leaders"][0].id for name in ("june-a", "january"))
    person = _person_of(store, "june-a")
    judge(store, june, january, "different", who="jk", why="a namesake")
    assert _person_of(store, "june-a") != _person_of(store, "january")
    assert person in (_person_of(store, "june-a"), _person_of(store, "january"))
    assert ("split",) in store.connection.execute("SELECT kind FROM person_change").fetchall()
    _ingest(store, ["june-a", "january"], digests={**DIGESTS, "leaders": "leaders-2"})
    assert _person_of(store, "june-a") != _person_of(store, "january")


def test_the_last_judgement_counts_and_unsure_is_shown(store: Store) -> None:
    _ingest(store, ["karim-a", "karim-b"])
    a, b = _person_of(store, "karim-a"), _person_of(store, "karim-b")
    judge(store, a, b, "unsure", who="jk", why="no photograph")
    (pair,) = store_persons_read.candidates(store.connection)
    assert pair.judged == "unsure"
    judge(store, a, b, "different", who="jk", why="two photographs")
    assert store_persons_read.candidates(store.connection) == []
    rows = store.connection.execute("SELECT verdict, who, why FROM person_judgement ORDER BY position").fetchall()
    assert rows == [("unsure", "jk", "no photograph"), ("different", "jk", "two photographs")]


def test_a_line_cut_short_is_no_judgement(store: Store) -> None:
    _ingest(store, ["karim-a", "karim-b"])
    judge(store, _person_of(store, "karim-a"), _person_of(store, "karim-b"), "same", who="jk", why="one man")
    file = PeopleFile(store.path)
    whole = file.path.read_text(encoding="utf-8")
    file.path.write_text(whole[: whole.index('"at":')], encoding="utf-8")
    assert file.judgements() == []
    gather_people(store, 1)
    assert _person_of(store, "karim-a") != _person_of(store, "karim-b")
    judge(store, _person_of(store, "karim-a"), _person_of(store, "karim-b"), "same", who="jk", why="again")
    assert [one.why for one in file.judgements()] == ["again"]


def test_the_command_lists_shows_and_judges(
    store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    _ingest(store, TEXTS)
    karim, other = _person_of(store, "karim-a"), _person_of(store, "karim-b")
    zadran, path = _person_of(store, "june-a"), str(store.path)
    store.close()
    assert main(["people", "--db", path, "--name", "zadran"]) == 0
    listed = capsys.readouterr().out
    assert "Hakeem Noor" in listed
    assert "2014–2015" in listed
    assert "Sadat" not in listed
    assert max(map(len, listed.splitlines())) <= 80
    assert main(["people", "show", zadran[:8], "--db", path]) == 0
    shown = capsys.readouterr().out
    for words in ("reported killed 2 times", "Hakim Nur Zadran", "commander, Heron Front"):
        assert words in shown
    assert main(["people", "candidates", "--db", path]) == 0
    assert "+0.50 name" in capsys.readouterr().out
    words = ["--why", "one man", "--who", "jk", "--db", path]
    assert main(["people", "judge", karim[:8], other[:8], "same", *words]) == 0
    assert "Abdul Karim Sadat" in capsys.readouterr().out
    assert main(["people", "candidates", "--db", path]) == 0
    assert "Sadat" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["show", "zzzz"], 1, "no person has the id zzzz"),
        (["judge", "zzzz", "yyyy", "same", "--who", "jk", "--why", "x"], 1, "no person has the id zzzz"),
        (["judge", "zzzz", "yyyy", "maybe", "--who", "jk", "--why", "x"], 2, "invalid choice"),
        (["judge", "zzzz", "yyyy", "same", "--who", "jk"], 2, "--why"),
        (["judge", "zzzz", "yyyy", "same", "--who", " ", "--why", "x"], 2, "want words"),
    ],
)
def test_bad_input_is_refused_in_words(
    store: Store, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, says: str
) -> None:
    _ingest(store, ["karim-a"])
    store.close()
    try:
        found = main(["people", *arguments, "--db", str(store.path)])
    except SystemExit as left:
        found = int(left.code or 0)
    assert found == code
    assert says in capsys.readouterr().err


def test_nobody_is_judged_to_be_himself(store: Store) -> None:
    _ingest(store, TEXTS)
    person = _person_of(store, "june-a")
    with pytest.raises(StoreError, match="the same person"):
        judge(store, person, person[:10], "different", who="jk", why="x")
    june, january = (store.record(store.article(name)).facts["leaders"][0].id for name in ("june-a", "january"))
    with pytest.raises(StoreError, match="one person already"):
        judge(store, june, january, "same", who="jk", why="x")

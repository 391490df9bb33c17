"""What became different between two runs: policies and decisions, choices, and how the store vouches for it."""

import pytest

from dateline.models import digest_parts
from dateline.models.decision import Verdict
from dateline.models.diff_choice import choose
from dateline.models.reading_hash import rows_sha256
from dateline.models.store import Store, StoreError
from dateline.models.store_rows import page_of
from dateline.models.verify_readings import hashes, readings
from dateline.review.diff_words import differences, headline

from . import diff_helpers
from .diff_helpers import FIELDS, digests, run_with, toll
from .store_helpers import DIGESTS, TEXT, capture, record, source

made, bare, store = diff_helpers.made, diff_helpers.bare, diff_helpers.store


def test_policies_change_reductions_only(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    known = digest_parts.policies()
    assert known[0]["name"] == "acled"
    column = {**known[0]["columns"][0], "groups": "security_forces", "unsaid": "nought"}
    other = {**known[0], "version": "99", "columns": [column, *known[0]["columns"][1:]]}
    monkeypatch.setattr(digest_parts, "policies", lambda: [other, *known[1:]])
    parts = digest_parts.policy_parts.__wrapped__()
    monkeypatch.setattr(digest_parts, "policy_parts", lambda: parts)
    run_with(store, [source()])
    found = store.diff("1", "2")
    assert {change.field for change in found.changes} == {"reductions"}
    (change,) = found.changes
    assert (change.kind, change.before["value"], change.after["value"]) == ("changed", 2, 0)
    assert change.causes[0].cause == "policy"
    assert change.causes[0].what == f"models/policies/acled.yml ({known[0]['version']} → 99)"
    assert store.reductions(policy="acled")[0].value == 2  # the store's own views are as they were


def test_what_people_decided_between_two_runs(store: Store) -> None:
    claim, leader = (
        store.connection.execute(f"SELECT id FROM {name}").fetchall()[0][0] for name in ("casualties", "leaders")
    )
    right = {"low": 4, "best": 4, "high": 4}
    verdicts = [
        Verdict(
            verdict="correct", field="casualties", target=claim, judged={"best": 2}, corrected=right, why="I was there"
        ),
        Verdict(verdict="reject", field="leaders", target=leader),
    ]
    store.decide(verdicts, who="Ruta", at="2026-01-02T12:00:00+00:00")
    run_with(store, [source()])
    run_with(store, [source()])
    store.connection.execute("UPDATE run SET finished_at = TIMESTAMPTZ '2026-01-01 00:00:00+00' + to_days(run_id)")
    found = {change.field: change for change in store.diff("1", "2").changes}
    assert found.keys() == {"casualties", "leaders"}
    assert (headline(found["casualties"]), found["casualties"].cause) == ("killed 2 → 4", "human")
    assert found["casualties"].causes[0].what.startswith("Ruta (correct), ")
    assert found["casualties"].causes[0].what.endswith(": I was there")
    assert (found["leaders"].kind, found["leaders"].quote) == ("lost", "Ada Brok")
    assert store.diff("2", "3").changes == []


def test_runs_by_name(store: Store) -> None:
    with pytest.raises(StoreError, match=r"there is no run last-1 in this store \(it has runs 1 to 1"):
        store.diff("last-1", "last")
    with pytest.raises(StoreError, match="both are run 1"):
        store.diff("1", "last")
    with pytest.raises(StoreError, match="there is no run yesterday"):
        store.diff("yesterday", "last")


def test_a_value_that_was_changed_in_the_store_is_found(bare: Store) -> None:
    """The hash that the writer has of a reading's rows is that of the rows as they are stored, until one is changed."""
    run_with(bare, [source(), source("undated.txt", text=TEXT + " More.", published=None)])
    page = page_of(record(source()), capture(source()).capture_id, DIGESTS)
    for one in page.readings:
        name = one.row[5]
        assert hashes(bare.connection, name, [one.reading_id]) == {one.reading_id: rows_sha256(one.rows)}, name
    for name in (*FIELDS, "incidents"):
        ids = bare.connection.execute("SELECT reading_id FROM reading WHERE field = ?", [name]).fetchall()
        for reading_id, said in hashes(bare.connection, name, [row[0] for row in ids]).items():
            bare.connection.execute("UPDATE reading SET rows_sha256 = ? WHERE reading_id = ?", [said, reading_id])
    assert [check for check in readings(bare.connection) if not check.ok] == []
    for damage, times in (
        ("UPDATE casualties SET best = best + 1", 2),
        ("DELETE FROM evidence WHERE role = 'cue'", 2),  # of the claims, changed already, and of the places
        ("UPDATE incident SET killed_low = 1 WHERE reading_id = (SELECT min(reading_id) FROM incident)", 1),
        ("INSERT INTO leaders SELECT * REPLACE ('x' AS id) FROM leaders LIMIT 1", 1),
    ):
        before = _wrong(bare)
        bare.connection.execute(damage)
        assert _wrong(bare) - before == times, damage


def _wrong(store: Store) -> int:
    return next(check.failed for check in readings(store.connection) if check.name == "values as they were written")


def test_two_digests_of_the_same_parts_are_found(bare: Store) -> None:
    run_with(bare, [source()], noted=False)
    checks = {check.name: check for check in readings(bare.connection)}
    assert checks["digests with their parts (6 of an older Dateline without)"].ok
    run_with(bare, [source()])
    assert all(check.ok for check in readings(bare.connection))
    bare.connection.execute("INSERT INTO digest_part SELECT field, 'other', part, value FROM digest_part")
    checks = {check.name: check for check in readings(bare.connection)}
    assert checks["digests differ in a part"].failed == 7  # policies too


def test_a_figure_that_is_meant_otherwise(store: Store) -> None:
    run_with(store, [source()], digests=digests("casualties"), changed=toll(2, qualifier="about"))
    (change,) = store.diff("1", "2").changes
    assert differences(change) == [("qualifier", "exact", "about")]


def test_choices(store: Store) -> None:
    run_with(store, [source()], digests=digests("casualties"), changed=toll(3))
    found = store.diff("1", "2")
    for chosen, fields in (
        ({"field": "casualties"}, {"casualties"}),
        ({"what": "incidents"}, {"incidents"}),
        ({"what": "facts"}, {"casualties"}),
        ({"rule": "casualties.passive"}, {"casualties"}),
        ({"rule": "casualties"}, {"casualties"}),
        ({"rule": "dates"}, set()),
        ({"source": "wire"}, {"casualties", "incidents"}),
        ({"source": "elsewhere"}, set()),
    ):
        assert {change.field for change in choose(found, **chosen).changes} == fields
    with pytest.raises(ValueError, match="there is no field tolls"):
        choose(found, field="tolls")


def test_parts_come_back_with_the_ledger(store: Store) -> None:
    run_with(store, [source()], digests=digests("dates"))
    written = [line for line in store.ledger.lines() if line["what"] == "parts"]
    assert [len(line["rows"]) > 0 for line in written] == [True, True]
    fields = {row[0] for row in written[1]["rows"]}
    assert fields == {"dates", "incidents"}  # what is known is not written again
    before = store.connection.execute("FROM digest_part ORDER BY ALL").fetchall()
    store.connection.execute("DELETE FROM digest_part")
    store.connection.execute("DELETE FROM run_policies")
    from dateline.models.store_ledger import runs_of

    for run in runs_of(store.ledger.lines()):
        store.finish_again(run)
    assert store.connection.execute("FROM digest_part ORDER BY ALL").fetchall() == before
    kept = [line for line in store.ledger.path.read_text().splitlines() if '"what": "parts"' not in line]
    store.ledger.path.write_text("\n".join(kept) + "\n")
    store.catch_up()
    assert [row for run in runs_of(store.ledger.lines()) for row in run.parts]
    again = len(list(store.ledger.lines()))
    store.catch_up()
    assert len(list(store.ledger.lines())) == again

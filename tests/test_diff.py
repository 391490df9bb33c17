"""What became different between two runs: every kind of change, and the cause of each."""

import csv
import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as cases
from hypothesis import strategies as some

from dateline.flows.cli import main
from dateline.models import digest_parts
from dateline.models.article import Source
from dateline.models.decision import Verdict
from dateline.models.diff import Because, Change, Diff
from dateline.models.diff_causes import digests_apart
from dateline.models.diff_choice import choose
from dateline.models.diff_match import Moves
from dateline.models.reading_hash import rows_sha256
from dateline.models.record import Record
from dateline.models.store import Entry, Store, StoreError
from dateline.models.store_connection import connect
from dateline.models.store_rows import page_of
from dateline.models.verify_readings import hashes, readings
from dateline.review.diff_page import diff_page
from dateline.review.diff_words import change_rows, differences, headline
from dateline.review.spreadsheet import write_csv

from .store_helpers import DIGESTS, TEXT, VERSIONS, capture, entry, record, source

Change_ = Callable[[Record], Record]
FIELDS = ("dates", "places", "casualties", "leaders")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A store without a run, and one with a first run over one article: the tests work on copies."""
    paths = {name: tmp_path_factory.mktemp(name) / "ledger.duckdb" for name in ("bare", "store")}
    with Store.open(paths["bare"]):
        pass
    with Store.open(paths["store"]) as opened:
        _run(opened, [source()])
    return paths


def _copied(path: Path, folder: Path) -> Store:
    for name in (path.name, f"{path.name}.ledger"):
        if path.with_name(name).exists():
            shutil.copy(path.with_name(name), folder / name)
    return Store(connect(folder / path.name, read_only=False), folder / path.name)  # its views are made


@pytest.fixture
def bare(made: dict[str, Path], tmp_path: Path) -> Iterator[Store]:
    with _copied(made["bare"], tmp_path) as opened:
        yield opened


@pytest.fixture
def store(made: dict[str, Path], tmp_path: Path) -> Iterator[Store]:
    """With run 1, over one article."""
    with _copied(made["store"], tmp_path) as opened:
        yield opened


def _digests(*changed: str, version: int = 2) -> dict[str, str]:
    """The digests of code in which some fields are another version; incidents read all fields."""
    moved = {*changed, *(["incidents"] if set(changed) & {*FIELDS, "incidents"} else [])}
    return {name: f"{name}-{version}" if name in moved else digest for name, digest in DIGESTS.items()}


def _parts(digests: dict[str, str], *, also: dict[str, dict[str, str]] | None = None) -> dict[str, dict[str, str]]:
    """What such digests would be made of: a rules file and code for each."""
    found = {
        name: {f"extractors/{name}/rules.yml": digest, f"extractors/{name}/find.py": "same", "library spacy": "3.8"}
        for name, digest in digests.items()
    }
    found["incidents"] = {"extractors/incidents/toll.py": "same", **{f"field {one}": digests[one] for one in FIELDS}}
    for name, parts in (also or {}).items():
        found[name] |= parts
    return found


def _run(
    store: Store,
    given: list[Source],
    *,
    digests: dict[str, str] = DIGESTS,
    changed: Change_ = lambda read: read,
    also: dict[str, dict[str, str]] | None = None,
    noted: bool = True,
    kind: str = "ingest",
) -> int:
    """A run over some texts; `changed` is what its code reads otherwise."""
    run_id, _ = store.start_run(kind, parameters={"n": len(store.runs())}, digests=digests, versions=VERSIONS)
    if noted:
        store.note_parts(run_id, _parts(digests, also=also))
    entries = []
    for one in given:
        kept = capture(one)
        page = page_of(changed(record(one)), kept.capture_id, digests)
        entries.append(replace(entry(one, digests=digests), page=page, source="wire"))
    store.add_shard(run_id, entries)
    store.finish_run(run_id)
    return run_id


def _toll(best: int, **more: Any) -> Change_:
    """Code that reads another number of dead."""

    def changed(read: Record) -> Record:
        (claim,) = read.facts["casualties"]
        other = replace(claim, low=best, best=best, high=best, **more)
        toll = replace(read.incidents[0].killed, low=best, best=best, high=best)
        return replace(
            read,
            facts={**read.facts, "casualties": (other,)},
            incidents=(replace(read.incidents[0], killed=toll),),
        )

    return changed


def _by_field(found: Diff) -> dict[str, Change]:
    assert len({change.field for change in found.changes}) == len(found.changes)
    return {change.field: change for change in found.changes}


def test_nothing_is_different(store: Store) -> None:
    _run(store, [source()])
    found = store.diff("last-1", "last")
    assert (found.changes, found.parts, found.notes) == ([], {}, [])
    assert (found.after.articles, found.after.facts["casualties"], found.after.facts["incidents"]) == (1, 1, 1)


def test_a_changed_value_names_the_rules_behind_it(store: Store) -> None:
    _run(store, [source()], digests=_digests("casualties"), changed=_toll(3))
    found = _by_field(store.diff("1", "2"))
    assert found.keys() == {"casualties", "incidents"}
    claim, incident = found["casualties"], found["incidents"]
    assert (claim.kind, claim.columns, claim.before["best"], claim.after["best"]) == (
        "changed",
        ("low", "best", "high"),
        2,
        3,
    )
    assert claim.sentence == ("", "Two shepherds were killed", " near Velm on 3 May 2021, Mayor Ada Brok said.")
    because = (Because(cause="rule", what="extractors/casualties/rules.yml"),)
    assert claim.causes == incident.causes == because
    assert (claim.main, incident.main, incident.quote) == (True, True, "Two shepherds were killed")
    assert (claim.cause, claim.rules, claim.source) == ("rule", ("casualties.passive",), "wire")
    assert headline(incident) == "killed 2 → 3"
    assert store.diff("1", "2").parts == {"casualties": [because[0]]}


@pytest.mark.parametrize(
    ("part", "cause", "shared"),
    [
        ("extractors/casualties/rules.yml", "rule", False),
        ("extractors/casualties/words.yml", "lexicon", False),
        ("DATELINE_LEXICONS/titles.yml", "lexicon", False),
        ("extractors/casualties/link.py", "code", False),
        ("extractors/language/numbers.py", "code", True),
        ("library dateparser", "library", False),
        ("extractors/casualties/gazetteer.sqlite", "gazetteer", False),
    ],
)
def test_what_kind_of_a_cause_a_file_is(part: str, cause: str, shared: bool) -> None:
    known = {("casualties", "a"): {part: "1", "same": "x"}, ("casualties", "b"): {part: "2", "same": "x"}}
    (because,) = digests_apart(known, "casualties", "a", "b")
    assert because.cause == cause
    assert because.what.startswith(part)
    assert ("(shared by all fields)" in because.what) == shared


def test_readings_of_which_no_parts_are_known(bare: Store) -> None:
    _run(bare, [source()], noted=False)
    _run(bare, [source()], digests=_digests("casualties"), changed=_toll(3), noted=False)
    found = bare.diff("1", "2")
    assert {change.cause for change in found.changes} == {"code"}
    assert "before its files were noted" in found.changes[0].causes[0].what


def test_a_change_that_nothing_explains(bare: Store) -> None:
    """Two digests that are made of the same: nobody can say what made the difference."""
    same = {"casualties": {"extractors/casualties/rules.yml": "same"}}
    _run(bare, [source()], also=same)
    _run(bare, [source()], digests=_digests("casualties"), changed=_toll(3), also=same)
    bare.connection.execute("UPDATE digest_part SET value = 'casualties-1' WHERE part = 'field casualties'")
    found = bare.diff("1", "2")
    assert [change.cause for change in found.unexplained] == ["unexplained", "unexplained"]


def test_facts_that_come_and_go(bare: Store) -> None:
    def without(read: Record) -> Record:
        return replace(read, facts={**read.facts, "leaders": ()})

    _run(bare, [source()], digests=_digests("leaders"), changed=without)
    _run(bare, [source()])
    (gained,) = bare.diff("1", "2").changes
    assert (gained.kind, gained.before, headline(gained)) == ("gained", None, "Ada Brok, Mayor, mentioned")
    (lost,) = bare.diff("2", "1").changes
    assert (lost.kind, lost.after, lost.quote) == ("lost", None, "Ada Brok")


def test_words_that_begin_earlier_are_the_same_claim(store: Store) -> None:
    def wider(read: Record) -> Record:
        (claim,) = read.facts["casualties"]
        other = replace(
            claim, id="wider", start=claim.start, stop=claim.stop + 5, quote=TEXT[claim.start : claim.stop + 5]
        )
        incident = replace(read.incidents[0], facts=("wider",), basis={"killed": ("wider",)})
        return replace(read, facts={**read.facts, "casualties": (other,)}, incidents=(incident,))

    _run(store, [source()], digests=_digests("casualties"), changed=wider)
    found = {change.field: change for change in store.diff("1", "2").changes}
    assert (found["casualties"].kind, found["casualties"].columns) == ("changed", ("quote",))
    assert "incidents" not in found


def test_an_input_that_only_one_run_met(bare: Store) -> None:
    other = source("other.txt", text=TEXT + " More.")
    _run(bare, [source(), other])
    _run(bare, [source()])
    found = bare.diff("1", "2")
    assert {(change.kind, change.cause) for change in found.changes} == {("lost", "input")}
    assert found.changes[0].causes[0].what == "the article is not among the inputs of the second run (2)"
    assert {change.cause for change in bare.diff("2", "1").changes} == {"input"}
    assert bare.diff("1", "2", whole=True).changes == []  # the bare has it still


def test_another_text_of_the_same_input(store: Store) -> None:
    """What stands in both texts has not changed, though its id has; the rest has the text as its cause."""
    _run(store, [source(text=TEXT.replace("\n\n", "\n\nA storm passed.\n\n"))])
    assert store.diff("1", "2").changes == []
    text = TEXT.replace("Two shepherds", "Six shepherds")

    def six(read: Record) -> Record:
        return _toll(6)(read)

    def read_six(given: Source) -> Record:
        whole = record(replace(given, text=TEXT))
        start = text.index("Six shepherds")
        (claim,) = whole.facts["casualties"]
        claim = replace(claim, id="six", start=start, stop=start + len(claim.quote), quote="Six shepherds were killed")
        claim = replace(claim, low=6, best=6, high=6, evidence=())
        moved = {**whole.facts, "casualties": (claim,), "leaders": (), "places": (), "dates": ()}
        incident = replace(
            whole.incidents[0], id="incident-six", facts=("six",), basis={"killed": ("six",)}, place=None
        )
        incident = replace(incident, killed=replace(incident.killed, low=6, best=6, high=6))
        return replace(
            whole, article=replace(whole.article, text=text, about=(), regions=()), facts=moved, incidents=(incident,)
        )

    given = source(text=text)
    run_id, _ = store.start_run("ingest", parameters={"n": 3}, digests=DIGESTS, versions=VERSIONS)
    kept = capture(given)
    page = page_of(read_six(given), kept.capture_id, DIGESTS)
    store.add_shard(run_id, [Entry(key=("/pages/velm.html", given.id, 0), outcome="read", capture_id=kept.capture_id,
                                   capture=kept, page=page)])  # fmt: skip
    store.finish_run(run_id)
    found = {change.field: change for change in store.diff("1", "3").changes if change.kind == "changed"}
    assert (found["casualties"].before["best"], found["casualties"].after["best"]) == (2, 6)
    assert found["casualties"].causes == (Because(cause="text", what="the page was changed by its publisher"),)
    assert found["casualties"].was == (
        "",
        "Two shepherds were killed",
        " near Velm on 3 May 2021, Mayor Ada Brok said.",
    )
    assert headline(found["incidents"]).startswith("place ")
    assert "killed 2 → 6" in headline(found["incidents"])
    assert {change.cause for change in store.diff("1", "3").changes} == {"text"}


def test_another_day_of_publication(store: Store) -> None:
    def later(read: Record) -> Record:
        (day,) = read.facts["dates"]
        return replace(read, facts={**read.facts, "dates": (replace(day, earliest="2021-05-05", latest="2021-05-05"),)})

    _run(store, [source(published="2021-05-06")], changed=later)
    (change,) = store.diff("1", "2").changes
    assert (change.field, change.kind, headline(change)) == ("dates", "changed", "date 2021-05-03 → 2021-05-05")
    assert change.causes == (Because(cause="text", what="published 2021-05-04 → 2021-05-06"),)


def test_page_rules_that_read_another_day(store: Store) -> None:
    """The same capture: the page's rules are the cause, not its publisher."""

    def later(read: Record) -> Record:
        (day,) = read.facts["dates"]
        facts = {**read.facts, "dates": (replace(day, earliest="2021-05-05", latest="2021-05-05"),)}
        return replace(read, article=replace(read.article, published="2021-05-06"), facts=facts)

    _run(store, [source()], digests=_digests("page"), changed=later)
    (change,) = store.diff("1", "2").changes
    what = "extractors/page/rules.yml: published 2021-05-04 → 2021-05-06"
    assert change.causes == (Because(cause="rule", what=what),)


def test_page_rules_that_find_no_article(store: Store) -> None:
    def nothing(read: Record) -> Record:
        article = replace(read.article, result="not_article", reason="a list of links", text="", about=(), regions=())
        return Record(id=read.id, article=replace(article, furniture=(), unread=()))

    digests = _digests("page")
    run_id, _ = store.start_run("ingest", parameters={"n": 2}, digests=digests, versions=VERSIONS)
    store.note_parts(run_id, _parts(digests))
    kept = capture(source())
    page = page_of(nothing(record(source())), kept.capture_id, digests)
    store.add_shard(run_id, [replace(entry(source()), outcome="not_article", reason="a list of links", page=page)])
    store.finish_run(run_id)
    found = store.diff("1", "2")
    assert {(change.kind, change.cause) for change in found.changes} == {("lost", "rule")}
    assert found.changes[0].causes[0].what.endswith("is taken for no article (a list of links)")


def test_incidents_by_their_own_code(store: Store) -> None:
    def other_day(read: Record) -> Record:
        return replace(read, incidents=(replace(read.incidents[0], latest="2021-05-04", date_precision=2),))

    also = {"incidents": {"extractors/incidents/toll.py": "other"}}
    _run(store, [source()], digests=_digests("incidents"), changed=other_day, also=also)
    (change,) = store.diff("1", "2").changes
    assert change.causes == (Because(cause="code", what="extractors/incidents/toll.py"),)
    assert differences(change) == [("date", "2021-05-03", "2021-05-03 to 2021-05-04")]


def test_a_rerun_is_compared_as_the_store_stood(bare: Store) -> None:
    """A rerun meets only what its change touches; the rest is neither lost nor gained."""
    other = source("other.txt", text=TEXT + " More.")
    _run(bare, [source(), other])
    _run(bare, [source()], digests=_digests("casualties"), changed=_toll(3), kind="rerun")
    found = bare.diff("1", "2")
    assert found.whole
    assert {(change.field, change.kind, change.input_id) for change in found.changes} == {
        ("casualties", "changed", "velm.html"),
        ("incidents", "changed", "velm.html"),
    }


def test_policies_change_reductions_only(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    known = digest_parts.policies()
    assert known[0]["name"] == "acled"
    column = {**known[0]["columns"][0], "groups": "security_forces", "unsaid": "nought"}
    other = {**known[0], "version": "99", "columns": [column, *known[0]["columns"][1:]]}
    monkeypatch.setattr(digest_parts, "policies", lambda: [other, *known[1:]])
    parts = digest_parts.policy_parts.__wrapped__()
    monkeypatch.setattr(digest_parts, "policy_parts", lambda: parts)
    _run(store, [source()])
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
    _run(store, [source()])
    _run(store, [source()])
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
    _run(bare, [source(), source("undated.txt", text=TEXT + " More.", published=None)])
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
    _run(bare, [source()], noted=False)
    checks = {check.name: check for check in readings(bare.connection)}
    assert checks["digests with their parts (6 of an older Dateline without)"].ok
    _run(bare, [source()])
    assert all(check.ok for check in readings(bare.connection))
    bare.connection.execute("INSERT INTO digest_part SELECT field, 'other', part, value FROM digest_part")
    checks = {check.name: check for check in readings(bare.connection)}
    assert checks["digests differ in a part"].failed == 7  # policies too


def test_a_figure_that_is_meant_otherwise(store: Store) -> None:
    _run(store, [source()], digests=_digests("casualties"), changed=_toll(2, qualifier="about"))
    (change,) = store.diff("1", "2").changes
    assert differences(change) == [("qualifier", "exact", "about")]


def test_choices(store: Store) -> None:
    _run(store, [source()], digests=_digests("casualties"), changed=_toll(3))
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
    _run(store, [source()], digests=_digests("dates"))
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
    again = len(store.ledger.lines())
    store.catch_up()
    assert len(store.ledger.lines()) == again


@pytest.fixture
def changes(store: Store) -> Diff:
    _run(store, [source()], digests=_digests("casualties"), changed=_toll(3, group="<b>'\"&--></script>"))
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
    _run(store, [source()], digests=_digests("casualties"), changed=_toll(3))
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
    _run(bare, [source()], also=same)
    _run(bare, [source()], digests=_digests("casualties"), changed=_toll(3), also=same)
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

"""What became different between two runs: every kind of change, and the cause of each."""

from dataclasses import replace

import pytest

from dateline.models.article import Source
from dateline.models.diff import Because
from dateline.models.diff_causes import digests_apart
from dateline.models.record import Record
from dateline.models.store import Entry, Store
from dateline.models.store_rows import page_of
from dateline.review.diff_words import differences, headline

from . import diff_helpers
from .diff_helpers import by_field, digests, parts_of, run_with, toll
from .store_helpers import DIGESTS, TEXT, VERSIONS, capture, entry, record, source

made, bare, store = diff_helpers.made, diff_helpers.bare, diff_helpers.store


def test_nothing_is_different(store: Store) -> None:
    run_with(store, [source()])
    found = store.diff("last-1", "last")
    assert (found.changes, found.parts, found.notes) == ([], {}, [])
    assert (found.after.articles, found.after.facts["casualties"], found.after.facts["incidents"]) == (1, 1, 1)


def test_a_changed_value_names_the_rules_behind_it(store: Store) -> None:
    run_with(store, [source()], digests=digests("casualties"), changed=toll(3))
    found = by_field(store.diff("1", "2"))
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
    run_with(bare, [source()], noted=False)
    run_with(bare, [source()], digests=digests("casualties"), changed=toll(3), noted=False)
    found = bare.diff("1", "2")
    assert {change.cause for change in found.changes} == {"code"}
    assert "before its files were noted" in found.changes[0].causes[0].what


def test_a_change_that_nothing_explains(bare: Store) -> None:
    """Two digests that are made of the same: nobody can say what made the difference."""
    same = {"casualties": {"extractors/casualties/rules.yml": "same"}}
    run_with(bare, [source()], also=same)
    run_with(bare, [source()], digests=digests("casualties"), changed=toll(3), also=same)
    bare.connection.execute("UPDATE digest_part SET value = 'casualties-1' WHERE part = 'field casualties'")
    found = bare.diff("1", "2")
    assert [change.cause for change in found.unexplained] == ["unexplained", "unexplained"]


def test_facts_that_come_and_go(bare: Store) -> None:
    def without(read: Record) -> Record:
        return replace(read, facts={**read.facts, "leaders": ()})

    run_with(bare, [source()], digests=digests("leaders"), changed=without)
    run_with(bare, [source()])
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

    run_with(store, [source()], digests=digests("casualties"), changed=wider)
    found = {change.field: change for change in store.diff("1", "2").changes}
    assert (found["casualties"].kind, found["casualties"].columns) == ("changed", ("quote",))
    assert "incidents" not in found


def test_an_input_that_only_one_run_met(bare: Store) -> None:
    other = source("other.txt", text=TEXT + " More.")
    run_with(bare, [source(), other])
    run_with(bare, [source()])
    found = bare.diff("1", "2")
    assert {(change.kind, change.cause) for change in found.changes} == {("lost", "input")}
    assert found.changes[0].causes[0].what == "the article is not among the inputs of the second run (2)"
    assert {change.cause for change in bare.diff("2", "1").changes} == {"input"}
    assert bare.diff("1", "2", whole=True).changes == []  # the bare has it still


def test_another_text_of_the_same_input(store: Store) -> None:
    """What stands in both texts has not changed, though its id has; the rest has the text as its cause."""
    run_with(store, [source(text=TEXT.replace("\n\n", "\n\nA storm passed.\n\n"))])
    assert store.diff("1", "2").changes == []
    text = TEXT.replace("Two shepherds", "Six shepherds")

    def six(read: Record) -> Record:
        return toll(6)(read)

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

    run_with(store, [source(published="2021-05-06")], changed=later)
    (change,) = store.diff("1", "2").changes
    assert (change.field, change.kind, headline(change)) == ("dates", "changed", "date 2021-05-03 → 2021-05-05")
    assert change.causes == (Because(cause="text", what="published 2021-05-04 → 2021-05-06"),)


def test_page_rules_that_read_another_day(store: Store) -> None:
    """The same capture: the page's rules are the cause, not its publisher."""

    def later(read: Record) -> Record:
        (day,) = read.facts["dates"]
        facts = {**read.facts, "dates": (replace(day, earliest="2021-05-05", latest="2021-05-05"),)}
        return replace(read, article=replace(read.article, published="2021-05-06"), facts=facts)

    run_with(store, [source()], digests=digests("page"), changed=later)
    (change,) = store.diff("1", "2").changes
    what = "extractors/page/rules.yml: published 2021-05-04 → 2021-05-06"
    assert change.causes == (Because(cause="rule", what=what),)


def test_page_rules_that_find_no_article(store: Store) -> None:
    def nothing(read: Record) -> Record:
        article = replace(read.article, result="not_article", reason="a list of links", text="", about=(), regions=())
        return Record(id=read.id, article=replace(article, furniture=(), unread=()))

    moved = digests("page")
    run_id, _ = store.start_run("ingest", parameters={"n": 2}, digests=moved, versions=VERSIONS)
    store.note_parts(run_id, parts_of(moved))
    kept = capture(source())
    page = page_of(nothing(record(source())), kept.capture_id, moved)
    store.add_shard(run_id, [replace(entry(source()), outcome="not_article", reason="a list of links", page=page)])
    store.finish_run(run_id)
    found = store.diff("1", "2")
    assert {(change.kind, change.cause) for change in found.changes} == {("lost", "rule")}
    assert found.changes[0].causes[0].what.endswith("is taken for no article (a list of links)")


def test_incidents_by_their_own_code(store: Store) -> None:
    def other_day(read: Record) -> Record:
        return replace(read, incidents=(replace(read.incidents[0], latest="2021-05-04", date_precision=2),))

    also = {"incidents": {"extractors/incidents/toll.py": "other"}}
    run_with(store, [source()], digests=digests("incidents"), changed=other_day, also=also)
    (change,) = store.diff("1", "2").changes
    assert change.causes == (Because(cause="code", what="extractors/incidents/toll.py"),)
    assert differences(change) == [("date", "2021-05-03", "2021-05-03 to 2021-05-04")]


def test_a_rerun_is_compared_as_the_store_stood(bare: Store) -> None:
    """A rerun meets only what its change touches; the rest is neither lost nor gained."""
    other = source("other.txt", text=TEXT + " More.")
    run_with(bare, [source(), other])
    run_with(bare, [source()], digests=digests("casualties"), changed=toll(3), kind="rerun")
    found = bare.diff("1", "2")
    assert found.whole
    assert {(change.field, change.kind, change.input_id) for change in found.changes} == {
        ("casualties", "changed", "velm.html"),
        ("incidents", "changed", "velm.html"),
    }

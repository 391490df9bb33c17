"""Reductions: what each policy makes of the same claims, and where sources contradict each other."""

from pathlib import Path

import pytest

from dateline.extractors.article import read
from dateline.flows.cli import main
from dateline.models.article import Source
from dateline.models.policies import policies, policy_views
from dateline.models.store import Entry, Store
from dateline.models.store_rows import page_of
from tests.store_helpers import DIGESTS, VERSIONS, capture

TEXTS = {
    "range": "Between 10 and 16 people were killed on Monday when a drone fired on a house near Datta Khel.",
    "least": "At least 39 people, including 10 militants, were killed in an attack on Karachi airport on Sunday.",
    "words": "Dozens of people were killed on Tuesday when a market in Mosul was shelled.",
    "mixed": "Three soldiers and two children were killed in a blast in Quetta on Monday. Nine people were wounded.",
    "named": "Haji Omar, a Taliban commander, was killed in a raid in Kunduz on Friday.",
    "again": "Taliban commander Haji Omar was killed in a raid in Kunduz on Friday. "
    "“Our leader Haji Omar was martyred,” a spokesman said.",
    "nobody": "No one was hurt when a bomb went off in Kabul on Friday.",
    "two": "Police said seven people were killed in Friday's blast in Kabul. Hospital officials said 12 were killed.",
    "risen": "Police at first said 11 people were killed in Friday's blast in Kabul. The death toll later rose to 17, "
    "officials said. She was among the dead, her brother said.",
    "more": "Eleven people were killed in Friday's raid in Tank, the army said. Three more died in hospital, a "
    "doctor said.",
    "subset": "At least 17 people were killed in a blast in Kabul on Friday, officials said. Ten were wounded, the "
    "ministry said, and six of them were in a critical condition, a doctor said. One of the wounded died, she said.",
    "some": "At least 17 people, among them civilians, were killed in a blast in Kabul on Friday.",
    "who": "The army said 11 militants were killed in Monday's raid in Tank. Residents said 11 civilians were killed.",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """All texts, read and stored."""
    opened = Store.open(tmp_path_factory.mktemp("reductions") / "store.duckdb")
    run_id, _ = opened.start_run("ingest", parameters={}, digests=DIGESTS, versions=VERSIONS)
    opened.add_shard(run_id, [_entry(name, text) for name, text in TEXTS.items()])
    opened.finish_run(run_id)
    return opened


def _entry(name: str, text: str) -> Entry:
    given = Source(id=name, text=text, published="2021-05-08", origin=f"/texts/{name}")
    kept = capture(given)
    page = page_of(read(given), kept.capture_id, DIGESTS)
    return Entry(key=(f"/texts/{name}", name, 0), outcome="read", capture_id=kept.capture_id, capture=kept, page=page)


def _figures(store: Store, name: str, policy: str) -> dict[str, int | None]:
    (incident,) = (one.incident.id for one in store.incidents(main=True) if one.article.input_id == name)
    return {row.name: row.value for row in store.reductions(policy=policy) if row.incident_id == incident}


@pytest.mark.parametrize(
    ("name", "policy", "figures"),
    [
        ("range", "acled", {"fatalities": 10}),
        ("range", "tbij", {"killed_min": 10, "killed_max": 16}),
        ("range", "gtd", {"nkill": 10}),
        ("range", "ucdp", {"low": 10, "high": 16, "deaths_a": 0, "deaths_b": 0, "deaths_civilians": 0}),
        ("least", "acled", {"fatalities": 39}),
        ("least", "gtd", {"nkill": 39, "nkillter": 10}),
        ("least", "airwars", {"civilians_killed_min": 29, "civilians_killed_max": 29, "fighters_killed_min": 10}),
        ("least", "ucdp", {"best": 39, "deaths_b": 10, "deaths_unknown": 29}),
        ("words", "acled", {"fatalities": 12}),
        ("words", "tbij", {"killed_min": None, "killed_max": None}),
        ("words", "ucdp", {"best": None, "deaths_civilians": None}),
        ("mixed", "ucdp", {"best": 5, "deaths_a": 3, "deaths_civilians": 2, "deaths_unknown": 0}),
        ("mixed", "tbij", {"children_min": 2, "injured_max": 9}),
        ("mixed", "gtd", {"nkill": 5, "nkillter": None, "nwound": 9}),
        ("named", "airwars", {"civilians_killed_min": 0, "fighters_killed_min": 1}),
        ("named", "gtd", {"nkillter": 1}),
        ("again", "ucdp", {"best": 1, "deaths_b": 1}),
        ("some", "ucdp", {"best": 17, "deaths_civilians": 0, "deaths_unknown": 17}),
        ("two", "tbij", {"killed_min": 7, "killed_max": 12}),
        ("two", "acled", {"fatalities": 7}),
        ("who", "airwars", {"civilians_killed_min": 0, "fighters_killed_min": 0}),
    ],
)
def test_a_policy_records(store: Store, name: str, policy: str, figures: dict[str, int | None]) -> None:
    """Each organisation's own figure of one text."""
    found = _figures(store, name, policy)
    assert {key: found[key] for key in figures} == figures


def test_every_figure_names_its_facts(store: Store) -> None:
    """A figure whose source cannot be shown is no figure."""
    quotes = {fact.id: fact.quote for _, record in store.records() for fact in record.all_facts().values()}
    rows = [row for row in store.reductions() if row.value is not None]
    assert len(rows) > 20
    for row in rows:
        assert row.facts, row
        assert all(quotes[fact] in row.words for fact in row.facts), row


def test_contradictions_name_both_sources(store: Store) -> None:
    """Two figures that exclude each other, and people whom two sources take for different."""
    kinds = {(one.kind, one.one_attribution, one.other_attribution) for one in store.contradictions()}
    assert kinds == {("figure", "Police", "Hospital officials"), ("status", "The army", "Residents")}


def test_the_parts_of_a_toll_are_never_more_than_it(store: Store) -> None:
    """The four sides of UCDP make up its best figure."""
    sides = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
    found: dict[str, dict[str, int | None]] = {}
    for row in store.reductions(policy="ucdp"):
        found.setdefault(row.incident_id, {})[row.name] = row.value
    told = [row for row in found.values() if row["best"] is not None]
    assert len(told) > 8
    for row in told:
        assert sum(row[side] or 0 for side in sides) == row["best"], row


def test_a_policy_file_that_says_something_unknown_is_refused(tmp_path: Path) -> None:
    """The message names the file and what may stand there."""
    wrong = (
        "name: x\nversion: '1'\nafter: y\nwords: {}\ncolumns:\n  - {name: n, outcome: hurt, groups: all, figure: low}\n"
    )
    (tmp_path / "x.yml").write_text(wrong)
    with pytest.raises(ValueError, match=r"x\.yml: outcome of n must be one of killed"):
        policies(tmp_path)


def test_a_policy_cannot_write_sql() -> None:
    """Its words go into views as literals."""
    hostile = {"name": "x'; DROP TABLE page; --", "version": "1", "after": "y", "words": {}, "columns": []}
    with pytest.raises(ValueError, match="a policy may not hold"):
        policy_views([hostile])


def test_the_table_and_the_csv_say_the_same(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """`dateline reduce` policy by policy; an unknown policy is refused with those that there are."""
    store.close()
    assert main(["reduce", "--articles", "--policy", "tbij", "--db", str(store.path)]) == 0
    assert "10–16" in capsys.readouterr().out
    assert main(["reduce", "--articles", "--format", "csv", "--policy", "tbij", "--db", str(store.path)]) == 0
    assert ",killed_max,16," in capsys.readouterr().out
    assert main(["reduce", "--contradictions", "--db", str(store.path)]) == 0
    assert "Hospital officials" in capsys.readouterr().out
    assert main(["reduce", "--policy", "none", "--db", str(store.path)]) == 2
    assert "acled, airwars, gtd, tbij, ucdp" in capsys.readouterr().err

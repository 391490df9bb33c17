"""What holds of every record, whatever was read: over all fixtures, and over texts that nobody would write."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from itertools import combinations, product
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.extractors.article import read
from dateline.extractors.language.data import load_yaml
from dateline.extractors.language.rules import load_rules
from dateline.models.article import Source
from dateline.models.facts import Fact
from dateline.models.fields.casualties import CasualtyFact
from dateline.models.incident import Incident, Toll
from dateline.models.record import Record, json_schema
from dateline.models.span import Evidence
from tests.golden import FIXTURES, all_records, inputs, records
from tests.golden import given as sources_of

EXTRACTORS = Path(__file__).parent.parent / "extractors"
TOLLS = ("killed", "injured", "missing", "captured", "killed_or_injured")

# Words of the trade, so that the rules fire, in orders that make no sense.
PIECES = [
    "A drone strike killed five men near Miranshah on Thursday.",
    "At least 12 people, including 3 children, were killed in Mosul",
    "up to 1,200 civilians since 2004",
    "a commander and two of his bodyguards",
    "General Ada Brok, the army's chief of staff in Aden,",
    "Kabul condemned the strike",
    "on 11 and 12 June",
    "late on Monday and into Tuesday",
    "a day after the blast",
    "no one was hurt",
    "10–16 people were killed or wounded — 20 by some counts",
    "dozens died, 14 are missing and feared dead",
    "The toll rose to seventeen.",
    "Officials denied that 9 had died.",
    "Abu Omar: the group’s head in Kidal",
    "Read more here.",
    "Photo by Jane Roe/Example",
    "Tags: , ,",
    "\n  • Ghost says:\n\n    They killed 40 soldiers.\n",
    "Follow Ada Brok on Twitter: @adabrok",
    "“We lost 3 men,” said Lt. Col. J. Smith.",
]
GLUE = [" ", "  ", "\n", "\n\n", "\r\n", "\t", "\u00a0", "\u2028", "\u200b", "\u202e", "\u202c", "\u00ad", "\ufeff"]
NOISE = ["💥", "👩‍👩‍👧", "é", "e\u0301", "ﷺ", "مدينة", "…", "--", "“", "”", "'", "(", "]", "\0"]
DIGITS = ["0" * 30, "9" * 400, "1,2,3,4", "14²", "½", "Ⅻ", "١٢", "-7", "1e9"]

# Lines on which a pattern that can split them in many ways never ends; what they end in lets rules begin at all.
HOSTILE = [
    "0",
    " ",
    "x ",
    "aA",
    "a, ",
    "Ab ",
    "Ab-",
    "“a” ",
    "1,",
    "two and ",
    "1 ",
    "share ",
    "\u00a0",
    "|",
    "@a",
    "!",
]
ENDINGS = ["¤ shares, photo by, tags, read more here, follow us, newsletter, copyright", "¤ killed 12 June in Rome"]
LONGEST = 120  # seconds that one test may take on a slow machine; sound ones take less than one

mixtures = st.lists(st.sampled_from(PIECES + GLUE * 2 + NOISE + DIGITS), max_size=30).map("".join)
anything = st.text(max_size=200)
days = st.sampled_from([None, "2014-06-12", "2024-02-29", "2024-03", "0001-01-01", "9999-12-31"])
drawn = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.fixture(autouse=True)
def _in_time() -> Iterator[None]:
    """Fail, and do not hang, where something never ends."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"not done after {LONGEST} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(LONGEST)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("name", inputs())
def test_every_fixture_keeps_the_invariants(name: str) -> None:
    for record in records(name):
        check(record)


@given(text=st.one_of(mixtures, anything), published=days)
@drawn
def test_every_text_keeps_the_invariants(text: str, published: str | None) -> None:
    source = Source(id="drawn", text=text, published=published)
    record = read(source)
    check(record)
    assert record.to_json() == read(source).to_json()


@given(pieces=st.lists(mixtures, min_size=1, max_size=6))
@drawn
def test_every_page_keeps_the_invariants(pieces: list[str]) -> None:
    body = "".join(f"<p>{piece}</p>" for piece in pieces)
    page = f"<html><head><title>A page</title></head><body><article><h1>A page</h1>{body}</article></body></html>"
    check(read(Source(id="drawn", page=page.encode("utf-8", "replace"))))


@pytest.mark.parametrize("unit", HOSTILE)
def test_no_line_takes_forever(unit: str) -> None:
    for length, ending in product((60, 180, 5_000), ENDINGS):
        line = unit * (length // len(unit)) + ending
        check(read(Source(id="hostile", text=f"Two men were killed in Aden.\n\n{line}\n\n{line}")))


@pytest.mark.parametrize("name", inputs())
def test_the_same_input_gives_the_same_bytes_again(name: str) -> None:
    again = [read(source).to_json() for source in sources_of(name)]
    assert again == [record.to_json() for record in records(name)]


@pytest.mark.slow
def test_one_worker_and_four_write_the_same_bytes(tmp_path: Path) -> None:
    written = []
    for jobs, seed in (("1", "1"), ("4", "2")):  # another hash seed each: no order may hang on it
        out = tmp_path / f"{jobs}.jsonl"
        command = [sys.executable, "-m", "dateline.flows.cli", "extract", str(FIXTURES / "pages"), "--jobs", jobs]
        environment = os.environ | {"PYTHONHASHSEED": seed}
        subprocess.run([*command, "-o", str(out)], env=environment, check=True, capture_output=True)
        written.append(out.read_bytes())
    assert written[0] == written[1]
    here = [record.to_json() for name, record in all_records() if inputs()[name].parent.name == "pages"]
    assert written[0].decode("utf-8").splitlines() == here


def check(record: Record) -> None:
    """Fail where `record` breaks a promise."""
    validator().validate(json.loads(record.to_json()))
    text = record.article.text
    facts: list[Fact] = [fact for group in record.facts.values() for fact in group]
    assert len({fact.id for fact in facts}) == len(facts), "two facts share an id"
    for fact in facts:
        check_spans(fact, text)
        assert fact.rule in rule_ids(), f"no rules.yml holds {fact.rule}"
        for start, stop in record.article.unread:
            assert fact.stop <= start or stop <= fact.start, f"{fact.quote!r} was read in furniture"
    for item in record.article.furniture:
        assert item.rule in furniture_rules(), f"no rule of the page is {item.rule}"
    check_claims([fact for fact in facts if isinstance(fact, CasualtyFact)])
    check_incidents(record)


def check_spans(fact: Fact, text: str) -> None:
    """Every quote reads back at its place."""
    spans: list[Fact | Evidence] = [fact, *fact.evidence]
    for span in spans:
        assert 0 <= span.start < span.stop <= len(text)
        assert text[span.start : span.stop] == span.quote


def check_claims(claims: list[CasualtyFact]) -> None:
    """Intervals are intervals, and a claim that rests on another names one that is there."""
    ids = {claim.id for claim in claims}
    for claim in claims:
        assert in_order(claim.low, claim.best, claim.high), f"{claim.quote!r}: {claim.low}, {claim.best}, {claim.high}"
        for other in (claim.part_of, claim.supersedes):
            assert other is None or (other in ids and other != claim.id)
        if claim.vague is not None:
            assert (claim.low, claim.best, claim.high) == (None, None, None)


def check_incidents(record: Record) -> None:
    """Every value of an incident comes from facts of the record that may give it."""
    by_id = record.all_facts()
    incidents = {incident.id: incident for incident in record.incidents}
    assert len(incidents) == len(record.incidents)
    assert [incident.main for incident in record.incidents] == sorted(
        (incident.main for incident in record.incidents), reverse=True
    ), "the main incident does not stand first"
    assert sum(incident.main for incident in record.incidents) <= 1
    for incident in record.incidents:
        assert incident.part_of is None or incident.part_of in incidents.keys() - {incident.id}
        assert set(incident.facts) <= set(by_id)
        assert {fact for basis in incident.basis.values() for fact in basis} <= set(incident.facts)
        assert set(incident.leaders) <= {fact.name for fact in record.facts.get("leaders", ())}  # type: ignore[attr-defined]
        check_dates_and_places(incident, by_id)
        for outcome in TOLLS:
            check_toll(outcome, incident, by_id)


def check_dates_and_places(incident: Incident, by_id: dict[str, Fact]) -> None:
    """The interval is spanned by the dates it is based on; the place is one of the places."""
    assert (incident.earliest is None) == (incident.latest is None)
    if incident.earliest is not None:
        dates = [by_id[fact] for fact in incident.basis["date"]]
        assert incident.earliest in [fact.earliest for fact in dates]  # type: ignore[attr-defined]
        assert incident.latest in [fact.latest for fact in dates]  # type: ignore[attr-defined]
    if incident.place is not None:
        assert incident.place.id in incident.basis["place"]
        assert by_id[incident.place.id] == incident.place


def check_toll(outcome: str, incident: Incident, by_id: dict[str, Fact]) -> None:
    """A toll has claims under it, none of them cumulative, denied or possible, and its figures are sums of theirs."""
    toll: Toll | None = getattr(incident, outcome)
    basis = [by_id[fact] for fact in incident.basis.get(outcome, ())]
    if toll is None:
        return
    assert basis, f"{outcome} {toll} rests on nothing"
    claims = [fact for fact in basis if isinstance(fact, CasualtyFact)]
    for claim in claims:
        assert claim.scope != "cumulative", f"{claim.quote!r} is a total over time"
        assert claim.polarity == "affirmed", f"{claim.quote!r} is {claim.polarity}"
    assert in_order(toll.low, toll.best, toll.high)
    known = {figure for claim in claims for figure in (claim.low, claim.best, claim.high) if figure is not None}
    for figure in (toll.low, toll.best, toll.high):
        assert figure is None or figure in sums(claims) | known, f"{figure} does not come from {known}"


def sums(claims: list[CasualtyFact]) -> set[int]:
    """What figures of some of the claims add up to."""
    reached = {0}
    for claim in claims[:12]:
        figures = {figure for figure in (claim.low, claim.best, claim.high) if figure is not None}
        reached |= {total + figure for total in reached for figure in figures}
    return reached


def in_order(*figures: int | None) -> bool:
    """Whether those of the figures that are known do not fall."""
    known = [figure for figure in figures if figure is not None]
    return all(low <= high for low, high in combinations(known, 2)) and all(figure >= 0 for figure in known)


@cache
def validator() -> jsonschema.Draft202012Validator:
    """The validator of records, built once."""
    return jsonschema.Draft202012Validator(json_schema())


@cache
def rule_ids() -> frozenset[str]:
    """The ids of all rules of all fields."""
    return frozenset(rule.id for path in sorted(EXTRACTORS.glob("*/rules.yml")) for rule in load_rules(path))


@cache
def furniture_rules() -> frozenset[str]:
    """The ids of the page's rules: the entries that have one, in whichever of its data files."""
    files = [load_yaml(path) for path in sorted((EXTRACTORS / "page").glob("*.yml"))]
    entries = [entry for content in files if isinstance(content, list) for entry in content]
    return frozenset(entry["id"] for entry in entries if "id" in entry)

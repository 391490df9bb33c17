"""What holds of every text: spans read back, figures are in order, links lead somewhere, nothing raises."""

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.models.fields.casualties import CasualtyFact

from .tolls import read

VERBS = "killed|were killed|killing|wounded|injured|dead|died|lost their lives|bodies|were|was|death toll|rose to"
JOINTS = (
    "and|or|,|.|;|—|-|(|)|\n|\n\n|’s|“|”|😀|Zürich|to|of|the|between|since 2004|in two strikes|including|among them"
)
NUMBERS = (
    "at least|up to|more than|12|1,200|3-5|two|a dozen|dozens of|several|no|no one|none of|each|another|17-year-old"
)
PEOPLE = "soldiers|a policeman|his wife|people|militants|the driver|two of them|Karim Shah|himself|houses|years"
SPEECH = "along with|said|police|denied"
PIECES = [piece for pieces in (VERBS, JOINTS, NUMBERS, PEOPLE, SPEECH) for piece in pieces.split("|")]


def _check(text: str, facts: list[CasualtyFact]) -> None:
    ids = {fact.id for fact in facts}
    assert len(ids) == len(facts)
    for fact in facts:
        assert text[fact.start : fact.stop] == fact.quote != ""
        assert all(text[part.start : part.stop] == part.quote for part in fact.evidence)
        assert any(part.role == "cue" for part in fact.evidence)
        assert fact.part_of is None or fact.part_of in ids
        assert fact.supersedes is None or fact.supersedes in ids
        known = [value for value in (fact.low, fact.best, fact.high) if value is not None]
        assert known == sorted(known)
        assert all(value >= 0 for value in known)
        assert known or fact.vague or fact.derived


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_words_of_tolls_in_any_order(pieces: list[str]) -> None:
    text = " ".join(pieces)
    facts = read(text)
    _check(text, facts)
    assert read(text) == facts


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    _check(text, read(text))


@settings(max_examples=100, deadline=None)
@given(st.integers(min_value=2, max_value=999), st.sampled_from(["soldiers", "people", "children", "militants"]))
def test_any_number_is_read_in_every_construction(number: int, noun: str) -> None:
    for text in (
        f"The blast killed {number} {noun}.",
        f"{number} {noun} were killed in the blast.",
        f"{number} {noun} killed in blast",
        f"The blast left {number} {noun} dead.",
        f"The killing of {number} {noun} was condemned.",
        f"{number} {noun} died in the blast.",
    ):
        facts = read(text)
        assert [(fact.low, fact.best, fact.high) for fact in facts] == [(number, number, number)], text

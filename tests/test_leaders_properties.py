"""What holds of every text: spans read back, nothing raises, time grows with the text; and the data fits the shapes."""

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from dateline.extractors.language.data import load_yaml
from dateline.extractors.language.sentences import split
from dateline.extractors.language.tokenizer import blank_english
from dateline.extractors.leaders.component import read_leaders
from dateline.extractors.leaders.facts import plain
from dateline.extractors.leaders.identity import same_person
from dateline.extractors.leaders.lexicon import LANGUAGE
from dateline.models.fields.leaders import LeaderFact, RoleClass

from .steps import steps

NLP = blank_english()

PIECES = [
    "General", "Gen.", "Lt.", "commander", "leader", "spokesman", "head", "of", "the", "a", "group", "Heron",
    "Militia",
    "Ali", "Khan", "Abu", "Omar", "al-Harbi", "Pakistan", "'s", "’s", ",", ".", ":", "–", "-", "(", ")", "“", "”", "\n",
    "said", "was", "killed", "who", "leads", "led", "by", "also known as", "alias", "including", "and", "54", "deputy",
    "former",
    "minister", "for", "in", "died", "of", "death", "Jan.", "U.S.", "’", "according", "to", "claimed", "é",
]  # fmt: skip


def _doc(text: str) -> Doc:
    return split(NLP.make_doc(text))


def _leaders(text: str) -> list[LeaderFact]:
    return [fact for _, fact in read_leaders(_doc(text))]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join) | st.text(max_size=200))
def test_spans_read_back(text: str) -> None:
    facts = _leaders(text)
    for fact in facts:
        assert text[fact.start : fact.stop] == fact.quote
        assert fact.name
        for evidence in fact.evidence:
            assert text[evidence.start : evidence.stop] == evidence.quote
        words = {plain(evidence.quote) for evidence in fact.evidence}
        assert fact.role is None or fact.role in words
        assert fact.organisation is None or fact.organisation in words
        assert (fact.status == "mentioned") == (not any(evidence.role == "status" for evidence in fact.evidence))
    assert len({(fact.start, fact.stop) for fact in facts}) == len(facts)


@pytest.mark.parametrize(
    "unit",
    [
        "general ",
        "General Ali ",
        "General Ali Khan, commander of the Heron Militia, was killed and ",
        "Ali Khan: head of the group\n",
        "Key leaders killed:\n",
        "General Omar Khan alias Abu Ali ",
        "General Ali Khan. Khan said. ",
        "head of the ",
        ", who leads the group",
        "according to ",
        "“",
        "The Green Banner fighters said its leader, Ali Khan, left. ",
        "SHO Mardan Ali Khan was in Mardan. ",
        "John “El Green Lobo ",
        "Sons of the Delta Ansar al-Wadi ",
    ],
)
def test_steps_grow_with_the_text_and_not_faster(unit: str) -> None:
    def taken(times: int) -> int:
        doc = _doc(unit * times)
        return steps(lambda: read_leaders(doc))

    taken(20)  # what is made once and kept is no part of it
    assert taken(400) < 2.5 * taken(200)


def test_one_person_has_one_identity_and_one_name() -> None:
    text = (
        "Police chief Hakimullah Zadran spoke. Hakeemullah Zadran left. Zadran's driver stayed. Mayor Nur Zadran came."
    )
    facts = _leaders(text)
    assert [fact.quote for fact in facts] == ["Hakimullah Zadran", "Hakeemullah Zadran", "Zadran", "Nur Zadran"]
    assert len({fact.same_as for fact in facts[:3]}) == 1
    assert {fact.name for fact in facts[:3]} == {"Hakimullah Zadran"}
    assert facts[3].same_as != facts[0].same_as
    assert not same_person(facts[3].name, facts[0].name)


def test_furniture_is_not_read() -> None:
    doc = NLP.make_doc("By General Ali Khan\nNobody spoke.")
    doc._.unread = ((0, 19),)
    assert read_leaders(split(doc)) == []


def test_every_title_class_is_a_role_class_or_an_open_one() -> None:
    classes = set(load_yaml(LANGUAGE / "titles.yml"))
    assert classes - set(get_args(RoleClass)) == {"rank", "open", "lesser", "specialist"}

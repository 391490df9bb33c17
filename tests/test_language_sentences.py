"""The sentence splitter: what ends a sentence, and what does not."""

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from dateline.extractors.language import sentences as _sentences  # noqa: F401 - registers the component
from dateline.extractors.language.sentences import readable
from dateline.extractors.language.tokenizer import blank_english


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = blank_english()
    nlp.add_pipe("dateline_sentences")
    return nlp


def split(nlp: Language, text: str, unread: tuple[tuple[int, int], ...] = ()) -> list[str]:
    doc: Doc = nlp.make_doc(text)
    doc._.unread = unread
    for _, component in nlp.pipeline:
        doc = component(doc)
    return [sentence.text.strip() for sentence in readable(doc)]


@pytest.mark.parametrize(
    "text",
    [
        "Lt. Col. Ada Brandt led the U.S. convoy.",
        "The blast struck Gen. Okoro’s house near St. Mary’s.",
        "It came on Jan. 5 at 3.15 p.m. near Mt. Hermon.",
        "J. R. Santos, of the U.N. mission, left.",
        "He bought 3.5 million vs. 2.1 million last year.",
        "The site example.org was down.",
        "Forces of the U.K. Royal Navy came.",
    ],
)
def test_abbreviations_do_not_end_a_sentence(nlp: Language, text: str) -> None:
    assert split(nlp, text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They died. He lived.", ["They died.", "He lived."]),
        ("Gunmen fired\n\nThey fled", ["Gunmen fired", "They fled"]),
        ("Dead: 3\nHurt: 4", ["Dead: 3", "Hurt: 4"]),
        ("“They died.” He wept.", ["“They died.”", "He wept."]),
        ("He said: “They died.” “All?”", ["He said: “They died.”", "“All?”"]),
        ('"Who fired?" she asked. Nobody knew.', ['"Who fired?" she asked.', "Nobody knew."]),
        ("It happened in the U.S. The army denied it.", ["It happened in the U.S.", "The army denied it."]),
        ("Nobody knew… Then it rained.", ["Nobody knew…", "Then it rained."]),
        ("It came at 5 p.m. Police arrived.", ["It came at 5 p.m.", "Police arrived."]),
        ("He left (by car.) She stayed.", ["He left (by car.)", "She stayed."]),
        ("14 died. 20 were hurt.", ["14 died.", "20 were hurt."]),
    ],
)
def test_what_ends_a_sentence(nlp: Language, text: str, expected: list[str]) -> None:
    assert split(nlp, text) == expected


def test_furniture_is_no_sentence_and_its_edges_end_one(nlp: Language) -> None:
    text = "Nine died on the bridge Read more here. The army denied it."
    start = text.index("Read")
    assert split(nlp, text, ((start, start + len("Read more here.")),)) == [
        "Nine died on the bridge",
        "The army denied it.",
    ]


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "."])
def test_texts_without_words(nlp: Language, text: str) -> None:
    assert split(nlp, text) == ([text] if text == "." else [])

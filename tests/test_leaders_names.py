"""The grammar of names: what has the shape of a person's name, and what has not."""

import pytest

from dateline.extractors.language.names import person_names
from dateline.extractors.language.sentences import readable, split
from dateline.extractors.language.tokenizer import blank_english

NLP = blank_english()


def _names(text: str) -> list[str]:
    return [span.text for sentence in readable(split(NLP.make_doc(text))) for span in person_names(sentence)]


@pytest.mark.parametrize(
    "name",
    [
        "Kim Jong-un",
        "Ursula van der Meer",
        "Muhammad bin Salman",
        "Ali al-Harbi",
        "Ali al Harbi",
        "Abu Musab al-Suri",
        "Umm Khalid",
        "Óscar Romero y Galdámez",
        "H.W. Stone",
        "D. K. Singh",
        "Jean-Pierre Mbeki",
        "Recep Tayyip Aydın",
        "O’Brien Stone",
        "John “Jack” Smith Jr.",
        "Maulana Rahim",
        "Sheikh Noor",
        "Khalid as-Sadr",
        "Christian Ortiz",
        "JOHN STONE",
        "Anwar Zia-ul-Haq",
        "Jean de la Fontaine",
    ],
)
def test_names(name: str) -> None:
    assert _names(f"Yesterday {name} spoke.") == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Bacha Khan University and Abbas Town were closed.",
        "Operation Iron Fist began near Mount Sinjar.",
        "The United Nations met in New York on Monday.",
        "Iran-backed fighters left North Waziristan.",
        "The Prime Minister and the Defence Secretary spoke.",
        "NATO and the TTP denied it.",
        "In March, Afghan Police arrived.",
        "Kabul, Afghanistan",
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert _names(text) == []

"""Places of whole texts: what the examples cannot say one sentence at a time."""

import pytest

from dateline.extractors import pipeline
from dateline.models.article import Article
from dateline.models.fields.places import PlaceFact

from .steps import steps


def read(text: str) -> list[PlaceFact]:
    facts = pipeline.read_facts(Article(result="read", text=text))["places"]
    return [fact for fact in facts if isinstance(fact, PlaceFact)]


def test_one_sense_in_one_article() -> None:
    facts = read("A court sat in Athens, Georgia. Deputies said the men had left Athens before noon.")
    assert [(fact.quote, fact.admin1) for fact in facts if fact.quote == "Athens"] == [("Athens", "Georgia")] * 2


def test_company_decides_between_namesakes() -> None:
    abroad = read("Police in Tver and Kaluga asked the prefect in Moscow for help.")
    at_home = read("The sheriff of Latah County, Idaho, drove from Potlatch to Moscow.")
    assert [fact.country for fact in abroad] == ["RU", "RU", "RU"]
    assert next(fact for fact in at_home if fact.quote == "Moscow").admin1 == "Idaho"


def test_a_doubt_is_recorded() -> None:
    fact = read("The fire in Springfield burned all night.")[0]
    assert fact.candidates
    assert len({(candidate.admin1, candidate.country) for candidate in fact.candidates}) > 1


def test_a_name_that_nobody_resolves_has_no_point() -> None:
    for fact in read("The fire in Springfield burned all night. They met in Santa Rosa and San Isidro."):
        assert (fact.latitude is None) == (fact.precision is None) == (fact.longitude is None)


def test_a_village_that_no_list_has_stands_at_its_division() -> None:
    village, district, province = read("It fell on the village of Karez Tangi, Andar district, Ghazni province.")
    assert (village.name, village.geonameid, village.candidates) == ("Karez Tangi", None, ())
    assert (village.latitude, village.longitude) == (district.latitude, district.longitude)
    assert (village.precision, district.precision, province.precision) == (3, 3, 4)
    assert [piece.quote for piece in village.evidence] == ["village", "Andar"]


def test_a_part_of_a_villages_name_is_no_place() -> None:
    assert [fact.quote for fact in read("Rain fell on the village of London Bridge Springs Creek.")] == [
        "London Bridge Springs Creek"
    ]


def test_spans_read_back_with_odd_characters() -> None:
    head = "\u00a0\u2028KABUL, Afghanistan (May 2, 2011)\u2028\ufeff🚑 "
    text = f"{head}A mine exploded in Côte d’Ivoire’s north, near Ma’rib.\n"
    assert len(read(text)) == 4
    for fact in read(text):
        assert text[fact.start : fact.stop] == fact.quote
        assert all(text[piece.start : piece.stop] == piece.quote for piece in fact.evidence)


def test_furniture_is_not_read() -> None:
    text = "A bomb exploded in Kabul.\n\nPhoto taken in Paris, France."
    article = Article(result="read", text=text, unread=((27, len(text)),))
    assert [fact.quote for fact in pipeline.read_facts(article)["places"]] == ["Kabul"]


def test_same_text_same_facts() -> None:
    text = "Clashes in Aleppo, Idlib and Hama killed nine. Talks in Geneva, Paris and Springfield went on."
    assert read(text) == read(text)


WORST = {
    "names": "Paris Springfield Alexandria, Georgia and Washington ",
    "lists": "Paris, Lyon, Rome, ",
    "capitals": "NORTH ",
    "connectors": "Rio de la de la de la ",
    "containers": "Paris in Texas in Paris in Texas ",
    "hyphens": "al-al-al-Bab-",
    "persons": "Mr. John Paul George ",
    "long persons": "Abu Bakr al-Din al-Din al-",
    "villages": "the villages of Torske, Malynka and ",
    "villages behind": "raided Dan Gurgu Dan village in Kaduna state of ",
    "organisations": "Kurdistan Workers' Workers' Workers' ",
    "phrases": "islamic state in Iraq and Islamic ",
}


@pytest.mark.parametrize("piece", WORST.values(), ids=WORST.keys())
def test_steps_grow_with_the_text_and_not_faster(piece: str) -> None:
    read(piece * 20)  # what is made once and kept is no part of it
    assert steps(lambda: read(piece * 120)) < 2.5 * steps(lambda: read(piece * 60))

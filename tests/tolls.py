"""Reading tolls alone in tests: the casualties component without the other fields, and dates and places set by hand."""

from functools import cache

from spacy.language import Language

import dateline.extractors.casualties.component
import dateline.extractors.pipeline  # noqa: F401 - registers what every component needs
from dateline.extractors.incidents import gather
from dateline.extractors.language.tokenizer import blank_english
from dateline.models.article import Article
from dateline.models.fields.casualties import CasualtyFact
from dateline.models.fields.dates import DateFact
from dateline.models.fields.places import PlaceFact, PlaceRole
from dateline.models.ids import fact_id
from dateline.models.incident import Incident


@cache
def _pipeline() -> Language:
    nlp = blank_english()
    nlp.add_pipe("dateline_sentences")
    nlp.add_pipe("dateline_casualties")
    return nlp


def read(text: str) -> list[CasualtyFact]:
    """The casualty facts of a text, in text order."""
    nlp = _pipeline()
    doc = nlp.make_doc(text)
    doc._.article, doc._.unread, doc._.facts = Article(result="read", text=text), (), {}
    for _, component in nlp.pipeline:
        doc = component(doc)
    facts: list[CasualtyFact] = doc._.facts["casualties"]
    return sorted(facts, key=lambda fact: (fact.start, fact.stop, fact.outcome))


def one(text: str) -> CasualtyFact:
    """The only fact of a text."""
    facts = read(text)
    assert len(facts) == 1, [(fact.quote, fact.outcome) for fact in facts]
    return facts[0]


def figures(fact: CasualtyFact) -> tuple[int | None, int | None, int | None]:
    """low, best, high."""
    return fact.low, fact.best, fact.high


def day(text: str, quote: str, earliest: str, latest: str | None = None) -> DateFact:
    """The date fact on the first `quote` of a text."""
    start = text.index(quote)
    return DateFact(
        id=fact_id(text, "dates", start, start + len(quote)),
        start=start,
        stop=start + len(quote),
        quote=quote,
        rule="dates.test",
        earliest=earliest,
        latest=latest or earliest,
        precision=1 if latest in (None, earliest) else 2,
        granularity="day",
        anchor="text",
    )


def place(text: str, quote: str, *, admin1: str, precision: int = 1, role: PlaceRole = "event") -> PlaceFact:
    """The place fact on the first `quote` of a text, in a country of its own."""
    start = text.index(quote)
    return PlaceFact(
        id=fact_id(text, "places", start, start + len(quote)),
        start=start,
        stop=start + len(quote),
        quote=quote,
        rule="places.test",
        name=quote,
        country="XX",
        country_name="Testland",
        admin1=admin1,
        admin2=None,
        latitude=1.0,
        longitude=1.0,
        geonameid=start,
        precision=precision,
        role=role,
    )


def incidents(text: str, *others: DateFact | PlaceFact, published: str | None = None) -> tuple[Incident, ...]:
    """The incidents of a text with these dates and places, printed on the day `published`."""
    dates = [fact for fact in others if isinstance(fact, DateFact)]
    places = [fact for fact in others if isinstance(fact, PlaceFact)]
    facts = {"casualties": read(text), "dates": dates, "places": places, "leaders": []}
    return gather(Article(result="read", text=text, published=published), facts)


def killed(incident: Incident) -> tuple[int | None, int | None, int | None] | None:
    """The killed of an incident as low, best, high."""
    toll = incident.killed
    return None if toll is None else (toll.low, toll.best, toll.high)

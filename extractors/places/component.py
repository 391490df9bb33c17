"""Places, read from an article's readable sentences: found, told from other names, resolved, and given their part."""

from spacy.language import Language
from spacy.tokens import Doc, Span

from dateline.extractors.places.gazetteer import Place, in_use
from dateline.extractors.places.people import People
from dateline.extractors.places.precision import precision_of
from dateline.extractors.places.reading import Name, Text, find_names, national_words
from dateline.extractors.places.recognise import recognise
from dateline.extractors.places.resolve import resolve
from dateline.extractors.places.roles import set_roles
from dateline.extractors.places.spellings import find_spellings
from dateline.extractors.places.villages import add_villages
from dateline.models.fields.places import Candidate, PlaceFact
from dateline.models.ids import fact_id
from dateline.models.span import Evidence


@Language.factory("dateline_places")
class PlacesComponent:
    """Sets `doc.spans["places"]` (the rule as `span.id_`) and `doc._.facts["places"]`."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        text = Text.of(doc)
        names = find_names(text, in_use())
        respelled = find_spellings(text, names, in_use())
        if respelled:
            names = sorted([*names, *respelled], key=lambda name: name.start)
        places = recognise(text, names, People(text))
        resolve(places, [name for name in names if name.places[0].level == "people"], national_words(text))
        places = [name for name in places if name.place is not None or name.doubts]
        places = add_villages(text, places)
        set_roles(text, places)
        doc.spans["places"] = [Span(doc, name.start, name.stop, span_id=name.rule or "") for name in places]
        doc._.facts["places"] = [_fact(text, name) for name in places]
        return doc


def _fact(text: Text, name: Name) -> PlaceFact:
    start, stop = text.span(name.start, name.stop)
    place = name.place
    return PlaceFact(
        id=fact_id(text.text, "places", start, stop),
        start=start,
        stop=stop,
        quote=text.text[start:stop],
        rule=name.rule or "",
        evidence=_evidence(text, name),
        name=place.name if place and not name.unknown else name.quote,
        country=place.country if place else _shared_country(name.doubts),
        country_name=in_use().countries.get(place.country or "") if place else None,
        admin1=_admin1(place),
        admin2=_admin2(place),
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        geonameid=place.geonameid if place and not name.unknown else None,
        precision=precision_of(text, name),
        role=name.role,
        candidates=tuple(_candidate(doubt) for doubt in name.doubts),
    )


def _admin1(place: Place | None) -> str | None:
    if place is None:
        return None
    return place.name if place.level == "admin1" else place.admin1_name


def _admin2(place: Place | None) -> str | None:
    if place is None:
        return None
    return place.name if place.level == "admin2" else place.admin2_name


def _shared_country(places: tuple[Place, ...]) -> str | None:
    """The country that several doubtful readings agree on."""
    countries = {place.country for place in places}
    return countries.pop() if len(countries) == 1 and len(places) > 1 else None


def _candidate(place: Place) -> Candidate:
    return Candidate(
        name=place.name,
        country=place.country,
        admin1=_admin1(place),
        latitude=place.latitude,
        longitude=place.longitude,
        geonameid=place.geonameid,
    )


def _evidence(text: Text, name: Name) -> tuple[Evidence, ...]:
    found = [Evidence.of(text.text, "cue", *text.span(at, at + 1)) for at in (name.unit, name.cue) if at is not None]
    if name.within is not None:
        found.append(Evidence.of(text.text, "place", *text.span(name.within.start, name.within.stop)))
    return tuple(found)

"""Places, read from an article's readable sentences."""

from spacy.language import Language
from spacy.tokens import Doc

from dateline.extractors.language.sentences import readable
from dateline.models.fields.places import PlaceFact


@Language.factory("dateline_places")
class PlacesComponent:
    """Sets `doc.spans["places"]` (the rule as `span.id_`) and `doc._.facts["places"]`."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        facts: list[PlaceFact] = []
        for _sentence in readable(doc):
            pass
        doc._.facts["places"] = facts
        return doc

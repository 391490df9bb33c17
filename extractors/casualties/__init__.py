"""Casualties, read from an article's readable sentences."""

from spacy.language import Language
from spacy.tokens import Doc

from dateline.extractors.language.sentences import readable
from dateline.models.fields.casualties import CasualtyFact


@Language.factory("dateline_casualties")
class CasualtiesComponent:
    """Sets `doc.spans["casualties"]` (the rule as `span.id_`) and `doc._.facts["casualties"]`."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        facts: list[CasualtyFact] = []
        for _sentence in readable(doc):
            pass
        doc._.facts["casualties"] = facts
        return doc

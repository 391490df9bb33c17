"""Dates, read from an article's readable sentences."""

from spacy.language import Language
from spacy.tokens import Doc

from dateline.extractors.language.sentences import readable
from dateline.models.fields.dates import DateFact


@Language.factory("dateline_dates")
class DatesComponent:
    """Sets `doc.spans["dates"]` (the rule as `span.id_`) and `doc._.facts["dates"]`."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        facts: list[DateFact] = []
        for _sentence in readable(doc):
            pass
        doc._.facts["dates"] = facts
        return doc

"""Leaders, read from an article's readable sentences."""

from spacy.language import Language
from spacy.tokens import Doc

from dateline.extractors.language.sentences import readable
from dateline.models.fields.leaders import LeaderFact


@Language.factory("dateline_leaders")
class LeadersComponent:
    """Sets `doc.spans["leaders"]` (the rule as `span.id_`) and `doc._.facts["leaders"]`."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        facts: list[LeaderFact] = []
        for _sentence in readable(doc):
            pass
        doc._.facts["leaders"] = facts
        return doc

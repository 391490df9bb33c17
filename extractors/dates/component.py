"""Dates, read from an article's readable sentences.

`find` finds the words (`words` their classes, `named` the feasts, `titles` what is none); `resolve` and the `meanings`
(`days`, `weekdays`, `months`, `years`, `units`, `feasts`) give them their days; `anchor`, `datelines` and `tense` say
what relative ones are counted from, and which way; `facts` writes them down.
"""

from spacy.language import Language
from spacy.tokens import Doc

from dateline.extractors.dates.anchor import anchor_of
from dateline.extractors.dates.facts import fact
from dateline.extractors.dates.find import Finder
from dateline.extractors.dates.resolve import resolve
from dateline.extractors.language.sentences import readable


@Language.factory("dateline_dates")
class DatesComponent:
    """Sets `doc.spans["dates"]` (the rule as `span.id_`) and `doc._.facts["dates"]`."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self._finder = Finder(nlp.vocab)

    def __call__(self, doc: Doc) -> Doc:
        article = doc._.article
        sentences = self._finder.find(doc, readable(doc))
        resolved = resolve(sentences, anchor_of(article.published, sentences))
        doc.spans["dates"] = [expression.span for expression, _ in resolved]
        doc._.facts["dates"] = [fact(article.text, expression, reading) for expression, reading in resolved]
        return doc

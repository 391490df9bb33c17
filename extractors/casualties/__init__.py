"""Casualties: who was killed, hurt, missing or taken, how many, in whose words. A component over readable sentences."""

from spacy.attrs import LOWER
from spacy.language import Language
from spacy.tokens import Doc, Span

from dateline.extractors.casualties.compose import claims_of
from dateline.extractors.casualties.counts import find_counts
from dateline.extractors.casualties.cues import Cue, find_cues
from dateline.extractors.casualties.facts import Text, facts_of
from dateline.extractors.casualties.link import links
from dateline.extractors.casualties.roster import entry, opens_roster
from dateline.extractors.casualties.scene import scene_of
from dateline.extractors.casualties.sentence import Sentence
from dateline.extractors.casualties.status import Status, status_of
from dateline.extractors.casualties.subsets import gather_people
from dateline.extractors.language.sentences import readable
from dateline.models.fields.casualties import CasualtyFact


@Language.factory("dateline_casualties")
class CasualtiesComponent:
    """Sets `doc.spans["casualties"]` (the rule as `span.id_`) and `doc._.facts["casualties"]`."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        lower = _lower(doc)
        text = Text(doc)
        facts: list[CasualtyFact] = []
        roster: Cue | None = None
        for span in readable(doc):
            sentence = Sentence(doc, lower, span.start, span.end)
            cues = find_cues(lower[span.start : span.end], span.start)
            listed = entry(sentence, roster) if roster else None
            if listed is not None:
                facts += facts_of(text, [listed], [Status()], facts)
                continue
            facts += read_sentence(text, sentence, cues, facts)
            roster = opens_roster(sentence, cues)
        unique = list({fact.id: fact for fact in reversed(facts)}.values())[::-1]
        doc.spans["casualties"] = [_span(doc, fact) for fact in unique]
        doc._.facts["casualties"] = unique
        return doc


def _lower(doc: Doc) -> list[str]:
    """The words of a document in lower case, without the "Â" that a wrongly decoded no-break space leaves behind."""
    strings = doc.vocab.strings
    words = [strings[key] for key in doc.to_array([LOWER]).ravel().astype("uint64").tolist()]
    return [word.strip("â\xa0") or word if "â" in word else word for word in words]


def read_sentence(text: Text, sentence: Sentence, cues: list[Cue], before: list[CasualtyFact]) -> list[CasualtyFact]:
    """The facts of one sentence with these cues; `before` are those of the article so far."""
    if not cues:
        return []
    cue_words = frozenset(index for cue in cues for index in range(cue.start, cue.stop))
    people = gather_people(sentence, find_counts(sentence, cue_words))
    scene = scene_of(sentence, people, cues, cue_words)
    claims = claims_of(scene, list(links(scene)))
    statuses = [status_of(sentence, claim) for claim in claims]
    return facts_of(text, claims, statuses, before)


def _span(doc: Doc, fact: CasualtyFact) -> Span:
    span = doc.char_span(fact.start, fact.stop, span_id=fact.rule)
    if span is None:
        raise ValueError(f"casualties: {fact.quote!r} does not begin and end with tokens")
    return span

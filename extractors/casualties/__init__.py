"""Casualties: who was killed, hurt, missing or taken, how many, in whose words. A component over readable sentences."""

from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc, Span

from dateline.extractors.casualties.compose import claims_of
from dateline.extractors.casualties.corrections import retracting, takes_back
from dateline.extractors.casualties.counts import find_counts
from dateline.extractors.casualties.cues import Cue, continuing, find_cues
from dateline.extractors.casualties.facts import Text, denied, facts_of
from dateline.extractors.casualties.link import links
from dateline.extractors.casualties.phrases import phrases_between
from dateline.extractors.casualties.roster import entry, opens_roster
from dateline.extractors.casualties.scene import scene_of
from dateline.extractors.casualties.sentence import Sentence, sentence_of
from dateline.extractors.casualties.status import Status, status_of
from dateline.extractors.casualties.subsets import gather_people
from dateline.extractors.language.sentences import readable
from dateline.extractors.language.words import tokens_of
from dateline.models.fields.casualties import CasualtyFact

TOTAL = "casualties.toll"
RECENT = 3  # facts back to a death toll that "it stood at" goes on from


@Language.factory("dateline_casualties")
class CasualtiesComponent:
    """Sets `doc.spans["casualties"]` (the rule as `span.id_`) and `doc._.facts["casualties"]`."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        doc.spans["casualties"], doc._.facts["casualties"] = [], []
        if not len(doc):
            return doc
        tokens = tokens_of(doc, doc._.article.text)
        lower = [*map(_lower, tokens.text)]
        text = Text(tokens)
        facts: list[CasualtyFact] = []
        roster: Cue | None = None
        told = 0  # facts before those of the last sentence
        for span in readable(doc):
            words = lower[span.start : span.end]
            cues = find_cues(words, span.start)
            if not cues and roster is None and retracting().isdisjoint(words):
                told = len(facts)
                continue
            sentence = sentence_of(tokens, lower, span.start, span.end)
            listed = entry(sentence, roster) if roster else None
            if listed is not None:
                facts += facts_of(text, [listed], [Status()], facts)
                continue
            if withdrawn := takes_back(sentence):
                facts[told:] = [denied(text, fact, withdrawn) for fact in facts[told:]]
            told = len(facts)
            facts += read_sentence(text, sentence, cues, facts)
            roster = opens_roster(sentence, cues)
        unique = list({fact.id: fact for fact in reversed(facts)}.values())[::-1]
        doc.spans["casualties"] = [_span(doc, fact) for fact in unique]
        doc._.facts["casualties"] = unique
        return doc


@lru_cache(maxsize=1 << 14)
def _lower(token: str) -> str:
    """A word in lower case, without the "Â" that a wrongly decoded no-break space leaves behind."""
    word = token.lower()
    return word.strip("â\xa0") or word if "â" in word else word


def read_sentence(text: Text, sentence: Sentence, cues: list[Cue], before: list[CasualtyFact]) -> list[CasualtyFact]:
    """The facts of one sentence with these cues; `before` are those of the article so far."""
    cues = [
        cue for cue in cues if not _continues(sentence, cue) or any(fact.rule == TOTAL for fact in before[-RECENT:])
    ]
    if not cues or phrases_between(sentence, "fiction", sentence.start, sentence.stop):
        return []
    cue_words = frozenset(index for cue in cues for index in range(cue.start, cue.stop))
    people = gather_people(sentence, find_counts(sentence, cue_words), cue_words)
    scene = scene_of(sentence, people, cues, cue_words)
    claims = claims_of(scene, list(links(scene)))
    statuses = [status_of(sentence, claim) for claim in claims]
    return facts_of(text, claims, statuses, before)


def _continues(sentence: Sentence, cue: Cue) -> bool:
    """Whether a cue speaks of a toll only where the article has just done so: "it stood at"."""
    return cue.frame == "toll" and sentence.text(cue.start, cue.stop).lower() in continuing()


def _span(doc: Doc, fact: CasualtyFact) -> Span:
    span = doc.char_span(fact.start, fact.stop, span_id=fact.rule)
    if span is None:
        raise ValueError(f"casualties: {fact.quote!r} does not begin and end with tokens")
    return span

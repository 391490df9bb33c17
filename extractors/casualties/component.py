"""Casualties: who was killed, hurt, missing or taken, how many, in whose words. A component over readable sentences.

A sentence is read in this order, each step a module that knows only those before it:

    cues        the words that say what happened ("killed", "lost their lives", "death toll"), from cues.yml
    counts      the people: quantities, numbered (a number and its people), nounphrase (who they are)
    lists       people spoken of together; subsets: people who are part of others
    link        which people a cue speaks of: objects, subjects, verbs, pronouns, names (all look at one scene)
    compose     one figure for each link: one count, a sum, or so many in each
    status      how it is meant: polarity, scope, attribution, corrections, from the phrases of status.yml
    facts       the claims with their spans and evidence
    continued   what goes on from the sentence before: "four of them were children", "their bodies were found", rosters
"""

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Span

from dateline.extractors.casualties.compose import claims_of
from dateline.extractors.casualties.continued import bodies_of, entry, opens_roster, parts_of
from dateline.extractors.casualties.corrections import denies_death, retracting, takes_back
from dateline.extractors.casualties.counts import find_counts
from dateline.extractors.casualties.cues import Cue, find_cues, is_meant
from dateline.extractors.casualties.facts import Text, denied, facts_of
from dateline.extractors.casualties.link import links
from dateline.extractors.casualties.phrases import phrases_between
from dateline.extractors.casualties.scene import scene_of
from dateline.extractors.casualties.sentence import Sentence, lower_case, sentence_of, without_space
from dateline.extractors.casualties.status import Status, status_of
from dateline.extractors.casualties.subsets import gather_people
from dateline.extractors.language.sentences import readable
from dateline.extractors.language.tokens import tokens_of
from dateline.models.fields.casualties import CasualtyFact
from dateline.models.span import Evidence

TOTAL = "casualties.toll"
# One of these is in every sentence that goes on from the one before.
_GOES_ON = frozenset(
    {"include", "included", "includes", "them", "those", "among", "bodies", "body", "corpses", "corpse"}
)
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
        tokens, begin = without_space(tokens_of(doc, doc._.article.text))
        lower = [*map(lower_case, tokens.text)]
        text = Text(tokens)
        facts: list[CasualtyFact] = []
        roster: Cue | None = None
        told = 0  # facts before those of the last sentence
        for span in readable(doc):
            start, stop = begin[span.start], begin[span.end]
            words = lower[start:stop]
            cues = find_cues(words, start)
            fresh = told < len(facts) and not _GOES_ON.isdisjoint(words)
            retracts = not retracting().isdisjoint(words)
            if not (cues or fresh or retracts) and roster is None:
                told = len(facts)
                continue
            sentence = sentence_of(tokens, lower, start, stop)
            listed = entry(sentence, roster) if roster else None
            if listed is not None:
                facts += facts_of(text, [listed], [Status()], facts)
                continue
            if retracts and (withdrawn := takes_back(sentence)):
                facts[told:] = [denied(text, fact, withdrawn) for fact in facts[told:]]
            elif retracts and (alive := denies_death(sentence)) and len(facts) == told + 1 and facts[told].best == 1:
                facts[told] = denied(text, facts[told], alive)
            before, told = facts[told:], len(facts)
            facts += read_sentence(text, sentence, cues, facts)
            if fresh and told == len(facts):
                facts += go_on(text, sentence, before, facts)
            roster = opens_roster(sentence, cues)
        unique = list({fact.id: fact for fact in reversed(facts)}.values())[::-1]
        doc.spans["casualties"] = [_span(doc, fact) for fact in unique]
        doc._.facts["casualties"] = unique
        return doc


def read_sentence(text: Text, sentence: Sentence, cues: list[Cue], before: list[CasualtyFact]) -> list[CasualtyFact]:
    """The facts of one sentence with these cues; `before` are those of the article so far."""
    told = any(fact.rule == TOTAL for fact in before[-RECENT:])
    cues = [cue for cue in cues if is_meant(sentence, cue, cues, toll_told=told)]
    if not cues:
        return []
    cue_words = frozenset(index for cue in cues for index in range(cue.start, cue.stop))
    people = gather_people(sentence, find_counts(sentence, cue_words), cue_words)
    scene = scene_of(sentence, people, cues, cue_words)
    claims = claims_of(scene, list(links(scene)))
    if not claims or phrases_between(sentence, "fiction", sentence.start, sentence.stop):
        return []
    statuses = [status_of(sentence, claim) for claim in claims]
    return facts_of(text, claims, statuses, before)


def go_on(text: Text, sentence: Sentence, told: list[CasualtyFact], before: list[CasualtyFact]) -> list[CasualtyFact]:
    """The facts of a sentence that says more of those whom the one before it `told` of."""
    if bodies := bodies_of(sentence, told):
        claim, fact = bodies
        (found,) = facts_of(text, [claim], [status_of(sentence, claim)], before)
        whose = Evidence.of(text.text, "group", fact.start, fact.stop)
        return [replace(found, evidence=(*found.evidence, whose))]
    whole = next((fact for fact in told if fact.part_of is None and fact.low is not None), None)
    if whole is None:
        return []
    claims = parts_of(sentence, whole.outcome)
    meant = Status(whole.polarity, whole.scope)
    return [replace(fact, part_of=whole.id) for fact in facts_of(text, claims, [meant] * len(claims), before)]


def _span(doc: Doc, fact: CasualtyFact) -> Span:
    span = doc.char_span(fact.start, fact.stop, span_id=fact.rule)
    if span is None:
        raise ValueError(f"casualties: {fact.quote!r} does not begin and end with tokens")
    return span

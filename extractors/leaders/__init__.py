"""Leaders, read from an article's readable sentences."""

from spacy.language import Language
from spacy.tokens import Doc, Span

from dateline.extractors.language.sentences import readable
from dateline.extractors.language.words import Words, words_of
from dateline.extractors.leaders.facts import leader_fact
from dateline.extractors.leaders.find import introductions
from dateline.extractors.leaders.introduction import Introduction
from dateline.extractors.leaders.lexicon import offices
from dateline.extractors.leaders.lists import listed
from dateline.extractors.leaders.persons import gather
from dateline.models.fields.leaders import LeaderFact


@Language.factory("dateline_leaders")
class LeadersComponent:
    """Sets `doc.spans["leaders"]` (the rule as `span.id_`) and `doc._.facts["leaders"]`."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        spans: list[Span] = []
        facts: list[LeaderFact] = []
        for span, fact in read_leaders(doc):
            span.id_ = fact.rule
            spans.append(span)
            facts.append(fact)
        doc.spans["leaders"] = spans
        doc._.facts["leaders"] = facts
        return doc


def read_leaders(doc: Doc) -> list[tuple[Span, LeaderFact]]:
    """Every mention of a leader, in text order, with its span."""
    sentences = [words for words in map(words_of, readable(doc)) if len(words)]
    cued = {number for number, words in enumerate(sentences) if _has_cue(words)}
    if not cued:
        return []
    lines = {one.line: one for one in listed(sentences, cued)}
    introduced: list[tuple[int, Introduction]] = []
    for number in sorted(cued):
        line = lines.get(number)
        found = introductions(sentences[number])
        if line is not None:  # what a list says of the person of its line goes before the rest
            found = [line.introduction, *(one for one in found if one.name[0] >= line.introduction.name[1])]
        introduced += [(number, one) for one in found]
    text = doc.text
    facts = [
        leader_fact(text, sentences, person, mention, lines)
        for person in gather(sentences, introduced)
        for mention in person.mentions
    ]
    return sorted(facts, key=lambda found: (found[1].start, found[1].stop))


def _has_cue(words: Words) -> bool:
    """Whether a sentence has a word of titles or of leading: one without introduces nobody."""
    known = offices()
    return not (known.openers.isdisjoint(words.lower) and known.words["cues"].isdisjoint(words.lower))

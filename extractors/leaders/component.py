"""Leaders, read from an article's readable sentences."""

from functools import cache

from spacy.attrs import LOWER
from spacy.language import Language
from spacy.strings import get_string_id
from spacy.tokens import Doc, Span

from dateline.extractors.language.sentences import readable
from dateline.extractors.language.tokens import tokens_of
from dateline.extractors.language.words import words_of
from dateline.extractors.leaders.armed import armed_names
from dateline.extractors.leaders.facts import Account, leader_fact
from dateline.extractors.leaders.find import introductions
from dateline.extractors.leaders.introduction import Introduction
from dateline.extractors.leaders.later import later_fates
from dateline.extractors.leaders.lexicon import offices
from dateline.extractors.leaders.lists import listed
from dateline.extractors.leaders.persons import gather
from dateline.extractors.leaders.stations import without_station
from dateline.extractors.leaders.titles import titles_in
from dateline.models.fields.leaders import LeaderFact


@Language.factory("dateline_leaders")
class LeadersComponent:
    """Sets `doc.spans["leaders"]` (the rule as `span.id_`) and `doc._.facts["leaders"]`."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        spans: list[Span] = []
        facts: list[LeaderFact] = []
        for span, fact in read_leaders(doc, doc._.article.text):
            span.id_ = fact.rule
            spans.append(span)
            facts.append(fact)
        doc.spans["leaders"] = spans
        doc._.facts["leaders"] = facts
        return doc


def read_leaders(doc: Doc, text: str | None = None) -> list[tuple[Span, LeaderFact]]:
    """Every mention of a leader, in text order, with its span. `text` is `doc.text`, which spaCy makes anew from every
    token each time it is asked for; whoever has it gives it."""
    spans = readable(doc)
    cued = _cued(doc, spans)
    if not cued:
        return []
    text = doc.text if text is None else text
    tokens = tokens_of(doc, text)
    sentences = [words_of(span, tokens) for span in spans]
    titles = {number: titles_in(sentences[number]) for number in cued}
    lines = {one.line: one for one in listed(sentences, titles)}
    introduced: list[tuple[int, Introduction]] = []
    for number in cued:
        line = lines.get(number)
        found = introductions(sentences[number], titles[number])
        if line is not None:  # what a list says of the person of its line goes before the rest
            found = [line.introduction, *(one for one in found if one.name[0] >= line.introduction.name[1])]
        introduced += [(number, one) for one in found]
    introduced = without_station(sentences, introduced)
    persons = gather(sentences, introduced)
    account = Account(doc, text, sentences, lines, armed_names(sentences), later_fates(sentences, persons, titles))
    facts = [leader_fact(account, person, mention) for person in persons for mention in person.mentions]
    return sorted(facts, key=lambda found: (found[1].start, found[1].stop))


def _cued(doc: Doc, spans: list[Span]) -> list[int]:
    """The numbers of the sentences that have a word of titles or of leading: one without introduces nobody."""
    lower = doc.to_array([LOWER]).tolist()
    cues = _cue_ids()
    return [number for number, span in enumerate(spans) if not cues.isdisjoint(lower[span.start : span.end])]


@cache
def _cue_ids() -> frozenset[int]:
    """The cues as spaCy's ids of lower-case tokens, short forms with and without their full stop: comparing the ids of
    a sentence makes no object for any of its tokens."""
    known = offices()
    cues = known.openers | known.words["cues"]
    return frozenset(get_string_id(form) for cue in cues for form in (cue, f"{cue}."))

"""What goes on from the sentence before: "Four of them were children", "Their bodies were found"; and rosters, the
named dead listed line by line below a sentence that ends in "including:", each "Name: what he was"."""

from dataclasses import replace

from dateline.extractors.casualties.compose import Claim
from dateline.extractors.casualties.counts import find_counts
from dateline.extractors.casualties.cues import Cue
from dateline.extractors.casualties.figures import Figure, exact
from dateline.extractors.casualties.names import name_after
from dateline.extractors.casualties.sentence import Sentence
from dateline.extractors.casualties.shapes import Count, Stretch
from dateline.extractors.casualties.vocabulary import grammar, grammar_phrases
from dateline.models.fields.casualties import CasualtyFact, Outcome

OPENING = 4  # tokens of a sentence before its "include": "The 71 dead include"
LONGEST = 60  # tokens of a line that can be an entry; a paragraph ends the list
OPENINGS = frozenset(
    {"including", "include", "includes", "are", "were", "as", "follows", "following", "killed", "dead"}
)
OF_WHOM = frozenset({"them", "whom"})
FOUND = 6  # tokens from "their bodies" to "found"


def parts_of(sentence: Sentence, outcome: Outcome) -> list[Claim]:
    """The claims on parts of those just told of, in a sentence without words of its own for what happened to them:
    "The 71 include 44 civilians", "Among them were two girls", "Four of them were children"."""
    verb = _including(sentence)
    if verb is None and OF_WHOM.isdisjoint(sentence.words):
        return []  # most sentences
    counts = find_counts(sentence, frozenset())
    if verb is not None:
        first = next((index for index, count in enumerate(counts) if count.start == verb[1]), None)
        listed = [] if first is None else _listed(sentence, counts[first:])
    else:
        verb, listed = _described(sentence, counts)
    if verb is None:
        return []
    cue = Cue(verb[0], verb[1], "of", (outcome,))
    return [_claim(count, cue, outcome) for count in listed if count.kind not in ("zero", "pronoun")]


def bodies_of(sentence: Sentence, before: list[CasualtyFact]) -> tuple[Claim, CasualtyFact] | None:
    """The claim that those told of last as taken or missing are dead ("Their bodies were found"), and what told it."""
    if grammar("remains").isdisjoint(sentence.words):
        return None  # most sentences
    at = next((at for at in range(sentence.start, sentence.stop - 1) if _is_bodies(sentence, at)), None)
    found = at is not None and any(sentence.word(index) in grammar("finding") for index in range(at, at + FOUND))
    fact = next((fact for fact in reversed(before) if fact.part_of is None), None)
    if at is None or not found or fact is None or fact.outcome not in ("captured", "missing") or fact.best is None:
        return None
    if (fact.best > 1) != (sentence.word(at + 1) in ("bodies", "corpses")) or fact.polarity != "affirmed":
        return None
    figure = Figure(fact.low, fact.best, fact.high, fact.qualifier)
    cue = Cue(at + 1, at + 2, "event", ("killed",))
    return Claim(at, at + 2, "killed", figure, "casualties.bodies", cue, group_class=fact.group_class), fact


def _is_bodies(sentence: Sentence, at: int) -> bool:
    return sentence.word(at) in ("his", "her", "their") and sentence.word(at + 1) in grammar("remains")


def _including(sentence: Sentence) -> Stretch | None:
    """The "The 71 include", "They included" or "Among them were" that a sentence opens with, from its verb on."""
    start = sentence.start
    if length := sentence.phrase_at(start, grammar_phrases("among_them")):
        return start, start + length
    if sentence.word(start) not in ("the", "they", "those"):
        return None
    verbs = (at for at in range(start + 1, start + OPENING) if sentence.word(at) in ("include", "included", "includes"))
    return next(((at, at + 1) for at in verbs), None)


def _described(sentence: Sentence, counts: list[Count]) -> tuple[Stretch | None, list[Count]]:
    """The "were" of "Four of them were children", and the four as children."""
    if len(counts) < 2 or counts[0].start != sentence.start or counts[0].number is None:
        return None, []
    first, second = counts[0], counts[1]
    verb = (first.stop, first.stop + 1)
    were = sentence.word(verb[0]) in ("were", "was", "are", "is") and second.start == verb[1] and second.number is None
    if not were or sentence.word(first.stop - 1) not in OF_WHOM or second.group is None:
        return None, []
    return verb, [replace(first, group=second.group, group_class=second.group_class)]


def _listed(sentence: Sentence, counts: list[Count]) -> list[Count]:
    """The counts from the first on that only commas and an "and" part."""
    listed = counts[:1]
    for count in counts[1:]:
        gap = [sentence.word(at) for at in range(listed[-1].stop, min(count.start, listed[-1].stop + 3))]
        if count.start - listed[-1].stop > 2 or not all(word in (",", "and") for word in gap):
            break
        listed.append(count)
    return listed


def _claim(count: Count, cue: Cue, outcome: Outcome) -> Claim:
    numbers = (count.number,) if count.number is not None else ()
    groups = (count.group,) if count.group is not None else ()
    return Claim(
        count.start, count.stop, outcome, count.figure, "casualties.among", cue, numbers, groups, count.group_class
    )


def opens_roster(sentence: Sentence, cues: list[Cue]) -> Cue | None:
    """The cue of deaths of a sentence that ends in a colon after "including" or the like."""
    last = sentence.stop - 1
    if sentence.word(last) != ":" or sentence.word(last - 1) not in OPENINGS:
        return None
    return next((cue for cue in reversed(cues) if cue.outcomes == ("killed",)), None)


def entry(sentence: Sentence, cue: Cue) -> Claim | None:
    """The claim of a line of the list: its name, by the cue of the list's head. None where the line is no entry."""
    at = sentence.start
    while at < sentence.stop and not sentence.word(at)[0].isalpha():
        at += 1  # bullets
    if sentence.stop - at > LONGEST:
        return None
    name = name_after(sentence, at, frozenset())
    if name is None or sentence.word(name.stop) not in (":", ",", "–", "—", "-", "("):
        return None
    where = (name.start, name.stop)
    return Claim(name.start, name.stop, "killed", exact(1), "casualties.roster", cue, (), (where,), "unspecified")

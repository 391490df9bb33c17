"""Attribution: who makes a claim, as far as its own sentence says."""

from dateline.extractors.casualties.compose import Claim
from dateline.extractors.casualties.phrases import part_around, phrase_at, phrases_between
from dateline.extractors.casualties.sentence import Sentence
from dateline.extractors.casualties.shapes import Stretch
from dateline.extractors.casualties.vocabulary import grammar, word_classes

REACH = 40  # tokens between a claim and its speaker
LONGEST = 14  # tokens of a speaker: "a senior official of the Interior Ministry in the capital"


def attribution_of(sentence: Sentence, claim: Claim) -> Stretch | None:
    """Who says so: the speaker of the last verb of saying before the claim, else of the first after it.

    A semicolon ends what a speaker says.
    """
    begin, end = part_around(sentence, claim.start, claim.stop, REACH)
    places = [*reversed(_places(sentence, begin, claim.start)), *_places(sentence, claim.stop, end)]
    return next((found for at in places if (found := _source_at(sentence, claim, at))), None)


def _places(sentence: Sentence, start: int, stop: int) -> list[int]:
    """Where sources can be named, in order."""
    names = ("according", "says")
    return sorted({at for name in names for at in phrases_between(sentence, name, start, stop)})


def _source_at(sentence: Sentence, claim: Claim, at: int) -> Stretch | None:
    """The source that an "according to" or verb of saying at token `at` names."""
    if length := phrase_at(sentence, at, "according"):
        if claim.figure.qualifier == "range" and claim.numbers and claim.numbers[-1][1] == at == claim.stop:
            return None  # "12 people — 19 according to one hospital": only the second number's
        stop = _phrase_stop(sentence, at + length)
        return (at + length, stop) if stop > at + length else None
    if not phrase_at(sentence, at, "says"):
        return None
    if sentence.word(at).startswith("claim") and at < claim.start <= at + 4 and claim.cue.frame in ("of", "event"):
        return None  # "claimed the lives of 21"
    found = _speaker(sentence, at)
    overlaps = found is not None and found[0] < claim.stop and claim.start < found[1]
    return None if overlaps else found


def _speaker(sentence: Sentence, verb: int) -> Stretch | None:
    """The noun phrase right before a verb of saying; for "…", said X the one after."""
    start = verb
    while start > sentence.start and verb - start < LONGEST and _may_be_name(sentence, start - 1):
        if sentence.word(start - 1) in grammar("clause_openers"):
            break
        start -= 1
    if start == verb:
        stop = _phrase_stop(sentence, verb + 1)
        return (verb + 1, stop) if stop > verb + 1 and sentence.is_title(verb + 1) else None
    if sentence.word(start) in grammar("not_speakers") or phrase_at(sentence, start, "nobody"):
        return None
    stop = verb
    while stop > start and sentence.word(stop - 1) in grammar("after_speaker"):
        stop -= 1
    verbs = word_classes()["BE"] - {"'s"}  # "the governor's office"
    if stop == start or any(sentence.word(index) in verbs for index in range(start, stop)):
        return None
    return start, stop


def _phrase_stop(sentence: Sentence, start: int) -> int:
    at = start
    while at < min(sentence.stop, start + LONGEST) and _may_be_name(sentence, at):
        if sentence.word(at) in grammar("ends_speaker"):
            break
        at += 1
    return at


def _may_be_name(sentence: Sentence, at: int) -> bool:
    word = sentence.word(at)
    return word[:1].isalnum() or word in ("'s", "’s", "-", "’")

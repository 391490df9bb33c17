"""Polarity: whether a claim is affirmed, denied or merely possible."""

from dateline.extractors.casualties.compose import Claim
from dateline.extractors.casualties.corrections import taken_back
from dateline.extractors.casualties.phrases import phrase_at, phrases_between
from dateline.extractors.casualties.sentence import Sentence
from dateline.extractors.casualties.shapes import Stretch
from dateline.extractors.casualties.vocabulary import grammar
from dateline.models.fields.casualties import Polarity

REACH = 14  # tokens before a cue in which a word can deny it or put it in doubt
ATTACK = 4  # tokens of "the car bomb" before its "that killed nine"
VERB = 5  # tokens of a verb group: "may well have been killed"


def polarity_of(sentence: Sentence, claim: Claim) -> tuple[Polarity, Stretch | None]:
    """The polarity of a claim, and the words that say so. "To kill" is not "killed"; a withdrawn figure is denied."""
    cue, at = claim.cue, claim.cue.start - 1
    if withdrawn := taken_back(sentence, claim):
        return "denied", withdrawn
    if cue.frame == "nobody" or claim.figure.high == 0:
        return "affirmed", None
    if (
        cue.frame in ("finite", "befalls")
        and sentence.word(at) == "to"
        and sentence.word(at - 1) not in grammar("factual")
    ):
        return _infinitive(sentence, at)
    own, attack = _own_verb(sentence, claim), _presupposed(sentence, claim)
    names = ("denied", "possible", "ends")
    marks = {index for name in names for index in phrases_between(sentence, name, at - REACH, at + 1)}
    for index in sorted(marks, reverse=True):
        if index < attack or claim.start <= index < claim.stop:
            continue
        if claim.stop <= index < own and sentence.word(index) not in grammar("modals"):
            continue
        if index < min(claim.start, cue.start) and phrase_at(sentence, index, "ends"):
            break
        found = _doubt_at(sentence, index, claim)
        if found is not None:
            return found
    return "affirmed", None


def _presupposed(sentence: Sentence, claim: Claim) -> int:
    """The "the" of "the drone that killed nine", or of "the nine cooks killed there", of which whoever denies or doubts
    something before it does not deny that it is so; the sentence's start where there is none."""
    if claim.rule == "casualties.reduced" and sentence.word(claim.start) == "the":
        return claim.start
    that = claim.cue.start - 1
    if claim.rule != "casualties.object" or sentence.word(that) not in ("that", "which"):
        return sentence.start
    near = range(that - 2, max(sentence.start, that - ATTACK) - 1, -1)
    return next((at for at in near if sentence.word(at) == "the"), sentence.start)


def _own_verb(sentence: Sentence, claim: Claim) -> int:
    """The "and" before the claim's own verb, behind another verb of the same people, whose doubts are not its:
    "threatened the patrol and were killed". The claim's end where there is none."""
    for at in range(claim.cue.start - 1, max(claim.stop, claim.cue.start - VERB) - 1, -1):
        own = sentence.word(at + 1) in ("was", "were") or sentence.word(claim.cue.start) in grammar("past")
        if own and sentence.word(at) in ("and", "but"):
            return at
    return claim.stop


def _infinitive(sentence: Sentence, at: int) -> tuple[Polarity, Stretch]:
    """ "Denied plans to kill five" or "planned to kill five"."""
    for index in range(at - 1, max(sentence.start, at - REACH) - 1, -1):
        if length := phrase_at(sentence, index, "denied"):
            return "denied", (index, index + length)
    return "possible", (at, at + 1)


def _doubt_at(sentence: Sentence, at: int, claim: Claim) -> tuple[Polarity, Stretch] | None:
    """What the word at token `at` makes of the claim."""
    if length := phrase_at(sentence, at, "denied"):
        return ("denied", (at, at + length)) if _bears(sentence, at, claim) else None
    if length := phrase_at(sentence, at, "possible"):
        return ("possible", (at, at + length)) if _bears(sentence, at, claim) else None
    return None


def _bears(sentence: Sentence, at: int, claim: Claim) -> bool:
    """Whether the word at token `at` reaches the cue: a "not" or modal only from within the verb group."""
    word, cue = sentence.word(at), claim.cue
    close = cue.start - at <= VERB
    if sentence.is_title(at) and at > sentence.start:
        return False  # part of a name: "Doctors Without Borders", the month of May
    if word == "can" and at + 1 == cue.start and cue.frame == "participle":
        return False  # "a milk can killed five": the verb takes "kill", or "be killed"
    if word in grammar("modals"):
        if word == "would" and sentence.word(at + 1) == "later":
            return False  # "would later die" did
        return close and not any(
            sentence.word(index) in (",", "who", "which", "that") for index in range(at, cue.start)
        )
    if word == "sentenced":
        return sentence.word(cue.stop - 1) == "death"
    if word in ("possibly", "perhaps"):
        return cue.start - at <= 2 or at == claim.start - 1
    if word in grammar("governing"):
        return close or (sentence.word(at + 1) == "to" and cue.start - at <= VERB + 1 and cue.frame == "finite")
    return True

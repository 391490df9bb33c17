"""Scope: whether a claim is about one incident, several, or all of a period."""

from dateline.extractors.casualties.compose import Claim
from dateline.extractors.casualties.phrases import phrase_at
from dateline.extractors.casualties.sentence import Sentence
from dateline.extractors.casualties.shapes import Stretch
from dateline.extractors.casualties.vocabulary import grammar
from dateline.models.fields.casualties import Scope

REACH = 60  # tokens to either side of a claim: what stands further off in an endless sentence is not about it
COMPARED = 14  # tokens from "the deadliest" to "in recent years"
PERIODS = frozenset({"week", "month", "year", "decade", "quarter", "centurie", "century"})


def scope_of(sentence: Sentence, claim: Claim) -> tuple[Scope, Stretch | None]:
    """The scope of a claim, and the words that say so."""
    if habit := _habit(sentence, claim):
        return "cumulative", habit
    begin, end = max(sentence.start, claim.start - REACH), min(sentence.stop, claim.stop + REACH)
    several: Stretch | None = None
    for at in range(begin, end):
        length = phrase_at(sentence, at, "cumulative") or _period(sentence, at)
        if length and not _compared(sentence, at):
            return "cumulative", (at, at + length)
        length = phrase_at(sentence, at, "several") or (_two_days(sentence, at) if at >= claim.stop else 0)
        if length and several is None:
            several = at, at + length
    return ("incident", None) if several is None else ("several", several)


def _period(sentence: Sentence, at: int) -> int:
    """The length of "over the past 12 months" and the like at `at`; a few days are one incident's."""
    if sentence.word(at) not in ("in", "over", "during", "within", "for"):
        return 0
    start = at + 1 + (sentence.word(at + 1) == "the")
    if sentence.word(start) not in ("last", "past", "previous", "preceding"):
        return 0
    units = (unit for unit in range(start + 1, start + 5) if sentence.word(unit).rstrip("s") in PERIODS)
    return next((unit + 1 - at for unit in units), 0)


def _two_days(sentence: Sentence, at: int) -> int:
    """The length of "today and Wednesday" at `at`."""
    days = grammar("days")
    return 3 if sentence.word(at) in days and sentence.word(at + 1) == "and" and sentence.word(at + 2) in days else 0


def _compared(sentence: Sentence, at: int) -> bool:
    """Whether a period only says how rare this was: "the deadliest strike in recent years", "the first since 2004"."""
    words = grammar("superlatives")
    return any(sentence.word(index) in words for index in range(max(sentence.start, at - COMPARED), at))


def _habit(sentence: Sentence, claim: Claim) -> Stretch | None:
    """Where people without a number are what somebody does, and no event: "have killed civilians"."""
    figure, frame, at = claim.figure, claim.cue.frame, claim.cue.start - 1
    if claim.rule != "casualties.object" or (figure.low, figure.best, figure.high) != (None, None, None):
        return None
    perfect = (
        frame == "participle"
        and sentence.word(at) in ("have", "has")
        and sentence.word(at - 1) not in grammar("modals")
    )
    practice = frame == "gerund" and sentence.word(at) in ("in", "of", "for", "at", "is", "are")
    present = frame == "finite" and any(
        sentence.word(index) in ("when", "to", "and") for index in range(at - 3, at + 1)
    )
    return (at, claim.cue.start) if at >= sentence.start and (perfect or practice or present) else None

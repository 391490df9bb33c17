"""Scope: whether a claim is about one incident, several, or all of a period."""

from dateline.extractors.casualties.compose import Claim
from dateline.extractors.casualties.phrases import part_around, phrase_at, phrases_between
from dateline.extractors.casualties.sentence import Sentence
from dateline.extractors.casualties.shapes import Stretch
from dateline.extractors.casualties.vocabulary import grammar
from dateline.models.fields.casualties import Scope

REACH = 60  # tokens to either side of a claim: what stands further off in an endless sentence is not about it
VERB = 8  # tokens from "recorded" to its figure
COMPARED = 14  # tokens from "the deadliest" to "in recent years"
SHORT = frozenset({"day", "hour", "minute"})
PERIODS = frozenset({"week", "month", "year", "decade", "quarter", "centurie", "century"})


def scope_of(sentence: Sentence, claim: Claim) -> tuple[Scope, Stretch | None]:
    """The scope of a claim, and the words that say so."""
    if habit := _habit(sentence, claim) or _rate(sentence, claim):
        return "cumulative", habit
    begin, end = part_around(sentence, claim.start, claim.stop, REACH)
    clause = max(phrases_between(sentence, "relating", begin, claim.start), default=begin)
    if tally := _tally(sentence, claim, begin, end):
        return "cumulative", tally
    periods = {at: phrase_at(sentence, at, "cumulative") for at in phrases_between(sentence, "cumulative", begin, end)}
    for at in phrases_between(sentence, "within", begin, end):
        periods[at] = periods.get(at) or _period(sentence, at)
    for at, length in sorted(periods.items()):
        if (
            length
            and not _names_day(sentence, at, length)
            and not _compared(sentence, at)
            and not _lasts(sentence, claim, at)
        ):
            return "cumulative", (at, at + length)
    several = [
        (at, at + phrase_at(sentence, at, "several"))
        for at in phrases_between(sentence, "several", clause, end)
        if all(sentence.word(index) != ":" for index in range(at, claim.start))  # "two attacks: one killed six, one …"
    ]
    if items := _itemised(sentence, claim):
        several.append(items)
    several += [(at, at + 3) for at in phrases_between(sentence, "days", claim.stop, end) if _two_days(sentence, at)]
    return ("several", min(several)) if several else ("incident", None)


def _period(sentence: Sentence, at: int) -> int:
    """The length of "over the past 12 months" and the like at `at`; a few days are one incident's."""
    start = at + 1 + (sentence.word(at + 1) == "the")
    if sentence.word(start) not in ("last", "past", "previous", "preceding"):
        return 0
    units = (unit for unit in range(start + 1, start + 5) if sentence.word(unit).rstrip("s") in PERIODS)
    return next((unit + 1 - at for unit in units), 0)


def _tally(sentence: Sentence, claim: Claim, begin: int, end: int) -> Stretch | None:
    """Where a month follows what a body recorded: "documented 71 deaths in the three regions in March"."""
    verbs = range(max(begin, claim.start - VERB), claim.start)
    if grammar("recording").isdisjoint(map(sentence.word, verbs)):
        return None
    months = (at for at in range(claim.stop, end - 1) if sentence.word(at) in ("in", "for", "during"))
    return next(((at, at + 2) for at in months if sentence.word(at + 1) in grammar("months")), None)


def _itemised(sentence: Sentence, claim: Claim) -> Stretch | None:
    """The colon of a total whose items of several days follow: "three dead: two on Monday and one on Tuesday"."""
    stop = min(sentence.stop, claim.stop + REACH)
    colon = next((at for at in range(claim.stop, stop) if sentence.word(at) == ":"), None)
    if colon is None or len({sentence.word(at) for at in phrases_between(sentence, "days", colon, stop)}) < 2:
        return None
    return colon, colon + 1


def _two_days(sentence: Sentence, at: int) -> bool:
    """Whether the day at `at` begins a "today and Wednesday"."""
    return sentence.word(at + 1) == "and" and phrase_at(sentence, at + 2, "days") > 0


def _names_day(sentence: Sentence, at: int, length: int) -> bool:
    """Whether a period is that of a day or month ("on 18 May of last year", "in March last year") or of an event ("in
    last week's blast")."""
    before = sentence.word(at - 1)
    return before == "of" or before in grammar("months") or sentence.word(at + length) in ("'s", "’s")


def _compared(sentence: Sentence, at: int) -> bool:
    """Whether a period only says how rare this was: "the deadliest strike in recent years", "the first since 2004"."""
    before = map(sentence.word, range(max(sentence.start, at - COMPARED), at))
    return not grammar("superlatives").isdisjoint(before)


def _rate(sentence: Sentence, claim: Claim) -> Stretch | None:
    """Where so many die in each of many periods: "kills 600,000 people a year"."""
    at = claim.stop
    if sentence.word(at) not in ("a", "every", "each", "per") or sentence.word(at + 1) not in PERIODS | SHORT:
        return None
    return None if sentence.word(at + 2) in grammar("since_then") else (at, at + 2)


def _lasts(sentence: Sentence, claim: Claim, at: int) -> bool:
    """Whether a "since" at token `at` says how long something else has lasted: "a man held since July"."""
    own = claim.cue.start <= at - 1 < claim.cue.stop
    return sentence.word(at) == "since" and sentence.word(at - 1) in grammar("lasting") and not own


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

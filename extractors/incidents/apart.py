"""Whether the words around a claim say that it is of another event than those told of before it."""

import re

from dateline.extractors.incidents.occasions import is_next, is_separate
from dateline.extractors.incidents.relations import hurt, repeats
from dateline.extractors.incidents.text import Layout
from dateline.models.fields.casualties import CasualtyFact
from dateline.models.fields.dates import DateFact
from dateline.models.fields.places import PlaceFact

TOTAL = "casualties.toll"
OPENING = 24  # characters of a sentence in which "The following morning" stands
SEPARATE = 60  # characters behind a claim: "three died in a separate clash"
CLAUSE = 120  # characters before a claim in which its clause begins
_CLAUSE_END = re.compile(r"[,;]|\sand\s")
_SAME_DAY = re.compile(r"\bsame\b", re.IGNORECASE)
_BEHIND = re.compile(r"[^.;]{0,40}?\bthe (?:next|following) (?:day|morning|night|evening)\b")
# "; a day after, a mine took three more lives", ", and two days later, in Orvan, a mine killed six"
_LATER = re.compile(
    r"(?:;|,? and|,) (?:a|one|two|three|four|five|six) (?:day|week)s? (?:later|after|afterwards|earlier|before),"
    r" (?:[^,;.]{1,40}, ){0,2}an? [^,;.]{1,40}$"
)
# "Guided bombs also hit a mill in Orvan and wounded six": no "the", which would be the attack told of before
_ALSO = re.compile(r"(?:An? )?(?!The|This|That|It|He|She|They|These|Those|Both|All)\w+(?: [a-z]+){0,2} also [a-z]+ed\b")
# "- Aug. 10: Two men shot dead in Orvan": each line of a chronology
_LINE = re.compile(r"(?:[-*–•]\s*)?$")


def is_apart(layout: Layout, claim: CasualtyFact, date: DateFact | None, place: PlaceFact | None) -> bool:
    """Whether the words around a claim say that it is another event's: "in a separate clash", "The next day" where
    nobody knows which day that was, or "the same day" and a place."""
    if claim.rule == TOTAL:
        return False
    start, stop = layout.bounds(layout.sentence(claim.start))
    before = layout.text[start : claim.start]
    if date is None and is_next(before[:OPENING]) and not _is_known(layout, claim):
        return True
    if place is not None and date is not None and _SAME_DAY.search(date.quote):
        return not _is_known(layout, claim)  # "In Orvan a guard was shot the same day"
    if date is None and is_next_day(layout, claim) and not hurt(layout, claim):
        return True  # "the three guards who were gunned down the next day"
    if later_at(layout, claim) is not None or (place is not None and _ALSO.match(before)):
        return not _is_known(layout, claim)
    if date is not None and _opens_line(layout, date, claim):
        return True
    behind = layout.text[claim.stop : min(stop, claim.stop + SEPARATE)]
    return is_separate(before) or is_separate(_CLAUSE_END.split(behind, 1)[0])


def later_at(layout: Layout, claim: CasualtyFact) -> int | None:
    """Where the "and two days later" stands with which the clause of a claim goes on to another event."""
    found = _LATER.search(
        layout.text, max(layout.bounds(layout.sentence(claim.start))[0], claim.start - CLAUSE), claim.start
    )
    return found.start() if found else None


def is_next_day(layout: Layout, claim: CasualtyFact) -> bool:
    """Whether "the next day" stands behind a claim in its sentence."""
    return _BEHIND.match(layout.text, claim.stop, layout.bounds(layout.sentence(claim.start))[1]) is not None


def _opens_line(layout: Layout, date: DateFact, claim: CasualtyFact) -> bool:
    """Whether a claim is the first behind the date and the colon with which its paragraph or line begins."""
    line = layout.text.rfind("\n", max(0, date.start - len("- On the ")), date.start) + 1
    if not line or not _LINE.match(layout.text, line, date.start):
        return False
    return layout.text[date.stop : date.stop + 1] == ":" and claim.start - date.stop <= len(": at least ")


def _is_known(layout: Layout, claim: CasualtyFact) -> bool:
    """Whether a claim's people were told of before: "two of the wounded", "their bodies"."""
    return hurt(layout, claim) or repeats(claim)

"""How two claims of one incident stand to each other, as far as the words around them tell."""

import re
from collections.abc import Sequence

from dateline.extractors.incidents.occasions import is_earlier, words
from dateline.extractors.incidents.text import Layout
from dateline.models.fields.casualties import CasualtyFact

TOTAL = "casualties.toll"
REACH = 300  # characters between two figures of one sentence
STALE = 50  # characters before a figure in which a word can make it an earlier one
RECENT = 12  # facts of one share that are looked at
OPENING = 4  # words at a sentence's start in which those who did it stand
_WORD = re.compile(r"[\w’'-]+")


def beside(layout: Layout, old: Sequence[CasualtyFact], new: CasualtyFact) -> bool:
    """Whether both stand in one sentence."""
    sentence = layout.sentence(new.start)
    return any(layout.sentence(fact.start) == sentence for fact in old[-RECENT:])


def parted(layout: Layout, old: Sequence[CasualtyFact], new: CasualtyFact) -> bool:
    """Whether two figures of one sentence are two groups of people: no word between brings in another report, neither
    is a total, and the number is not merely said again."""
    if TOTAL in (old[-1].rule, new.rule) or reported(layout, old, new):
        return False
    again = (old[-1].low, old[-1].high) == (new.low, new.high) and old[-1].rule != new.rule
    return not (again and old[-1].group_class == new.group_class)


def reported(layout: Layout, old: Sequence[CasualtyFact], new: CasualtyFact) -> bool:
    """Whether another report is brought in between two figures: "killing five, with some reports suggesting eight"."""
    return not words("reporting").isdisjoint(_found(layout.text[max(old[-1].stop, new.start - REACH) : new.start]))


def differ(old: Sequence[CasualtyFact], new: CasualtyFact) -> bool:
    """Whether two named sources give figures for the same kind of people."""
    mine, theirs = new.attribution, old[-1].attribution
    return bool(mine and theirs and mine != theirs and old[0].group_class == new.group_class)


def rose_after(layout: Layout, old: Sequence[CasualtyFact], new: CasualtyFact) -> bool:
    """Whether a toll holds already those who died next: "climbed to eleven after four of the injured succumbed"."""
    between = _found(layout.text[max(old[-1].stop, new.start - REACH) : new.start])
    return old[-1].rule == TOTAL and not {"after", "as", "when"}.isdisjoint(between[-3:])


def is_own(fact: CasualtyFact) -> bool:
    """Whether a toll is set against another's: "the army's own figure is nine"."""
    return any(part.role == "cue" and part.quote.lower().startswith("own ") for part in fact.evidence)


def adds(layout: Layout, fact: CasualtyFact) -> bool:
    """Whether the words of the count, or an "also" right before its cue, say that these people come on top; of a list
    the first item's words: "14 people and three others" may all have been told of before."""
    numbers = [part.start for part in fact.evidence if part.role == "number"]
    stop = numbers[1] if fact.derived and len(numbers) > 1 else fact.stop
    count = _found(layout.text[fact.start : stop])
    if not words("adding").isdisjoint(count):
        return True
    if hurt(layout, fact):
        return True  # "two of the wounded later died"
    cues = (part.start for part in fact.evidence if part.role == "cue")
    return any("also" in _found(layout.text[max(0, start - 16) : start])[-2:] for start in cues)


def hurt(layout: Layout, fact: CasualtyFact) -> bool:
    """Whether those who died were wounded before: "two of the wounded"."""
    return fact.outcome == "killed" and was_hurt(layout.text[fact.start : fact.stop])


def was_hurt(words_between: str) -> bool:
    """Whether the words between people and their death say that they were hurt before it."""
    return not words("hurt").isdisjoint(_found(words_between))


def repeats(fact: CasualtyFact) -> bool:
    """Whether a count speaks of people spoken of before: "the three", "both"."""
    first = _WORD.search(fact.quote.lower())
    return first is not None and first.group() in words("repeating")


def is_stale(layout: Layout, fact: CasualtyFact) -> bool:
    """Whether a figure is given as an earlier one: "it had earlier put the number of dead at nine"."""
    before = layout.text[max(layout.bounds(layout.sentence(fact.start))[0], fact.start - STALE) : fact.start]
    return is_earlier(before)


def is_victims(layout: Layout, fact: CasualtyFact) -> bool:
    """Whether a sentence that opens with fighters tells whom they killed: "Gunmen on motorcycles killed a man". A bare
    number may be their own dead, and so may those of a sentence in which both sides fought."""
    if fact.group is None:
        return False
    start = layout.bounds(layout.sentence(fact.start))[0]
    cue = next((part.start for part in fact.evidence if part.role == "cue"), fact.stop)
    if cue > fact.start:
        return False
    before = _found(layout.text[start : min(cue, start + REACH)])
    opening = next((index for index, word in enumerate(before[:OPENING]) if word in words("fighters")), None)
    if opening is None or not words("joining").isdisjoint(before[:opening]):
        return False
    return words("fighting").isdisjoint(before)


def _found(text: str) -> list[str]:
    return _WORD.findall(text.lower())

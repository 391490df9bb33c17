"""What happened to a person in a sentence: killed, captured, injured, target, or merely mentioned.

The words must be about this person: the subject of "was killed" (subjects.py), the object of "killed", the "of" of "the
death of" (objects.py), the owner of "'s death". Whoever stands behind another preposition ("the wife of X was killed")
or owns something else ("X's successor was killed") is mentioned and no more.
"""

from dataclasses import replace

from dateline.extractors.language.words import Words
from dateline.extractors.leaders.lexicon import Range, is_possessive, is_word
from dateline.extractors.leaders.objects import said_before
from dateline.extractors.leaders.reading import ORDER, Reading, doubted, fates, is_fate, status, tells_fate
from dateline.extractors.leaders.subjects import said_after

_CLAIM_REACH = 40  # words from the status to its "according to"
_LONGEST_SOURCE = 14  # words of "according to provincial police and hospital officials"
_DOUBT = 8  # words back in which a rumour about "X's death" is looked for


def status_of(words: Words, name: Range, phrase: Range) -> Reading | None:
    """What the sentence says happened to the person named at `name`, introduced by the words of `phrase`; None where
    he or she is merely mentioned."""
    if not tells_fate(words):
        return None  # most sentences
    phrase = min(phrase[0], name[0]), max(phrase[1], name[1])
    if is_possessive(words, name[1]):
        found = [_possessed(words, name[1] + 1)]
    elif is_possessive(words, phrase[1]):
        return None
    else:
        after = said_after(words, name, phrase)
        before = said_before(words, phrase, listed=after is None)
        found = [_adjective(words, phrase[0], name[0]), before, after]
    readings = [reading for reading in found if reading is not None]
    if not readings:
        return None
    return _attributed(words, min(readings, key=lambda reading: ORDER.index(reading.status)))


def status_cue(words: Words) -> Reading | None:
    """The first status a sentence says of anybody: what the head of a list says of those it lists."""
    lexicon = fates()
    for index in range(len(words)):
        found = lexicon.participles.at(words, index) or lexicon.intransitive.at(words, index)
        if found is not None:
            return Reading(status(found[1]), (index, found[0]))
        for size in (3, 2, 1):
            active = lexicon.active.get(tuple(words.lower[index : index + size]))
            if active is not None:
                return Reading(active, (index, min(index + size, len(words))))
    return None


def is_among_them(words: Words, name: Range) -> bool:
    """Whether a sentence opens "Among them was X": what befell X is in the sentence before."""
    opened = words.joined(0, 2) in ("among them", "they included", "they include", "these included")
    if not opened:
        return False  # most sentences
    spoken = any(is_word(words, index, "speech") for index in range(2, name[0]))
    return not spoken and not is_possessive(words, name[1])


def _possessed(words: Words, index: int) -> Reading | None:
    """ "Mehsud's death", "Bajwa's reported arrest"; not "X's killing of five men"."""
    for at in range(index, min(index + 3, len(words))):
        found = fates().possessed.at(words, at)
        if found is not None:
            own = words.lower[found[0] : found[0] + 1] != ["of"] and not doubted(words, index - _DOUBT, at)
            return Reading(status(found[1]), (at, found[0])) if own else None
    return None


def _adjective(words: Words, start: int, stop: int) -> Reading | None:
    """ "the slain commander X"."""
    for index in range(start, min(start + 5, stop)):
        found = fates().adjectives.at(words, index)
        if found is not None:
            return Reading(status(found[1]), (index, found[0]))
    return None


def _attributed(words: Words, reading: Reading) -> Reading:
    """The reading, with who claims it: "according to officials", "the group claimed"."""
    if reading.hedge is not None:
        return reading
    cue = reading.cue
    for index in range(max(0, cue[0] - _CLAIM_REACH), min(len(words) - 1, cue[1] + _CLAIM_REACH)):
        if words.lower[index] == "according" and words.lower[index + 1] == "to":
            source = index + 2, _source_stop(words, index + 2)
            return replace(reading, hedge=source) if source[0] < source[1] else reading
        closing = index > cue[1] and words.lower[index + 1] in (".", "”", '"')  # ", a security source claimed."
        claimed = index > 0 and is_fate(words, index, "claims") and words.lower[index + 1] != "responsibility"
        if claimed and (index < cue[0] or closing):
            return replace(reading, hedge=_claimant(words, index))
    return reading


def _source_stop(words: Words, start: int) -> int:
    stop = start
    while stop < min(len(words), start + _LONGEST_SOURCE) and not is_fate(words, stop, "source_ends"):
        stop += 1
    return stop


def _claimant(words: Words, verb: int) -> Range:
    """The subject of "claimed": the words before it, back to a comma or "that"."""
    stop = verb
    while stop > 1 and words.lower[stop - 1] in ("has", "have", "had", "also", "later"):
        stop -= 1
    start = stop - 1
    while start > 0 and stop - start < 6 and not is_fate(words, start - 1, "source_ends"):
        start -= 1
    return start, stop

"""What is said after a person: "X, the leader of Y, was reportedly killed", "X among 30 wounded"."""

from collections.abc import Iterator

from dateline.extractors.language.names import name_at
from dateline.extractors.language.words import Words
from dateline.extractors.leaders.introduction import DASHES
from dateline.extractors.leaders.lexicon import Range, is_word, offices
from dateline.extractors.leaders.reading import ORDER, Reading, doubted, fates, is_fate, status

_INSERT_ENDS = {",": frozenset({","}), "(": frozenset({")"}), **dict.fromkeys(DASHES, DASHES)}
_LONGEST_INSERT = 25  # words between two commas
_LONGEST_GROUP = 9  # "is reportedly believed to have been seriously injured" has 8
_LONGEST_CLAUSE = 14  # words of "was tied to a tree and shot dead"
_LONGEST_LIST = 16  # words from a name to the "were" of the people named with it
_VIOLENCE = 25  # words around "died"
_DOUBT = 5  # words back in which a rumour or a denial is looked for


def said_after(words: Words, name: Range, phrase: Range) -> Reading | None:
    """What the words after the person named at `name` say happened to him; `phrase` is the name with its title.

    A person behind a preposition or a gerund is no subject ("the wife of X was killed", "for insulting President X").
    """
    start, stop = phrase
    relative = "who" in words.lower[stop : stop + 2]
    if is_fate(words, start - 1, "prepositions") and not relative:
        return None
    gerund = start > 0 and words.lower[start - 1].endswith("ing")
    if gerund and not relative and not is_fate(words, start - 1, "reporting"):
        return None
    if doubted(words, start - _DOUBT, start):
        return None
    positions = sorted({at for begin in (name[1], stop) for at in _beginnings(words, begin)})
    readings = [reading for at in positions if (reading := _verb_group(words, at)) is not None]
    return min(readings, key=lambda reading: ORDER.index(reading.status), default=None)


def _beginnings(words: Words, stop: int) -> Iterator[int]:
    """Where what is said of a person may begin: right after, after a comma or an insertion, after others named too."""
    at = _past_alias(words, stop)
    for _ in range(3):
        if at >= len(words):
            break
        yield at
        mark = words.lower[at]
        if mark in ("of", "from", "in", "for"):  # "Commander X of the Heron Militia died"
            yield from range(at + 2, min(at + 7, len(words)))
        if mark not in _INSERT_ENDS:
            break
        yield at + 1
        reach = range(at + 1, min(at + _LONGEST_INSERT, len(words)))
        at = next((index + 1 for index in reach if words.lower[index] in _INSERT_ENDS[mark]), len(words))
    joined = _past_others(words, _past_alias(words, stop))
    if joined is not None:
        yield joined
    for begin in (stop, stop + 1):  # "X was tied to a tree and shot dead"
        if is_fate(words, begin, "passive"):
            yield from _past_joints(words, begin + 1)


def _past_joints(words: Words, start: int) -> Iterator[int]:
    """Where further verbs of the same passive subject may begin: after each "and" of its clause."""
    for index in range(start, min(start + _LONGEST_CLAUSE, len(words))):
        if is_fate(words, index, "breaks") and words.lower[index] != "by":
            return
        if words.lower[index] == "and":
            yield index + 1


def _past_alias(words: Words, index: int) -> int:
    """The index after "alias Y" and the like."""
    cue = offices().alias.at(words, index)
    return (name_at(words, cue[0]) or index) if cue is not None else index


def _past_others(words: Words, stop: int) -> int | None:
    """The "were" after people named together: "X, Y and two aides were killed", "X, along with three others, was"."""
    if not is_fate(words, stop, "together"):
        return None
    for index in range(stop + 1, min(stop + _LONGEST_LIST, len(words))):
        if words.lower[index] in ("were", "was", "are", "remained") or fates().intransitive.at(words, index):
            return index
        short = fates().participles.at(words, index)  # "X and two others killed in strike"
        if short is not None and is_fate(words, short[0], "reduced"):
            return index
        if any(is_fate(words, index, kind) for kind in ("passive", "rumours", "negations")):
            return None
        if is_fate(words, index, "breaks") or is_word(words, index, "speech"):
            return None
    return None


def _verb_group(words: Words, start: int) -> Reading | None:
    """The status that a verb group at `start` gives its subject; None too where it is denied or rumoured."""
    lexicon = fates()
    passive = False
    hedge: Range | None = None
    for index in range(start, min(start + _LONGEST_GROUP, len(words))):
        alone = lexicon.intransitive.at(words, index)
        if alone is not None:
            died = alone[1] != "killed" or _is_violent(words, index, alone[0])
            return Reading(status(alone[1]), (index, alone[0]), hedge) if died else None
        found = lexicon.participles.at(words, index)
        dead = words.lower[index] != "dead" or _is_violent(words, index, index + 1)
        if found is not None and dead and (passive or _is_reduced(words, start, index, found[0])):
            return Reading(status(found[1]), (index, found[0]), hedge)
        if words.lower[index] == "among" or words.joined(index, index + 2) == "one of":
            return _among(words, index, hedge)
        if is_fate(words, index, "negations") or is_fate(words, index, "rumours"):
            return None
        if is_fate(words, index, "hedges"):
            hedge = index, index + 1
        elif is_fate(words, index, "passive"):
            passive = True
        elif not is_fate(words, index, "filler") and not words.lower[index].isdigit():
            return None
    return None


def _is_violent(words: Words, start: int, stop: int) -> bool:
    """Whether "died" at `start` was a violent death: not "of a heart attack", and with violence in the sentence."""
    cause = words.lower[stop : stop + 1] in (["of"], ["from"], ["after"], ["following"])
    if cause and not fates().words["natural"].isdisjoint(words.lower[stop + 1 : stop + 5]):
        return False
    if words.lower[start] not in ("died", "dies", "had", "dead"):
        return True
    return not fates().words["violence"].isdisjoint(words.lower[max(0, start - _VIOLENCE) : stop + _VIOLENCE])


def _is_reduced(words: Words, group: int, start: int, stop: int) -> bool:
    """Whether a participle without "was" is one all the same ("commander X killed in Y"), and not what he did."""
    if any(lower in ("has", "have", "had", "the") for lower in words.lower[min(group, start - 1) : start]):
        return False  # "has killed", "visited the wounded"
    return stop >= len(words) or is_fate(words, stop, "reduced")


def _among(words: Words, index: int, hedge: Range | None) -> Reading | None:
    """ "among the dead", "among 30 wounded", "one of those killed"."""
    for at in range(index + 1, min(index + 6, len(words))):
        found = fates().participles.at(words, at)
        if found is not None:
            return Reading(status(found[1]), (index, found[0]), hedge)
    return None

"""Cues: the words that say what happened to people, found in one pass over a sentence."""

from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Literal, cast

from dateline.extractors.casualties.sentence import Sentence, by_first_word
from dateline.extractors.casualties.table import Table, table
from dateline.extractors.language.data import load_yaml
from dateline.models.fields.casualties import Outcome

Frame = Literal["participle", "finite", "gerund", "befalls", "self", "state", "of", "whose", "event", "toll", "nobody"]
BEFORE = 8  # tokens from "took" to "prisoner", those taken between them
AFTER = 4  # tokens from "lives" to "lost"
BOTH = {"none_of_either": ("killed", "injured"), "killed_or_captured": ("killed", "captured")}
OTHERS = (
    "weak",
    "natural",
    "losses",
    "mishaps",
    "reckoning",
    "needs",
    "continuing",
)  # lists of cues.yml that are no outcome


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue at tokens `start:stop` of the document; `outcomes` holds two only where one phrase speaks of both."""

    start: int
    stop: int
    frame: Frame
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """What cues.yml says of a cue."""

    frame: Frame
    outcomes: tuple[Outcome, ...]


@cache
def _data() -> Any:
    return load_yaml(Path(__file__).parent / "cues.yml")


@cache
def weak_cues() -> frozenset[str]:
    """Cues that are said of more than people, so that a bare number beside them means nothing."""
    return frozenset(_data()["weak"])


@cache
def losses() -> frozenset[str]:
    """Cues that mean deaths only of fighters, by number: "lost 11 fighters"."""
    return frozenset(_data()["losses"])


@cache
def mishaps() -> dict[str, list[tuple[str, ...]]]:
    """What after lost fighters makes it no death: "to injury"."""
    return by_first_word(_data()["mishaps"])


@cache
def _needs() -> dict[str, frozenset[str]]:
    """Cues that need one of some verbs before the people: "took … hostage", "cost … their lives"."""
    return {cue: frozenset(verbs) for cue, verbs in _data()["needs"].items()}


@cache
def natural_ends() -> dict[str, list[tuple[str, ...]]]:
    """What after "died" makes it no casualty: "aged 87"."""
    return by_first_word(_data()["natural"])


@cache
def _table() -> Table[Phrase]:
    """The phrases of cues.yml."""
    return table(
        (phrase, Phrase(cast(Frame, frame), cast(tuple[Outcome, ...], BOTH.get(name, (name,)))))
        for name, frames in _data().items()
        if name not in OTHERS
        for frame, listed in frames.items()
        for phrase in listed
    )


def find_cues(words: list[str], offset: int) -> list[Cue]:
    """The cues in `words` (lower case), longest first and never overlapping. `offset` is the index of words[0]."""
    cues: list[Cue] = []
    stop = 0
    for at, found in groupby(_table().scan(words), key=itemgetter(0)):
        if at < stop:
            continue
        matching = list(found)
        longest = max(length for _, length, _ in matching)
        stop = at + longest
        cues.extend(
            Cue(offset + at, offset + stop, phrase.frame, phrase.outcomes)
            for _, length, phrase in matching
            if length == longest
        )
    return cues


def is_meant(sentence: Sentence, cue: Cue, cues: list[Cue], *, toll_told: bool) -> bool:
    """Whether the words of a cue mean what they can: "hostage" only behind "took", "it stood at" only where the article
    has just told a toll (`toll_told`), "estimates ranging" only beside another word of death."""
    words = " ".join(sentence.word(at) for at in range(cue.start, cue.stop))
    verbs = _needs().get(words)
    if verbs is not None:
        near = [*range(cue.start - BEFORE, cue.start), *range(cue.stop, cue.stop + AFTER)]
        if verbs.isdisjoint(map(sentence.word, near)):
            return False
    if cue.frame != "toll":
        return True
    if words in _data()["continuing"]:
        return toll_told
    return words not in _data()["reckoning"] or any("killed" in other.outcomes and other is not cue for other in cues)

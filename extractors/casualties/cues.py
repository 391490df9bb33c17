"""Cues: the words that say what happened to people, found in one pass over a sentence."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

from dateline.extractors.casualties.sentence import by_first_word
from dateline.extractors.language.data import load_yaml
from dateline.models.fields.casualties import Outcome

Frame = Literal["participle", "finite", "gerund", "befalls", "self", "state", "of", "event", "toll", "nobody"]
ANY = "*"
OTHERS = ("weak", "natural", "losses", "mishaps", "continuing")  # lists of cues.yml that are no outcome


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue at tokens `start:stop` of the document; `outcomes` holds two only where one phrase speaks of both."""

    start: int
    stop: int
    frame: Frame
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A cue as listed in cues.yml."""

    words: tuple[str, ...]
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
def continuing() -> frozenset[str]:
    """Cues that go on from a toll spoken of just before: "it stood at"."""
    return frozenset(_data()["continuing"])


@cache
def natural_ends() -> dict[str, list[tuple[str, ...]]]:
    """What after "died" makes it no casualty: "aged 87"."""
    return by_first_word(_data()["natural"])


@cache
def phrases() -> dict[str, list[Phrase]]:
    """The phrases of cues.yml by their first word, longest first."""
    found: dict[str, list[Phrase]] = {}
    for name, frames in _data().items():
        if name in OTHERS:
            continue
        outcomes = ("killed", "injured") if name == "none_of_either" else (name,)
        for frame, listed in frames.items():
            for phrase in listed:
                words = tuple(phrase.split())
                entry = Phrase(words, cast(Frame, frame), cast(tuple[Outcome, ...], outcomes))
                found.setdefault(words[0], []).append(entry)
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry.words))
    return found


def find_cues(words: list[str], offset: int) -> list[Cue]:
    """The cues in `words` (lower case), longest first and never overlapping. `offset` is the index of words[0]."""
    by_first = phrases()
    cues: list[Cue] = []
    stop = 0
    for at, word in enumerate(words):
        if word not in by_first or at < stop:
            continue
        following = words[at + 1] if at + 1 < len(words) else ""
        matching = [entry for entry in by_first[word] if _stands_at(entry.words, words, at, following)]
        if not matching:
            continue
        length = len(matching[0].words)
        stop = at + length
        cues.extend(
            Cue(offset + at, offset + stop, entry.frame, entry.outcomes)
            for entry in matching
            if len(entry.words) == length
        )
    return cues


def _stands_at(phrase: tuple[str, ...], words: list[str], at: int, following: str) -> bool:
    """Whether the words after the first, which has been found, stand there too; `following` is the one after it."""
    length = len(phrase)
    if length == 1:
        return True
    if phrase[1] not in (following, ANY) or at + length > len(words):
        return False
    return all(phrase[index] in (ANY, words[at + index]) for index in range(2, length))

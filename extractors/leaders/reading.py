"""The words of fate (status.yml), and what reading them gives."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dateline.extractors.language.data import load_yaml
from dateline.extractors.language.phrases import Phrases, phrases
from dateline.extractors.language.words import Words
from dateline.extractors.leaders.lexicon import Range
from dateline.models.fields.leaders import LeaderStatus

ORDER: tuple[LeaderStatus, ...] = ("killed", "captured", "injured", "target")


@dataclass(frozen=True, slots=True)
class Reading:
    """A status, the words that say it, and the words by which it is only claimed."""

    status: LeaderStatus
    cue: Range
    hedge: Range | None = None


@dataclass(frozen=True, slots=True)
class Fates:
    """The words of status.yml: phrases that give a status, and word lists."""

    participles: Phrases
    intransitive: Phrases
    nouns: Phrases
    possessed: Phrases
    adjectives: Phrases
    active: dict[tuple[str, ...], LeaderStatus]
    words: dict[str, frozenset[str]]


@cache
def fates() -> Fates:
    """The lexicon of fates, read once a process."""
    data: dict[str, Any] = load_yaml(Path(__file__).parent / "status.yml")
    return Fates(
        participles=phrases(data["participles"]),
        intransitive=phrases(data["intransitive"]),
        nouns=phrases(data["nouns"]),
        possessed=phrases(data["possessed"]),
        adjectives=phrases(data["adjectives"]),
        active={tuple(phrase.split()): status(name) for name, listed in data["active"].items() for phrase in listed},
        words={kind: frozenset(listed) for kind, listed in data["words"].items()},
    )


@cache
def _telling() -> frozenset[str]:
    """Of every phrase that says a status its longest word, by which a sentence with none is passed over."""
    known = fates()
    kinds = (known.participles, known.intransitive, known.nouns, known.possessed, known.adjectives)
    listed = [phrase for kind in kinds for phrase in kind.listed()]
    sought = ((word,) for word in known.words["sought_by"])
    return frozenset(max(phrase, key=len) for phrase in (*listed, *known.active, *sought))


def tells_fate(words: Words) -> bool:
    """Whether a sentence has any word of fate."""
    return not _telling().isdisjoint(words.lower)


def status(name: str) -> LeaderStatus:
    """The status of this name; StopIteration where status.yml has another."""
    return next(known for known in ORDER if known == name)


def is_fate(words: Words, index: int, kind: str) -> bool:
    """Whether the word at `index` (which may lie outside the sentence) is in the list `kind` of status.yml."""
    lower = words.lower
    return 0 <= index < len(lower) and lower[index] in fates().words[kind]


def doubted(words: Words, start: int, stop: int) -> bool:
    """Whether the words from `start` to `stop` deny what follows, or only spread a rumour or a wish."""
    return not _doubting().isdisjoint(words.lower[max(0, start) : stop])


@cache
def _doubting() -> frozenset[str]:
    return fates().words["negations"] | fates().words["rumours"]

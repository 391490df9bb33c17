"""The words by which reports are known: weapons and targets, the sentences of a toll, the runs of words of a text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

from dateline.extractors.language.data import load_yaml
from dateline.models.ids import content_id

TELLING = 12  # words of a sentence that two reporters do not write alike by chance
RUN = 5  # words in a row
SKETCH = 32  # hashes kept of a text: tells texts alike by half from others
SHORT = 40  # words: of two notes this short on two strikes half may be the same
READ = 400  # words of a text that are looked at: what is copied is copied from the top
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Lexicon:
    """words.yml: the class ("weapon drone") of each phrase, one pattern for all, classes that exclude each
    other, the words of statements, and those of who boasts."""

    classes: dict[str, str]
    pattern: re.Pattern[str]
    strangers: frozenset[frozenset[str]]
    statement: frozenset[str]
    between: frozenset[str]
    boast: re.Pattern[str]


@cache
def lexicon() -> Lexicon:
    """The word lists, read once a process."""
    data: dict[str, Any] = load_yaml(Path(__file__).parent / "words.yml")
    classes = {
        phrase: f"{what} {name}"
        for what in ("weapon", "target")
        for name, phrases in data[what].items()
        for phrase in phrases
    }
    longest_first = sorted(classes, key=lambda phrase: (-len(phrase), phrase))
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")
    strangers = frozenset(frozenset(pair) for pair in data["strangers"])
    boast = re.compile(r"\b(?:" + "|".join(map(re.escape, data["boast"])) + r")\b")
    return Lexicon(classes, pattern, strangers, frozenset(data["statement"]), frozenset(data["between"]), boast)


def classes_in(text: str) -> tuple[str, ...]:
    """The classes of weapons and targets that a text names, sorted: "target bus", "weapon bomb"."""
    known = lexicon()
    return tuple(sorted({known.classes[found] for found in known.pattern.findall(text.lower())}))


def is_boast(sentence: str) -> bool:
    """Whether a figure is told by those who say that they did it: "claimed to have killed 40 soldiers"."""
    return lexicon().boast.search(sentence.lower()) is not None


def is_of_statement(before: str) -> bool:
    """Whether the words before a day in its sentence make it that of a statement: "officials said on"."""
    if before.rstrip().endswith(","):  # "officials said, three days after the attack": a day of its own
        return False
    for word in reversed(_WORD.findall(before.lower())):
        if word in lexicon().statement:
            return True
        if word not in lexicon().between and not word.isdigit():
            return False
    return False


def telling_sentences(sentences: Iterable[str]) -> tuple[str, ...]:
    """Hashes of those sentences that are long enough to be known again, sorted."""
    found = set()
    for sentence in sentences:
        words = _WORD.findall(sentence.lower())
        if len(words) >= TELLING:
            found.add(content_id("sentence", " ".join(words), length=12))
    return tuple(sorted(found))


def sketch(text: str) -> tuple[int, ...]:
    """The least hashes of the runs of words at the top of a text, sorted: two texts share about as many of them as they
    share of their runs; none of a short one. CRC-32: the same on every machine."""
    words = _WORD.findall(text.lower())[:READ]
    if len(words) < SHORT:
        return ()
    runs = {" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
    return tuple(sorted(crc32(run.encode()) for run in runs)[:SKETCH])


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """How many of the runs of two texts are shared, of those that either has: an estimate from their sketches."""
    if not one or not other:
        return 0.0
    least = sorted({*one, *other})[: max(len(one), len(other))]
    shared = set(one) & set(other)
    return sum(value in shared for value in least) / len(least)


def copies(texts: dict[str, Sequence[int]], *, alike: float) -> dict[str, str]:
    """The first text, by id, that each is a copy of, over any number of steps; itself where it is none. Only texts that
    share one of their least hashes are held against each other."""
    parent = {one: one for one in texts}

    def root(one: str) -> str:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    holders: dict[int, list[str]] = {}
    for one in sorted(texts):
        near = {other for value in texts[one] for other in holders.get(value, ())}
        for other in sorted({root(other) for other in near}):
            if any(likeness(texts[one], texts[kin]) >= alike for kin in sorted(near) if root(kin) == other):
                first, second = sorted((root(one), root(other)))
                parent[second] = first
        for value in texts[one]:
            holders.setdefault(value, []).append(one)
    return {one: root(one) for one in texts}

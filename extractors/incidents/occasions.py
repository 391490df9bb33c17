"""The word lists of occasions.yml, and whether a toll is the occasion of what its sentence tells, and not its news."""

import re
from functools import cache
from pathlib import Path

from dateline.extractors.language.data import load_yaml

REACH = 400  # characters to either side of a toll: in an endless sentence, what is further off is not about it
_LATER = re.compile(r"\b(?:hours?|days?|weeks?|months?|years?) after\b")
_WORD = re.compile(r"[\w’'-]+")


@cache
def words(name: str) -> frozenset[str]:
    """A list of occasions.yml."""
    return frozenset(load_yaml(Path(__file__).parent / "occasions.yml")[name])


@cache
def _any_of(name: str) -> re.Pattern[str]:
    """Any of a list's phrases."""
    phrases = sorted(words(name), key=lambda phrase: (-len(phrase), phrase))
    return re.compile(r"\b(?:" + "|".join(re.escape(phrase) for phrase in phrases) + r")\b")


def is_earlier(before: str) -> bool:
    """Whether the words right before a figure make it an earlier one: "at first put the dead at"."""
    return _any_of("stale").search(before.lower()) is not None


def is_occasion(sentence: str, start: int, *, nominal: bool) -> bool:
    """Whether the toll at `start` in `sentence` is what people protest against, remember, or are blamed for.

    `nominal` tolls are those of "the killing of two lawyers": a protest before one needs no "against".
    """
    before = sentence[max(0, start - REACH) : start].replace("Â", " ").lower()
    if _any_of("past").search(before):
        return True
    later = _LATER.search(before)
    if later and not words("statements").isdisjoint(_WORD.findall(before[: later.start()])):
        return True  # "The statement was issued on Friday, a day after a mine killed two"
    found = _WORD.findall(before)
    if not words("occasions").isdisjoint(found):
        occasion = next(index for index, word in enumerate(found) if word in words("occasions"))
        if nominal or not words("links").isdisjoint(found[occasion + 1 :]):
            return True
    after = _WORD.findall(sentence[start : start + REACH].replace("Â", " ").lower())
    if words("gatherings").isdisjoint(after):
        return False
    return any(
        word in words("afterwards") and not words("gatherings").isdisjoint(after[index : index + 4])
        for index, word in enumerate(after)
    )


def event_words(sentence: str) -> list[re.Match[str]]:
    """The words of a sentence that tell of an event of the kind that incidents are."""
    return [found for found in _WORD.finditer(sentence) if found.group().lower() in words("events")]


def tells_violence(sentence: str) -> bool:
    """Whether a sentence tells of an attack, if only by its weapons: "shells fell on the town"."""
    return not (words("events") | words("weapons")).isdisjoint(_WORD.findall(sentence.lower()))


def is_separate(before: str) -> bool:
    """Whether the words `before` a toll in its sentence say that it is another event's: "In a separate attack, …"."""
    return _any_of("separate").search(before[:REACH].lower()) is not None


def is_next(before: str) -> bool:
    """Whether the words before a toll open its sentence with another day: "The next day they came back and killed"."""
    return any(before.lower().startswith(phrase) for phrase in words("next"))

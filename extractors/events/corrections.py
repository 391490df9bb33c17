"""What an article takes back: a day, a place, a toll that others still give."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from dateline.extractors.events.places import named_by
from dateline.extractors.events.sentences import Sentences
from dateline.extractors.language.data import load_yaml
from dateline.extractors.language.numbers import cardinal
from dateline.extractors.places.fold import fold
from dateline.models.event import Spot

LEAST = 3  # dead: a smaller number is taken back too often to tell one event from another
_NOT = re.compile(r"\bnot\s(?:(?:in|at|near|on|from|of|by|the|town|city|village|district)\s){0,4}$")
_NOT_IN = re.compile(
    r"\bnot\s(?:in\s|at\s|near\s|from\s)?(?:the\s(?:town|city|village|district)\sof\s)?"
    r"([A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){0,2})"
)
_AFTER = 60  # characters behind a cue in which the number stands
_BEFORE = frozenset(("the", "a", "at", "least", "about", "some", "around", "more", "than", "only"))  # ... a number
_WORD = re.compile(r"[^\W_]+")


@cache
def _cues() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words of a correction, and words before a number that no longer holds."""
    data: dict[str, Any] = load_yaml(Path(__file__).parent / "words.yml")
    both = (data["correction"], data["former_toll"])
    correction, toll = (re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b") for words in both)
    return correction, toll


def taken_back(
    article: Sentences, dates: Iterable[Sequence[Any]], places: Iterable[tuple[int, Spot]]
) -> list[tuple[int, str]]:
    """In which sentence (its number) a value stands that no longer holds, and what it is: "day 2014-06-12", "name
    khalis", "toll 23". `dates`: where each stands, its first and last day; `places`: where each stands, and what."""
    found: list[tuple[int, str]] = []
    corrects = set()
    for number, (start, stop) in enumerate(article.spans):
        sentence = article.text[start:stop]
        found += [(number, f"toll {value}") for value in _tolls(sentence.lower())]
        found += [(number, f"name {fold(name[1])}") for name in _NOT_IN.finditer(sentence)]
        if _cues()[0].search(sentence.lower()) is not None and " not " not in sentence:
            corrects.add(number)
    rows = [(date[0], f"day {date[1]}") for date in dates if date[1] == date[2]]
    rows += [(at, name) for at, spot in places for name in sorted(named_by(spot))]
    for at, value in rows:
        number = article.at(at)
        if number in corrects or _NOT.search(article.before(at).lower()):
            found.append((number, value))
    return found


def _tolls(sentence: str) -> Iterator[int]:
    """The numbers of a sentence that are taken back."""
    for cue in _cues()[1].finditer(sentence):
        words = _WORD.findall(sentence[cue.end() : cue.end() + _AFTER])
        first = next((at for at, word in enumerate(words) if word not in _BEFORE), 0)
        number = cardinal(words, first)
        if number is not None and number[0] >= LEAST:
            yield number[0]

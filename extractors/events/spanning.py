"""Whether a figure is told of several events: "two days of violence", "attacks in Baidoa and Kismayo"."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from dateline.extractors.language.data import load_yaml
from dateline.extractors.language.numbers import cardinal

LONG = 600  # characters of a sentence in which its numbers are looked for
MOST = 4  # parts of a total
_WORD = re.compile(r"[^\W_]+")
_SOME = re.compile(r"^[\w-]{1,20} of (?:them|those|the dead|the victims)\b")
_ARTICLES = frozenset(("a", "an"))
_BEFORE = 60  # characters before a place in which the deed stands
_AND = re.compile(r"^,?\s(?:and|as well as)\s(?:in\s|the\s(?:town|city|village)\sof\s)?$")


@cache
def _times() -> re.Pattern[str]:
    """Words of when in a week or day something was."""
    return _any_of("times")


@cache
def _healing() -> re.Pattern[str]:
    """Words of where and of what the wounded die."""
    return _any_of("healing")


def _any_of(name: str) -> re.Pattern[str]:
    words = load_yaml(Path(__file__).parent / "words.yml")[name]
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b")


@cache
def _cues() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words of several events, and those deeds of which several are several events if told of two places."""
    words = load_yaml(Path(__file__).parent / "words.yml")
    own, deeds = ("|".join(map(re.escape, words[name])) for name in ("several", "deeds"))
    return re.compile(rf"\b(?:{own})\b"), re.compile(
        rf"\b(?:{deeds})\s(?:in|on|at|near)\s(?:the\s(?:town|city|village)s?\sof\s)?$"
    )


def is_parted(sentence: str, following: Sequence[str], towns: Sequence[int]) -> bool:
    """Whether the figure of a sentence is what the ones after it part by time or place: "three died at the market in
    the morning, two in Orst", "three of them were in Velm. In the evening …". `towns`: how many each of them names."""
    if not following:
        return False
    told, first = set(_numbers(sentence)), following[0]
    parts = _numbers(first)
    if any(sum(parts[:count]) in told for count in range(2, min(len(parts), MOST) + 1)):
        return _settings([first], towns[:1]) > 1
    some = _SOME.match(first.lower())
    if some is None or not parts or not any(parts[0] < number for number in told):
        return False
    return not any(_healing().search(one.lower()) for one in following) and _settings(following, towns) > 1


def _settings(sentences: Sequence[str], towns: Sequence[int]) -> int:
    """How many times of a day or week, and towns, some sentences name."""
    return sum(towns) + len({time for one in sentences for time in _times().findall(one.lower())})


def _numbers(sentence: str) -> list[int]:
    words, found, at = _WORD.findall(sentence[:LONG]), [], 0
    while at < len(words):
        number = cardinal(words, at) if words[at].lower() not in _ARTICLES else None
        if number is not None:
            found.append(number[0])
        at = at + 1 if number is None else max(at + 1, number[1])
    return found


def spans_several(sentence: str, places: Iterable[tuple[int, int]]) -> bool:
    """Whether the figure of this sentence is one over several events; `places` are where towns stand in it."""
    lower = sentence.lower()
    if _cues()[0].search(lower):
        return True
    stands = sorted(places)
    return any(
        _AND.match(lower[one[1] : other[0]]) is not None
        and _cues()[1].search(lower[max(0, one[0] - _BEFORE) : one[0]]) is not None
        for one, other in pairwise(stands)
    )

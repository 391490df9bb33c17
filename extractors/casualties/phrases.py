"""The phrases of status.yml, with "*" for any one word, "<year>" for a year and "<n>" for a number.

All lists are looked for in one pass over a sentence, the first time that one is asked for.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from dateline.extractors.casualties.quantities import number_at
from dateline.extractors.casualties.sentence import Marks, Sentence, between, by_first_word
from dateline.extractors.language.data import load_yaml

Listed = tuple[str, list[tuple[str, ...]]]  # a list's name, and its phrases that begin with one word, longest first


@cache
def _lists() -> dict[str, list[str]]:
    data = load_yaml(Path(__file__).parent / "status.yml")
    return {name: listed for section in data.values() for name, listed in section.items()}


@cache
def _by_first_word() -> dict[str, list[Listed]]:
    found: dict[str, list[Listed]] = {}
    for name, listed in _lists().items():
        for first, phrases in by_first_word(listed).items():
            found.setdefault(first, []).append((name, phrases))
    return found


def first_words(name: str) -> frozenset[str]:
    """The words with which the phrases of the list `name` begin."""
    return frozenset(by_first_word(_lists()[name]))


def phrase_at(sentence: Sentence, at: int, name: str) -> int:
    """The length in tokens of the longest phrase of the list `name` at token `at`; 0 for none."""
    return _marks(sentence)[name].length.get(at, 0)


def phrases_between(sentence: Sentence, name: str, start: int, stop: int) -> Sequence[int]:
    """The tokens from `start` up to `stop` at which phrases of the list `name` begin, in order."""
    return between(_marks(sentence)[name].at, start, stop)


def part_around(sentence: Sentence, start: int, stop: int, reach: int) -> tuple[int, int]:
    """The tokens within `reach` of `start:stop` that no semicolon parts from them."""
    before = phrases_between(sentence, "parting", start - reach, start)
    after = phrases_between(sentence, "parting", stop, stop + reach)
    begin = before[-1] + 1 if before else max(sentence.start, start - reach)
    return begin, after[0] if after else min(sentence.stop, stop + reach)


def _marks(sentence: Sentence) -> dict[str, Marks]:
    """Where phrases begin, by list, and their lengths."""
    marks = sentence.marks
    if not marks:
        marks.update({name: Marks() for name in _lists()})
        firsts, word = _by_first_word(), sentence.word
        for at in range(sentence.start, sentence.stop):
            listed = firsts.get(word(at))
            if listed is not None:
                following = word(at + 1)
                for name, phrases in listed:
                    if length := _length_at(sentence, at, following, phrases):
                        marks[name].add(at, length)
    return marks


def _length_at(sentence: Sentence, at: int, following: str, phrases: list[tuple[str, ...]]) -> int:
    """The length of the first of `phrases` that stands at token `at`, where their first word has been found."""
    for phrase in phrases:
        length = len(phrase)
        if length == 1:
            return 1
        if (phrase[1] == following or phrase[1][0] in "<*") and all(
            _fits(phrase[offset], sentence, at + offset) for offset in range(1, length)
        ):
            return length
    return 0


def _fits(word: str, sentence: Sentence, at: int) -> bool:
    have = sentence.word(at)
    if word == have:
        return True
    if word == "<year>":
        return is_year(have)
    if word == "<n>":
        return number_at(sentence, at) is not None or have in ("few", "several", "decade", "year", "week", "month")
    return word == "*" and have != ""


def is_year(word: str) -> bool:
    """Whether a word is a year of the last centuries."""
    return len(word) == 4 and word.isdigit() and word[:2] in ("18", "19", "20")

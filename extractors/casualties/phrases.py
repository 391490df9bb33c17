"""The phrases of status.yml, with "*" for any one word, "<year>" for a year and "<n>" for a number.

All lists are looked for in one pass over a sentence, the first time that one is asked for.
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from dateline.extractors.casualties.quantities import number_at
from dateline.extractors.casualties.sentence import Marks, Sentence, between
from dateline.extractors.casualties.table import Table, table
from dateline.extractors.language.data import load_yaml

NONE = Marks()


@cache
def _lists() -> dict[str, list[str]]:
    data = load_yaml(Path(__file__).parent / "status.yml")
    return {name: listed for section in data.values() for name, listed in section.items()}


@cache
def _table() -> Table[str]:
    """Every phrase, with the name of its list."""
    return table((phrase, name) for name, listed in _lists().items() for phrase in listed)


def first_words(name: str) -> frozenset[str]:
    """The words with which the phrases of the list `name` begin."""
    return frozenset(phrase.split()[0] for phrase in _lists()[name])


def phrase_at(sentence: Sentence, at: int, name: str) -> int:
    """The length in tokens of the longest phrase of the list `name` at token `at`; 0 for none."""
    return _marks(sentence).get(name, NONE).length.get(at, 0)


def phrases_between(sentence: Sentence, name: str, start: int, stop: int) -> Sequence[int]:
    """The tokens from `start` up to `stop` at which phrases of the list `name` begin, in order."""
    found = _marks(sentence).get(name)
    return () if found is None else between(found.at, start, stop)


def part_around(sentence: Sentence, start: int, stop: int, reach: int) -> tuple[int, int]:
    """The tokens within `reach` of `start:stop` that no semicolon parts from them."""
    before = phrases_between(sentence, "parting", start - reach, start)
    after = phrases_between(sentence, "parting", stop, stop + reach)
    begin = before[-1] + 1 if before else max(sentence.start, start - reach)
    return begin, after[0] if after else min(sentence.stop, stop + reach)


def _marks(sentence: Sentence) -> dict[str, Marks]:
    """Where phrases begin, by list, and their lengths: the longest where two of a list begin at one token."""
    if sentence.marks is None:
        start, marks = sentence.start, defaultdict[str, Marks](Marks)
        for at, length, name in _table().scan(sentence.words, lambda word, index: _fits(word, sentence, start + index)):
            marks[name].add(start + at, length)
        sentence.marks = dict(marks)
    return sentence.marks


def _fits(word: str, sentence: Sentence, at: int) -> bool:
    """Whether a "<year>" or "<n>" stands at token `at`."""
    have = sentence.word(at)
    if word == "<year>":
        return is_year(have)
    return number_at(sentence, at) is not None or have in ("few", "several", "decade", "year", "week", "month")


def is_year(word: str) -> bool:
    """Whether a word is a year of the last centuries."""
    return len(word) == 4 and word.isdigit() and word[:2] in ("18", "19", "20")

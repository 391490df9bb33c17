"""The phrases of status.yml, with "*" for any one word, "<year>" for a year and "<n>" for a number."""

from functools import cache
from pathlib import Path

from dateline.extractors.casualties.quantities import number_at
from dateline.extractors.casualties.sentence import Sentence, by_first_word
from dateline.extractors.language.data import load_yaml


@cache
def _tables() -> dict[str, dict[str, list[tuple[str, ...]]]]:
    data = load_yaml(Path(__file__).parent / "status.yml")
    return {name: by_first_word(listed) for section in data.values() for name, listed in section.items()}


def phrase_at(sentence: Sentence, at: int, name: str) -> int:
    """The length in tokens of the longest phrase of the list `name` at token `at`; 0 for none."""
    for phrase in _tables()[name].get(sentence.word(at), ()):
        if all(_fits(word, sentence, at + offset) for offset, word in enumerate(phrase)):
            return len(phrase)
    return 0


def _fits(word: str, sentence: Sentence, at: int) -> bool:
    have = sentence.word(at)
    if word == "<year>":
        return is_year(have)
    if word == "<n>":
        return number_at(sentence, at) is not None or have in ("few", "several", "decade", "year", "week", "month")
    return bool(have) and word in ("*", have)


def is_year(word: str) -> bool:
    """Whether a word is a year of the last centuries."""
    return len(word) == 4 and word.isdigit() and word[:2] in ("18", "19", "20")

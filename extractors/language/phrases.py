"""Phrases of several words, looked up in a sentence word by word. Importing this imports no spaCy: what gathers persons
over articles reads names too, and has no document."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.extractors.language.words import Words


class Phrases:
    """Phrases of one or more words, each with a value; the longest that begins at a word wins."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._by_first: dict[str, list[tuple[list[str], str]]] = {}
        for phrase, value in values.items():
            spaced = phrase.replace("'s ", " 's ").replace("s' ", "s ' ")  # as the tokenizer parts them
            for words in {tuple(spaced.split()), tuple(spaced.replace("-", " ").split())}:
                self._by_first.setdefault(words[0], []).append((list(words), value))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: (-len(entry[0]), entry[0]))

    def at(self, words: "Words", start: int) -> tuple[int, str] | None:
        """The index after the longest phrase that begins at word `start`, and its value; None outside the sentence."""
        lower = words.lower
        entries = self._by_first.get(lower[start]) if 0 <= start < len(lower) else None
        if entries is None:
            return None  # most words
        for phrase, value in entries:
            stop = start + len(phrase)
            if lower[start:stop] == phrase:
                return stop, value
        return None

    def first_words(self) -> frozenset[str]:
        """The words that phrases begin with, lower case."""
        return frozenset(self._by_first)

    def listed(self) -> Iterator[tuple[str, ...]]:
        """Every phrase, as the words of a sentence would have it."""
        for entries in self._by_first.values():
            yield from (tuple(phrase) for phrase, _ in entries)

    def value(self, word: str) -> str | None:
        """The value of the phrase that is this one word."""
        return next((value for phrase, value in self._by_first.get(word, ()) if phrase == [word]), None)


def phrases(classes: Mapping[str, Iterable[str]]) -> Phrases:
    """The phrases of a YAML mapping of class names to phrases: each has its class as its value."""
    return Phrases({phrase: name for name, listed in classes.items() for phrase in listed})

"""Word classes: many words reduced to few names in one pass, so that few patterns can speak about all of them.

A lexicon is a YAML mapping of class names to words. `mark` writes each token's class into `token.tag`, the one native
attribute that the pipeline does not use otherwise and that spaCy's Matcher compares in C. The tags belong to the field
that marked last: a field marks its lexicon, matches, and is done.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from dateline.extractors.language.data import load_yaml


def load(path: Path) -> dict[str, list[str]]:
    """Read the classes of a lexicon file; ValueError where a word stands in two classes of it.

    Words that belong to two classes get a class of their own: a token has one class.
    """
    data: dict[str, list[str]] = load_yaml(path)
    seen: dict[str, str] = {}
    for name, words in data.items():
        for word in words:
            if word.lower() in seen:
                raise ValueError(
                    f"{path.name}: {word!r} stands in {seen[word.lower()]} and in {name}; give it one class"
                )
            seen[word.lower()] = name
    return data


class Lexicon:
    """Classes of single words, case folded, bound to a vocabulary."""

    def __init__(self, vocab: Vocab, classes: Mapping[str, Iterable[str]]) -> None:
        strings = vocab.strings
        self._classes = {
            strings.add(word.lower()): strings.add(name) for name, words in classes.items() for word in words
        }

    def mark(self, tokens: Doc | Span) -> bool:
        """Set the class of every token as its tag; returns whether any token has one."""
        found = False
        classes = self._classes
        for token in tokens:
            tag = classes.get(token.lower, 0)
            token.tag = tag
            found = found or tag != 0
        return found

"""Word classes: many words reduced to few names in one pass, so that few patterns can speak about all of them.

A lexicon is a YAML mapping of class names to words. A field writes each token's class into `token.tag`, the one native
attribute that the pipeline does not use otherwise and that spaCy's Matcher compares in C. The tags belong to the field
that marked last: it marks, matches, and is done.
"""

from pathlib import Path

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

"""Officers whose name follows the place they are for, nothing between: "SHO Mardan Ijaz Khan".

The shape of the words does not tell the two apart. Where the article itself says "in Mardan", the first is a place.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dateline.extractors.language.words import Words
from dateline.extractors.leaders.introduction import Introduction
from dateline.extractors.leaders.lexicon import is_word

_LONG = 3  # parts: a place, and a full name

Numbered = tuple[int, Introduction]  # the number of the sentence, and who is introduced in it


def without_station(sentences: Sequence[Words], introduced: Sequence[Numbered]) -> list[Numbered]:
    """The introductions, those names cut that begin with a place of the article after a title of places."""
    if not any(_may_hold_station(sentences[number], one) for number, one in introduced):
        return list(introduced)
    known = {name for words in sentences for name in _places(words)}
    return [(number, _cut(sentences[number], one, known)) for number, one in introduced]


def _may_hold_station(words: Words, one: Introduction) -> bool:
    start, stop = one.name
    return stop - start >= _LONG and is_word(words, start - 1, "territorial")


def _cut(words: Words, one: Introduction, known: set[str]) -> Introduction:
    start, stop = one.name
    if not _may_hold_station(words, one) or words.lower[start] not in known:
        return one
    return replace(one, name=(start + 1, stop), organisation=one.organisation or (start, start + 1))


def _places(words: Words) -> Iterator[str]:
    """The capitalised words that stand alone after "in", "near" and the like."""
    for index in range(1, len(words)):
        named = is_word(words, index - 1, "places") and words.text[index][0].isupper()
        if named and (index + 1 == len(words) or not words.text[index + 1][0].isupper()):
            yield words.lower[index]

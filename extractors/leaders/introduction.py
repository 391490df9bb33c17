"""A person introduced, and how a sentence is searched for the name."""

from dataclasses import dataclass

from dateline.extractors.language.grammar import grammar
from dateline.extractors.language.names import name_at, name_before
from dateline.extractors.language.words import Words
from dateline.extractors.leaders.lexicon import Range, is_word
from dateline.models.fields.leaders import RoleClass

DASHES = frozenset({"-", "–", "—", "--", "−"})
CLOSING = frozenset({",", ".", ";", ":", ")", "(", "]", "and", "who", "whose", '"', "”", "’", "!", "?", *DASHES})
LONGEST_INSERT = 14  # words between a name and its apposition: an age, an alias, a relative clause


@dataclass(frozen=True, slots=True)
class Introduction:
    """A person introduced: the name, the role and the organisation as ranges of words, and the extent of the whole
    (`start`, `stop`: name and title, for the status to be read beside it). Of two introductions of one name the one of
    more `weight` says more about the office."""

    name: Range
    role: Range
    organisation: Range | None
    role_class: RoleClass
    rule: str
    weight: int
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Named:
    """A name found beside a title, and the rule that found it."""

    name: Range
    rule: str


def name_ending(words: Words, stop: int, *, lone: bool) -> Range | None:
    """The name that ends before word `stop`; a single part only where `lone` allows it and no preposition before it
    makes it a place ("in Kandahar, the governor")."""
    start = name_before(words, stop)
    if start is None:
        return None
    if stop - start == 1 and (not lone or is_word(words, start - 1, "places")):
        return None
    return start, stop


def name_following(words: Words, start: int) -> Range | None:
    """The name that begins at word `start`, or after "Mr" and "Dr" there."""
    while start < len(words) and words.lower[start] in grammar().address and words.text[start][0].isupper():
        start += 1
    stop = name_at(words, start)
    return (start, stop) if stop is not None else None

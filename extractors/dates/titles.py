"""Titles of films, programmes and songs: "The Day After Tomorrow", "Saturday Night Live", the "Today" programme.

Words like "day", "night" and "last" have no capital in a sentence. Where they do, and the sentence is no headline in
which all but the small words have one, they name something.
"""

from spacy.tokens import Span, Token

from dateline.extractors.language.rules import Match

_PLAIN = frozenset(
    {"UNIT", "UNITS", "PART", "REL", "NEAR", "SAME", "DAYWORD", "PHASE", "PHASE_NOUN", "AFTER", "LATER", "AGO"}
)
_LONG = 5  # letters; shorter words may be small in a headline
_SMALL = frozenset({"after", "about", "under", "since", "until", "their", "while"})


def is_title(match: Match, sentence: Span) -> bool:
    """Whether the words of a match are part of a title; the names of feasts are none."""
    span = match.span
    if "name" in match.parts or not any(token.is_title and token.tag_ in _PLAIN for token in span):
        return False
    if span.start == sentence.start or not sentence.doc[span.start - 1].is_alpha:
        return span[0].tag_ not in _PLAIN and not _is_headline(sentence)  # "(Saturday Night Live)"
    return not _is_headline(sentence)


def _is_headline(sentence: Span) -> bool:
    return not any(_is_small(token) for token in sentence)


def _is_small(token: Token) -> bool:
    """Whether a word is written as no headline writes it; "borne" in "Vehicle-borne" is half a word."""
    if not token.is_lower or len(token) < _LONG or token.lower_ in _SMALL:
        return False
    return token.i == 0 or bool(token.nbor(-1).whitespace_)

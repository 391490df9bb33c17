"""The sentence splitter.

Line ends end sentences, blank lines too; so do the edges of furniture in a given text. Abbreviations, initials and closing quotation marks do not. spaCy's own sentencizer never splits at blank lines and puts
closing quotes on the wrong side (measured).
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from dateline.extractors.language.data import load_yaml

TERMINATORS = frozenset({".", "!", "?", "…", "...", "。"})
CLOSERS = frozenset({'"', "”", "’", "'", "''", ")", "]", "»", "›"})
OPENERS = frozenset({'"', "“", "‘", "``", "(", "[", "«", "•"})

Doc.set_extension("unread", default=())
Doc.set_extension("readable", default=None)


@cache
def abbreviations() -> dict[str, frozenset[str]]:
    """Abbreviations by how they end: "title" never ends a sentence; "either" ends one before a capital only where
    the next word commonly starts sentences."""
    data = load_yaml(Path(__file__).parent / "abbreviations.yml")
    return {kind: frozenset(word.lower() for word in words) for kind, words in data.items()}


@Language.component("dateline_sentences")
def split(doc: Doc) -> Doc:
    """Set the sentence starts of `doc`, and `doc._.readable`: its sentences outside furniture (`doc._.unread`)."""
    starts = {0}
    for index, word in enumerate([token.text for token in doc][:-1]):
        if "\n" in word:  # news wraps no lines: each is a paragraph, a headline or a list item
            starts.add(index + 1)
        elif (word in TERMINATORS or (word[-1] == "." and len(word) > 1)) and _sentence_ends(doc[index]):
            starts.add(_next_start(doc[index]))
    for edge in {edge for stretch in doc._.unread for edge in stretch}:
        starts.update(token.i for token in _first_from(doc, edge))
    for token in doc:
        token.is_sent_start = token.i in starts
    doc._.readable = [sentence for sentence in doc.sents if not _in_furniture(sentence, doc._.unread)]
    return doc


def readable(doc: Doc) -> list[Span]:
    """The sentences that fields may read: all but those in furniture, and none that is only white space."""
    return list(doc._.readable)


def _sentence_ends(token: Token) -> bool:
    """Whether the full stop, or the word with one, at `token` ends a sentence."""
    following = _after_closers(token)
    if following is None or following.is_space:
        return False
    if not _spaced(token, following):
        return False
    if not (following.text[0].isupper() or following.text[0].isdigit() or following.text in OPENERS):
        return False
    return token.text in {"!", "?"} or not _is_abbreviation(token, following)


def _is_abbreviation(token: Token, following: Token) -> bool:
    """Whether the full stop at `token` belongs to a short form: "Lt. Col.", "U.S. forces", "J. Smith"."""
    word = _word_before_stop(token)
    if word in abbreviations()["title"]:
        return True
    if len(word) == 1 and word.isalpha() and following.text[0].isupper():
        return True  # an initial
    if word in abbreviations()["number"]:
        return following.text[0].isdigit()
    if word in abbreviations()["either"] or ("." in word and len(word) <= 5):
        return following.lower_ not in abbreviations()["starters"]
    return False


def _word_before_stop(token: Token) -> str:
    if len(token.text) > 1:
        return token.lower_.rstrip(".")
    if token.i == 0 or token.nbor(-1).whitespace_:
        return ""
    return token.nbor(-1).lower_


def _after_closers(token: Token) -> Token | None:
    """The first token after `token` that is no closing quotation mark or bracket standing close to it."""
    previous = token
    for candidate in token.doc[token.i + 1 : token.i + 4]:
        if candidate.text in CLOSERS and not previous.whitespace_:
            previous = candidate
            continue
        return candidate
    return None


def _spaced(token: Token, following: Token) -> bool:
    """Whether white space stands anywhere between the full stop and what follows ("3.5", "example.org" have none)."""
    return bool(token.doc[following.i - 1].whitespace_) or token.doc[following.i - 1].is_space


def _next_start(token: Token) -> int:
    """The index at which the next sentence begins: after closing quotation marks."""
    following = _after_closers(token)
    return token.i + 1 if following is None else following.i


def _first_from(doc: Doc, offset: int) -> Iterator[Token]:
    """The first token at or after the character `offset`, if there is one."""
    span = doc.char_span(offset, len(doc.text), alignment_mode="expand") if offset < len(doc.text) else None
    if span is not None:
        yield span[0]


def _in_furniture(sentence: Span, unread: tuple[tuple[int, int], ...]) -> bool:
    if not sentence.text.strip():
        return True
    return any(sentence.start_char < stop and start < sentence.end_char for start, stop in unread)

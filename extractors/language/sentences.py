"""The sentence splitter.

Line ends end sentences, blank lines too; so do the edges of furniture in a given text. Abbreviations, initials and
closing quotation marks do not. spaCy's own sentencizer never splits at blank lines and puts closing quotes on the
wrong side (measured).
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Span

from dateline.extractors.language.data import load_yaml
from dateline.extractors.language.tokens import Tokens, tokens_of

TERMINATORS = frozenset({".", "!", "?", "…", "...", "。"})
CLOSERS = frozenset({'"', "”", "’", "'", "''", ")", "]", "»", "›"})
OPENERS = frozenset({'"', "“", "‘", "``", "(", "[", "«", "•"})

# Words that no line of its own ends with: a line separator behind one is a wrapped line.
_RUN_ON = frozenset({"a", "an", "the", "in", "of", "at", "to", "for", "and", "by", "from", "with", "on"})

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
    if not len(doc):
        doc._.readable = []
        return doc
    tokens = tokens_of(doc)
    words = tokens.text
    starts = {0, *_furniture_edges(doc)}
    for index, word in enumerate(words[:-1]):
        if word.isalnum():
            continue  # most words
        if "\n" in word or (
            "\u2028" in word and words[index - 1].lower() not in _RUN_ON
        ):  # news wraps no lines: each is a paragraph, a headline or a list item
            starts.add(index + 1)
        elif (word in TERMINATORS or (word[-1] == "." and len(word) > 1)) and _sentence_ends(tokens, index):
            starts.add(_next_start(tokens, index))
    # In one go: spaCy's setter for a single token looks through the whole doc each time.
    marks: Any = numpy.full(len(doc), -1, dtype="int64")
    marks[sorted(starts)] = 1
    doc.from_array([SENT_START], marks.astype("uint64"))
    doc._.readable = _outside(list(doc.sents), words, doc._.unread)
    return doc


def readable(doc: Doc) -> list[Span]:
    """The sentences that fields may read: all but those in furniture, and none that is only white space."""
    return list(doc._.readable)


def _sentence_ends(tokens: Tokens, index: int) -> bool:
    """Whether the full stop, or the word with one, at `index` ends a sentence."""
    following = _after_closers(tokens, index)
    if following is None:
        return False
    word = tokens.text[following]
    if word.isspace() or not _spaced(tokens, following):
        return False
    if not (word[0].isupper() or word[0].isdigit() or word in OPENERS):
        return False
    return tokens.text[index] in {"!", "?"} or not _is_abbreviation(tokens, index, word)


def _is_abbreviation(tokens: Tokens, index: int, following: str) -> bool:
    """Whether the full stop at `index` belongs to a short form: "Lt. Col.", "U.S. forces", "J. Smith"."""
    word = _word_before_stop(tokens, index)
    if word in abbreviations()["title"]:
        return True
    if len(word) == 1 and word.isalpha() and following[0].isupper():
        return True  # an initial
    if word in abbreviations()["number"]:
        return following[0].isdigit()
    if word in abbreviations()["either"] or ("." in word and len(word) <= 5):
        return following.lower() not in abbreviations()["starters"]
    return False


def _word_before_stop(tokens: Tokens, index: int) -> str:
    if len(tokens.text[index]) > 1:
        return tokens.text[index].lower().rstrip(".")
    if index == 0 or tokens.spaced[index - 1]:
        return ""
    return tokens.text[index - 1].lower()


def _after_closers(tokens: Tokens, index: int) -> int | None:
    """The first token after `index` that is no closing quotation mark or bracket standing close to it."""
    previous = index
    for candidate in range(index + 1, min(index + 4, len(tokens.text))):
        if tokens.text[candidate] in CLOSERS and not tokens.spaced[previous]:
            previous = candidate
            continue
        return candidate
    return None


def _spaced(tokens: Tokens, following: int) -> bool:
    """Whether white space stands anywhere between the full stop and what follows ("3.5", "example.org" have none)."""
    return bool(tokens.spaced[following - 1]) or tokens.text[following - 1].isspace()


def _next_start(tokens: Tokens, index: int) -> int:
    """The index at which the next sentence begins: after closing quotation marks."""
    following = _after_closers(tokens, index)
    return index + 1 if following is None else following


def _furniture_edges(doc: Doc) -> Iterator[int]:
    """The first token at or after each edge of furniture."""
    if not doc._.unread:
        return
    offsets = [token.idx for token in doc]
    for edge in (edge for stretch in doc._.unread for edge in stretch):
        if (index := bisect_left(offsets, edge)) < len(doc):
            yield index


def _outside(sentences: list[Span], words: Sequence[str], unread: Sequence[tuple[int, int]]) -> list[Span]:
    """The sentences that share no character with the stretches `unread`, and are not only white space."""
    kept = []
    stretches = sorted(unread)
    at = 0
    for sentence in sentences:
        while at < len(stretches) and stretches[at][1] <= sentence.start_char:
            at += 1
        blank = all(word.isspace() for word in words[sentence.start : sentence.end])
        if not blank and (at == len(stretches) or sentence.end_char <= stretches[at][0]):
            kept.append(sentence)
    return kept

"""A sentence as plain words: short forms without their full stop, hyphenated words in one piece.

The tokenizer splits "al-Zarqawi" into three tokens and "Lt." into two; grammars of names and titles are short when each
is one word. Every word knows its tokens, so that what is found among the words has its exact span in the text.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.attrs import IDX, SPACY
from spacy.tokens import Doc, Span

from dateline.extractors.language.sentences import abbreviations

_HYPHENS = frozenset("-‑")
_JOINING = _HYPHENS | {"."}


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a document whose text is `source`, read once as plain lists: their text, whether a space follows, and
    their offsets.

    A spaCy token is an object made anew each time that it is looked at, which costs more than reading its sentence.
    """

    doc: Doc
    source: str
    text: Sequence[str]
    spaced: Sequence[int]
    start: Sequence[int]


def tokens_of(doc: Doc, text: str) -> Tokens:
    """The tokens of `doc`, whose text is `text`."""
    rows: Any = doc.to_array([IDX, SPACY])
    starts = rows[:, 0].tolist()
    spaced = rows[:, 1].tolist()
    ends = [*starts[1:], len(text)]
    texts = [text[start : end - space] for start, end, space in zip(starts, ends, spaced, strict=True)]
    return Tokens(doc, text, texts, spaced, starts)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a sentence: as written, and `lower`: lower case, typewriter apostrophes, no closing full stop.

    Word `i` is made of the tokens `first[i]` to `last[i]`, both included.
    """

    tokens: Tokens
    text: Sequence[str]
    lower: Sequence[str]
    first: Sequence[int]
    last: Sequence[int]

    def __len__(self) -> int:
        return len(self.text)

    def span(self, start: int, stop: int) -> Span:
        """The words `start` to `stop` (half-open) as a span of the document."""
        return self.tokens.doc[self.first[start] : self.last[stop - 1] + 1]

    def characters(self, start: int, stop: int) -> tuple[int, int]:
        """Where the words `start` to `stop` stand in the text: without the full stop that the tokenizer leaves on
        "Jan." and other words that happen to be short forms."""
        tokens, last = self.tokens, self.last[stop - 1]
        token = tokens.text[last]
        end = tokens.start[last] + len(token)
        dotted = token.endswith(".") and len(token) > 2 and token.count(".") == 1
        kept = dotted and self.lower[stop - 1] not in abbreviations()["either"]
        return tokens.start[self.first[start]], end - 1 if kept else end

    def touches_next(self, index: int) -> bool:
        """Whether nothing stands between the word at `index` and what follows it."""
        return not self.tokens.spaced[self.last[index]]

    def breaks_before(self, index: int) -> bool:
        """Whether a line ends right before the word at `index`."""
        return "\n" in self.tokens.text[self.first[index] - 1]

    def joined(self, start: int, stop: int) -> str:
        """The words `start` to `stop`, lower case, one space between."""
        return " ".join(self.lower[start:stop])


def words_of(sentence: Span, tokens: Tokens | None = None) -> Words:
    """The words of a sentence; white space is none. Whoever reads many sentences gives the `tokens` of their document."""
    tokens = tokens or tokens_of(sentence.doc, sentence.doc.text)
    text: list[str] = []
    lower: list[str] = []
    first: list[int] = []
    last: list[int] = []
    titles = abbreviations()["title"]
    begin, end = sentence.start, sentence.end
    glue = False  # whether the next token continues the word before it
    for index, token in enumerate(tokens.text[begin:end], begin):
        joining = token in _JOINING
        if not (glue or joining):  # most
            if not token.isspace():
                text.append(token)
                lower.append(_lower(token))
                first.append(index)
                last.append(index)
            continue
        if token.isspace():
            glue = False
            continue
        touching = index > begin and not tokens.spaced[index - 1]
        if token == "." and touching and lower and lower[-1] in titles:
            last[-1] = index
        elif glue or (token in _HYPHENS and _joins(tokens, index, begin, end)):
            text[-1] += token
            lower[-1] += "-" if token in _HYPHENS else token.lower().rstrip(".").replace("’", "'")
            last[-1] = index
        else:
            text.append(token)
            lower.append(_lower(token))
            first.append(index)
            last.append(index)
        glue = token in _HYPHENS and not tokens.spaced[index] and text[-1] != token
    return Words(tokens, text, lower, first, last)


class Phrases:
    """Phrases of one or more words, each with a value; the longest that begins at a word wins."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._by_first: dict[str, list[tuple[list[str], str]]] = {}
        for phrase, value in values.items():
            for words in {tuple(phrase.split()), tuple(phrase.replace("-", " ").split())}:
                self._by_first.setdefault(words[0], []).append((list(words), value))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: (-len(entry[0]), entry[0]))

    def at(self, words: Words, start: int) -> tuple[int, str] | None:
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

    def value(self, word: str) -> str | None:
        """The value of the phrase that is this one word."""
        return next((value for phrase, value in self._by_first.get(word, ()) if phrase == [word]), None)


def phrases(classes: Mapping[str, Iterable[str]]) -> Phrases:
    """The phrases of a YAML mapping of class names to phrases: each has its class as its value."""
    return Phrases({phrase: name for name, listed in classes.items() for phrase in listed})


def _joins(tokens: Tokens, index: int, begin: int, end: int) -> bool:
    """Whether the hyphen at token `index` stands between two letters of its sentence and is no dash."""
    if index == begin or index + 1 == end or tokens.spaced[index - 1] or tokens.spaced[index]:
        return False
    return tokens.text[index - 1][-1:].isalpha() and tokens.text[index + 1][:1].isalpha()


def _lower(token: str) -> str:
    lower = token.lower()
    if "’" in lower:
        lower = lower.replace("’", "'")
    return lower[:-1] if len(lower) > 1 and lower[-1] == "." else lower

"""A sentence as plain words: short forms without their full stop, hyphenated words in one piece.

The tokenizer splits "al-Zarqawi" into three tokens and "Lt." into two; grammars of names and titles are short when each
is one word. Every word knows its tokens, so that what is found among the words has its exact span in the text.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from dateline.extractors.language.sentences import abbreviations

_HYPHENS = frozenset("-‑")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a sentence: as written, and `lower`: lower case, typewriter apostrophes, no closing full stop.

    Word `i` is made of the tokens `first[i]` to `last[i]`, both included.
    """

    doc: Doc
    text: Sequence[str]
    lower: Sequence[str]
    first: Sequence[int]
    last: Sequence[int]

    def __len__(self) -> int:
        return len(self.text)

    def span(self, start: int, stop: int) -> Span:
        """The words `start` to `stop` (half-open) as a span of the document."""
        return self.doc[self.first[start] : self.last[stop - 1] + 1]

    def characters(self, start: int, stop: int) -> tuple[int, int]:
        """Where the words `start` to `stop` stand in the text: without the full stop that the tokenizer leaves on
        "Jan." and other words that happen to be short forms."""
        first, last = self.doc[self.first[start]], self.doc[self.last[stop - 1]]
        end: int = last.idx + len(last)
        dotted = last.text.endswith(".") and len(last) > 2 and last.text.count(".") == 1
        return first.idx, end - 1 if dotted and self.lower[stop - 1] not in abbreviations()["either"] else end

    def joined(self, start: int, stop: int) -> str:
        """The words `start` to `stop`, lower case, one space between."""
        return " ".join(self.lower[start:stop])


def words_of(sentence: Span) -> Words:
    """The words of a sentence; white space is none."""
    text: list[str] = []
    lower: list[str] = []
    first: list[int] = []
    last: list[int] = []
    tokens = [(token.text, bool(token.whitespace_)) for token in sentence]
    titles = abbreviations()["title"]
    glue = False  # whether the next token continues the word before it
    for offset, (token, spaced) in enumerate(tokens):
        index = sentence.start + offset
        if token.isspace():
            glue = False
            continue
        touching = offset > 0 and not tokens[offset - 1][1]
        if token == "." and touching and lower and lower[-1] in titles:
            last[-1] = index
        elif glue or (token in _HYPHENS and _joins(tokens, offset)):
            text[-1] += token
            lower[-1] += "-" if token in _HYPHENS else token.lower().rstrip(".").replace("’", "'")
            last[-1] = index
        else:
            text.append(token)
            lower.append(_lower(token))
            first.append(index)
            last.append(index)
        glue = token in _HYPHENS and not spaced and text[-1] != token
    return Words(sentence.doc, text, lower, first, last)


class Phrases:
    """Phrases of one or more words, each with a value; the longest that begins at a word wins."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase, value in values.items():
            for words in {tuple(phrase.split()), tuple(phrase.replace("-", " ").split())}:
                self._by_first.setdefault(words[0], []).append((words, value))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: (-len(entry[0]), entry[0]))

    def at(self, words: Words, start: int) -> tuple[int, str] | None:
        """The index after the longest phrase that begins at word `start`, and its value; None outside the sentence."""
        lower = words.lower
        if not 0 <= start < len(lower):
            return None
        for phrase, value in self._by_first.get(lower[start], ()):
            stop = start + len(phrase)
            if tuple(lower[start:stop]) == phrase:
                return stop, value
        return None

    def first_words(self) -> frozenset[str]:
        """The words that phrases begin with, lower case."""
        return frozenset(self._by_first)

    def value(self, word: str) -> str | None:
        """The value of the phrase that is this one word."""
        return next((value for phrase, value in self._by_first.get(word, ()) if phrase == (word,)), None)


def phrases(classes: Mapping[str, Iterable[str]]) -> Phrases:
    """The phrases of a YAML mapping of class names to phrases: each has its class as its value."""
    return Phrases({phrase: name for name, listed in classes.items() for phrase in listed})


def _joins(tokens: Sequence[tuple[str, bool]], offset: int) -> bool:
    """Whether the hyphen at `offset` stands between two letters and is no dash."""
    if offset == 0 or offset + 1 == len(tokens) or tokens[offset - 1][1] or tokens[offset][1]:
        return False
    return tokens[offset - 1][0][-1:].isalpha() and tokens[offset + 1][0][:1].isalpha()


def _lower(token: str) -> str:
    lower = token.lower()
    if "’" in lower:
        lower = lower.replace("’", "'")
    return lower[:-1] if len(lower) > 1 and lower[-1] == "." else lower

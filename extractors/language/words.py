"""A sentence as plain words: short forms without their full stop, hyphenated words in one piece.

The tokenizer splits "al-Zarqawi" into three tokens and "Lt." into two; grammars of names and titles are short when each
is one word. Every word knows its tokens, so that what is found among the words has its exact span in the text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Span

from dateline.extractors.language.sentences import abbreviations
from dateline.extractors.language.tokens import Tokens, tokens_of

_HYPHENS = frozenset("-‑")


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

    def span(self, doc: Doc, start: int, stop: int) -> Span:
        """The words `start` to `stop` (half-open) as a span of their document."""
        return doc[self.first[start] : self.last[stop - 1] + 1]

    def characters(self, start: int, stop: int) -> tuple[int, int]:
        """Where the words `start` to `stop` stand in the text: without the full stop that the tokenizer leaves on
        "Jan." and other words that happen to be short forms."""
        tokens, last = self.tokens, self.last[stop - 1]
        token = tokens.text[last]
        end = tokens.start[last] + len(token)
        dotted = token.endswith(".") and len(token) > 2 and token.count(".") == 1
        kept = dotted and self.lower[stop - 1] not in abbreviations()["either"]
        return tokens.start[self.first[start]], end - 1 if kept else end

    def extent(self, start: int, stop: int) -> tuple[int, int]:
        """Where the tokens of the words `start` to `stop` stand in the text, full stops included."""
        tokens, last = self.tokens, self.last[stop - 1]
        return tokens.start[self.first[start]], tokens.start[last] + len(tokens.text[last])

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
    """The words of a sentence; white space is none. Whoever reads many sentences gives their document's `tokens`."""
    tokens = tokens or tokens_of(sentence.doc)
    begin, end = sentence.start, sentence.end
    while end > begin and tokens.text[end - 1].isspace():
        end -= 1
    text = tokens.text[begin:end]
    lower = [*map(_lower, text)]
    if _is_plain(text, lower):
        return Words(tokens, text, lower, range(begin, end), range(begin, end))
    return _joined(tokens, begin, end)


def _is_plain(text: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether every token of a sentence is a word: none is white space, none is a hyphen, no short form is parted from
    its full stop. Most sentences are so, and these are read without looking at each token."""
    if "" in lower or not _HYPHENS.isdisjoint(text):
        return False
    stops = text.count(".")
    return not stops or (stops == 1 and lower[text.index(".") - 1] not in abbreviations()["title"])


def _joined(tokens: Tokens, begin: int, end: int) -> Words:
    """The words of the tokens `begin` to `end`, some of which are parts of words or white space."""
    text: list[str] = []
    lower: list[str] = []
    first: list[int] = []
    last: list[int] = []
    titles = abbreviations()["title"]
    glue = False  # whether the next token continues the word before it
    for index, token in enumerate(tokens.text[begin:end], begin):
        form = _lower(token)
        if not form:
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
            lower.append(form)
            first.append(index)
            last.append(index)
        glue = token in _HYPHENS and not tokens.spaced[index] and text[-1] != token
    return Words(tokens, text, lower, first, last)


def _joins(tokens: Tokens, index: int, begin: int, end: int) -> bool:
    """Whether the hyphen at token `index` stands between two letters of its sentence and is no dash."""
    if index == begin or index + 1 == end or tokens.spaced[index - 1] or tokens.spaced[index]:
        return False
    return tokens.text[index - 1][-1:].isalpha() and tokens.text[index + 1][:1].isalpha()


@lru_cache(maxsize=1 << 14)
def _lower(token: str) -> str:
    """The lower-case form of a token; empty for white space."""
    if token.isspace():
        return ""
    lower = token.lower().replace("’", "'")
    return lower[:-1] if len(lower) > 1 and lower[-1] == "." else lower

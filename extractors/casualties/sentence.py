"""A sentence as the modules of this field look at it: lower-case words by their index in the document."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, compress

from dateline.extractors.language.tokens import Tokens


class _Words(dict[int, str]):
    """Words by token; the empty word outside. A dict's own look-up costs a quarter of a checked list's."""

    def __missing__(self, index: int) -> str:
        return ""


@dataclass(slots=True)
class Marks:
    """Where phrases of one list begin, in order, and their lengths in tokens."""

    at: list[int] = field(default_factory=list)
    length: dict[int, int] = field(default_factory=dict)

    def add(self, at: int, length: int) -> None:
        """Note a phrase; of two at one token the longer."""
        if at not in self.length:
            self.at.append(at)
        self.length[at] = max(length, self.length.get(at, 0))


@dataclass(slots=True)
class Sentence:
    """Tokens `start:stop` of a document. `word` gives the lower-case word at an index of the document, empty outside
    the sentence, `words` all of them in order. What is found once and asked for often is kept, and None until somebody
    asks: `marks` by phrases.py, `numbers` by quantities.py; `before_numbers` and `before_people` by counts.py and
    nounphrase.py: the tokens that have such a word not far ahead."""

    tokens: Tokens
    start: int
    stop: int
    word: Callable[[int], str]
    words: Sequence[str]
    marks: dict[str, Marks] | None = None
    numbers: dict[int, tuple[int, int]] | None = None
    before_numbers: set[int] | None = None
    before_people: set[int] | None = None

    def joined(self, index: int) -> bool:
        """Whether the token at `index` stands close to the one before it, without white space between."""
        return index > self.start and not self.tokens.spaced[index - 1]

    def is_title(self, index: int) -> bool:
        """Whether the token begins with a capital, as names do."""
        return self.start <= index < self.stop and self.tokens.text[index][:1].isupper()

    def phrase_at(self, index: int, phrases: dict[str, list[tuple[str, ...]]]) -> int:
        """The length in tokens of the longest of `phrases` (by first word, longest first) at `index`; 0 for none."""
        listed = phrases.get(self.word(index))
        if listed is None:
            return 0  # most words
        following = self.word(index + 1)
        for phrase in listed:
            if len(phrase) > 1 and phrase[1] != following:
                continue
            if all(self.word(index + offset) == phrase[offset] for offset in range(2, len(phrase))):
                return len(phrase)
        return 0

    def text(self, start: int, stop: int) -> str:
        """The text of tokens `start:stop`."""
        tokens, last = self.tokens, stop - 1
        return tokens.source[tokens.start[start] : tokens.start[last] + len(tokens.text[last])]


def sentence_of(tokens: Tokens, lower: Sequence[str], start: int, stop: int) -> Sentence:
    """The sentence of tokens `start:stop`; `lower` are the lower-case words of the whole document."""
    words = lower[start:stop]
    return Sentence(tokens, start, stop, _Words(zip(range(start, stop), words, strict=True)).__getitem__, words)


def by_first_word(phrases: list[str]) -> dict[str, list[tuple[str, ...]]]:
    """Phrases keyed by their first word, longest first, as `Sentence.phrase_at` wants them."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases, key=lambda phrase: (-len(phrase.split()), phrase)):
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append(words)
    return found


def leading_to(ones: Iterable[int], reach: int) -> set[int]:
    """The tokens that are one of `ones`, or have one less than `reach` tokens ahead."""
    found: set[int] = set()
    for at in ones:
        found.update(range(at - reach + 1, at + 1))
    return found


def between(ordered: Sequence[int], start: int, stop: int) -> Sequence[int]:
    """Those of `ordered` numbers that are at least `start` and less than `stop`."""
    return ordered[bisect_left(ordered, start) : bisect_left(ordered, stop)]


def without_space(tokens: Tokens) -> tuple[Tokens, Sequence[int]]:
    """The tokens without those that are only white space (line ends, double spaces), of which no phrase is made; and
    for each index of the given ones, and for their end, the index here."""
    kept = [not text.isspace() for text in tokens.text]
    if all(kept):
        return tokens, range(len(kept) + 1)
    spaced = [space or not following for space, following in zip(tokens.spaced, [*kept[1:], True], strict=True)]
    text, start = list(compress(tokens.text, kept)), list(compress(tokens.start, kept))
    return Tokens(tokens.source, text, list(compress(spaced, kept)), start), [0, *accumulate(kept)]


@lru_cache(maxsize=1 << 14)
def lower_case(token: str) -> str:
    """A word in lower case, without the "Â" that a wrongly decoded no-break space leaves behind."""
    word = token.lower()
    return word.strip("â\xa0") or word if "â" in word else word

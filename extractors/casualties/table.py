"""Tables of phrases, looked for in one pass over a sentence."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")
ANY = "*"
Fits = Callable[[str, int], bool]  # whether a word of a phrase ("<year>") stands for that at an index of the sentence


@dataclass(frozen=True, slots=True)
class Table(Generic[T]):
    """Phrases, each with a value: single words, and longer ones by their first word and then their second. "*" is any
    one word; what begins with "<" is for the caller to say."""

    singles: dict[str, list[T]] = field(default_factory=dict)
    longer: dict[str, dict[str, list[tuple[tuple[str, ...], T]]]] = field(default_factory=dict)

    def add(self, phrase: str, value: T) -> None:
        """Add a phrase, its words parted by spaces."""
        words = tuple(phrase.split())
        if len(words) == 1:
            self.singles.setdefault(words[0], []).append(value)
            return
        second = ANY if words[1][0] in "*<" else words[1]
        self.longer.setdefault(words[0], {}).setdefault(second, []).append((words, value))

    def scan(self, words: Sequence[str], fits: Fits | None = None) -> Iterator[tuple[int, int, T]]:
        """Where phrases stand in `words` (lower case): index, length, value, in the order of the index."""
        singles, longer, last = self.singles, self.longer, len(words) - 1
        for at, word in enumerate(words):
            if word in longer and at < last:
                seconds = longer[word]
                for phrase, value in seconds.get(words[at + 1], ()):
                    if len(phrase) == 2 or _goes_on(phrase, words, at, 2, fits):
                        yield at, len(phrase), value
                for phrase, value in seconds.get(ANY, ()):
                    if _goes_on(phrase, words, at, 1, fits):
                        yield at, len(phrase), value
            if word in singles:
                for value in singles[word]:
                    yield at, 1, value


def _goes_on(phrase: tuple[str, ...], words: Sequence[str], at: int, known: int, fits: Fits | None) -> bool:
    """Whether a phrase, whose first `known` words have been found, stands at `words[at]`."""
    if at + len(phrase) > len(words):
        return False
    for offset in range(known, len(phrase)):
        word = phrase[offset]
        if word in (words[at + offset], ANY):
            continue
        if word[0] != "<" or fits is None or not fits(word, at + offset):
            return False
    return True


def table(phrases: Iterable[tuple[str, T]]) -> Table[T]:
    """The table of phrases and their values."""
    found: Table[T] = Table()
    for phrase, value in phrases:
        found.add(phrase, value)
    return found

"""Tables of phrases, looked for in one pass over a sentence."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")
ANY = "*"
Fits = Callable[[str, int], bool]  # whether a word of a phrase ("<year>") stands for that at an index of the sentence


@dataclass(frozen=True, slots=True)
class Table(Generic[T]):
    """Phrases, each with a value. "*" is any one word; what begins with "<" is for the caller to say.

    Single words are `singles`; the `longer` phrases are kept by their first word, then by the place and the word of the
    next one that is fixed: "in <n> clashes" under "in", 2, "clashes".
    """

    singles: dict[str, list[T]] = field(default_factory=dict)
    longer: dict[str, dict[int, dict[str, list[tuple[tuple[str, ...], T]]]]] = field(default_factory=dict)
    openers: set[str] = field(default_factory=set)

    def add(self, phrase: str, value: T) -> None:
        """Add a phrase, its words parted by spaces."""
        words = tuple(phrase.split())
        self.openers.add(words[0])
        if len(words) == 1:
            self.singles.setdefault(words[0], []).append(value)
            return
        fixed = next((place for place, word in enumerate(words) if place and word[0] not in "*<"), 0)
        places = self.longer.setdefault(words[0], {})
        places.setdefault(fixed, {}).setdefault(words[fixed], []).append((words, value))

    def scan(self, words: Sequence[str], fits: Fits | None = None) -> Iterator[tuple[int, int, T]]:
        """Where phrases stand in `words` (lower case): index, length, value, in the order of the index."""
        openers = self.openers
        for at in [at for at, word in enumerate(words) if word in openers]:
            word = words[at]
            for place, by_word in self.longer.get(word, {}).items():
                for phrase, value in by_word.get(words[at + place], ()) if at + place < len(words) else ():
                    if _stands(phrase, words, at, fits):
                        yield at, len(phrase), value
            for value in self.singles.get(word, ()):
                yield at, 1, value


def _stands(phrase: tuple[str, ...], words: Sequence[str], at: int, fits: Fits | None) -> bool:
    """Whether a phrase stands at `words[at]`, where its first word does."""
    if at + len(phrase) > len(words):
        return False
    for index, word in enumerate(phrase[1:], at + 1):
        if word in (words[index], ANY):
            continue
        if word[0] != "<" or fits is None or not fits(word, index):
            return False
    return True


def table(phrases: Iterable[tuple[str, T]]) -> Table[T]:
    """The table of phrases and their values."""
    found: Table[T] = Table()
    for phrase, value in phrases:
        found.add(phrase, value)
    return found

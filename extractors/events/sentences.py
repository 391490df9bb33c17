"""The sentences of an article, and what stands where in them."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

NEAR = 120  # characters before a word in which what belongs to it stands


@dataclass(frozen=True)
class Sentences:
    """A text and where its sentences stand, in order; none where it was not parted into any."""

    text: str
    spans: Sequence[tuple[int, int]]

    def at(self, start: int) -> int:
        """The number of the sentence in which a character stands, or which it follows."""
        return max(0, bisect_right(self.spans, (start, len(self.text) + 1)) - 1)

    def of(self, number: int) -> str:
        """A sentence."""
        return self.text[slice(*self.spans[number])]

    def before(self, start: int) -> str:
        """The last words of a sentence before a character in it."""
        return self.text[max(self.spans[self.at(start)][0], start - NEAR) : start]

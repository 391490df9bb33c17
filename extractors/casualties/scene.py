"""A sentence's people and cues as the linking modules look at them."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from dateline.extractors.casualties.cues import Cue
from dateline.extractors.casualties.quantities import QUOTES
from dateline.extractors.casualties.sentence import Sentence
from dateline.extractors.casualties.shapes import People
from dateline.extractors.casualties.vocabulary import grammar, word_classes


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with its people and cues. `starts` are the first tokens of the people, in order."""

    sentence: Sentence
    people: list[People]
    cues: list[Cue]
    cue_words: frozenset[int]
    starts: list[int]

    def people_at(self, at: int) -> int | None:
        """The position of the people whose phrase begins at token `at`."""
        index = bisect_left(self.starts, at)
        return index if index < len(self.starts) and self.starts[index] == at else None

    def people_over(self, at: int) -> int | None:
        """The position of the last people who begin at or before token `at`; None where there are none."""
        index = bisect_right(self.starts, at) - 1
        return index if index >= 0 else None

    def next_people(self, at: int) -> int | None:
        """The position of the first people who begin at or after token `at`."""
        index = bisect_left(self.starts, at)
        return index if index < len(self.starts) else None

    def soft(self, at: int) -> bool:
        """Whether the token may stand between a cue and what it is about."""
        word = self.sentence.word(at)
        return word in word_classes()["SOFT"] or word in QUOTES or word.endswith("ly")

    def is_boundary(self, at: int) -> bool:
        """Whether the word at `at` ends noun phrases."""
        return self.sentence.word(at) in word_classes()["BOUNDARY"] or at in self.cue_words

    def joins_cues(self, at: int) -> bool:
        """Whether an "and" or "or" stands between two cues: "killed and wounded"."""
        return self.sentence.word(at) in ("and", "or", "/") and at - 1 in self.cue_words and at + 1 in self.cue_words

    def ends_clause(self, at: int) -> bool:
        """Whether no object can begin at token `at`: then a participle without "be" speaks of those before it."""
        word = self.sentence.word(at)
        if not word or not word[0].isalpha() or at in self.cue_words:
            return True
        if word in grammar("determiners") and self.people_at(at) is None:
            return False
        return word in word_classes()["BOUNDARY"] or self.soft(at) or self.people_at(at) is not None

    def parted(self, start: int, stop: int) -> bool:
        """Whether a semicolon, colon or "but" parts what stands before tokens `start:stop` from what stands after."""
        return any(self.sentence.word(index) in (";", ":", "but") for index in range(start, stop))

    def unlinked_before(self, at: int) -> bool:
        """Whether the last people before token `at` have nothing said of them yet."""
        index = self.people_over(at - 1)
        return index is not None and self.people[index].stop <= at and not self.people[index].linked


def scene_of(sentence: Sentence, people: list[People], cues: list[Cue], cue_words: frozenset[int]) -> Scene:
    """The scene of a sentence."""
    return Scene(sentence, people, cues, cue_words, [these.start for these in people])

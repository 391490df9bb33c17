"""A sentence as the modules of this field look at it: lower-case words by their index in the document."""

from dataclasses import dataclass

from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens `start:stop` of `doc`. `lower` holds the words of the whole document, so that one index serves all."""

    doc: Doc
    lower: list[str]
    start: int
    stop: int

    def word(self, index: int) -> str:
        """The lower-case word at `index`; empty outside the sentence."""
        return self.lower[index] if self.start <= index < self.stop else ""

    def joined(self, index: int) -> bool:
        """Whether the token at `index` stands close to the one before it, without white space between."""
        return index > self.start and not self.doc[index - 1].whitespace_

    def is_title(self, index: int) -> bool:
        """Whether the token begins with a capital, as names do."""
        return self.start <= index < self.stop and self.doc[index].text[:1].isupper()

    def phrase_at(self, index: int, phrases: dict[str, list[tuple[str, ...]]]) -> int:
        """The length in tokens of the longest of `phrases` (by first word, longest first) at `index`; 0 for none."""
        for phrase in phrases.get(self.word(index), ()):
            if all(self.word(index + offset) == word for offset, word in enumerate(phrase)):
                return len(phrase)
        return 0

    def text(self, start: int, stop: int) -> str:
        """The text of tokens `start:stop`."""
        return self.doc[start:stop].text


def by_first_word(phrases: list[str]) -> dict[str, list[tuple[str, ...]]]:
    """Phrases keyed by their first word, longest first, as `Sentence.phrase_at` wants them."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases, key=lambda phrase: (-len(phrase.split()), phrase)):
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append(words)
    return found

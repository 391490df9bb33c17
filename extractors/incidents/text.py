"""Where things stand in an article's text: sentences and paragraphs, by offset, without a language pipeline."""

import re
from bisect import bisect_right
from dataclasses import dataclass

_END = re.compile(r"[.!?…][\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|\n+")
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Lt|Col|Gen|Maj|Capt|Sgt|Cpl|Brig|Cmdr|Adm|Gov|Sen|Rep|Rev|Prof|St|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|[A-Z])"
    r"|\b[A-Za-z]\.[A-Za-z])\.$"
)  # "Lt.", "Sept.", an initial, "U.S."


@dataclass(frozen=True, slots=True)
class Layout:
    """The starts of sentences and paragraphs of `text`."""

    text: str
    sentences: tuple[int, ...]
    paragraphs: tuple[int, ...]

    def sentence(self, offset: int) -> int:
        """The number of the sentence that `offset` stands in."""
        return bisect_right(self.sentences, offset) - 1

    def paragraph(self, offset: int) -> int:
        """The number of the paragraph that `offset` stands in."""
        return bisect_right(self.paragraphs, offset) - 1

    def bounds(self, sentence: int) -> tuple[int, int]:
        """The offsets at which a sentence begins and ends."""
        following = sentence + 1
        return self.sentences[sentence], self.sentences[following] if following < len(self.sentences) else len(
            self.text
        )


def layout(text: str) -> Layout:
    """The layout of a text. Short forms ("Lt. Col.", "Jan. 10") end no sentence."""
    sentences, paragraphs = [0], [0]
    for end in _END.finditer(text):
        if "\n" in end.group():
            paragraphs.append(end.end())
        elif _SHORT.search(text, max(0, end.start() - 8), end.start() + 1):
            continue
        sentences.append(end.end())
    return Layout(text, tuple(sentences), tuple(paragraphs))

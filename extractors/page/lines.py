"""The lines of a text, and what is marked as furniture on them."""

import re
from dataclasses import dataclass

_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_PROSE = 90  # characters of a line that, ending as a sentence does, is taken for the article's prose
_SENTENCE_CLOSED = re.compile(r"[.!?…][”’\"'»)\]]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text without the white space around it: `text[start:stop] == words`."""

    start: int
    stop: int
    words: str

    @property
    def is_prose(self) -> bool:
        """Whether the line reads like a paragraph of an article and not like a label or title."""
        return len(self.words) >= _PROSE and _SENTENCE_CLOSED.search(self.words[-4:]) is not None


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text that is furniture: `start:stop`, half-open, and by which rule."""

    rule: str
    start: int
    stop: int


def split(text: str) -> list[Line]:
    """The lines of `text` that are not blank."""
    return [Line(found.start(), found.end(), found[0]) for found in _LINE.finditer(text)]

"""Spans: where in a text a value was read.

Offsets are half-open, in Unicode code points of the article text, the unit of Python's slices and of DuckDB's
`text[start+1:stop]`. JavaScript counts UTF-16 units; exports convert.
"""

from dataclasses import dataclass
from typing import Literal

EvidenceRole = Literal[
    "number", "cue", "group", "scope", "attribution", "anchor", "place", "role", "organisation", "status"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of text: `text[start:stop] == quote`, always."""

    start: int
    stop: int
    quote: str

    @classmethod
    def of(cls, text: str, start: int, stop: int) -> "Span":
        """The span of `text[start:stop]`; ValueError where those offsets do not lie in the text."""
        return cls(start=start, stop=stop, quote=_quoted(text, start, stop))

    def overlaps(self, start: int, stop: int) -> bool:
        """Whether any character is shared with `start:stop`."""
        return self.start < stop and start < self.stop


@dataclass(frozen=True, slots=True)
class Traced:
    """`text[start:stop]` stands at `page[page_start:page_stop]` of the decoded page, and in the bytes
    `capture[byte_start:byte_stop]`: tags, entities and white space aside. All half-open."""

    start: int
    stop: int
    page_start: int
    page_stop: int
    byte_start: int
    byte_stop: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A stretch of text that a value rests on, and what part it played."""

    role: EvidenceRole
    start: int
    stop: int
    quote: str

    @classmethod
    def of(cls, text: str, role: EvidenceRole, start: int, stop: int) -> "Evidence":
        """The evidence `text[start:stop]`; ValueError where those offsets do not lie in the text."""
        return cls(role=role, start=start, stop=stop, quote=_quoted(text, start, stop))


def _quoted(text: str, start: int, stop: int) -> str:
    if not 0 <= start < stop <= len(text):
        raise ValueError(f"no span {start}:{stop} in a text of {len(text)} characters")
    return text[start:stop]

"""The tokens of a document as plain lists, read once and kept with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from spacy.attrs import IDX, SPACY
from spacy.tokens import Doc

Doc.set_extension("tokens", default=None)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a document whose text is `source`, read once as plain lists: their text, whether a space follows,
    and their offsets.

    A spaCy token is an object made anew each time that it is looked at, which costs more than reading its sentence.
    """

    source: str
    text: Sequence[str]
    spaced: Sequence[int]
    start: Sequence[int]


def tokens_of(doc: Doc, text: str | None = None) -> Tokens:
    """The tokens of `doc`; kept with it, for several fields ask. Whoever knows its text gives it: spaCy puts that
    together anew each time."""
    if doc._.tokens is None:
        doc._.tokens = _read_tokens(doc, doc.text if text is None else text)
    tokens: Tokens = doc._.tokens
    return tokens


def _read_tokens(doc: Doc, text: str) -> Tokens:
    rows: Any = doc.to_array([IDX, SPACY])
    starts = rows[:, 0].tolist()
    spaced = rows[:, 1].tolist()
    ends = [*starts[1:], len(text)]
    texts = [text[start : end - space] for start, end, space in zip(starts, ends, spaced, strict=True)]
    return Tokens(text, texts, spaced, starts)

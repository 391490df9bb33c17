"""Content hashes: the same words give the same id on every machine, on every day."""

import hashlib
from functools import lru_cache

SEPARATOR = "\x1f"  # the unit separator occurs in no normalised text


def content_id(*parts: object, length: int = 16) -> str:
    """Hash `parts` (their `str`; None is empty) to `length` hexadecimal digits."""
    joined = SEPARATOR.join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def sha256(data: bytes) -> str:
    """The full SHA-256 of `data`, in hexadecimal: the name of a capture."""
    return hashlib.sha256(data).hexdigest()


@lru_cache(maxsize=4)  # every fact of a text asks for it, and hashing a text takes longer than reading a fact
def text_id(text: str) -> str:
    """The id of an article text."""
    return content_id("text", text)


def fact_id(text: str, field: str, start: int, stop: int, *distinct: object) -> str:
    """The id of a fact: text, field, position, and what else tells two facts on the same words apart (a toll's
    outcome; never its figures, so that a changed value is a change and not a loss and a gain)."""
    return content_id("fact", text_id(text), field, start, stop, *distinct)

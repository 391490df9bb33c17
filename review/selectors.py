"""Selectors of the W3C Web Annotation Data Model for spans of a text, of a page, and of its bytes.

Positions count Unicode code points, as the model asks for and as everything here does; JavaScript's strings count
UTF-16 units, so a script converts. The model has text normalised before positions are counted: the article's text is,
once and for all, and its positions hold for it alone. Positions in the decoded page count the page as it is written,
tags and all: they are for a page that is treated as plain text. Bytes are those of the capture in the archive.
"""

from typing import Any

from dateline.models.span import Traced

AROUND = 32  # characters of a prefix and a suffix

Selector = dict[str, Any]


def position(start: int, stop: int) -> Selector:
    """A TextPositionSelector: `end` is not included, as in Python's slices."""
    return {"type": "TextPositionSelector", "start": start, "end": stop}


def quotation(text: str, start: int, stop: int) -> Selector:
    """A TextQuoteSelector of `text[start:stop]`, with what stands directly before and behind it."""
    return {
        "type": "TextQuoteSelector",
        "exact": text[start:stop],
        "prefix": text[max(0, start - AROUND) : start],
        "suffix": text[stop : stop + AROUND],
    }


def data_position(start: int, stop: int) -> Selector:
    """A DataPositionSelector: half-open, in bytes."""
    return {"type": "DataPositionSelector", "start": start, "end": stop}


def fragment(directive: str) -> Selector:
    """A FragmentSelector of a text directive (see `fragments`): what stands behind the `#` of the page's URL."""
    return {
        "type": "FragmentSelector",
        "conformsTo": "https://wicg.github.io/scroll-to-text-fragment/",
        "value": f":~:{directive}",
    }


def of_text(text: str, start: int, stop: int) -> list[Selector]:
    """Both selectors of a span of an article's text."""
    return [position(start, stop), quotation(text, start, stop)]


def of_page(part: Traced) -> list[Selector]:
    """A stretch of a page: its characters, and the bytes that they were decoded from."""
    return [position(part.page_start, part.page_stop), data_position(part.byte_start, part.byte_stop)]

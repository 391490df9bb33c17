"""The body of a page: what trafilatura takes for the article, as paragraphs."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.settings import Extractor

from dateline.extractors.page.characters import shown

_MANY = 3000  # blocks of words: a long list or table has some hundreds, a page with a thousand comments this many
_ROLES = {"head": "head", "item": "item", "quote": "quote", "code": "code", "row": "row"}
_BLOCKS = frozenset({"p", "head", "list", "item", "quote", "code", "table", "row", "cell"})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the article: its words on one line, and what it is ("p", "head", "item", "quote", "row", "code")."""

    text: str
    role: str


def read_body(root: HtmlElement, *, blocks: int = 0) -> list[Paragraph]:
    """The paragraphs that trafilatura finds in a tree; empty where it finds none. The tree loses the elements that hold
    no words, all of which it would look at again and again.

    `blocks` is how many blocks of words the page has. jusText and readability, which are asked for a second opinion,
    take time with the square of it (jusText: 15 s for a list of 10,000 words): past `_MANY` they are not asked.
    """
    etree.strip_elements(root, "meta", "link", "input", with_tail=False)
    found = trafilatura.bare_extraction(root, options=_options(fast=blocks > _MANY))
    if found is None or isinstance(found, dict) or found.body is None:
        return []
    return list(_paragraphs(found.body))  # as a whole: words may stand between its blocks


@cache
def _options(*, fast: bool) -> Extractor:
    """What is asked of trafilatura. Not for its text, which it would put together once more ("python"); and not to
    deduplicate: it remembers earlier pages, and the same page would read differently the second time."""
    return Extractor(output_format="txt", comments=False, with_metadata=False, dedup=False, fast=fast)


def _paragraphs(element: HtmlElement, role: str = "p") -> Iterator[Paragraph]:
    """The lines of a block: every block inside it, and `<lb/>`, begins a new one."""
    role = _ROLES.get(element.tag, role)
    if element.tag == "row" and element.find(".//row") is None:  # a row that lays out other tables is no row of data
        cells = (" ".join(filter(None, map(shown, _words(cell)))) for cell in element.iter("cell"))
        yield from _line("\t".join(filter(None, cells)), role)
        return
    words = [element.text or ""]
    for child in element:
        if child.tag in _BLOCKS:
            yield from _line("".join(words), role)
            yield from _paragraphs(child, role)
            words = []
        elif child.tag == "lb":
            yield from _line("".join(words), role)
            words = []
        else:
            first, *rest = _words(child)
            words.append(first)
            for line in rest:  # a line break inside bold or quoted words
                yield from _line("".join(words), role)
                words = [line]
        words.append(child.tail or "")
    yield from _line("".join(words), role)


def _words(element: HtmlElement) -> list[str]:
    """The text of an element with all that is in it, parted at line breaks."""
    parts = [element.text or ""]
    for inner in element.iterdescendants():
        if inner.tag in ("lb", *_BLOCKS):
            parts.append("")
        parts[-1] += (inner.text or "") + (inner.tail or "")
    return parts


def _line(words: str, role: str) -> Iterator[Paragraph]:
    text = "\t".join(map(shown, words.split("\t"))) if role == "row" else shown(words)
    if text:
        yield Paragraph(text, role)

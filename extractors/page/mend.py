"""Markup in which an extractor loses or parts the words of an article, mended before it is asked.

trafilatura passes over text that stands bare beside paragraphs (a first paragraph whose tag was closed by a box inside
it), and begins a new paragraph at each short quotation or piece of code.
"""

from lxml import etree
from lxml.html import HtmlElement

_INLINE = frozenset(
    (
        "a",
        "abbr",
        "b",
        "big",
        "cite",
        "em",
        "font",
        "i",
        "mark",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
    )
)
_BARE = "//p[2]/parent::*/text()[string-length(normalize-space())>40]"  # shorter ones are labels as often as not
_RUN = 200  # inline elements that bare text may hold


def mend(root: HtmlElement) -> None:
    """Make paragraphs of bare text beside paragraphs, and mere text of quotations and code inside a sentence."""
    etree.strip_tags(root, "q")
    for code in root.iter("code", "kbd", "samp", "tt"):
        parent = code.getparent()
        if parent is not None and parent.tag in ("p", "li", "td") and len(code) == 0:
            code.tag = "span"
    for text in root.xpath(_BARE):
        element = text.getparent()
        first = element.getnext() if text.is_tail else next(iter(element), None)
        before = element if text.is_tail else None
        parent = element.getparent() if text.is_tail else element
        if parent is not None and parent.tag != "p":
            _enclose(parent, before, first)


def _enclose(parent: HtmlElement, before: HtmlElement | None, after: HtmlElement | None) -> None:
    """Put the text between two children of an element into a paragraph, with the inline elements around it."""
    inside: list[HtmlElement] = []
    while before is not None and before.tag in _INLINE and len(inside) < _RUN:
        inside.insert(0, before)
        before = before.getprevious()
    while after is not None and after.tag in _INLINE and len(inside) < _RUN:
        inside.append(after)
        after = after.getnext()
    paragraph = parent.makeelement("p")
    if before is None:
        paragraph.text, parent.text = parent.text, None
        parent.insert(0, paragraph)
    else:
        paragraph.text, before.tail = before.tail, None
        before.addnext(paragraph)
    paragraph.extend(inside)

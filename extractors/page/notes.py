"""Raised marks: of notes, which hang on words and belong to none (`14<sup>2</sup> people` is 14 people, never 142), and
of powers, which belong to their numbers and units."""

import re

from lxml import etree
from lxml.html import HtmlElement

_GONE = "dateline-gone"  # the name of elements that are about to be removed
_MARK = re.compile(r"[\[(]?(?:\d{1,3}(?:\s?[,–-]\s?\d{1,3})*|[*†‡§¶]+|[a-z])[\])]?")
_HAS_POWER = re.compile(r"(?:\b(?:10|[kcmd]?m|km|cm|mm|ft|mi|in|yd|s|kg|miles?|metres?|meters?|feet)|[×x]\s?10)$")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def is_note(raised: HtmlElement) -> bool:
    """Whether a `sup` element is the mark of a note that touches the words before it."""
    mark = _words(raised)
    if not _MARK.fullmatch(mark) or _is_power(raised):
        return False
    if mark.isalpha():
        return not (raised.tail or "")[:1].isalpha()  # "M<sup>c</sup>Donald"
    return not mark.startswith("[") or _before(raised)[-1:].isdigit()  # brackets keep their distance from words


def settle_powers(root: HtmlElement) -> None:
    """Write powers as superscript characters (10⁶, km²), which no reader takes for digits of the number."""
    for raised in list(root.iter("sup")):
        if _is_power(raised):
            # Removed all at once at the end: one by one would join the texts on both sides again and again.
            tail = _words(raised).translate(_RAISED) + (raised.tail or "")
            raised.clear()
            raised.tag, raised.tail = _GONE, tail
    etree.strip_elements(root, _GONE, with_tail=False)


def _is_power(raised: HtmlElement) -> bool:
    return _words(raised).isdigit() and _HAS_POWER.search(_before(raised)) is not None


def _words(raised: HtmlElement) -> str:
    return "".join(raised.itertext()).strip()


def _before(element: HtmlElement) -> str:
    """The text directly before an element, within its parent."""
    previous = element.getprevious()
    if previous is not None:
        return (previous.text_content() if not previous.tail else "") + (previous.tail or "")
    parent = element.getparent()
    return (parent.text or "") if parent is not None else ""

"""The page as a tree: our own parse, because nothing may be lost in silence.

trafilatura's own parse stops at 256 nested elements and at text of 10 MB, without a word, and garbles a page for one
bad byte. Here the limits are lxml's highest, and whatever still does not fit is said.
"""

import re
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement, HTMLParser

from dateline.extractors.page.stream import UNSHOWN

DEEPEST = 2048  # libxml2's own limit with huge_tree
_GONE = "dateline-gone"  # the name of elements that are about to be removed
_MOST = 150_000  # elements of a page; large articles with all their menus have some thousands
_NOTE = re.compile(r"[\[(]?(?:\d{1,3}(?:\s?[,–-]\s?\d{1,3})*|[*†‡§¶]+|[a-z])[\])]?")
_HAS_POWER = re.compile(r"(?:\b(?:10|[kcmd]?m|km|cm|mm|ft|mi|in|yd|s|kg|miles?|metres?|meters?|feet)|[×x]\s?10)$")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_PROSE = 90  # characters of a paragraph that no cell of a data table holds
_WRAPPERS = re.compile(r"</?(?:div|span|section|font|center|b|i|u|em|strong|big|small)\b[^<>]*>", re.IGNORECASE)
TALLY = "\ufdd0"  # for our own use inside a tree: Unicode keeps it free of any meaning
# Control characters that no text holds; libxml2 ends the text at a NUL.
_CONTROLS = re.compile(f"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff{TALLY}]")


@dataclass(frozen=True, slots=True)
class Tree:
    """A parsed page, and what of it could not be parsed, in words (None: nothing)."""

    root: HtmlElement
    trouble: str | None


def clean_characters(html: str) -> str:
    """`html` with control characters and lone surrogates made zero-width spaces, which are not read: offsets stay."""
    return _CONTROLS.sub("\u200b", html)


def parse(html: str) -> Tree | None:
    """The tree of a decoded page; None where there is no element in it. Never raises."""
    root, too_deep = _parse(html)
    trouble = None
    if too_deep:
        # Wrappers hold no words of their own; without them the paragraphs are near the root again.
        trouble = f"elements are nested deeper than {DEEPEST:,}; wrappers were taken away to read it"
        root, still = _parse(_WRAPPERS.sub(" ", html))
        if still:
            trouble = f"elements are nested deeper than {DEEPEST:,}; what stands below that is not read"
    return None if root is None else Tree(root, trouble)


def too_large(root: HtmlElement) -> str | None:
    """Why a tree is not read, in words; None where it is. The extractor takes time with the square of the elements
    that stand side by side: 3 s for 30,000, minutes past the bound."""
    count = int(root.xpath("count(//*)"))
    return f"the page has {count:,} elements; more than {_MOST:,} are not read" if count > _MOST else None


def strip_unshown(root: HtmlElement) -> None:
    """Remove what no reader sees. JSON-LD stays, it may hold the article, and so do the titles in the head."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            script.tag = "style"
    for drawing in root.iter("svg"):  # one that is not closed would take the article with it
        if next(drawing.iter("p", "h1", "article"), None) is not None:
            drawing.tag = "div"
    etree.strip_elements(root, *(name for name in UNSHOWN if name not in ("script", "title")), with_tail=False)


def open_layout_tables(root: HtmlElement) -> None:
    """Make divisions of the tables that only lay out a page: those with prose in a cell, and all that stand in them.
    Old sites are built of them, and an extractor that takes them for data reads the menu and the story as one row."""
    for table in list(root.iter("table")):
        if table.tag != "table":
            continue  # it stood in one that has been opened
        bodies = [table, *table.iterchildren("tbody", "thead", "tfoot")]
        cells = [cell for body in bodies for row in body.iterchildren("tr") for cell in row.iterchildren("td", "th")]
        if any(sum(map(len, inner.itertext())) >= _PROSE for cell in cells for inner in cell.iter("p")):
            for part in list(table.iter("table", "tbody", "thead", "tfoot", "tr", "td", "th")):
                part.tag = "div"


def settle_notes(root: HtmlElement) -> None:
    """Take the marks of footnotes out of the words they hang on: `14<sup>2</sup> people` is 14 people, never 142.

    Powers and units keep their digits as superscript characters (10⁶, km²), which no reader takes for a figure.
    """
    for note in list(root.iter("sup")):
        mark = "".join(note.itertext()).strip()
        if not _NOTE.fullmatch(mark):
            continue
        before = _words_before(note)
        raised = mark.translate(_RAISED) if _HAS_POWER.search(before) and mark.isdigit() else ""
        if not raised and mark.startswith("[") and not before[-1:].isdigit():
            continue  # brackets keep their distance from words
        # Removed all at once at the end: one by one would join the texts on both sides again and again.
        tail = raised + (note.tail or "")
        note.clear()
        note.tag, note.tail = _GONE, tail
    etree.strip_elements(root, _GONE, with_tail=False)


def _words_before(element: HtmlElement) -> str:
    """The text directly before an element, within its parent."""
    previous = element.getprevious()
    if previous is not None:
        return (previous.text_content() if not previous.tail else "") + (previous.tail or "")
    parent = element.getparent()
    return (parent.text or "") if parent is not None else ""


def _parse(html: str) -> tuple[HtmlElement | None, bool]:
    """The root, and whether the parser met a limit. Bytes go in, because text with an XML declaration is refused."""
    parser = HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8", collect_ids=False)
    try:
        root = etree.fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None, False
    limit = any(entry.type_name == "ERR_RESOURCE_LIMIT" or "depth" in entry.message for entry in parser.error_log)
    return root, limit

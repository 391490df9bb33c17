"""The page as a tree: our own parse, because nothing may be lost in silence.

trafilatura's own parse stops at 256 nested elements and at text of 10 MB, without a word, and garbles a page for one
bad byte. Here the limits are lxml's highest, and whatever still does not fit is said.
"""

import re
from contextlib import suppress
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement, HTMLParser

from dateline.extractors.page.stream import UNSHOWN

DEEPEST = 2048  # libxml2's own limit with huge_tree
_MOST = 150_000  # elements of a page; large articles with all their menus have some thousands
_CROWDED = 5_000  # attributes of a tag: libxml2 takes time with their square (20,000: 0.6 s; 200,000: a minute)
_WINDOW = 1 << 14  # characters: a tag with so many attributes holds some such stretch without "<" or ">"
_ATTRIBUTES = re.compile(r"[^\s=\"'<>/]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]*))?")
_PROSE = 90  # characters of a paragraph that no cell of a data table holds
# What is taken away of a page that is nested too deep: what only wraps words, then all that can nest at all. A wrapper
# inside a line leaves nothing in its place, since it may stand inside a number.
_IN_LINE = re.compile(
    r"</?(?:span|font|b|i|u|em|strong|big|small|a|abbr|mark|q|cite|code|sub|tt)\b[^<>]*>", re.IGNORECASE
)
_WRAPPERS = re.compile(r"</?(?:div|section|center|form|article|main)\b[^<>]*>", re.IGNORECASE)
_NESTING = re.compile(
    r"</?(?!(?:p|br|hr|h[1-6]|html|head|body|title|meta|link|base|script|style)\b)[a-z][^<>]*>", re.IGNORECASE
)
# lxml.html asks a Python function for the class of each element that is touched, to tell forms and their fields: a
# tenth of the time that a page takes.
_PLAIN = etree.ElementDefaultClassLookup(element=HtmlElement)
TALLY = "\ufdd0"  # for our own use inside a tree: Unicode keeps it free of any meaning
# Control characters that no text holds; libxml2 ends the text at a NUL.
_CONTROLS = re.compile(f"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff{TALLY}]")
_CONTROL_BYTES = bytes(code for code in (*range(32), 0x7F) if code not in b"\t\n\f\r")
_THOUSANDS = re.compile("(?<=[0-9])[\u2009\u202f](?=[0-9]{3}(?![0-9]))")  # thin spaces between the digits of a number


@dataclass(frozen=True, slots=True)
class Tree:
    """A parsed page (None: there is no element in it), and what of it was not parsed, in words."""

    root: HtmlElement | None
    lost: tuple[str, ...] = ()


def clean_characters(html: str) -> str:
    """`html` with control characters and lone surrogates made zero-width spaces, which are not read: offsets stay."""
    try:
        data = html.encode()
    except UnicodeEncodeError:
        return _CONTROLS.sub("\u200b", html)
    if len(data.translate(None, _CONTROL_BYTES)) == len(data) and TALLY not in html:
        return html  # nearly always, and told in a third of the time
    return _CONTROLS.sub("\u200b", html)


def parse(html: str) -> Tree:
    """The tree of a decoded page. Raises nothing but MemoryError."""
    html, crowded = _without_crowds(html)
    lost: tuple[str, ...] = (f"the {crowded:,} attributes of one tag are not read",) if crowded else ()
    root, too_deep = _parse(html)
    if too_deep:
        # Without what wraps them the words are near the root again.
        html = _WRAPPERS.sub(" ", _IN_LINE.sub("", html))
        root, too_deep = _parse(html)
        deep = "wrappers were taken away to read it"
        if too_deep:
            root, too_deep = _parse(_NESTING.sub(" ", html))
            deep = "what stands below that is not read" if too_deep else "only its paragraphs and headings are read"
        lost += (f"elements are nested deeper than {DEEPEST:,}; {deep}",)
    return Tree(root, lost)


def _without_crowds(html: str) -> tuple[str, int]:
    """`html` with blanks for the attributes of tags that have too many, and the most that one has; 0 where none has."""
    most = at = 0
    while at + _WINDOW < len(html):
        if html.find("<", at, at + _WINDOW) >= 0 or html.find(">", at, at + _WINDOW) >= 0:
            at += _WINDOW
            continue
        start = max(html.rfind("<", 0, at), html.rfind(">", 0, at))
        at = min((edge for edge in (html.find("<", at), html.find(">", at)) if edge >= 0), default=len(html))
        if start >= 0 and html[start] == "<" and html[start + 1 : start + 2].isalpha():
            name = start + len(html[start:at].split(None, 1)[0])
            count = sum(1 for _ in _ATTRIBUTES.finditer(html, name, at))
            if count > _CROWDED:
                most = max(most, count)
                html = html[:name] + " " * (at - name) + html[at:]
    return html, most


def too_large(html: str, root: HtmlElement) -> str | None:
    """Why the tree of a page is not read, in words; None where it is."""
    if html.count("<") <= _MOST:
        return None  # to count the elements takes longer
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


def words_of(root: HtmlElement) -> str:
    """All the words of a tree as they stand in it: as "\\n".join(root.itertext()) where an override must end with its
    text, and else ten times as quickly, without the line ends."""
    words = str(etree.tostring(root, method="text", encoding="unicode"))
    return "\n".join(root.itertext()) if "\u202e" in words else words


def settle_characters(root: HtmlElement) -> str:
    """All the words of a tree as they stand in it, once what characters.py says of elements is done: `<bdo dir="rtl">`
    made an override, and the thousands of a number closed up."""
    for turned in root.iter("bdo"):
        if (turned.get("dir") or "").lower() == "rtl":
            turned.text = f"\u202e{''.join(turned.itertext())}\u202c"
            del turned[:]
    words = words_of(root)
    if ("\u2009" in words or "\u202f" in words) and _THOUSANDS.search(words):
        for element in root.iter():
            element.text = element.text and _THOUSANDS.sub("", element.text)
            element.tail = element.tail and _THOUSANDS.sub("", element.tail)
    return words


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


def _parse(html: str) -> tuple[HtmlElement | None, bool]:
    """The root, and whether elements are nested too deep. Bytes go in, because text with an XML declaration is refused.
    MemoryError where there is not enough for the tree, which lxml does not always say."""
    parser = HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8", collect_ids=False)
    parser.set_element_class_lookup(_PLAIN)
    root = None
    with suppress(etree.ParserError, etree.XMLSyntaxError, ValueError):
        root = etree.fromstring(html.encode("utf-8", "replace"), parser=parser)
    if any(entry.type_name == "ERR_NO_MEMORY" for entry in parser.error_log):
        raise MemoryError("for the tree of a page")
    return root, any("depth" in entry.message for entry in parser.error_log)

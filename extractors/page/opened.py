"""A page opened: its bytes, its characters, its tree, and what of them was lost on the way."""

import re
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from dateline.extractors.page.characters import turned, unseen
from dateline.extractors.page.decode import NO_TEXT, Decoded, decode, refusal
from dateline.extractors.page.tree import clean_characters, parse, settle_characters, strip_unshown, too_large
from dateline.models.article import Article, PageFacts, Result

_OPEN_AT_THE_END = (
    ("a comment", "<!--", re.compile("-->")),
    ("a script", "<script", re.compile("</script", re.IGNORECASE)),
    ("a tag", "<", re.compile("<(?![a-zA-Z/])|>")),
)


@dataclass(frozen=True, slots=True)
class Opened:
    """`html` is the decoded page, in which the offsets of a page count; `root` its tree without what no reader sees.

    Where there is nothing to read `root` is None, and `problem` the result and the reason.
    """

    html: str
    root: HtmlElement | None
    facts: PageFacts
    problem: tuple[Result, str] = ("empty", "the page holds no elements")


def open_page(data: bytes, charset: str | None = None) -> Opened:
    """The page in `data`; `charset` is what the HTTP header said."""
    if not data.strip():
        return _closed(data, decode(b"", charset), "empty", "the page is empty")
    if refused := refusal(data):
        return _closed(data, NO_TEXT, "failed", refused)
    decoded = decode(data, charset)
    html = clean_characters(decoded.html)
    tree = parse(html)
    if tree.root is None:
        return _closed(data, decoded, "empty", "the page holds no elements", tree.lost)
    if refused := too_large(html, tree.root):
        return _closed(data, decoded, "failed", refused, (*tree.lost, refused))
    strip_unshown(tree.root)
    return Opened(html, tree.root, page_facts(data, decoded, settle_characters(tree.root), tree.lost))


def page_facts(data: bytes, decoded: Decoded, words: str = "", lost: tuple[str, ...] = ()) -> PageFacts:
    """The record's page facts; `words` are those that the page shows, as they stand in it."""
    return PageFacts(
        size=len(data),
        encoding=decoded.encoding,
        encoding_from=decoded.encoding_from,
        replaced=decoded.replaced,
        unseen=unseen(words),
        reversed=turned(words),
        truncated=(*_cut_short(decoded), *lost),
    )


def with_facts(article: Article, facts: PageFacts) -> Article:
    """`article` with the facts of its page; what was lost of it is among the reasons."""
    reasons = dict.fromkeys(filter(None, (article.reason, *facts.truncated)))
    return replace(article, page=facts, reason="; ".join(reasons) or None)


def _closed(data: bytes, decoded: Decoded, result: Result, reason: str, lost: tuple[str, ...] = ()) -> Opened:
    return Opened(decoded.html, None, page_facts(data, decoded, "", lost), (result, reason))


def _cut_short(decoded: Decoded) -> tuple[str, ...]:
    """Signs that a page or text was not sent to its end."""
    if decoded.cut:
        return ("it ends inside a character: it is cut short",)
    html = decoded.html
    for what, opening, closing in _OPEN_AT_THE_END:
        last = html.rfind(opening)
        if last >= 0 and not closing.search(html, last):
            return (f"it ends inside {what}: it is cut short, or what follows is hidden",)
    return ()

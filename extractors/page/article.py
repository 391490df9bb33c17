"""The article of a page, or of a text that was given."""

import re
from dataclasses import replace

from dateline.extractors.page.aside import set_aside
from dateline.extractors.page.body import read_body
from dateline.extractors.page.classify import LIST, linked_headings, not_an_article
from dateline.extractors.page.cut import below_headline, cut
from dateline.extractors.page.decode import decode, refusal
from dateline.extractors.page.language import language_of, other_language
from dateline.extractors.page.leaves import leaves_of
from dateline.extractors.page.leftover import left_out
from dateline.extractors.page.lines import find_furniture
from dateline.extractors.page.listing import listed
from dateline.extractors.page.marks import Mark
from dateline.extractors.page.metadata import read_about, usable
from dateline.extractors.page.recover import recover
from dateline.extractors.page.rules import kind_of
from dateline.extractors.page.tree import (
    clean_characters,
    open_layout_tables,
    parse,
    settle_notes,
    strip_unshown,
    too_large,
)
from dateline.models.article import Article, Furniture, Result, Source

_WORD = re.compile(r"[^\W\d_]{2}")
_NO_STORE_TAKES = re.compile("[\0\ud800-\udfff]")


def read_page(source: Source) -> Article:
    """The article of a page given as bytes (`source.page`). Never raises: what cannot be read says why.

    `text` is the headline, a blank line, the body. Offsets of `furniture` are in the decoded page. A page that is no
    article keeps its text, for people to see what it was; nothing is read in it.
    """
    try:
        return _read_page(source)
    except Exception as error:  # a page may be anything, and its neighbours in a run are to be read in any case
        return _nothing(source, "failed", f"the page cannot be read: {type(error).__name__}: {error}")


def _read_page(source: Source) -> Article:
    data = source.page or b""
    if not data.strip():
        return _nothing(source, "empty", "the page is empty")
    if refused := refusal(data):
        return _nothing(source, "failed", refused)
    html = clean_characters(decode(data, source.charset).html)
    tree = parse(html)
    if tree is None:
        return _nothing(source, "empty", "the page holds no elements")

    if refused := too_large(tree.root):
        return _nothing(source, "failed", refused)

    url = usable(source.url)
    strip_unshown(tree.root)
    about = read_about(tree.root, url=url)
    title = about.title or (" ".join(source.title.split()) if source.title else None)
    teasers = linked_headings(tree.root)
    open_layout_tables(tree.root)
    taken = set_aside(tree.root)
    settle_notes(tree.root)
    leaves = leaves_of(tree.root)
    body = recover(
        leaves, read_body(tree.root, url=url, blocks=len(leaves)), title=title, description=about.description
    )
    paragraphs = below_headline(body, title)
    if not any(_WORD.search(paragraph.text) for paragraph in paragraphs):
        return _nothing(source, "empty", "no article text was found on the page")

    article = cut(paragraphs, title)
    furniture = listed(html, taken, [(article.whole, article.marks), left_out(leaves, paragraphs)])
    language = language_of(article.text) or about.language
    reason = other_language(language) or not_an_article(
        article, title=title, url=about.url, types=about.types, furniture=furniture, teasers=teasers
    )
    if reason is None and article.text == (title or ""):
        return replace(_nothing(source, "empty", "nothing but furniture was found on the page"), furniture=furniture)
    if reason == LIST:  # the dates on it are those of the stories
        about = replace(about, published=None, published_from=None)
    return Article(
        result="not_article" if reason else "read",
        reason=reason or tree.trouble,
        url=about.url or source.url,
        title=title,
        publisher=about.publisher,
        published=source.published or about.published,
        published_from="given" if source.published else about.published_from,
        language=language,
        text=article.text,
        furniture=furniture,
    )


def read_text(source: Source) -> Article:
    """The article of a given text, which stays whole: its furniture is marked and not read. Never raises.

    Line ends become "\\n"; NULs and lone surrogates, which no store takes, U+FFFD. Nothing else moves.
    """
    text = _NO_STORE_TAKES.sub("\ufffd", (source.text or "").replace("\r\n", "\n"))
    if not text.strip():
        return _nothing(source, "empty", "there is no text")
    marks = find_furniture(text)
    language = language_of(text)
    reason = other_language(language)
    return Article(
        result="not_article" if reason else "read",
        reason=reason,
        url=source.url,
        title=source.title,
        published=source.published,
        published_from="given" if source.published else None,
        language=language,
        text=text,
        furniture=tuple(_marked(text, mark) for mark in marks),
        unread=tuple((mark.start, mark.stop) for mark in marks),
    )


def _marked(text: str, mark: Mark) -> Furniture:
    words = text[mark.start : mark.stop]
    return Furniture(kind=kind_of(mark.rule), rule=mark.rule, text=words, start=mark.start, stop=mark.stop)


def _nothing(source: Source, result: Result, reason: str) -> Article:
    return Article(
        result=result,
        reason=reason,
        url=source.url,
        title=source.title,
        published=source.published,
        published_from="given" if source.published else None,
    )

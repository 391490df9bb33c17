"""The article of a page, or of a text that was given."""

import re
from dataclasses import replace

from lxml.html import HtmlElement

from dateline.extractors.page.aside import set_aside
from dateline.extractors.page.body import read_body
from dateline.extractors.page.classify import LIST, linked_headings, not_an_article, nothing_shown, shape_of
from dateline.extractors.page.cut import Cut, below_headline, cut
from dateline.extractors.page.furniture import find_furniture
from dateline.extractors.page.language import language_of, other_language
from dateline.extractors.page.leaves import leaves_of, places_of
from dateline.extractors.page.leftover import left_out
from dateline.extractors.page.lines import Mark
from dateline.extractors.page.listing import listed
from dateline.extractors.page.mend import mend
from dateline.extractors.page.metadata import read_about, usable, without_story
from dateline.extractors.page.notes import settle_powers
from dateline.extractors.page.opened import Opened, open_page, with_facts
from dateline.extractors.page.recover import recover
from dateline.extractors.page.regions import labelled
from dateline.extractors.page.rules import kind_of
from dateline.extractors.page.tell import tell
from dateline.extractors.page.tree import open_layout_tables
from dateline.models.article import Article, Furniture, Result, Source

_WORD = re.compile(r"[^\W\d_]{2}")
_NO_STORE_TAKES = re.compile("[\0\ud800-\udfff]")


def read_page(source: Source) -> Article:
    """The article of a page given as bytes (`source.page`). Never raises: what cannot be read says why.

    `text` is the headline, a blank line, the body. Offsets of `furniture` are in the decoded page. A page that is no
    article keeps its text, for people to see what it was; nothing is read in it.
    """
    page: Opened | None = None
    try:
        page = open_page(source.page or b"", source.charset)
        article = _nothing(source, *page.problem) if page.root is None else _read_page(source, page.html, page.root)
    except MemoryError:  # whoever bounds the memory says how much there was
        raise
    except Exception as error:  # a page may be anything, and its neighbours in a run are to be read in any case
        article = _nothing(source, "failed", f"the page cannot be read: {type(error).__name__}: {error}")
    return article if page is None else with_facts(article, page.facts)


def _read_page(source: Source, html: str, root: HtmlElement) -> Article:
    url = usable(source.url)
    about = read_about(root, url=url)
    title = about.title.value if about.title else " ".join((source.title or "").split()) or None
    headings = linked_headings(root)
    open_layout_tables(root)
    taken = set_aside(root)
    settle_powers(root)
    mend(root)
    leaves = leaves_of(root)
    body = recover(leaves, read_body(root, blocks=len(leaves)), title=title, description=about.description)
    paragraphs = below_headline(body, title)
    places = places_of(paragraphs, leaves)
    article = cut(paragraphs, title)
    page = listed(html, taken, article, labelled(paragraphs, title), left_out(leaves, paragraphs, places))
    said = article if paragraphs else Cut("", "\n".join(leaf.words for leaf in leaves), [])
    language = language_of(article.text) or (about.language.value if about.language else None)
    reason = other_language(language) or not_an_article(
        said,
        title=title,
        url=about.url.value if about.url else url,
        types=about.types,
        furniture=page.furniture,
        regions=page.regions,
        shape=shape_of(root, leaves, places, headings=headings),
    )
    if reason is None and not any(_WORD.search(paragraph.text) for paragraph in paragraphs):
        return _nothing(source, "empty", nothing_shown(html) or "no article text was found on the page")
    if reason is None and article.text == (title or ""):
        nothing = _nothing(source, "empty", "nothing but furniture was found on the page")
        return replace(nothing, furniture=page.furniture, regions=page.regions)
    if reason == LIST:  # the dates on it are those of the stories
        about = without_story(about)
    read = Article(
        result="not_article" if reason else "read",
        reason=reason,
        language=language,
        text=article.text,
        regions=page.regions,
        furniture=page.furniture,
    )
    return tell(read, source, about, html)


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
    article = Article(
        result="not_article" if reason else "read",
        reason=reason,
        language=language,
        text=text,
        furniture=tuple(_marked(text, mark) for mark in marks),
        unread=tuple((mark.start, mark.stop) for mark in marks),
    )
    return tell(article, source)


def _marked(text: str, mark: Mark) -> Furniture:
    words = text[mark.start : mark.stop]
    return Furniture(kind=kind_of(mark.rule), rule=mark.rule, text=words, start=mark.start, stop=mark.stop)


def _nothing(source: Source, result: Result, reason: str) -> Article:
    return tell(Article(result=result, reason=reason), source)

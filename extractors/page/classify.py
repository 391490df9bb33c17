"""Pages that are no article: what is said instead, in words for a person. None means it may be read as a story.

What such pages say is in kinds.yml; here are the shapes of those that show by nothing else: lists of stories, live
pages, galleries. Each check wants several signs at once.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from dateline.extractors.language.data import load_yaml
from dateline.extractors.page.characters import shown
from dateline.extractors.page.cut import Cut
from dateline.extractors.page.leaves import Leaf, ancestors
from dateline.extractors.page.lines import Line, split
from dateline.models.article import Furniture, Region

KINDS = Path(__file__).parent / "kinds.yml"
LIST = "this is a list of stories, not one"
_LIVE = "this is a live page: many reports on one page, each with its own time"
_GALLERY = "this is a gallery, not an article"
_FEED = "this is a feed, not a page"
_FIRST = 1500  # characters of the text in which a site says why there is no more
_PER_PROSE = 200  # characters of prose for which a pattern must be there once more
_STUB = 350  # characters of prose that a message of a site does not exceed
_TEASERS = 6  # headings that are links: a list of stories has more, an article's box of related stories is cut before
_TEASED = 0.7  # share of the paragraphs that stand below a linked title, in a list of stories
_LINKED = 0.6  # share of the lines that are links, in a list without any prose
_LEVELS = 3  # elements out from a title in which its link may stand
_TITLE_WORDS = 40  # words of a linked title at most
_STAMP = 30  # characters of a time that stands alone at most
_TIMES = 5  # times that stand alone: a live page has one for each report
_PICTURES = 6  # captions of a gallery
# "/category/asia", "/world/page/2"; articles stand below such addresses too ("/archives/2017/06/flood").
_LIST_PATH = re.compile(
    r"/(?:category|categories|tags?|topics?|sections?|authors?|search)(?:/[^/.]+)?/?$|/page/\d+/?$|/archives?/?$",
    re.IGNORECASE,
)
_LIST_TYPES = frozenset({"CollectionPage", "SearchResultsPage", "ProfilePage"})
_ARTICLE_TYPES = ("Article", "BlogPosting", "article")
_LIVE_TITLE = re.compile(
    r"\blive(?: news)? (?:updates?|blog|coverage|reports?)\b|\bas it happened\b|\bliveblog\b"
    r"|(?:[-–—:|]\s*live|^live)\b(?!\s+(?:in|on|with|without|like)\b)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?:updated |posted )?(?:at )?(?:\d{1,2}[:.]\d\d\s?(?:[ap]\.?m\.?)?(?: ?[A-Z]{2,4})?"
    r"|\d{1,2} ?[ap]\.?m\.?(?: [A-Z]{2,4})?|\d{1,2} ?(?:m|h|min|mins|minutes|hours?) ago)",
    re.IGNORECASE,
)
_SHELL = re.compile(
    r"<noscript\b[^<>]*>[^<]{0,300}?javascript|<div id=[\"']?(?:root|app|__next|__nuxt)[\"']?>\s*</div>", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Shape:
    """How a page is built: how many of its headings are links and how many of its lines are times alone; of the lines
    that were taken for an article, how many are links to other pages, and how many paragraphs stand below a title that
    is one."""

    headings: int
    times: int
    lines: int
    linked: int
    teased: int
    is_feed: bool


def shape_of(root: HtmlElement, leaves: Sequence[Leaf], taken: Sequence[int | None], *, headings: int) -> Shape:
    """The shape of a page; `taken` are the places among its leaves of what was taken for an article."""
    places = [place for place in taken if place is not None]
    prose = [place for place in places if Line(0, 0, leaves[place].words).is_prose]
    short = [leaf.words for leaf in leaves if len(leaf.words) < _STAMP]
    short += [shown("".join(time.itertext())) for time in root.iter("time")]
    return Shape(
        headings=headings,
        times=sum(1 for words in short if _TIME.fullmatch(words)),
        lines=len(places),
        linked=sum(_is_link(leaves[place].element) for place in places),
        teased=sum(_is_teaser(leaves, place) for place in prose),
        is_feed=next(root.iter("rss", "feed", "urlset", "sitemapindex"), None) is not None,
    )


def nothing_shown(html: str) -> str | None:
    """Why a page without a text has none, where it says so to readers without scripts."""
    return "the page shows nothing without JavaScript" if _SHELL.search(html) else None


def linked_headings(root: HtmlElement) -> int:
    """How many headings of a page are links to something else."""
    return sum(
        1
        for heading in root.iter("h2", "h3", "h4")
        if next(heading.iter("a"), None) is not None
        or (heading.getparent() is not None and heading.getparent().tag == "a")
    )


def not_an_article(
    page: Cut,
    *,
    title: str | None,
    url: str | None,
    types: frozenset[str],
    furniture: Sequence[Furniture],
    regions: Sequence[Region],
    shape: Shape,
) -> str | None:
    """Why a page is no article; None where it may be one."""
    lines = split(page.text)
    prose = sum(len(line.words) for line in lines if line.is_prose)
    is_called_article = any(name in kind for kind in types for name in _ARTICLE_TYPES)
    if shape.is_feed:
        return _FEED
    rules, kinds = {item.rule for item in furniture}, {item.kind for item in furniture}
    for kind in _kinds():
        if kind.holds(page.whole, title or "", prose, types, rules, kinds, is_called_article):
            return kind.reason
    if shape.times >= _TIMES and _LIVE_TITLE.search(title or ""):
        return _LIVE
    if not is_called_article and _is_list(lines, prose, url, types, shape):
        return LIST
    captions = sum(region.kind == "caption" for region in regions)
    return _GALLERY if prose < _STUB and captions >= _PICTURES else None


@dataclass(frozen=True, slots=True)
class _Kind:
    """An entry of kinds.yml."""

    reason: str
    most: float
    title: re.Pattern[str] | None
    words: re.Pattern[str] | None
    times: int
    types: frozenset[str]
    may_be_called_article: bool
    furniture: frozenset[str]
    kind: str | None

    def holds(
        self,
        whole: str,
        title: str,
        prose: int,
        types: frozenset[str],
        rules: set[str],
        kinds: set[str],
        is_called_article: bool,
    ) -> bool:
        return (
            prose < self.most
            and not (is_called_article and not self.may_be_called_article)
            and (not self.types or bool(self.types & types))
            and (not self.furniture or bool(self.furniture & rules))
            and (self.kind is None or self.kind in kinds)
            and (self.title is None or self.title.search(title) is not None)
            and (self.words is None or self._says(whole, title, prose))
        )

    def _says(self, whole: str, title: str, prose: int) -> bool:
        assert self.words is not None
        if self.times > 1:
            return len(self.words.findall(whole)) >= self.times + prose // _PER_PROSE
        return self.words.search(f"{title}\n{whole[:_FIRST]}") is not None


@cache
def _kinds() -> tuple[_Kind, ...]:
    return tuple(_kind(entry) for entry in load_yaml(KINDS))


def _kind(entry: dict[str, Any]) -> _Kind:
    patterns = {
        key: re.compile(entry[key], re.IGNORECASE | re.MULTILINE) if key in entry else None
        for key in ("title", "words")
    }
    return _Kind(
        reason=entry["reason"],
        most=float(entry.get("prose", "inf")),
        title=patterns["title"],
        words=patterns["words"],
        times=int(entry.get("times", "1")),
        types=frozenset(entry.get("types", ())),
        may_be_called_article=entry.get("article") != "no",
        furniture=frozenset(entry.get("furniture", ())),
        kind=entry.get("kind"),
    )


def _is_list(lines: Sequence[Line], prose: int, url: str | None, types: frozenset[str], shape: Shape) -> bool:
    paragraphs = sum(line.is_prose for line in lines)
    if shape.teased >= max(_TEASERS, _TEASED * paragraphs):
        return True
    if prose < _STUB and shape.linked >= max(_TEASERS, _LINKED * shape.lines):
        return True
    try:
        parts = urlsplit(url or "")
    except ValueError:
        parts = urlsplit("")
    front = bool(parts.netloc) and not parts.path.strip("/") and not parts.query
    listed = front or bool(_LIST_TYPES & types) or bool(_LIST_PATH.search(parts.path))
    short = len(lines) - paragraphs
    return shape.headings >= _TEASERS and (listed or (prose < _STUB and short >= _TEASERS))


def _is_teaser(leaves: Sequence[Leaf], place: int) -> bool:
    """Whether a paragraph stands directly below the linked title of a story."""
    above = leaves[place].element.getprevious()
    return (above is not None and _is_link(above)) or (place > 0 and _is_link(leaves[place - 1].element))


def _is_link(element: HtmlElement) -> bool:
    """Whether the words of an element, several of them, are one link."""
    words = shown("".join(element.itertext()))
    if not 1 < len(words.split()) <= _TITLE_WORDS:
        return False
    if any(near.tag == "a" and near.get("href") for near in islice(ancestors(element), _LEVELS)):
        return True
    link = next(element.iter("a"), None)
    return link is not None and bool(link.get("href")) and shown("".join(link.itertext())) == words

"""Pages that are no article: what is said instead, in words for a person. None means it may be read as a story.

Each check wants several signs at once: an article taken for a wall is lost, a wall taken for an article yields little.
"""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from dateline.extractors.page.cut import Cut
from dateline.extractors.page.marks import Line, split
from dateline.models.article import Furniture

LIST = "this is a list of stories, not one"
_SHORT = 700  # characters of prose that the beginning of an article before a paywall seldom exceeds
_STUB = 350  # characters of prose that a message of a site does not exceed
_TEASERS = 6  # headings that are links: a list of stories has more, an article's box of related stories is cut before
# "404 people died" and "Body not found" are news: the words must be the whole title, or speak of the page.
_LOST = re.compile(
    r"^\W*(?:404|(?:page )?not found|access denied|forbidden|error)\W*$|\b(?:error 40[34]|404 (?:error|not found|page)"
    r"|page (?:not found|can(?:[’']?t|not) be found|does(?:n[’']t| not) exist|you (?:requested|are looking))"
    r"|(?:article|story|content|page) (?:is )?(?:no longer available|not (?:found|available)|unavailable|removed))\b",
    re.IGNORECASE | re.MULTILINE,
)
_CONSENT = re.compile(
    r"\b(?:cookies?|consent|privacy (?:policy|settings|choices)|partners|personal data|vendors)\b", re.IGNORECASE
)
_ROBOT = re.compile(
    r"\b(?:are you (?:a )?(?:human|robot)|verify (?:that )?you are (?:a )?human|checking your browser"
    r"|enable javascript|captcha|unusual (?:traffic|activity))\b",
    re.IGNORECASE,
)
# "/category/asia", "/world/page/2"; articles stand below such addresses too ("/archives/2017/06/flood").
_LIST_PATH = re.compile(
    r"/(?:category|categories|tags?|topics?|sections?|authors?|search)(?:/[^/.]+)?/?$|/page/\d+/?$|/archives?/?$",
    re.IGNORECASE,
)
_LIST_TYPES = frozenset({"CollectionPage", "SearchResultsPage", "ProfilePage"})
_ARTICLE_TYPES = ("Article", "BlogPosting", "article")
_WALL = "page.subscribe.wall"


def not_an_article(
    page: Cut,
    *,
    title: str | None,
    url: str | None,
    types: frozenset[str],
    furniture: Sequence[Furniture],
    teasers: int,
) -> str | None:
    """Why a page is no article; None where it may be one. `teasers`: how many headings of the page are links."""
    whole = page.whole
    lines = split(page.text)
    prose = sum(len(line.words) for line in lines if line.is_prose)
    if "LiveBlogPosting" in types:
        return "this is a live page: many reports on one page, each with its own time"
    if prose < _STUB and _LOST.search(f"{title or ''}\n{whole[:300]}"):
        return "the page says that the article was not found"
    if prose < _STUB and _ROBOT.search(whole[:2000]):
        return "this is a check for robots, not an article"
    if prose < _SHORT and len(_CONSENT.findall(whole)) > 3 + prose // 200:
        return "this is a request for consent, not an article"
    if prose < _SHORT and any(item.rule == _WALL for item in furniture):
        return "this is the beginning of an article behind a paywall"
    if _is_list(lines, prose, url, types, teasers):
        return LIST
    if "ImageGallery" in types and prose < _SHORT:
        return "this is a gallery, not an article"
    return None


def linked_headings(root: HtmlElement) -> int:
    """How many headings of a page are links to something else."""
    return sum(
        1
        for heading in root.iter("h2", "h3", "h4")
        if next(heading.iter("a"), None) is not None
        or (heading.getparent() is not None and heading.getparent().tag == "a")
    )


def _is_list(lines: Sequence[Line], prose: int, url: str | None, types: frozenset[str], teasers: int) -> bool:
    if any(name in kind for kind in types for name in _ARTICLE_TYPES):
        return False
    try:
        parts = urlsplit(url or "")
    except ValueError:
        parts = urlsplit("")
    front = bool(parts.netloc) and not parts.path.strip("/") and not parts.query
    listed = front or bool(_LIST_TYPES & types) or bool(_LIST_PATH.search(parts.path))
    short = sum(not line.is_prose for line in lines)
    return teasers >= _TEASERS and (listed or (prose < _STUB and short >= _TEASERS))

"""The day a page says its article was published.

In this order: JSON-LD of an article; meta elements; marked-up times (all three "metadata"); the address ("url"); the
words of a byline, or a date that stands alone ("text"). A month is taken where no day is given, and never made a day.
Dates of change are not dates of publication. htmldate is not asked: it makes 1 March of "March 2024" and never tells,
and compares with today.
"""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from dateline.extractors.page import dates
from dateline.extractors.page.characters import shown
from dateline.extractors.page.stated import Stated
from dateline.models.article import PublishedFrom

_BYLINE_TAGS = ("span", "div", "p", "li", "small", "em", "i", "b", "strong", "h2", "h3", "h4", "h5", "h6", "td", "a")
_LONGEST = 120  # characters of a byline
_PROSE = 90  # characters of a paragraph of the article, and of a printed line at most
_LONGEST_ALONE = 48  # "Wednesday, September 30, 2020 at 10:30 p.m. GMT"
_DATE_NAME = re.compile(
    r"(?:^|[\W_])(?:pub)?(?:date|time)(?:$|[\W_])|publi(?:sh|c)|posted|timestamp|byline|dateline|meta"
    r"|(?:post|entry|article)-?(?:date|info|time)"
)
_ASIDE_NAME = re.compile(
    r"comment|related|sidebar|widget|footer|recent|popular|recommend|most-read|trending|promo|teaser|card|copyright|archive"
)
_CHANGED = re.compile(r"\b(?:updated|modified|edited|revised|reviewed)\b", re.IGNORECASE)
_BESIDE_DATE = re.compile(
    r"(?:published|posted|on|at|by|(?:mon|tues|wednes|thurs|fri|satur|sun)(?:day)?|tue|wed|thu|thur|sat"
    r"|[ap]\.?m\.?|gmt|utc|[a-z]{1,2}[sd]?t|\d\d?[:.]\d\d(?:[:.]\d\d)?|\d\d?\s?[ap]m|[\W_])*",
    re.IGNORECASE,
)
# Endings of hosts that are a country's, and are also used by anybody.
_ANYBODYS = frozenset({"co", "io", "tv", "me", "ai", "fm", "ly", "cc", "ws"})


def read_published(root: HtmlElement, stated: Stated, url: str | None) -> tuple[str | None, PublishedFrom | None]:
    """The ISO day or month on which the page says that its article was published, and where it says so."""
    month_first = _month_first(root, url)
    day_or_month = _in_metadata(stated) or _marked_up(root, month_first)
    if day_or_month and len(day_or_month) > len("2014-06"):
        return day_or_month, "metadata"
    if url and (day := dates.day_of_address(url)):
        return day, "url"
    month = day_or_month or (dates.month_of_address(url) if url else None)
    shown_day = _byline(root, month_first) or _alone(root, month_first) or _printed(root, month_first)
    if shown_day and (month is None or shown_day.startswith(month)):
        return shown_day, "text"
    if day_or_month:
        return day_or_month, "metadata"
    return (month, "url") if month else (None, None)


def _in_metadata(stated: Stated) -> str | None:
    """The date in JSON-LD or meta elements: the first day, else the first month."""
    values = [node.get("datePublished") or node.get("dateCreated") for node in stated.articles]
    values += [stated.metas.get(name) for name in stated.published_names]
    values += [node.get("datePublished") for node in stated.nodes if "Comment" not in stated.types(node)]
    texts = [value for value in values if isinstance(value, str)]
    days = (dates.read_day(text) for text in texts)
    return next(filter(None, days), None) or next(filter(None, map(dates.read_month, texts)), None)


def _marked_up(root: HtmlElement, month_first: bool | None) -> str | None:
    """The day of an element marked as the publication time, else of the first `<time>` outside lists and comments."""
    marked = root.xpath(".//*[@itemprop='datePublished' or @property='datePublished' or @pubdate]")
    times = [time for time in root.iter("time") if not _aside(time) and time.get("itemprop") != "dateModified"]
    for element in [*marked, *times]:
        values = (element.get("datetime"), element.get("content"), element.get("title"), element.text_content())
        if day := _first_day(values, month_first):
            return day
    return None


def _first_day(values: Iterable[str | None], month_first: bool | None) -> str | None:
    days = (dates.read_day(value, month_first=month_first) for value in values if value)
    return next(filter(None, days), None)


def _byline(root: HtmlElement, month_first: bool | None) -> str | None:
    """The day in a short element whose class says that it holds the date, or who wrote."""
    for element in root.iter(*_BYLINE_TAGS):
        name = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
        if not _DATE_NAME.search(name) or _aside(element):
            continue
        words = shown(element.text_content())
        if len(words) <= _LONGEST and (day := dates.read_day(_before_change(words), month_first=month_first)):
            return day
    return None


def _before_change(words: str) -> str:
    """The words up to those that tell of a change ("Posted 2 May 2014, updated 3 May 2014")."""
    changed = _CHANGED.search(words)
    return words[: changed.start()] if changed else words


def _alone(root: HtmlElement, month_first: bool | None) -> str | None:
    """The day of an element that holds a date and nothing but a weekday or a time beside it: the first below the
    headline, else the only one of the page."""
    days: list[str] = []
    headline = False
    for element in root.iter("h1", *_BYLINE_TAGS):
        headline = headline or element.tag == "h1"
        words = element.text
        if len(element) or not words or len(words) > _LONGEST_ALONE or not any(map(str.isdigit, words)):
            continue
        found = dates.find_day(words, month_first=month_first)
        if found and _BESIDE_DATE.fullmatch(words[: found[1]] + " " + words[found[2] :]) and not _aside(element):
            if headline:
                return found[0]
            days.append(found[0])
    return days[0] if len(set(days)) == 1 else None


def _printed(root: HtmlElement, month_first: bool | None) -> str | None:
    """The only day in the short lines above the first paragraph ("The Gazette, Tuesday, 14 June 2005")."""
    days = set()
    for element in root.iter("p", "font", *_BYLINE_TAGS):
        words = element.text or ""
        if element.tag == "p" and len(words) >= _PROSE:
            break
        if not 0 < len(words) <= _PROSE or words.rstrip().endswith((".", "!", "?", "”", '"')) or _CHANGED.search(words):
            continue
        if day := dates.read_day(words, month_first=month_first):
            days.add(day)
    return days.pop() if len(days) == 1 else None


def _aside(element: HtmlElement) -> bool:
    """Whether the element stands in something that is not the article: a list of others, comments, the page's foot."""
    for above in [element, *element.iterancestors()]:
        if above.tag in ("aside", "footer", "nav"):
            return True
        names = f"{above.get('class') or ''} {above.get('id') or ''}".lower().split()
        if above.tag in ("body", "html", "article", "main") or "hentry" in names:
            return False
        # WordPress writes the article's own topics into its classes: "category-popular" is no box of popular stories.
        if any(_ASIDE_NAME.search(name) for name in names if not name.startswith(("category-", "tag-"))):
            return True
    return False


def _month_first(root: HtmlElement, url: str | None) -> bool | None:
    """Whether the site writes 02/03/2024 for 3 February: by its country, None where that is not known."""
    language = (root.get("lang") or "").lower().replace("_", "-")
    host = (urlsplit(url).hostname or "") if url and "://" in url else ""
    ending = host.rsplit(".", 1)[-1]
    if language == "en-us" or ending in ("us", "gov", "mil"):
        return True
    if language.startswith("en-") or (len(ending) == 2 and ending not in _ANYBODYS):
        return False
    return None

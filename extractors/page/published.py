"""The day a page says its article was published.

In this order: JSON-LD of an article; meta elements; times marked up as such; the address; a line at the headline that
tells the day; an element that is named for holding it. But what the page prints at its headline goes before all that
where the two are days apart: metadata give the day in UTC, or that of a draft, and a reader sees neither. A month is
taken where no day is given, and never made a day. Dates of change are not dates of publication; only where nothing else
dates the page is the day of its last change given, and called inferred (metadata.py). htmldate is not asked: it makes
1 March of "March 2024" and never tells, and compares with today.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from dateline.extractors.page import dates
from dateline.extractors.page.around import Line, is_aside, line_of
from dateline.extractors.page.characters import shown
from dateline.extractors.page.printed import LONGEST, days_of, is_dated
from dateline.extractors.page.said import Said, Spot
from dateline.extractors.page.stated import Stated
from dateline.models.article import PublishedFrom

_BYLINE_TAGS = ("span", "div", "p", "li", "small", "em", "i", "b", "strong", "h2", "h3", "h4", "h5", "h6", "td", "a")
_IN_UTC = re.compile(r"\d(?:Z|[+-]00:?00| ?GMT| ?UTC)$")
_DAYS_APART = 7  # between metadata and print at most: zones, drafts, embargoes. Farther, and one is another date
_DAY = len("2014-06-12")
_TIMES = 20  # elements marked as times that are looked at
# Endings of hosts that are a country's, and are also used by anybody.
_ANYBODYS = frozenset({"co", "io", "tv", "me", "ai", "fm", "ly", "cc", "ws"})


def read_published(
    root: HtmlElement, stated: Stated, url: str | None, lines: Iterable[Line], *, month_first: bool | None
) -> Said | None:
    """The ISO day or month on which the page says that its article was published; `lines` are those at its headline."""
    address = _address(url) if url else None
    told = list(_in_metadata(stated))
    if not told or len(told[0].value) < _DAY:  # months come after days
        told = [*_marked_up(root, month_first), *told, *([address] if address else [])]
    day = next((said for said in told if len(said.value) == _DAY), None)
    printed = _printed(lines, month_first)
    if day:
        return _local(day, printed, address)
    month = next(iter(told), None)
    shown_day = next(iter(printed), None) or _byline(root, month_first)
    if shown_day and (month is None or shown_day.value.startswith(month.value)):
        return shown_day
    return month


def published_from(said: Said) -> PublishedFrom:
    """Where a publication date is from, as the record says it."""
    if said.where in ("url", "given"):
        return "url" if said.where == "url" else "given"
    shown_only = said.spot is None or (said.spot.kind == "words" and said.rule != "page.published.time")
    return "text" if shown_only else "metadata"


def is_month_first(root: HtmlElement, url: str | None) -> bool | None:
    """Whether the site writes 02/03/2024 for 3 February: by its country, None where that is not known."""
    language = (root.get("lang") or "").lower().replace("_", "-")
    host = (urlsplit(url).hostname or "") if url and "://" in url else ""
    ending = host.rsplit(".", 1)[-1]
    if language == "en-us" or ending in ("us", "gov", "mil"):
        return True
    if language.startswith("en-") or (len(ending) == 2 and ending not in _ANYBODYS):
        return False
    return None


def _in_metadata(stated: Stated) -> Iterator[Said]:
    """The days, then the months, in JSON-LD and meta elements."""
    articles = [(node.get(key), key) for node in stated.articles for key in ("datePublished", "dateCreated")]
    others = [
        (node.get("datePublished"), "datePublished") for node in stated.nodes if "Comment" not in stated.types(node)
    ]
    metas = stated.first("published_metas")
    told = [
        *((words, "page.published.json_ld", Spot("key", mark=key)) for words, key in articles),
        *((words, "page.published.meta", Spot("attribute", "meta", name)) for name, words in metas),
        *((words, "page.published.json_ld", Spot("key", mark=key)) for words, key in others),
    ]
    for read in (dates.read_day, dates.read_month):
        for words, rule, spot in told:
            if isinstance(words, str) and (iso := read(words)):
                yield Said(value=iso, rule=rule, quote=shown(words), spot=spot)


def _marked_up(root: HtmlElement, month_first: bool | None) -> Iterator[Said]:
    """The day of an element marked as the publication time, else of the first `<time>` outside lists and comments."""
    marked = root.xpath(".//*[@itemprop='datePublished' or @property='datePublished' or @pubdate]")
    times = (time for time in root.iter("time") if time.get("itemprop") != "dateModified" and not is_aside(time))
    for element in islice(chain(marked, times), _TIMES):
        for name in ("datetime", "content", "title", ""):
            words = shown(element.get(name) or "" if name else element.text_content())
            if words and (iso := dates.read_day(words, month_first=month_first)):
                spot = Spot("attribute", element.tag, "") if name else Spot("words", element.tag, "")
                yield Said(value=iso, rule="page.published.time", quote=words, spot=spot)
                return


def _address(url: str) -> Said | None:
    iso = dates.day_of_address(url) or dates.month_of_address(url)
    return Said(value=iso, rule="page.published.address", quote=url, where="url") if iso else None


def _local(day: Said, printed: list[Said], address: Said | None) -> Said:
    """The day as the page's readers had it: what is printed, where it is close to what the metadata say; the address's
    where those give the next or the last day in UTC."""
    days = [said for said in printed if len(said.value) == _DAY]
    if days and all(said.value != day.value for said in days) and _between(day, days[0]) <= _DAYS_APART:
        return days[0]
    if address and len(address.value) == _DAY and _IN_UTC.search(day.quote) and _between(day, address) == 1:
        return address
    return day


def _between(one: Said, other: Said) -> int:
    return abs((date.fromisoformat(one.value) - date.fromisoformat(other.value)).days)


def _printed(lines: Iterable[Line], month_first: bool | None) -> list[Said]:
    """The days of the lines at the headline: what they call that of publication first, then what they call nothing."""
    days = [day for line in lines for day in days_of(line, month_first=month_first) if day.label != "changed"]
    days.sort(key=lambda day: (len(day.iso) < _DAY, day.label != "published"))
    return [day.said("page.published.printed") for day in days]


def _byline(root: HtmlElement, month_first: bool | None) -> Said | None:
    """The day in a short element whose class says that it holds the date, or who wrote."""
    for element in root.iter(*_BYLINE_TAGS):
        if is_dated(element) and not is_aside(element):
            line = line_of(element)
            for day in days_of(line, month_first=month_first) if line and len(line.words) <= LONGEST else ():
                if day.label != "changed":
                    return day.said("page.published.byline")
    return None

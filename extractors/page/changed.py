"""The days on which an article was updated and corrected, as the page says: never before it was published."""

import re
from collections.abc import Iterable, Iterator, Sequence

from lxml.html import HtmlElement

from dateline.extractors.page import dates
from dateline.extractors.page.around import Line, line_of
from dateline.extractors.page.characters import shown
from dateline.extractors.page.printed import LONGEST, Day, days_of
from dateline.extractors.page.said import Said, Spot
from dateline.extractors.page.stated import Stated

_CHANGE = re.compile(r"\b(?:updated|modified|edited|revised|amended)\b", re.IGNORECASE)
_TAGS = ("p", "li", "div", "span", "small", "em", "i", "td", "time", "font", "footer", "b", "strong")
_NOTE = re.compile(
    r"\W{0,4}(?:(?:(?:correction|clarification|corrigendum|erratum)s?|corrected|editor[’']?s[’']? note)\b"
    r"|(?:this|the) (?:article|story|report|page|post|piece|headline)[^.!?]{0,60}?"
    r"\b(?:corrected|amended|clarified|updated)\b)",
    re.IGNORECASE,
)
_OF_A_CORRECTION = re.compile(
    r"correct|clarif|amend|erratum|corrigendum|earlier version|misstated|wrongly|in error", re.IGNORECASE
)
# What may stand between the beginning of a note and its own date. A later date is that of what it corrects.
_TO_ITS_DATE = re.compile(
    r"(?:\W|\b(?:on|at|published|posted|added|issued|dated|made|appended|updated|[ap]\.?m\.?|\d\d?[:.]\d\d"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6})\b){0,20}",
    re.IGNORECASE,
)


def read_updated(
    root: HtmlElement, stated: Stated, lines: Iterable[Line], *, month_first: bool | None, published: Said | None
) -> Said | None:
    """The last change that the page tells of: at its headline, in JSON-LD, in meta elements, or anywhere else where
    neither has one. None where it is the moment of publication, or before it."""
    printed = [
        day.said("page.updated.printed")
        for line in lines
        for day in days_of(line, month_first=month_first)
        if day.label == "changed"
    ]
    told = [*printed[-1:], *_in_metadata(stated)] or _elsewhere(root, month_first)
    return next((said for said in told if is_later(said, published)), None)


def corrected_in(words: str, *, month_first: bool | None = None) -> tuple[str, int, int] | None:
    """The day or month of a note of a correction, and where it stands in the note: (ISO, start, stop). None where
    `words` are no such note, or it bears no date of its own: nothing is concluded from it."""
    note = _NOTE.match(words)
    if not note or not _OF_A_CORRECTION.search(words):
        return None
    found = dates.find_day(words, month_first=month_first) or dates.find_month(words)
    return found if found and _TO_ITS_DATE.fullmatch(words, note.end(), found[1]) else None


def _in_metadata(stated: Stated) -> Iterator[Said]:
    told = [
        (node.get("dateModified"), "page.updated.json_ld", Spot("key", mark="dateModified")) for node in stated.articles
    ]
    told += [
        (words, "page.updated.meta", Spot("attribute", "meta", name)) for name, words in stated.first("updated_metas")
    ]
    for read in (dates.read_day, dates.read_month):
        for words, rule, spot in told:
            if isinstance(words, str) and (iso := read(words)):
                yield Said(value=iso, rule=rule, quote=shown(words), spot=spot)


def _elsewhere(root: HtmlElement, month_first: bool | None) -> Sequence[Said]:
    """The one day of change that the whole page tells of, at its foot mostly."""
    found: dict[str, Day] = {}
    for element in root.iter(*_TAGS):
        text = element.text or ""
        if "ed" in text and len(text) <= LONGEST and _CHANGE.search(text):
            line = line_of(element)
            for day in days_of(line, month_first=month_first) if line and len(line.words) <= LONGEST else ():
                if day.label == "changed":
                    found.setdefault(day.iso, day)
    return [day.said("page.updated.elsewhere") for day in found.values()] if len(found) == 1 else []


def is_later(said: Said, published: Said | None) -> bool:
    """Whether a change is none that the page dates before its publication, or in metadata at the very same moment."""
    if published is None:
        return True
    same = said.quote == published.quote and said.spot is not None and said.spot.kind != "words"
    return said.value >= published.value[: len(said.value)] and not same

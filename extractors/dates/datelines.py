"""Datelines: where and when a story was written. "KABUL, Afghanistan (Jan. 25, 2013) –", "KABUL, Jan. 25 (Wire) –".

What stands under a dateline counts its "today" and "Thursday" from that day, whenever it was put on the page.
"""

from datetime import timedelta

from spacy.tokens import Doc, Span

from dateline.extractors.dates.find import Expression
from dateline.extractors.dates.setting import Anchor

_DAYS = frozenset({"dates.full", "dates.month-and-day", "dates.glued", "dates.iso"})
_AFTER_TOWN = frozenset({",", "("})
_DASHES = frozenset({"-", "--", "–", "—", ":"})
_LONGEST_PLACE = 8  # tokens: "GHOR, Afghanistan"
_LONGEST_SOURCE = 4  # tokens in brackets: "(Hill Wire)"
_NEAR_PUBLICATION = timedelta(days=31)  # an older story on the page is a quotation or a chronicle


def is_dateline(expression: Expression, sentence: Span) -> bool:
    """Whether the date is one of a dateline: a place in capitals before it, a dash or the end of a line after it."""
    doc, span = expression.span.doc, expression.span
    if expression.rule.id not in _DAYS or not sentence.start < span.start - 1 or doc[span.start - 1].text not in "(,":
        return False
    return _place_before(doc, span.start - 1, sentence.start) and _story_after(doc, span.end)


def near(anchor: Anchor, published: Anchor | None) -> bool:
    """Whether a dateline is of the days before publication."""
    if published is None:
        return True
    behind = published.interval.first - anchor.interval.first
    return anchor.interval.first <= published.interval.last + timedelta(days=1) and behind <= _NEAR_PUBLICATION


def _place_before(doc: Doc, stop: int, first: int) -> bool:
    """Whether a town in capitals stands before token `stop`, and nothing but its country after it."""
    for index in range(stop - 1, max(first, stop - _LONGEST_PLACE) - 1, -1):
        token = doc[index]
        if token.is_upper and len(token) > 2:
            return doc[index + 1].text in _AFTER_TOWN
        if not (token.text[0].isupper() or token.text == ","):
            return False
    return False


def _story_after(doc: Doc, stop: int) -> bool:
    """Whether token `stop` closes a dateline: a bracket, a source in brackets, a dash or white space."""
    closed = stop < len(doc) and doc[stop].text.startswith(")")
    stop += closed
    if stop < len(doc) and doc[stop].text == "(":
        source = [
            index for index in range(stop + 1, min(len(doc), stop + 2 + _LONGEST_SOURCE)) if doc[index].text == ")"
        ]
        stop = source[0] + 1 if source else stop
    if stop == len(doc) or doc[stop].is_space:
        return True
    return doc[stop].text in _DASHES

"""The text of a page put together, and its furniture cut out of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.extractors.page.body import Paragraph
from dateline.extractors.page.furniture import find_furniture
from dateline.extractors.page.lines import Mark

_HEADLINE_AMONG = 5  # paragraphs from the start in which an extractor may have left the headline
_LABEL = 60  # characters of a label above the headline at most
_BLANK = re.compile(r"[^\S\n]*\n\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Cut:
    """`text` is the headline, a blank line, the body; `whole` the same before `marks` were cut out of it."""

    text: str
    whole: str
    marks: list[Mark]


def below_headline(paragraphs: list[Paragraph], title: str | None) -> list[Paragraph]:
    """The paragraphs of the body: where the headline is among the first, what follows it. Labels above a headline
    ("Politics", "Posted on") are none of the article."""
    for number, paragraph in enumerate(paragraphs[:_HEADLINE_AMONG]):
        if paragraph.text == title:
            return [above for above in paragraphs[:number] if len(above.text) > _LABEL] + paragraphs[number + 1 :]
    return paragraphs


def cut(paragraphs: Sequence[Paragraph], title: str | None) -> Cut:
    """The text of a headline and paragraphs, without their furniture. The headline itself is never furniture."""
    lines = [*([title] if title else []), *(paragraph.text for paragraph in paragraphs)]
    whole = "\n\n".join(lines)
    first = len(lines) - len(paragraphs)
    items = frozenset(number for number, paragraph in enumerate(paragraphs, first) if paragraph.role == "item")
    marks = [mark for mark in find_furniture(whole, items=items, is_page=True) if mark.start or not title]
    kept = []
    at = 0
    for mark in marks:
        kept.append(whole[at : mark.start])
        at = mark.stop
    return Cut(_BLANK.sub("\n\n", "".join([*kept, whole[at:]])).strip(), whole, marks)

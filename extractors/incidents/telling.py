"""Days on which something was told, decided or remembered, and which are not those of the attack that is told of."""

import re

from dateline.extractors.incidents.text import Layout
from dateline.extractors.language.statements import is_statement
from dateline.models.fields.dates import DateFact

BEFORE = 70  # characters before a date in which "not, as first reported, on" can stand
CLOSE = 16  # ... in which "for" or "since" can
HEAD = 80  # characters from the start of a paragraph to the date of its dateline
_BOUND = re.compile(r"\b(?:since|until|till)\s+(?:the\s+)?$", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:not|rather than|instead of)(?:,? as [^,.;]{1,40},)?\s+(?:on\s+)?$")
_PLANNED = re.compile(r"\bfor\s+(?:the\s+)?$")
# "died of his burns in hospital on Thursday", "died Monday at the Orvan Medical Center": the attack was before
_CARE = r"(?:[Hh]ospital|[Cc]linic|Medical Cent(?:er|re)|operating table|intensive care)"
_DYING = re.compile(
    rf"\b(?:died|dies|succumbed)\b(?P<of> (?:of|from|to) (?:his|her|their|the) (?:wounds|injuries|burns))?"
    rf"(?P<care> (?:in|at|on) (?:[^\W\d]+ ){{0,5}}{_CARE})?(?: late| early)?(?: on)? $"
)
_IN_CARE = re.compile(
    rf" (?:in|at) (?:[^\W\d]+ ){{0,5}}{_CARE}| (?:of|from) (?:his|her|their|the) (?:wounds|injuries|burns)\b"
)
_CLOSES = re.compile(r"\s*(?:[.,;!?]|$)")
_HEAD = re.compile(r"(?:[A-Z][\w'’.-]*,?\s+(?:(?:of|the|de|du|el)\s+)?){1,6}$")  # "KARSK, Norland, "
_STORY = re.compile(r"(?:\s?\([^()\n]{1,40}\))?(?:\s?[–—:]|\s?--?\s|\.\s)")  # " (Wire) —"
_SOME = re.compile(
    r", (?:one|two|three|four|the last|the latest) of (?:them|whom)(?:, [^,;.]{1,40},)?"
    r" (?:on |in |early |late |died )?(?:[Tt]he )?$"
)
# "guilty on Wednesday of the murder of two"
_AFTERMATH = re.compile(
    r",? (?:for|over|of|on|with) (?:(?:the|his|her|their|its) )?(?:role in the |part in the |\w+ counts of )?"
    r"(?:murder|killing|homicide|assassination|massacre|death|slaying|bombing|shooting)s?\b"
)
# "were buried on Friday"
_AFTER = re.compile(
    r"\b(?:sentenced|convicted|guilty|acquitted|appeared|(?:was|were) (?:buried|laid to rest))"
    r"(?! alive| by| under)[^.,;]{0,40}$"
)


def is_no_day(layout: Layout, date: DateFact) -> bool:
    """Whether a date only bounds a time ("held since July"), is denied or set for something to come, or is the day of a
    verdict or a funeral."""
    text, start = layout.text, max(0, date.start - BEFORE)
    if _BOUND.search(text, max(0, date.start - CLOSE), date.start) or _DENIED.search(text, start, date.start):
        return True
    return _is_planned(text, date) or bool(_AFTERMATH.match(text, date.stop) or _AFTER.search(text, start, date.start))


def _is_planned(text: str, date: DateFact) -> bool:
    """Whether something is only set for a day: "ordered a curfew for Monday."; not "wanted for Monday's attack"."""
    if date.precision != 1 or _CLOSES.match(text, date.stop) is None:
        return False
    return _PLANNED.search(text, max(0, date.start - CLOSE), date.start) is not None


def is_told(layout: Layout, sentence: int, date: DateFact) -> bool:
    """Whether a date is that of a statement, or of the story itself."""
    start, stop = layout.bounds(sentence)
    day = date.precision == 1 or date.quote.lower().endswith("weekend")
    said = day and is_statement(layout.text[start:stop], date.start - start, date.stop - start)
    return said or is_late_death(layout, date) or _is_dateline(layout, date)


def is_late_death(layout: Layout, date: DateFact) -> bool:
    """Whether a date is that on which somebody died in hospital, or of wounds, whom the attack had hurt before."""
    dying = _DYING.search(layout.text, max(0, date.start - BEFORE), date.start) if date.precision == 1 else None
    if dying is None:
        return False
    return bool(dying["of"] or dying["care"] or _IN_CARE.match(layout.text, date.stop))


def _is_dateline(layout: Layout, date: DateFact) -> bool:
    """Whether a date is that of a dateline without brackets: "ORVAN, May 3 (Wire) — ", "Orvan, Friday. "."""
    start = layout.paragraphs[layout.paragraph(date.start)]
    if date.precision != 1 or date.start - start > HEAD or layout.text[date.start - 2 : date.start] != ", ":
        return False
    return bool(_HEAD.match(layout.text, start, date.start) and _STORY.match(layout.text, date.stop))


def some_of(layout: Layout, sentence: int, date: DateFact) -> tuple[int, int] | None:
    """The stretch that tells when some of those died of whom the sentence tells: "nine in all have died, one of them,
    a girl of six, on Wednesday", "the last of them two weeks later"."""
    start, stop = layout.bounds(sentence)
    found = _SOME.search(layout.text, max(start, date.start - BEFORE), date.start)
    return (found.start(), stop) if found else None

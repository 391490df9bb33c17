"""Whether a date without a year, or a weekday, lies ahead: the nearest verb or cue word in its sentence tells."""

from functools import cache
from pathlib import Path
from typing import Literal

from spacy.tokens import Doc, Span

from dateline.extractors.language.data import load_yaml

Direction = Literal["past", "future"]
# Tokens before and after a date that are asked, the ones before first: "announced on Friday that it will".
_BEFORE, _AFTER = 14, 12
_CLAUSE_ENDS = frozenset({";", ":", "\n"})


@cache
def _cues() -> dict[str, frozenset[str]]:
    data = load_yaml(Path(__file__).parent / "tense.yml")
    return {name: frozenset(words) for name, words in data.items()}


def direction(span: Span, sentence: Span) -> Direction | None:
    """Where the words around `span` put it; None where they do not say."""
    doc, cues = span.doc, _cues()
    if span.start > sentence.start and doc[span.start - 1].lower_ in cues["ahead"]:
        return _up_to(span, sentence)
    if span.start > sentence.start and doc[span.start - 1].lower_ in cues["behind"]:
        return "past"
    subject = span.end + (span.end < sentence.end and doc[span.end].lower_ in cues["linking"])
    if subject < sentence.end and _told_by(doc, subject) == "future":  # "Friday will be colder"
        return "future"
    for index in range(span.start - 1, max(sentence.start, span.start - _BEFORE) - 1, -1):
        if doc[index].text in _CLAUSE_ENDS:
            break
        if found := _told_by(doc, index):
            return found
    for index in range(span.end, min(sentence.end, span.end + _AFTER)):
        if doc[index].text in _CLAUSE_ENDS:
            break
        if found := _told_by(doc, index):
            return found
    return None


def _up_to(span: Span, sentence: Span) -> Direction:
    """Which way "by", "until" point: ahead ("must leave by Friday"), unless what was so by then is told."""
    doc, cues = span.doc, _cues()
    near = doc[max(sentence.start, span.start - _BEFORE) : min(sentence.end, span.end + _AFTER)]
    before = doc[span.start - 2].lower_ if span.start - 1 > sentence.start else None
    if before in cues["lasting"] or any(token.lower_ in cues["reached"] for token in near):
        return "past"
    if before is not None and before not in cues["opening"]:
        return "future"
    told = [  # "By Friday 300 had fled", "By Saturday the camp was empty"
        found
        for index in range(span.end, min(sentence.end, span.end + _AFTER))
        if doc[index].lower_ not in cues["telling"] and (found := _told_by(doc, index))
    ]
    return "past" if told and "future" not in told else "future"


def _told_by(doc: Doc, index: int) -> Direction | None:
    word, cues = doc[index].lower_, _cues()
    after = doc[index + 1].lower_ if index + 1 < len(doc) else ""
    if f"{word} {after}" in cues["future_pairs"]:
        return "future"
    if word in cues["future"] and not (word == "may" and not doc[index].is_lower):
        return "future"
    if word in cues["future_before"] and after in ("to", "for"):
        return "future"
    if word in cues["future_unless_have"] and after == "to":
        return "past" if index + 2 < len(doc) and doc[index + 2].lower_ == "have" else "future"
    if word in cues["past"] or (word.endswith("ed") and len(word) > 3 and doc[index].is_lower):
        return None if index > 0 and doc[index - 1].lower_ in cues["no_verb_after"] else "past"
    return None

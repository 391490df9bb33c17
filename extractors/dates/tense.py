"""Whether a date without a year, or a weekday, lies ahead: the nearest verb or cue word in its sentence tells."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from spacy.tokens import Span

from dateline.extractors.language.data import load_yaml

Direction = Literal["past", "future"]
# Tokens before and after a date that are asked, the ones before first: "announced on Friday that it will".
_BEFORE, _AFTER = 14, 12
_LONGEST_SUBJECT = 8  # tokens of a headline before its "to"
_CLAUSE_ENDS = frozenset({";", ":", "\n"})
_POSSESSIVE = frozenset({"'s", "’s"})


@dataclass(frozen=True, slots=True)
class _Cues:
    """The word lists of tense.yml by name, and `telling`: all words that can tell of a direction by themselves."""

    lists: dict[str, frozenset[str]]
    telling: frozenset[str]

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.lists[name]


@cache
def _cues() -> _Cues:
    data = load_yaml(Path(__file__).parent / "tense.yml")
    lists = {name: frozenset(words) for name, words in data.items()}
    names = ("future", "future_before", "future_unless_have", "arranged", "arranged_by_many", "past")
    pairs = frozenset(pair.split()[0] for pair in lists["future_pairs"])
    return _Cues(lists, pairs.union(*(lists[name] for name in names)))


@dataclass(frozen=True, slots=True)
class _Around:
    """The words around a date, as written and in lower case; the date is `start` to `stop` of them. `opens` is whether
    they begin with the sentence."""

    text: list[str]
    lower: list[str]
    start: int
    stop: int
    opens: bool

    def word(self, index: int) -> str:
        """The word at an index in lower case; "" outside."""
        return self.lower[index] if 0 <= index < len(self.lower) else ""


def direction(span: Span, sentence: Span) -> Direction | None:
    """Where the words around `span` put it; None where they do not say."""
    near, cues = _around(span, sentence), _cues()
    before = near.word(near.start - 1)
    if before in cues["ahead"] and near.word(near.stop) not in _POSSESSIVE:  # "killed by Tuesday's bomb" is no bound
        return _up_to(near)
    if before in cues["behind"]:
        return "past"
    if before == "for" and _is_day(span) and not near.word(near.stop).strip("'’")[:1].isalnum():
        return "future"  # "set the trial for 2 June."
    subject = near.stop + (near.word(near.stop) in cues["linking"])
    if _told_by(near, subject) == "future":  # "Friday will be colder"
        return "future"
    announced = False
    for index in range(near.start - 1, -1, -1):
        if near.text[index] in _CLAUSE_ENDS:
            break
        if found := _told_by(near, index):
            return found
        announced = announced or _announces(near, index)
    if announced:
        return "future"
    for index in range(near.stop, len(near.text)):
        if near.text[index] in _CLAUSE_ENDS:
            break
        if found := _told_by(near, index):
            return found
    return None


def _is_day(span: Span) -> bool:
    return any(token.tag_ in ("DD", "WEEKDAY") for token in span)


def _around(span: Span, sentence: Span) -> _Around:
    first, last = max(sentence.start, span.start - _BEFORE), min(sentence.end, span.end + _AFTER)
    text = [token.text for token in span.doc[first:last]]
    lower = [word.lower() for word in text]
    return _Around(text, lower, span.start - first, span.end - first, first == sentence.start)


def _up_to(near: _Around) -> Direction:
    """Which way "by", "until" point: ahead ("must leave by Friday"), unless what was so by then is told."""
    cues, before = _cues(), near.word(near.start - 2)
    if before in cues["so_far"] and near.word(near.start - 1) == "through":
        return "past"
    if before in cues["lasting"] or not cues["reached"].isdisjoint(near.lower):
        return "past"
    if before and before not in cues["opening"]:
        return "future"
    told = [  # "By Friday 300 had fled", "By Saturday the camp was empty"
        found
        for index in range(near.stop, len(near.text))
        if near.lower[index] not in cues["telling"] and (found := _told_by(near, index))
    ]
    return "past" if told and "future" not in told else "future"


def _announces(near: _Around, index: int) -> bool:
    """Whether the word is the "to" of a headline that has no other verb: "Pope to visit Cairo on Friday"."""
    if near.lower[index] != "to" or not near.opens or not 0 < index <= _LONGEST_SUBJECT:
        return False
    subject, verb = near.text[:index], near.text[index + 1] if index + 1 < len(near.text) else ""
    plain = all(word not in _cues()["no_headline"] and not word.endswith("day") for word in near.lower[:index])
    named = subject[-1][0].isupper() or (len(subject) == 2 and subject[-1].isalpha())  # "Talks", "Peace talks"
    return plain and named and verb.islower()


def _is_arranged(near: _Around, index: int) -> bool:
    """Whether the word is a verb of the present that tells of what is arranged: "Kenya votes", "leaders meet"."""
    cues, subject = _cues(), near.word(index - 1)
    if not subject.isalpha() or subject in cues["no_subject"]:
        return False
    if near.lower[index] in cues["arranged"]:
        return True
    return subject in cues["many"] or (subject.endswith("s") and not subject.endswith("ss"))


def _told_by(near: _Around, index: int) -> Direction | None:
    word, cues = near.word(index), _cues()
    is_verb = word.endswith("ed") and len(word) > 3 and near.text[index].islower()
    if not is_verb and word not in cues.telling:
        return None  # most words
    after = near.word(index + 1)
    if f"{word} {after}" in cues["future_pairs"]:
        return "future"
    if word in cues["future"] and not (word == "may" and not near.text[index].islower()):
        return "future"
    if word in cues["future_before"] and after in ("to", "for"):
        return "future"
    if word in cues["future_unless_have"] and after == "to":
        return "past" if near.word(index + 2) == "have" else "future"
    if (word in cues["arranged"] or word in cues["arranged_by_many"]) and _is_arranged(near, index):
        return "future"
    if is_verb or word in cues["past"]:
        return None if near.word(index - 1) in cues["no_verb_after"] else "past"
    return None

"""Named days: Christmas Day, New Year's Eve. Looked up, because their names are many words and few rules."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from spacy.tokens import Doc, Span

from dateline.extractors.language.data import load_yaml
from dateline.extractors.language.rules import Match, Rule

Name = tuple[str, ...]
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_LOOSE = ("after_preposition", "islamic_after_preposition")
_RELATIVE = frozenset({"last", "this", "next"})
_LONGEST_COUNTRY = 2  # "South Sudan"


@dataclass(frozen=True, slots=True)
class Feast:
    """When a day comes: by `calendar` "MM-DD", the days from Easter, or "MM-DD" or "MM" of the Islamic year; "once" an
    ISO day."""

    calendar: Literal["common", "once", "easter", "islamic"]
    when: str


@dataclass(frozen=True, slots=True)
class _Days:
    """What feasts.yml says: the feast of every name (words in lower case), the names that need a preposition, the
    prepositions, and by name the day of each country that keeps it."""

    days: Mapping[Name, Feast]
    loose: frozenset[Name]
    prepositions: frozenset[str]
    of_country: Mapping[Name, Mapping[Name, Feast]]


@cache
def _feasts() -> _Days:
    data = load_yaml(Path(__file__).parent / "feasts.yml")
    days: dict[Name, Feast] = {}
    for group in ("days", "easter", "islamic", *_LOOSE):
        for when, names in data[group].items():
            days |= {_name(name): Feast(_calendar(group, when), when) for name in names}
    return _Days(
        days=days,
        loose=frozenset(_name(name) for group in _LOOSE for names in data[group].values() for name in names),
        prepositions=frozenset(data["prepositions"]),
        of_country={
            _name(name): {_name(country): Feast("common", when) for when, kept in days.items() for country in kept}
            for name, days in data["of_country"].items()
        },
    )


def _calendar(group: str, when: str) -> Literal["common", "once", "easter", "islamic"]:
    if group.startswith("islamic"):
        return "islamic"
    if group == "easter":
        return "easter"
    return "once" if len(when) == len("YYYY-MM-DD") else "common"


def _name(words: str) -> Name:
    return tuple(words.split())


def feast_of(name: Span, country: Span | None = None) -> Feast:
    """The feast that a name stands for (in a country)."""
    feasts, words = _feasts(), _lower(name)
    return feasts.days[words] if country is None else feasts.of_country[words][_lower(country)]


class NamedDays:
    """Finds the names, for the rule that they are found by. They are capitalised."""

    def __init__(self, rule: Rule) -> None:
        self._rule = rule
        self._feasts = _feasts()
        self._by_first: dict[str, list[Name]] = {}
        for name in sorted([*self._feasts.days, *self._feasts.of_country], key=len, reverse=True):
            self._by_first.setdefault(name[0], []).append(name)
        self.first_words = frozenset(self._by_first)

    def find(self, sentence: Span, places: Iterable[int]) -> list[Match]:
        """The names that begin at `places` (tokens of the doc), with the `country` that they need, the `rel` ("last",
        "next") before them and the `year` after them as parts."""
        return [match for start in places if (match := self._at(sentence, start))]

    def _at(self, sentence: Span, start: int) -> Match | None:
        doc = sentence.doc
        for name in self._by_first[doc[start].lower_]:
            stop = start + len(name)
            if stop > sentence.end or name != _lower(doc[start:stop]):
                continue
            if countries := self._feasts.of_country.get(name):
                country = _country_beside(sentence, start, stop, countries)
                return self._match(sentence, {"name": doc[start:stop], "country": country}) if country else None
            before = doc[start - 1].lower_ if start > sentence.start else ""
            if name in self._feasts.loose and before not in self._feasts.prepositions:
                return None
            rel = {"rel": doc[start - 1 : start]} if before in _RELATIVE else {}
            return self._match(sentence, {"name": doc[start:stop], **rel})
        return None

    def _match(self, sentence: Span, parts: dict[str, Span]) -> Match:
        doc = sentence.doc
        start, stop = min(part.start for part in parts.values()), max(part.end for part in parts.values())
        after = stop + (stop < sentence.end and doc[stop].text in (",", "of", "in"))
        if after < sentence.end and doc[after].tag_ == "YYYY":
            parts["year"] = doc[after : after + 1]
            stop = after + 1
        return Match(self._rule, Span(doc, start, stop, span_id=self._rule.id), parts)


def _country_beside(sentence: Span, start: int, stop: int, countries: Mapping[Name, Feast]) -> Span | None:
    """The country before ("Ukraine's", "Ukrainian") or after ("of Ukraine", "in South Sudan") the words of a day."""
    doc: Doc = sentence.doc
    end = start - (start > sentence.start and doc[start - 1].text in _POSSESSIVE)
    begin = stop + (stop < sentence.end and doc[stop].lower_ in ("of", "in"))
    for length in range(_LONGEST_COUNTRY, 0, -1):
        if end - length >= sentence.start and _lower(doc[end - length : end]) in countries:
            return doc[end - length : end]
        if begin > stop and begin + length <= sentence.end and _lower(doc[begin : begin + length]) in countries:
            return doc[begin : begin + length]
    return None


def _lower(span: Span) -> Name:
    return tuple(token.lower_ for token in span)

"""Named days: Christmas Day, New Year's Eve. Looked up, because their names are many words and few rules."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spacy.tokens import Doc, Span

from dateline.extractors.language.data import load_yaml
from dateline.extractors.language.rules import Match, Rule

Name = tuple[str, ...]
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_LONGEST_COUNTRY = 2  # "South Sudan"


@dataclass(frozen=True, slots=True)
class _Days:
    """What feasts.yml says: the day of every name (words in lower case), the names that need a preposition, the
    prepositions, and by name the day of each country that keeps it."""

    days: Mapping[Name, str]
    loose: frozenset[Name]
    prepositions: frozenset[str]
    of_country: Mapping[Name, Mapping[Name, str]]


@cache
def _feasts() -> _Days:
    data = load_yaml(Path(__file__).parent / "feasts.yml")
    return _Days(
        days={
            _name(name): day
            for group in ("days", "easter", "after_preposition")
            for day, names in data[group].items()
            for name in names
        },
        loose=frozenset(_name(name) for names in data["after_preposition"].values() for name in names),
        prepositions=frozenset(data["prepositions"]),
        of_country={
            _name(name): {_name(country): day for day, countries in days.items() for country in countries}
            for name, days in data["of_country"].items()
        },
    )


def _name(words: str) -> Name:
    return tuple(words.split())


def day_of(name: Span, country: Span | None = None) -> str:
    """The "MM-DD", the full ISO day, or the days from Easter, that a name stands for (in a country)."""
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
        """The names that begin at `places` (tokens of the doc), with the `country` that they need and the `year` that
        follows one as parts."""
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
            return self._match(sentence, {"name": doc[start:stop]})
        return None

    def _match(self, sentence: Span, parts: dict[str, Span]) -> Match:
        doc = sentence.doc
        start, stop = min(part.start for part in parts.values()), max(part.end for part in parts.values())
        after = stop + (stop < sentence.end and doc[stop].text in (",", "of", "in"))
        if after < sentence.end and doc[after].tag_ == "YYYY":
            parts["year"] = doc[after : after + 1]
            stop = after + 1
        return Match(self._rule, Span(doc, start, stop, span_id=self._rule.id), parts)


def _country_beside(sentence: Span, start: int, stop: int, countries: Mapping[Name, str]) -> Span | None:
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

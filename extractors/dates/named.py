"""Named days: Christmas Day, New Year's Eve. Looked up, because their names are many words and few rules."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from spacy.tokens import Span

from dateline.extractors.language.data import load_yaml
from dateline.extractors.language.rules import Match, Rule

Name = tuple[str, ...]


@cache
def _days() -> tuple[dict[Name, str], frozenset[Name], frozenset[str]]:
    """The day of every name (words in lower case), the names that need a preposition, and the prepositions."""
    data = load_yaml(Path(__file__).parent / "feasts.yml")
    found = {
        tuple(name.split()): day
        for group in ("days", "easter", "after_preposition")
        for day, names in data[group].items()
        for name in names
    }
    loose = frozenset(tuple(name.split()) for names in data["after_preposition"].values() for name in names)
    return found, loose, frozenset(data["prepositions"])


def day_of(span: Span) -> str:
    """The "MM-DD", the full ISO day, or the days from Easter, that a name stands for."""
    return _days()[0][tuple(token.lower_ for token in span)]


class NamedDays:
    """Finds the names, for the rule that they are found by. They are capitalised."""

    def __init__(self, rule: Rule) -> None:
        self._rule = rule
        names, self._loose, self._prepositions = _days()
        self._by_first: dict[str, list[Name]] = {}
        for name in sorted(names, key=len, reverse=True):
            self._by_first.setdefault(name[0], []).append(name)
        self.first_words = frozenset(self._by_first)

    def find(self, sentence: Span, places: Iterable[int]) -> list[Match]:
        """The names that begin at `places` (tokens of the doc), with the year that follows one as its part `year`."""
        return [self._match(sentence, start, len(name)) for start in places for name in self._longest(sentence, start)]

    def _longest(self, sentence: Span, start: int) -> list[Name]:
        doc = sentence.doc
        before = doc[start - 1].lower_ if start > sentence.start else ""
        for name in self._by_first[doc[start].lower_]:
            stop = start + len(name)
            if stop > sentence.end or name != tuple(token.lower_ for token in doc[start:stop]):
                continue
            return [name] if name not in self._loose or before in self._prepositions else []
        return []

    def _match(self, sentence: Span, start: int, length: int) -> Match:
        doc, stop = sentence.doc, start + length
        parts = {"name": doc[start:stop]}
        after = stop + (stop < sentence.end and doc[stop].text in (",", "of"))
        if after < sentence.end and doc[after].tag_ == "YYYY":
            parts["year"] = doc[after : after + 1]
            stop = after + 1
        return Match(self._rule, Span(doc, start, stop, span_id=self._rule.id), parts)

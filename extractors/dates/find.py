"""Finding expressions that name dates, before anything is known of what they are counted from."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from dateline.extractors.dates.named import NamedDays
from dateline.extractors.dates.titles import is_title
from dateline.extractors.dates.words import COMMON, Need, Words
from dateline.extractors.language.rules import Match, Rule, RuleSet, load_rules, longest

# Meanings longer than a day.
_LONGER = frozenset({"month", "year", "decade", "quarter", "season", "unit", "weekend", "half"})
# Counted from a date before them, they end no range: "on Wednesday – two days after they had lost it".
_COUNTED = frozenset({"after", "later", "neighbour"})
# "The early hours of" are a part of the day.
_HOURS = frozenset({"early", "small", "wee", "late", "morning", "evening", "night"})
_MOST_KNOWN = 10_000  # sets of classes that sentences hold: few in practice, and never more memory than this
FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Expression:
    """Words that name a date: the rule that says so, where they stand (tokens of the doc), and their labelled parts.

    A range holds the two expressions it runs between in `ends`.
    """

    rule: Rule
    span: Span
    parts: Mapping[str, Span]
    ends: "tuple[Expression, Expression] | None" = None

    def word(self, label: str) -> str | None:
        """A labelled part in lower case; None where the rule matched without it."""
        part = self.parts.get(label)
        return None if part is None else part.text.lower()


Sentence = tuple[Span, list[Expression]]


@dataclass(frozen=True, slots=True)
class _Group:
    """Rules whose patterns need words of the same classes: they run around such words only, as far as their longest
    pattern reaches."""

    needs: tuple[Need, ...]
    rules: RuleSet
    reach: int

    def windows(self, places: Mapping[str, list[int]], sentence: Span) -> Iterator[tuple[int, int]]:
        """The stretches of a sentence (tokens of the doc) where all that the patterns need may stand together."""
        standing = [_standing(need, places) for need in self.needs]
        for start, stop in _around(min(standing, key=len), sentence, self.reach):
            counts = (bisect_left(found, stop) - bisect_left(found, start) for found in standing)
            if all(count >= need.count for count, need in zip(counts, self.needs, strict=True)):
                yield start, stop


class Finder:
    """The rules of this field, bound to a vocabulary."""

    def __init__(self, vocab: Vocab) -> None:
        rules = load_rules(FOLDER / "rules.yml")
        # Of two matches equally long `longest` takes the one whose id sorts first: a refusal.
        refusals = [replace(rule, id=f"!{rule.id}") for rule in load_rules(FOLDER / "refused.yml")]
        self._named = NamedDays(next(rule for rule in rules if rule.values.get("means") == "named_day"))
        self._words = Words(vocab, named=self._named.first_words)
        self._groups = _groups(vocab, [*rules, *refusals], self._words)
        self._groups_of: dict[str, list[int]] = {}  # their numbers, by the classes to look them up by
        for number, group in enumerate(self._groups):
            for name in _index(group.needs):
                self._groups_of.setdefault(name, []).append(number)
        self._possible = lru_cache(maxsize=_MOST_KNOWN)(self._groups_for)
        self._joins = [(rule, tuple(line.split())) for rule in rules for line in rule.values.get("joins", ())]

    def find(self, doc: Doc, sentences: Iterable[Span]) -> list[Sentence]:
        """The expressions in each of the sentences (in their order), in text order."""
        marked = self._words.mark(doc)
        found: list[Sentence] = []
        start = 0
        for sentence in sentences:
            start = bisect_left(marked, (sentence.start, ""), start)
            stop = bisect_left(marked, (sentence.end, ""), start)
            found.append((sentence, self._in_sentence(sentence, marked[start:stop]) if stop > start else []))
            start = stop
        return found

    def _in_sentence(self, sentence: Span, marked: list[tuple[int, str]]) -> list[Expression]:
        places = self._words.settle(sentence, marked)
        matches = self._named.find(sentence, places.get("NAMED", ()))
        for group in self._possible(frozenset(places)):
            for start, stop in group.windows(places, sentence):
                matches.extend(group.rules.match(sentence.doc[start:stop]))
        if not matches:
            return []
        kept = longest(map(trimmed, matches))
        free = [sentence.start, *(match.span.end for match in kept)]
        kept = [_with_lead(match, free[index]) for index, match in enumerate(kept)]
        read = [match for match in kept if match.rule.id[0] != "!" and not is_title(match, sentence)]
        return self._joined([part for match in read for part in _expressions(match)])

    def _groups_for(self, there: frozenset[str]) -> list[_Group]:
        """The groups all of whose needs are among the classes of a sentence."""
        numbers = sorted({number for name in there for number in self._groups_of.get(name, ())})
        groups = [self._groups[number] for number in numbers]
        return [group for group in groups if not any(need.classes.isdisjoint(there) for need in group.needs)]

    def _joined(self, found: list[Expression]) -> list[Expression]:
        """Neighbours that a range rule joins become one expression."""
        joined: list[Expression] = []
        for expression in found:
            if joined and (whole := self._range(joined[-1], expression)):
                joined[-1] = whole
            else:
                joined.append(expression)
        return joined

    def _range(self, first: Expression, last: Expression) -> Expression | None:
        doc = first.span.doc
        gap = doc[first.span.end : last.span.start]
        if first.ends or last.ends or len(gap) != 1 or not _comparable(first, last):
            return None
        link = "-" if gap.text in ("–", "—", "−") else gap.text.lower()
        lead = doc[first.span.start - 1].lower_ if first.span.start else ""
        for rule, words in self._joins:
            *before, _, middle, _ = words
            if link == middle and (not before or before[0] == lead):
                start = first.span.start - len(before)
                if before and start and doc[start - 1].tag_ == "PART":  # "the night from A to B"
                    start -= 1 + (start > 1 and doc[start - 2].lower_ == "the")
                span = Span(doc, start, last.span.end, span_id=rule.id)
                return Expression(rule, span, {}, (first, last))
        return None


def _groups(vocab: Vocab, rules: Iterable[Rule], words: Words) -> list[_Group]:
    """The patterns of the rules, those with the same needs together."""
    by_needs: dict[tuple[Need, ...], dict[str, tuple[Rule, list[str]]]] = {}
    for rule in rules:
        for pattern in rule.patterns:
            with_rule = by_needs.setdefault(words.needs(rule, pattern), {}).setdefault(rule.id, (rule, []))
            with_rule[1].append(pattern)
    return [
        _Group(
            needs=needs,
            rules=RuleSet(vocab, [replace(rule, patterns=tuple(lines)) for rule, lines in group.values()], words.names),
            reach=max(len(line.split()) for _, lines in group.values() for line in lines),
        )
        for needs, group in by_needs.items()
    ]


def _standing(need: Need, places: Mapping[str, list[int]]) -> list[int]:
    """The places, in order, of the words that a need asks for."""
    if len(need.classes) == 1:
        return places[next(iter(need.classes))]
    return sorted(place for name in need.classes for place in places.get(name, ()))


def _index(needs: Iterable[Need]) -> frozenset[str]:
    """The classes to look a group up by: those that most sentences do not hold."""
    return min((need.classes for need in needs), key=lambda classes: (len(classes & COMMON), sorted(classes)))


def _around(places: list[int], sentence: Span, reach: int) -> Iterator[tuple[int, int]]:
    """Stretches of the doc around the places, merged where they meet."""
    start = stop = -1
    for place in places:
        if start >= 0 and place - reach <= stop:
            stop = min(place + reach, sentence.end)
            continue
        if start >= 0:
            yield start, stop
        start, stop = max(place - reach + 1, sentence.start), min(place + reach, sentence.end)
    if start >= 0:
        yield start, stop


def trimmed(match: Match) -> Match:
    """The match without the neighbours that its rule only asks for."""
    start, stop = match.span.start, match.span.end
    if "before" in match.parts:
        start = match.parts["before"].end
    if "after" in match.parts:
        stop = match.parts["after"].start
    if stop - start > 1 and match.span.doc[stop - 1].text == ",":  # left by an optional year that is not there
        stop -= 1
    if (start, stop) == (match.span.start, match.span.end):
        return match
    return Match(match.rule, Span(match.span.doc, start, stop, span_id=match.rule.id), match.parts)


def _with_lead(match: Match, free: int) -> Match:
    """The match with the words that lead to it ("about", "the night of"), where its rule says that they may and they,
    `free` and after, are no other's."""
    rule, doc, start = match.rule, match.span.doc, match.span.start
    if "lead" in rule.values and start - 1 >= free and doc[start - 1].lower_ in rule.values["lead"].split("|"):
        start -= 1
    elif "part_of_day" in rule.values and doc[start - 1 : start].text.lower() == "of":
        start = _part_of_day(doc, start, free)
    if start == match.span.start:
        return match
    return Match(rule, Span(doc, start, match.span.end, span_id=rule.id), match.parts)


def _part_of_day(doc: Doc, start: int, free: int) -> int:
    """Where "the night of", "the early hours of" before token `start` begins; `start` where no such words stand."""
    at = start - 2
    if at >= free and doc[at].tag_ == "PART":
        start = at
    elif at > free and doc[at].lower_ == "hours" and doc[at - 1].lower_ in _HOURS:
        start = at - 1
    else:
        return start
    return start - (start > free and doc[start - 1].lower_ == "the")


def _expressions(match: Match) -> Iterator[Expression]:
    """The match as an expression; several days that share a month as one each, which share the month."""
    if not match.rule.values.get("each"):
        yield Expression(match.rule, match.span, match.parts)
        return
    shared = {label: match.parts[label] for label in ("month", "year") if label in match.parts}
    days = [match.parts[label] for label in ("first", "second", "third", "fourth") if label in match.parts]
    doc = match.span.doc
    for index, day in enumerate(days):
        start = match.span.start if index == 0 else day.start
        stop = match.span.end if index == len(days) - 1 else day.end
        yield Expression(match.rule, Span(doc, start, stop, span_id=match.rule.id), {**shared, "day": day})


def _comparable(first: Expression, last: Expression) -> bool:
    """Whether two dates can be the ends of one range: both of days, or both of months or longer."""
    ends = first.rule.values["means"], last.rule.values["means"]
    return (ends[0] in _LONGER) == (ends[1] in _LONGER) and ends[1] not in _COUNTED

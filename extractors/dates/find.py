"""Finding expressions that name dates, before anything is known of what they are counted from."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from dateline.extractors.dates.named import NamedDays
from dateline.extractors.dates.words import Words
from dateline.extractors.language.rules import Match, Rule, RuleSet, load_rules, longest

# Meanings longer than a day.
_LONGER = frozenset({"month", "year", "decade", "quarter", "season", "unit", "weekend", "half"})
# Counted from a date before them, they end no range: "on Wednesday – two days after they had lost it".
_COUNTED = frozenset({"after", "later", "neighbour"})
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
    """Rules that need a word of the same classes: they run only around such words, as far as their longest pattern."""

    cues: tuple[str, ...]
    rules: RuleSet
    reach: int


class Finder:
    """The rules of this field, bound to a vocabulary."""

    def __init__(self, vocab: Vocab) -> None:
        rules = load_rules(FOLDER / "rules.yml")
        # Of two matches equally long `longest` takes the one whose id sorts first: a refusal.
        refusals = [replace(rule, id=f"!{rule.id}") for rule in load_rules(FOLDER / "refused.yml")]
        self._named = NamedDays(next(rule for rule in rules if rule.values.get("means") == "named_day"))
        self._words = Words(vocab, named=self._named.first_words)
        self._groups = _groups(vocab, [*rules, *refusals], self._words.names)
        self._groups_of: dict[str, list[int]] = {}
        for number, group in enumerate(self._groups):
            for cue in group.cues:
                self._groups_of.setdefault(cue, []).append(number)
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
        around: dict[int, list[int]] = {}
        for cue, where in places.items():
            for number in self._groups_of.get(cue, ()):
                around.setdefault(number, []).extend(where)
        for number, cues in around.items():
            group = self._groups[number]
            for start, stop in _windows(sorted(cues), sentence, group.reach):
                matches.extend(group.rules.match(sentence.doc[start:stop]))
        kept = longest(map(trimmed, matches))
        if "PART" in places:
            free = [sentence.start, *(match.span.end for match in kept)]
            kept = [_with_part_of_day(match, free[index]) for index, match in enumerate(kept)]
        return self._joined([part for match in kept if match.rule.id[0] != "!" for part in _expressions(match)])

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
        gap = first.span.doc[first.span.end : last.span.start]
        if first.ends or last.ends or len(gap) != 1 or not _comparable(first, last):
            return None
        link = "-" if gap.text in ("–", "—", "−") else gap.text.lower()
        lead = first.span.doc[first.span.start - 1].lower_ if first.span.start else ""
        for rule, words in self._joins:
            *before, _, middle, _ = words
            if link == middle and (not before or before[0] == lead):
                start = first.span.start - len(before)
                span = Span(first.span.doc, start, last.span.end, span_id=rule.id)
                return Expression(rule, span, {}, (first, last))
        return None


def _groups(vocab: Vocab, rules: Iterable[Rule], names: Iterable[str]) -> list[_Group]:
    by_cue: dict[str, list[Rule]] = {}
    for rule in rules:
        if rule.patterns:
            by_cue.setdefault(rule.values["cue"], []).append(rule)
    return [
        _Group(
            cues=tuple(cue.split("|")),
            rules=RuleSet(vocab, group, [*names]),
            reach=max(len(pattern.split()) for rule in group for pattern in rule.patterns),
        )
        for cue, group in by_cue.items()
    ]


def _windows(places: list[int], sentence: Span, reach: int) -> Iterator[tuple[int, int]]:
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


def _with_part_of_day(match: Match, free: int) -> Match:
    """The match with "the night of" that leads to it, where its rule says that it may and the words, `free` and after,
    are no other's."""
    doc, start = match.span.doc, match.span.start
    if "part_of_day" not in match.rule.values or start - 2 < free:
        return match
    if doc[start - 1].lower_ != "of" or doc[start - 2].tag_ != "PART":
        return match
    start -= 3 if start - 3 >= free and doc[start - 3].lower_ == "the" else 2
    return Match(match.rule, Span(doc, start, match.span.end, span_id=match.rule.id), match.parts)


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

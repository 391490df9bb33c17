"""Rules: spaCy Matcher patterns written so that people can read them.

A rules file is a YAML list; each rule has an `id` that never changes its meaning and one or more `match` lines:

    - id: dates.day-month-year
      match: day:NUM of? month:MONTH ,? year:YEAR?

An element is `[label:]what[repeat]`. `what` is a word class in capitals (from the field's lexicon), words in lower case
(`in|on|near`, matched without case), one of the built-in shapes below, or `*` for any token. `repeat` is `?` or
`{m,n}`; there is no unbounded one, because a Matcher explodes on it (measured: 8 million matches on 4,000 numbers).
Labels name the parts that a value is made from.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.matcher import Matcher
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from dateline.extractors.language.data import load_yaml

_ELEMENT = re.compile(r"^(?:(?P<label>[a-z_]+):)?(?P<what>.+?)(?P<repeat>\?|\{\d+,\d+\})?$")

SHAPES: Mapping[str, dict[str, Any]] = {
    "NUM": {"LIKE_NUM": True},
    "DIGITS": {"IS_DIGIT": True},
    "TITLE": {"IS_TITLE": True},
    "ALPHA": {"IS_ALPHA": True},
    "PUNCT": {"IS_PUNCT": True},
    "YEAR": {"SHAPE": "dddd"},
    "DAY": {"TEXT": {"REGEX": r"^(?:[1-9]|0[1-9]|[12]\d|3[01])$"}},
    "DASH": {"TEXT": {"IN": ["-", "–", "—", "−", "--"]}},
    "*": {},
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as written: its id, its patterns, and whatever else its field's file says of it."""

    id: str
    patterns: tuple[str, ...]
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Match:
    """Where a rule matched, and the labelled parts of it. `span.id_` is the rule's id."""

    rule: Rule
    span: Span
    parts: Mapping[str, Span]


def load_rules(path: Path) -> list[Rule]:
    """Read a rules file; ValueError where two rules share an id."""
    rules = []
    for entry in load_yaml(path) or []:
        match = entry.get("match", [])
        patterns = (match,) if isinstance(match, str) else tuple(match)
        values = {name: value for name, value in entry.items() if name not in ("id", "match")}
        rules.append(Rule(id=entry["id"], patterns=patterns, values=values))
    ids = [rule.id for rule in rules]
    if len(set(ids)) < len(ids):
        raise ValueError(f"{path}: rule ids stand twice: {sorted({i for i in ids if ids.count(i) > 1})}")
    return rules


class RuleSet:
    """Rules compiled for one vocabulary."""

    def __init__(self, vocab: Vocab, rules: Iterable[Rule], classes: Iterable[str] = ()) -> None:
        self._matcher = Matcher(vocab)
        self._rules: dict[int, tuple[Rule, list[str | None]]] = {}
        known = frozenset(classes)
        for rule in rules:
            for number, line in enumerate(rule.patterns):
                elements = [_element(word, known, rule.id) for word in line.split()]
                key = f"{rule.id}/{number}"
                self._matcher.add(key, [[pattern for _, pattern in elements]])
                self._rules[vocab.strings[key]] = (rule, [label for label, _ in elements])

    def match(self, tokens: Doc | Span) -> list[Match]:
        """All matches in `tokens`, overlapping ones included, in the order of their start, longest first."""
        found = []
        doc = tokens.doc
        offset = tokens.start if isinstance(tokens, Span) else 0
        matches: list[Any] = self._matcher(tokens, with_alignments=True)  # spaCy's stub leaves the alignments out
        for key, start, stop, alignment in matches:
            rule, labels = self._rules[key]
            span = Span(doc, start + offset, stop + offset, span_id=rule.id)
            found.append(Match(rule, span, dict(_parts(span, labels, alignment))))
        return sorted(found, key=lambda match: (match.span.start, -match.span.end, match.rule.id))


def required(pattern: str) -> list[tuple[str, ...]]:
    """The alternatives (classes, words) of each element that a pattern cannot match without."""
    elements = [parsed for word in pattern.split() if (parsed := _ELEMENT.match(word))]
    return [tuple(parsed["what"].split("|")) for parsed in elements if (parsed["repeat"] or "1")[:2] not in ("?", "{0")]


def longest(matches: Iterable[Match]) -> list[Match]:
    """Of overlapping matches the longest, the earlier at equal length; in text order."""
    kept: list[Match] = []
    taken: set[int] = set()
    for match in sorted(matches, key=lambda m: (m.span.start - m.span.end, m.span.start, m.rule.id)):
        tokens = range(match.span.start, match.span.end)
        if taken.isdisjoint(tokens):
            kept.append(match)
            taken.update(tokens)
    return sorted(kept, key=lambda match: match.span.start)


def _parts(span: Span, labels: list[str | None], alignment: list[int]) -> Iterator[tuple[str, Span]]:
    reach: dict[str, list[int]] = {}
    for position, element in enumerate(alignment):
        label = labels[element]
        if label is not None:
            reach.setdefault(label, []).append(span.start + position)
    for label, tokens in reach.items():
        yield label, span.doc[tokens[0] : tokens[-1] + 1]


def _element(word: str, classes: frozenset[str], rule: str) -> tuple[str | None, dict[str, Any]]:
    parsed = _ELEMENT.match(word)
    if parsed is None:
        raise ValueError(f"rule {rule}: cannot read {word!r}")
    what = parsed["what"]
    if what in SHAPES:
        pattern = dict(SHAPES[what])
    elif what.replace("|", "").replace("_", "").replace("-", "").isupper():
        names = what.split("|")
        unknown = sorted(set(names) - classes)
        if unknown:
            raise ValueError(f"rule {rule}: no word class {unknown}")
        pattern = {"TAG": names[0]} if len(names) == 1 else {"TAG": {"IN": names}}
    else:
        words = what.split("|")
        pattern = {"LOWER": words[0]} if len(words) == 1 else {"LOWER": {"IN": words}}
    if parsed["repeat"]:
        pattern["OP"] = parsed["repeat"]
    return parsed["label"], pattern

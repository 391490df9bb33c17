"""The furniture rules of furniture.yml, and one line held against them."""

import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from dateline.extractors.language.data import load_yaml

_WORD = re.compile(r"[\w©]+(?:[’'-]\w+)*|©")
_SENTENCE_END = re.compile(r"[.!?][”’\"')\]]*\s+(?=[A-Z“‘\"'(])")
_TAIL = 300  # characters at the end of a line in which a tail is looked for
_WHOLE = 2000  # characters of a line that is searched for cues from end to end; of longer ones head and tail are
_LONGEST = "200"


@dataclass(frozen=True)
class Rule:
    """A rule as data; see the head of furniture.yml."""

    id: str
    kind: str
    cues: frozenset[str]
    patterns: tuple[str, ...]
    take: str
    longest: int
    where: str
    exact: bool
    page_only: bool

    @cached_property
    def compiled(self) -> tuple[re.Pattern[str], ...]:
        """The patterns, compiled when a line first holds one of the cues: most pages need few of them."""
        return tuple(re.compile(pattern, 0 if self.exact else re.IGNORECASE) for pattern in self.patterns)

    def match(self, line: str) -> re.Match[str] | None:
        """Where this rule finds furniture in `line`; for all but `tail` and `inside` rules the whole line is then."""
        if len(line) > self.longest:
            return None
        for pattern in self.compiled:
            if self.take == "line":
                found = pattern.fullmatch(line)
            elif self.take == "start":
                found = pattern.match(line)
            elif self.take == "inside":
                found = pattern.search(line)
            else:
                found = self._at_the_end(pattern, line)
            if found:
                return found
        return None

    def _at_the_end(self, pattern: re.Pattern[str], line: str) -> re.Match[str] | None:
        for found in pattern.finditer(line, max(0, len(line) - _TAIL)):
            if found.end() == len(line):
                # An invitation ends a promo of one sentence; where more stands before it, that is the article.
                if self.take == "end" and len(_SENTENCE_END.findall(line[: found.start() + 1])) > 1:
                    return None
                return found
        return None


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule of furniture.yml, in its order; the first that matches a line names it."""
    return tuple(_rule(entry) for entry in load_yaml(Path(__file__).parent / "furniture.yml"))


@cache
def _by_cue() -> dict[str, tuple[tuple[int, Rule], ...]]:
    found: dict[str, list[tuple[int, Rule]]] = {}
    for order, rule in enumerate(rules()):
        for cue in rule.cues:
            found.setdefault(cue, []).append((order, rule))
    return {cue: tuple(pairs) for cue, pairs in found.items()}


@lru_cache(maxsize=4096)  # the lines of an article are asked for again among those around it
def candidates(line: str) -> tuple[Rule, ...]:
    """The rules that have a cue in `line`, in their order."""
    whole = line if len(line) <= _WHOLE else f"{line[:_TAIL]} {line[-_TAIL:]}"
    by_cue = _by_cue()
    words = by_cue.keys() & set(_WORD.findall(whole.lower()))
    found = {order: rule for word in words for order, rule in by_cue[word]}
    return tuple(found[order] for order in sorted(found))


def kind_of(rule_id: str) -> str:
    """The kind of furniture that a rule finds; KeyError for an id that furniture.yml does not have."""
    return _kinds()[rule_id]


@cache
def _kinds() -> dict[str, str]:
    return {rule.id: rule.kind for rule in rules()}


def _rule(entry: dict[str, Any]) -> Rule:
    return Rule(
        id=entry["id"],
        kind=entry["kind"],
        cues=frozenset(entry.get("cues", ())),
        patterns=tuple(entry.get("match", ())),
        take=entry.get("take", "line"),
        longest=int(entry.get("longest", _LONGEST)),
        where=entry.get("where", "any"),
        exact=entry.get("case") == "exact",
        page_only=entry.get("only") == "page",
    )

"""What became different between two runs: the shapes that `store_diff` fills and people read."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Kind = Literal["gained", "lost", "changed"]
Cause = Literal["rule", "lexicon", "gazetteer", "library", "code", "text", "input", "policy", "human"]
UNEXPLAINED = "unexplained"  # nothing accounts for it: a bug, or a hand in the store
CAUSES: tuple[Cause, ...] = (*("human", "policy", "text", "input", "rule", "lexicon", "gazetteer", "library", "code"),)
REDUCTIONS = "reductions"  # the field of changes in what a policy would record
Values = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, order=True)
class Because:
    """One reason for a change: its kind, and the file, page, policy or decision behind it, in words."""

    cause: Cause
    what: str


@dataclass(frozen=True, kw_only=True)
class Change:
    """One fact, incident or reduction that one side has and the other has not, or that says something else.

    `before` and `after` are its rows by column, None where there was none; `columns` are those that differ. `id` is the
    later one. `causes` are empty where nothing explains it. `start` and `stop` mark its words in `text`, which is the
    later text where it stands there; `sentence_start` and `sentence_stop` are the sentence around them. `was` is the
    sentence before, of and after the words of the earlier value, where those are others. `source` is that of the
    collection; `main` is whether it is, or belongs to, what the article is about.
    """

    kind: Kind
    field: str
    id: str
    before: Values | None
    after: Values | None
    columns: tuple[str, ...]
    causes: tuple[Because, ...]
    main: bool = False
    text_id: str | None = None
    text: str = ""
    start: int | None = None
    stop: int | None = None
    sentence_start: int = 0
    sentence_stop: int = 0
    was: tuple[str, str, str] | None = None
    input_id: str | None = None
    source: str | None = None
    publisher: str | None = None
    url: str | None = None
    title: str | None = None
    published: str | None = None

    @property
    def cause(self) -> str:
        """The kinds of its causes, the surest first: "rule", "text or code", "unexplained"."""
        kinds = {because.cause for because in self.causes}
        return " or ".join(one for one in CAUSES if one in kinds) or UNEXPLAINED

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that read it, before and after."""
        found = (str(side["rule"]) for side in (self.before, self.after) if side and side.get("rule"))
        return tuple(dict.fromkeys(found))

    @property
    def quote(self) -> str:
        """Its words, "" where it has none of its own."""
        return "" if self.start is None else self.text[self.start : self.stop]

    @property
    def sentence(self) -> tuple[str, str, str]:
        """The sentence before, of and after its words."""
        start, stop = self.start or 0, self.stop or 0
        return self.text[self.sentence_start : start], self.text[start:stop], self.text[stop : self.sentence_stop]


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A person or an event that a run merged, split or lost; `name` is what it is called now, None where it is gone."""

    run_id: int
    what: Literal["person", "event"]
    kind: str
    id: str
    other_id: str | None
    name: str | None = None
    other_name: str | None = None


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of the two runs: its number, what it was, and how much it stands on."""

    run_id: int
    kind: str
    dateline: str
    started_at: datetime
    finished_at: datetime | None
    articles: int
    facts: Mapping[str, int]

    @property
    def counted(self) -> int:
        """How many facts, incidents aside."""
        return sum(count for name, count in self.facts.items() if name != "incidents")


@dataclass(kw_only=True)
class Diff:
    """Two runs held against each other. `whole` is whether it is the store as it stood after each of them; else it is
    what each of them read or met. `parts` are the files and versions in which the code of the two differs, by field."""

    before: Side
    after: Side
    whole: bool
    changes: list[Change]
    moved: list[Moved] = field(default_factory=list)
    parts: dict[str, list[Because]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def unexplained(self) -> list[Change]:
        """The changes without a cause."""
        return [change for change in self.changes if not change.causes]

    def counted(self) -> dict[tuple[str, str], Counter[str]]:
        """How many were gained, lost and changed, by field and cause."""
        found: dict[tuple[str, str], Counter[str]] = {}
        for change in self.changes:
            found.setdefault((change.field, change.cause), Counter())[change.kind] += 1
        return found

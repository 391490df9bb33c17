"""What people decided about a value that the machine read. Human and machine values never overwrite each other.

A decision holds on to the words, not to a run: the value it judged, its quote with context, and the text it stands in.
After every rerun it is applied, stale (the machine's value changed) or an orphan (its words are gone).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made
from typing import Any, Literal

VerdictKind = Literal["accept", "reject", "correct", "add"]
VERDICTS: tuple[VerdictKind, ...] = ("accept", "reject", "correct", "add")
State = Literal["applied", "stale", "orphan"]

INCIDENTS = "incidents"  # the field name of decisions on a whole incident; the others are names of fields
CONTEXT = 40  # characters kept on either side of a quote: enough to tell two equal phrases of one text apart


class ForeignDecisions(ValueError):
    """A file of verdicts that cannot be taken in. Nothing of it is. The message says which line and what to do."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What somebody said of one value, as a sheet, a page, an annotation tool or the command line gives it.

    `target` is a fact's or incident's id; None for `add`. `field` is dates, places, casualties, leaders or incidents.
    `judged` are the machine's values that the reviewer saw, by column of the field's table, so that a verdict on a
    value that has changed since is not taken for one on today's. `corrected` are the right values (for correct and
    add), by the same names. `text` (its id), `start` and `stop` say where an added fact stands, in code points.
    `who` and `at` (ISO 8601, UTC) are None where the file does not say: the importer fills them in.
    """

    verdict: VerdictKind
    field: str
    target: str | None = None
    text: str | None = None
    start: int | None = None
    stop: int | None = None
    judged: Mapping[str, Any] = made(default_factory=dict)
    corrected: Mapping[str, Any] = made(default_factory=dict)
    who: str | None = None
    why: str = ""
    at: str | None = None


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A verdict as it is kept for ever: in PATH.decisions beside the store, one JSON object a line; tables copy it.

    `id` hashes target, verdict, the values, who and why (and `at` where a reviewer comes back to an earlier word).
    `position` is its place in the file. `text` is the text's id; `before` and `after` are up to CONTEXT characters
    around the quote. For incidents, `quote`, `start` and `stop` are those of its first claim. `machine` is the whole
    row that was judged, its rule and evidence included, as far as the store had it: what the machine reads later may
    know nothing of it.
    """

    id: str
    position: int
    verdict: VerdictKind
    field: str
    target: str
    text: str
    start: int
    stop: int
    quote: str
    before: str
    after: str
    judged: Mapping[str, Any]
    corrected: Mapping[str, Any]
    who: str
    why: str
    at: str
    machine: Mapping[str, Any] = made(default_factory=dict)

    @property
    def rule(self) -> str | None:
        """The rule that made the value it judged; None where that is not known, or nothing was read there."""
        return self.machine.get("rule")


@dataclass(frozen=True, kw_only=True)
class ReviewState:
    """How a decision stands to what the machine reads now.

    `state` is applied, stale (the machine's value is another now: look again) or orphan (its words are gone). `latest`
    is False where the same reviewer has decided otherwise since, `disputed` where reviewers disagree: then the
    machine's value stands. `counts`: it is laid over the machine's value. A stale accept or correction still counts,
    for its words are still there; a stale rejection does not, for nobody judged the new value.
    `fact`, `text`, `start` and `stop` say where it stands now (None where it stands nowhere), `machine` what the
    machine says there now.
    """

    decision: Decision
    state: State
    latest: bool
    disputed: bool
    counts: bool
    fact: str | None
    text: str | None
    start: int | None
    stop: int | None
    machine: Mapping[str, Any] | None


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What became of some verdicts: `taken` are new; `known` were there already, and of these `replaced` are those
    that their reviewer has changed since. `stale`, `orphan` and `disputed` are ids of the new ones."""

    taken: tuple[Decision, ...] = ()
    known: tuple[Decision, ...] = ()
    replaced: frozenset[str] = frozenset()
    stale: frozenset[str] = frozenset()
    orphan: frozenset[str] = frozenset()
    disputed: frozenset[str] = frozenset()

"""How often the machine was right, from what people decided. Pure; what is counted comes from store_evaluate.py.

accept: the value is right. correct: found, and the value was wrong. reject: found where nothing is. add: missed.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from dateline.models.decision import VerdictKind

By = Literal["field", "rule", "source"]
FEW = 30  # decisions, below which a share says little: its interval is then at least 20 points wide


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One value that people judged, or added. `rule` is the one that made what was judged. `complete`: every value of
    this field in this text has a decision, so that misses were looked for. `sentence` and `start`, `stop` in it."""

    decision_id: str
    field: str
    rule: str
    source: str
    verdict: VerdictKind
    disputed: bool
    complete: bool
    text_id: str
    sentence: str
    start: int
    stop: int


@dataclass(frozen=True, kw_only=True)
class Share:
    """`part` of `whole`, with the interval that the true share is in with a probability of 95 % (Wilson's)."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """None where there is nothing to count."""
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's score interval, which holds for small numbers too; None where there is nothing to count."""
        return wilson(self.part, self.whole) if self.whole else None


@dataclass(frozen=True, kw_only=True)
class Score:
    """The decisions on one field, or one rule or source of it.

    `precision`: of what the machine gave, how much is right in words and value. `found`: how much is right in its words
    at least. `recall`: of what there is in texts whose values were all decided on, how much the machine found with the
    right value; for one rule nobody can say what it should have found, and `whole` is 0.
    """

    field: str
    name: str
    accepted: int
    corrected: int
    rejected: int
    added: int
    precision: Share
    found: Share
    recall: Share
    texts: int


def wilson(part: int, whole: int, z: float = 1.96) -> tuple[float, float]:
    """The score interval of a share (E. B. Wilson, 1927); `z` 1.96 for 95 %."""
    share = part / whole
    middle = share + z * z / (2 * whole)
    reach = z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    scale = 1 + z * z / whole
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)


def scores(judged: Iterable[Judged], *, by: By = "field") -> list[Score]:
    """One score a field, or one for each rule or source of it, by field and the number of decisions. What reviewers
    dispute is left out."""
    groups: dict[tuple[str, str], list[Judged]] = defaultdict(list)
    for one in judged:
        if not one.disputed and not (by == "rule" and one.verdict == "add"):
            groups[one.field, getattr(one, by)].append(one)
    found = [_score(field, name, own, recall=by != "rule") for (field, name), own in groups.items()]
    return sorted(found, key=lambda one: (one.field, -(one.precision.whole + one.added), one.name))


def _score(field: str, name: str, own: list[Judged], *, recall: bool) -> Score:
    count = {verdict: sum(one.verdict == verdict for one in own) for verdict in ("accept", "correct", "reject", "add")}
    given = count["accept"] + count["correct"] + count["reject"]
    whole = [one for one in own if one.complete and one.verdict != "reject"] if recall else []
    return Score(
        field=field,
        name=name,
        accepted=count["accept"],
        corrected=count["correct"],
        rejected=count["reject"],
        added=count["add"],
        precision=Share(part=count["accept"], whole=given),
        found=Share(part=count["accept"] + count["correct"], whole=given),
        recall=Share(part=sum(one.verdict == "accept" for one in whole), whole=len(whole)),
        texts=len({one.text_id for one in own if one.complete}) if recall else 0,
    )

"""What needs eyes first: an incident that nobody decided on, and why it is doubted. The order is made by
store_review_order.py; its reasons and weights are data (review_order.yml)."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """One reason to look: `name` as in review_order.yml, what it adds to the score, the reason in words for a reviewer,
    and the facts (ids) that it is about."""

    name: str
    weight: float
    why: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ToReview:
    """An incident (its id) with its doubts, the heaviest first. `facts` are those of it that nobody decided on."""

    incident: str
    text_id: str
    reading_id: str
    facts: tuple[str, ...]
    doubts: tuple[Doubt, ...]

    @property
    def score(self) -> float:
        """The sum of the doubts' weights: the greater, the sooner somebody should look."""
        return round(sum(doubt.weight for doubt in self.doubts), 2)

    @property
    def reasons(self) -> tuple[str, ...]:
        """The doubts in words."""
        return tuple(doubt.why for doubt in self.doubts)

"""What people decided before, as columns beside the machine's values."""

from collections.abc import Mapping, Sequence
from typing import Any

from dateline.models.decision import Decision

BOUNDS = ("low", "best", "high")


def human_columns(decisions: Sequence[Decision]) -> dict[str, Any]:
    """`human`, `decided`, `decided_by` and `decided_value` of one value: of its decisions that hold today, the oldest
    first. Several reviewers' words stand beside each other; one reviewer's last word is theirs."""
    last = list({one.who: one for one in decisions}.values())
    return {
        "human": bool(last),
        "decided": " · ".join(one.verdict for one in last) or None,
        "decided_by": " · ".join(f"{one.who}, {one.at[:10]}" for one in last) or None,
        "decided_value": " · ".join(said(one.corrected) for one in last if one.corrected) or None,
    }


def said(values: Mapping[str, Any]) -> str:
    """Values in words: "low 14, best 14, high none"."""
    return ", ".join(
        f"{name} {'none' if values[name] is None else values[name]}" for name in sorted(values, key=_order)
    )


def _order(name: str) -> tuple[str, int]:
    """Figures from the least to the most; else by name."""
    stem, _, bound = name.rpartition("_")
    return (stem, BOUNDS.index(bound)) if bound in BOUNDS else (name, 0)

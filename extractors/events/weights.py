"""The weights by which reports are compared (scoring.yml), and the parts of a score that they make."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from dateline.extractors.language.data import load_yaml
from dateline.models.event import Part

What = Literal["day", "place", "toll", "named", "weapon", "target", "text"]


@dataclass(frozen=True)
class Weights:
    """scoring.yml."""

    of: Mapping[str, Mapping[str, float]]


@cache
def weights() -> Weights:
    """The weights, read once a process."""
    data: dict[str, Any] = load_yaml(Path(__file__).parent / "scoring.yml")
    return Weights({group: {name: float(value) for name, value in rows.items()} for group, rows in data.items()})


def part(what: What, kind: str, why: str) -> Part:
    """A part of a score: what was compared, how it came out (a row of scoring.yml), and why, in words."""
    return Part(what=what, kind=kind, value=weights().of[what][kind], why=why)

"""A rule as its file states it, comments included: the reason a reader of `explain` is looking for."""

from pathlib import Path

import dateline.extractors


def rule_text(field: str, rule: str) -> list[str]:
    """The lines of `rule` in the field's rules.yml, with the comment above it; empty where the file has no such rule
    (a fact read by an older version)."""
    path = Path(dateline.extractors.__file__).parent / field / "rules.yml"
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next((number for number, line in enumerate(lines) if line.strip() == f"- id: {rule}"), None)
    if at is None:
        return []
    start = at
    while start > 0 and lines[start - 1].lstrip().startswith("#"):
        start -= 1
    stop = at + 1
    while stop < len(lines) and lines[stop].startswith(" "):
        stop += 1
    return lines[start:stop]

"""Policies: how a recording organisation turns claims into the figures of its own tables.

One YAML file a policy, with its name and version. A reading never depends on a policy; the views in reductions.sql
apply every policy to every incident, so that the figures can be held side by side.

    name, version     what a figure is recorded under; a change of any number is a new version
    after             the published document that the policy follows
    words             how many a word without a number stands for, where the organisation has a rule for it
    columns           name      the organisation's own name of a figure
                      outcome   killed, injured, missing, captured, killed_or_injured
                      groups    whose: all, security_forces, fighters, civilians, children, assumed_civilians, rest
                      figure    low (the least anybody gives), best (the best, else the least), high (the most)
                      unsaid    nought: a group that nobody mentions has no dead, where the toll itself is known
                      disputed  nought: the figure is 0 where sources dispute who the people were
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
OUTCOMES = ("killed", "injured", "missing", "captured", "killed_or_injured")
GROUPS = ("all", "security_forces", "fighters", "civilians", "children", "assumed_civilians", "rest")
FIGURES = ("low", "best", "high")
_SAFE = re.compile(r"[\w .:,'’/()&-]+")


def policies(folder: Path = FOLDER) -> list[dict[str, Any]]:
    """Every policy of a folder, by name; ValueError that names the file where one is not as said above."""
    return [_checked(path) for path in sorted(folder.glob("*.yml"))]


def policy_views(found: list[dict[str, Any]]) -> str:
    """SQL that makes the views `policy`, `policy_word` and `policy_column` of some policies."""
    named = [(policy["name"], policy["version"], policy["after"]) for policy in found]
    words = [(policy["name"], word, int(number)) for policy in found for word, number in policy["words"].items()]
    columns = [(policy["name"], number, *column) for policy in found for number, column in enumerate(_columns(policy))]
    return "\n".join(
        (
            _view("policy", ("policy", "version", "after"), named),
            _view("policy_word", ("policy", "word", "number"), words),
            _view(
                "policy_column",
                ("policy", "position", "name", "outcome", "groups", "figure", "unsaid", "disputed"),
                columns,
            ),
        )
    )


def _columns(policy: Mapping[str, Any]) -> Iterator[tuple[str | bool, ...]]:
    for column in policy["columns"]:
        noughts = (column.get(name) == "nought" for name in ("unsaid", "disputed"))
        yield (*(column[name] for name in ("name", "outcome", "groups", "figure")), *noughts)


def _checked(path: Path) -> dict[str, Any]:
    policy = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    for column in policy["columns"]:
        for name, known in (("outcome", OUTCOMES), ("groups", GROUPS), ("figure", FIGURES)):
            if column.get(name) not in known:
                raise ValueError(f"{path.name}: {name} of {column.get('name')} must be one of {', '.join(known)}")
    if bad := [word for word, number in policy["words"].items() if not number.isdigit()]:
        raise ValueError(f"{path.name}: {bad[0]} must be a whole number")
    return dict(policy)


def _view(name: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> str:
    values = ",\n    ".join(f"({', '.join(map(_literal, row))})" for row in rows)
    return f"CREATE OR REPLACE VIEW {name} AS FROM (VALUES\n    {values}\n) AS rows ({', '.join(columns)});"


def _literal(value: str | int | bool) -> str:
    if not isinstance(value, str):
        return str(value).upper()
    if not _SAFE.fullmatch(value):
        raise ValueError(f"a policy may not hold {value!r}")
    return "'" + value.replace("'", "''") + "'"

"""The sheets that reviewers get, as sheets.yml declares them: which columns, what they mean, what may be filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

Kind = Literal["id", "text", "long", "int", "number", "day", "yes", "choice", "link"]
SEAL, VERDICT, COMMENT, REVIEWER = "seal", "verdict", "comment", "reviewer"
NOBODY = "none"  # in a correcting cell: nobody says


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: `judged` is the column of the store's table whose value it shows and a verdict judges; `corrects` the
    one that a filled cell corrects. `about` explains it to reviewers."""

    name: str
    kind: Kind
    width: int
    about: str
    judged: str | None = None
    corrects: str | None = None
    choices: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether it is for people to fill."""
        return self.corrects is not None or self.name in (VERDICT, COMMENT, REVIEWER)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A kind of sheet: `field` is what verdicts on its rows are about. The first column is the row's id."""

    what: str
    field: str
    about: str
    columns: tuple[Column, ...]

    @property
    def shown(self) -> tuple[Column, ...]:
        """The columns that only show something, and that no verdict judges: the sentence, the title, the rule."""
        return tuple(one for one in self.columns if not (one.open or one.judged or one.name == SEAL))

    def by_name(self) -> dict[str, Column]:
        """Its columns by their names."""
        return {column.name: column for column in self.columns}

    def row(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """A row of these values in the order of the columns; empty where there is none."""
        return {column.name: values.get(column.name) for column in self.columns}


@cache
def sheets() -> dict[str, Sheet]:
    """Every sheet that can be filled in, by its name."""
    declared = yaml.safe_load((Path(__file__).parent / "sheets.yml").read_text(encoding="utf-8"))
    found = {}
    for what, given in declared.items():
        if not isinstance(given, dict):
            continue  # columns that several sheets share
        flat = [one for part in given["columns"] for one in (part if isinstance(part, list) else [part])]
        columns = tuple(Column(**{**one, "choices": tuple(one.get("choices", ()))}) for one in flat)
        found[what] = Sheet(what=what, field=given["field"], about=given["about"], columns=columns)
    return found


def sheet_of(field: str) -> Sheet:
    """The sheet on which verdicts about a field are given; KeyError where there is none."""
    return {sheet.field: sheet for sheet in sheets().values()}[field]

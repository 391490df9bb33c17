"""The seal of a row: what the machine said, so that a sheet that comes back can be held against it.

A sheet goes through other programs and other hands: columns are moved, hidden and deleted, rows sorted, numbers and
dates typed anew. The seal holds the machine's values that a verdict judges, exactly, and enough of the other cells to
say which of them somebody changed. It guards against slips and not against forgery.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dateline.models.ids import content_id
from dateline.review.cells import as_text, bare
from dateline.review.sheets import SEAL, Column, Sheet

SCHEMA = "dateline-review/1"
LONGEST = 1_000  # characters of a judged text that a seal holds; a longer one is not judged

# What programs type anew on opening a CSV file: figures, fractions, times, days, months, truth values.
RETYPED = re.compile(
    r"[\s\d.,:/+\-–%$€£eE']{1,24}(?:[ap]m)?|true|false"
    r"|[\s\d.,/\-]*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\s\d.,/\-]*",
    re.IGNORECASE,
)


class Broken(ValueError):
    """A seal that is no seal, or was changed."""


@dataclass(frozen=True, kw_only=True)
class Seal:
    """What a row was about. `shown` has, by column, a hash of the text that stood there, or "=" and the text itself
    where programs may have typed it anew; nothing stood in the others."""

    field: str
    target: str
    text: str
    judged: Mapping[str, Any]
    shown: Mapping[str, str]


def sealed(sheet: Sheet, row: Mapping[str, Any], *, target: str, text: str) -> dict[str, Any]:
    """The row with its seal. `target` and `text` are the whole ids of the value and of the article's text."""
    judged = {
        one.judged: row.get(one.name)
        for one in sheet.columns
        if one.judged and not (isinstance(value := row.get(one.name), str) and len(value) > LONGEST)
    }
    texts = {one.name: as_text(row.get(one.name)) for one in shown_columns(sheet, judged)}
    shown = {name: trace(text) for name, text in texts.items() if text}
    body = {
        "dateline": SCHEMA, "field": sheet.field, "target": target, "text": text, "judged": judged, "shown": shown,
    }  # fmt: skip
    written = json.dumps(body, separators=(",", ":"))
    return {**row, SEAL: f"{written} {content_id(written, length=8)}"}


def shown_columns(sheet: Sheet, judged: Mapping[str, Any]) -> list[Column]:
    """The columns of which a seal keeps a trace: those that are neither judged nor for people to fill."""
    return [one for one in sheet.columns if not one.open and one.name != SEAL and one.judged not in judged]


def trace(cell: str) -> str:
    """What a seal keeps of a cell that only shows something."""
    text = folded(cell)
    return f"={text}" if RETYPED.fullmatch(text) else content_id("cell", text, length=6)


def folded(cell: str) -> str:
    """A cell's text without what programs change in passing: guards, white space, the kind of line ends."""
    return " ".join(bare(cell).split())


def read_seal(cell: str) -> Seal:
    """The seal in a cell; Broken where it is none of ours, or not whole."""
    written, _, check = bare(cell).strip().rpartition(" ")
    try:
        body = json.loads(written)
    except (ValueError, RecursionError):
        raise Broken("it is no seal of Dateline's") from None
    if not isinstance(body, dict) or body.get("dateline") != SCHEMA:
        of = body.get("dateline") if isinstance(body, dict) else None
        raise Broken(f"it is of another kind ({of})" if isinstance(of, str) else "it is no seal of Dateline's")
    if content_id(written, length=8) != check:
        raise Broken("it was changed")
    return Seal(**{name: body[name] for name in ("field", "target", "text", "judged", "shown")})

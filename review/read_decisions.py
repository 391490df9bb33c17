"""Files `dateline-decisions/1`: what the batch page saves, JSON lines of verdicts.

The first line names the schema, who decided, the store's birth and how many verdicts follow; then one line each.
Offsets count code points.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dateline.models.decision import INCIDENTS, VERDICTS, ForeignDecisions, Verdict
from dateline.models.fields import fields

SCHEMA = "dateline-decisions/1"
_KEYS: dict[str, Any] = {
    "verdict": str, "field": str, "target": (str, type(None)), "text": (str, type(None)), "start": (int, type(None)),
    "stop": (int, type(None)), "judged": dict, "corrected": dict, "who": (str, type(None)), "why": str,
    "at": (str, type(None)),
}  # fmt: skip
_HEAD = {"schema", "who", "store", "count"}
_AGAIN = "save the decisions again on the batch page"


def read(path: Path) -> list[Verdict]:
    """The verdicts of a file, in its order; none where nothing was decided. ForeignDecisions where it is not whole."""
    lines = _lines(path)
    head = _object(path, lines[0], 1) if lines else {}
    if head.get("schema") != SCHEMA:
        of = head.get("schema")
        raise ForeignDecisions(
            f"{path.name} line 1: {'this is ' + str(of)[:40] if of else 'no file of decisions'}; {SCHEMA} was expected"
        )
    if not head.keys() >= _HEAD or not isinstance(head["count"], int) or isinstance(head["count"], bool):
        raise ForeignDecisions(f"{path.name} line 1: it does not say who, store and count; {_AGAIN}")
    if not isinstance(head["who"], str | None):
        raise ForeignDecisions(f"{path.name} line 1: who is no name; {_AGAIN}")
    if len(lines) - 1 != head["count"]:
        raise ForeignDecisions(
            f"{path.name} has {len(lines) - 1} verdicts and says that there are {head['count']}: it is cut, or was "
            f"changed; {_AGAIN}"
        )
    return [_verdict(path, line, number, head["who"]) for number, line in enumerate(lines[1:], 2)]


def store_of(path: Path) -> str | None:
    """The birth of the store that the page was made from, where the file names it."""
    store = _object(path, _lines(path)[0], 1).get("store")
    return store if isinstance(store, str) else None


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ForeignDecisions(f"{path} cannot be read: {(error.strerror or str(error)).lower()}") from None
    except UnicodeDecodeError as error:
        raise ForeignDecisions(f"{path.name}: byte {error.start} is no UTF-8; {_AGAIN}") from None
    return [line for line in text.split("\n") if line.strip()]  # and not splitlines: texts hold other line ends


def _object(path: Path, line: str, number: int) -> Mapping[str, Any]:
    try:
        found = json.loads(line, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise ForeignDecisions(f"{path.name} line {number}: no whole JSON object; {_AGAIN}") from None
    if not isinstance(found, dict):
        raise ForeignDecisions(f"{path.name} line {number}: no JSON object; {_AGAIN}")
    return found


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no JSON")


def _verdict(path: Path, line: str, number: int, who: str | None) -> Verdict:
    given = _object(path, line, number)
    if (why := _problem(given)) is not None:
        raise ForeignDecisions(f"{path.name} line {number}: {why}; {_AGAIN}")
    return Verdict(**{**given, "who": given["who"] or who})


def _problem(given: Mapping[str, Any]) -> str | None:
    """What is wrong with a verdict, in words."""
    if given.keys() != _KEYS.keys():
        odd = sorted(given.keys() ^ _KEYS.keys())
        return f"{', '.join(map(repr, odd[:3]))} should {'not ' if odd[0] in given else ''}be there"
    for key, kind in _KEYS.items():
        if not isinstance(given[key], kind) or isinstance(given[key], bool):
            return f"{key} is {str(given[key])[:40]!r}"
    if given["verdict"] not in VERDICTS:
        return f"{given['verdict'][:40]!r} is no verdict"
    if given["field"] not in (*fields(), INCIDENTS):
        return f"{given['field'][:40]!r} is no field"
    added = given["verdict"] == "add"
    if added and (not given["text"] or given["start"] is None or given["stop"] is None):
        return "an added value has no place"
    if added and not 0 <= given["start"] < given["stop"]:
        return f"{given['start']}:{given['stop']} is no place in a text"
    if not added and not given["target"]:
        return "it is about nothing (no target)"
    if (given["verdict"] in ("correct", "add")) != bool(given["corrected"]):
        return f"{given['verdict']} {'without' if not given['corrected'] else 'with'} right values"
    return None

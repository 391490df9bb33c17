"""JSON for other programs: records with what people decided on them, on one line."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from dateline.models.decision import Decision
from dateline.models.record import Record

_SAID = ("verdict", "corrected", "who", "at", "why")


def dumps(value: Any) -> str:
    """One line of JSON that UTF-8 can hold: with a lone surrogate in it, all but ASCII is escaped."""
    return _safe(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def record_line(record: Record, decided: Mapping[str, Sequence[Decision]]) -> str:
    """A record as `dateline extract` writes it, with the machine's values; where people decided on some of them, a last
    key `decisions` has their verdicts, by fact or incident, with the values that they gave."""
    if not decided:
        return _safe(record.to_json())
    said = {
        target: [{name: value for name, value in asdict(one).items() if name in _SAID} for one in decisions]
        for target, decisions in decided.items()
    }
    return dumps({**record.to_dict(), "decisions": said})


def _safe(line: str) -> str:
    """The line, or all of it escaped where UTF-8 cannot hold it."""
    try:
        line.encode()
    except UnicodeEncodeError:
        return json.dumps(json.loads(line), separators=(",", ":"))
    return line

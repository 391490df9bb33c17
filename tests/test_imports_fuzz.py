"""Files with random damage: taken or refused in words, and never anything else."""

import contextlib
import json
import random
from pathlib import Path

import pytest

from dateline.flows.decided import read_file
from dateline.models.decision import ForeignDecisions

from .review_helpers import annotated, as_csv, as_xlsx, records, rows
from .test_imports import decision

ROWS = rows(records(2))
INSERTED = (b'"', b",", b"\n", b"\x00", b"}", b"[", b"=1", b"\xff\xfe", b"null", b"-")


def damaged(data: bytes, chance: random.Random) -> bytes:
    """A byte changed, some lost, some put in, or the end cut off; up to four times."""
    found = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(found) or 1)
        match chance.randrange(4):
            case 0:
                found[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del found[at : at + chance.randint(1, 200)]
            case 2:
                found[at:at] = chance.choice(INSERTED)
            case _:
                del found[at + 1 :]
    return bytes(found)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json", "decisions"])
def test_damage_is_refused_in_words(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"x.{kind}"
    match kind:
        case "csv":
            as_csv(ROWS, path)
        case "xlsx":
            as_xlsx(ROWS, path)
        case "json":
            path.write_text(json.dumps([annotated(records(1)[0], lambda results: results)]), encoding="utf-8")
        case _:
            head = {"schema": "dateline-decisions/1", "who": "Ada", "store": None, "count": 2}
            lines = [head, *(decision(row, number) for number, row in enumerate(ROWS))]
            path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    whole = path.read_bytes()
    chance = random.Random(kind)
    for _ in range(60):
        path.write_bytes(damaged(whole, chance))
        with contextlib.suppress(ForeignDecisions):
            read_file(path)

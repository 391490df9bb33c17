"""The golden records: what the machine reads in every fixture, kept beside it so that each change is seen.

`python -m tests.golden` writes them all anew, `python -m tests.golden NAME...` some; read the diff before keeping it.
"""

import json
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from dateline.extractors.article import read
from dateline.models.article import Source
from dateline.models.record import Record
from dateline.sources.inputs import sources

FIXTURES = Path(__file__).parent / "fixtures"
GOLDEN = FIXTURES / "golden"
COMMAND = "python -m tests.golden"
WIDTH = 120  # what fits stands on one line: a diff then shows the value that changed and not a page of brackets


def inputs() -> dict[str, Path]:
    """Every fixture by its name: the pages, and the texts and files of many."""
    found = sorted([*(FIXTURES / "pages").iterdir(), *(FIXTURES / "texts").iterdir()])
    return {path.name.split(".")[0]: path for path in found}


@cache
def given(name: str) -> tuple[Source, ...]:
    """What a fixture gives to be read: one source, or many for a JSONL file."""
    return tuple(sources([str(inputs()[name])]))


@cache
def records(name: str) -> tuple[Record, ...]:
    """The records of a fixture, read once a session."""
    return tuple(read(source) for source in given(name))


def all_records() -> Iterator[tuple[str, Record]]:
    """Every record of every fixture, with the fixture's name."""
    for name in inputs():
        for record in records(name):
            yield name, record


def golden_path(name: str) -> Path:
    """Where the golden records of a fixture are kept."""
    return GOLDEN / f"{name}.json"


def rendered(name: str) -> str:
    """The records of a fixture as they are kept: JSON, with the text cut into its lines."""
    found = [record.to_dict() for record in records(name)]
    for record in found:
        record["text"] = record["text"].split("\n")
    return pretty(found) + "\n"


def pretty(value: Any, *, indent: int = 0) -> str:
    """`value` as JSON, broken over lines only where it does not fit on one."""
    line = json.dumps(value, ensure_ascii=False)
    if len(line) + indent <= WIDTH or not isinstance(value, dict | list | tuple) or not value:
        return line
    space = " " * (indent + 1)
    if isinstance(value, dict):
        parts = [f"{space}{json.dumps(key)}: {pretty(part, indent=indent + 1)}" for key, part in value.items()]
        return "{\n" + ",\n".join(parts) + "\n" + " " * indent + "}"
    parts = [space + pretty(part, indent=indent + 1) for part in value]
    return "[\n" + ",\n".join(parts) + "\n" + " " * indent + "]"


def main(names: list[str]) -> int:
    """Write the golden records of `names` (all of them where none is given), and drop those of fixtures that went."""
    GOLDEN.mkdir(exist_ok=True)
    for name in names or list(inputs()):
        golden_path(name).write_text(rendered(name), encoding="utf-8")
    for path in sorted(GOLDEN.glob("*.json")):
        if path.stem not in inputs():
            path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

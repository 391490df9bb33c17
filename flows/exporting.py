"""An export as plain functions: a store in, one file for people or other tools out."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from dateline.flows.request import Format, What
from dateline.models.store import Store


class Unwritable(Exception):
    """The file cannot be written; the message says why."""


@dataclass
class Exported:
    """How much was written, of what; and for how many articles the selectors of bytes are missing."""

    count: int
    what: str
    uncaptured: int = 0


def format_of(path: Path | None) -> Format:
    """The format that a file's name asks for."""
    return "jsonl" if path and path.suffix == ".jsonl" else "csv"


def export_store(store: Store, path: Path | None, *, kind: Format, what: What) -> Exported:
    """Write what a store holds; `what` are the rows of a csv. Unwritable where `path` cannot be written."""
    from dateline.review.spreadsheet import write_csv
    from dateline.review.tables import claim_rows, incident_rows

    rows = claim_rows if what == "claims" else incident_rows
    with _opened(path) as out:
        if kind == "csv":
            return Exported(write_csv((row for _, record in store.records() for row in rows(record)), out), what)
        if kind == "jsonl":
            return Exported(_write_lines((record.to_json() for _, record in store.records()), out), "records")
        done = Exported(0, "annotations")
        done.count = _write_lines(_annotated(store, done), out)
        return done


def _write_lines(lines: Iterable[str], out: TextIO) -> int:
    count = 0
    for line in lines:
        out.write(line + "\n")
        count += 1
    return count


def _annotated(store: Store, done: Exported) -> Iterator[str]:
    """The annotations of every value; counts the articles of which the archive has no page."""
    from dateline.flows.cli.captured import captured
    from dateline.review.annotations import annotations

    for article, record in store.records():
        kept = captured(store, article, record)
        done.uncaptured += kept.data is None
        places = sorted({(fact.start, fact.stop) for facts in record.facts.values() for fact in facts})
        traced = {} if kept.data is None else dict(zip(places, kept.trace(places), strict=True))
        for one in annotations(record, kept.capture, traced, shown=kept.shown):
            yield json.dumps(one, ensure_ascii=False)


@contextmanager
def _opened(path: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that appears under its name only once it is whole."""
    if path is None or str(path) == "-":
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        yield sys.stdout
        return
    # A device (/dev/stdout) is written to, never replaced.
    unfinished = path if path.exists() and not path.is_file() else path.with_name(path.name + ".part")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as out:
            yield out
        if unfinished != path:
            unfinished.replace(path)
    except OSError as error:
        raise Unwritable(f"{path} cannot be written: {(error.strerror or str(error)).lower()}") from error
    finally:
        if unfinished != path:
            unfinished.unlink(missing_ok=True)

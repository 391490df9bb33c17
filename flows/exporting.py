"""An export as plain functions: a store in, one file for people or other tools out."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, get_args

from dateline.flows.request import Format, Order, What
from dateline.models.store import Store

if TYPE_CHECKING:
    from dateline.flows.export_batch import Batch

PACKED: tuple[Format, ...] = ("xlsx", "parquet")  # written to a file, and not to standard output
WHOLE: tuple[Format, ...] = ("parquet", "ucdp", "acled")  # tables of all events or values, of which no part makes sense
_ENDINGS: dict[str, Format] = {".xlsx": "xlsx", ".jsonl": "jsonl", ".html": "html", ".parquet": "parquet"}


class Unwritable(Exception):
    """The file cannot be written; the message says why."""


@dataclass
class Exported:
    """How much was written, of what; for how many articles the selectors of bytes are missing; and what else the user
    should know."""

    count: int
    what: str
    uncaptured: int = 0
    note: str | None = None


def format_of(path: Path | None) -> Format:
    """The format that a file's name asks for."""
    return _ENDINGS.get(path.suffix.lower(), "csv") if path else "csv"


def export_store(
    store: Store,
    path: Path | None,
    *,
    kind: Format,
    what: What = "incidents",
    order: Order = "date",
    place: str | None = None,
    limit: int | None = None,
) -> Exported:
    """Write what a store holds; `what` are the rows of an xlsx, csv or parquet. Unwritable where `path` cannot be
    written."""
    from dateline.flows.export_batch import Batch

    if kind in PACKED and (path is None or str(path) == "-"):
        raise Unwritable(f"{kind} is no text: name a file with -o")
    if limit is not None and kind in WHOLE:
        raise Unwritable(f"{kind} is written whole: leave --limit out")
    batch = Batch(store, order=order, place=place, limit=limit)
    if kind in PACKED:
        with _replacing(Path(str(path))) as unfinished:
            return _packed(batch, unfinished, kind=kind, what=what)
    with _opened(path) as out:
        return _WRITERS[kind](batch, out, what)


def _packed(batch: "Batch", path: Path, *, kind: Format, what: What) -> Exported:
    path.touch()  # where that cannot be, nothing is begun
    if kind == "parquet":
        from dateline.models.store_exports import write_parquet

        return Exported(write_parquet(batch.store.connection, what, path, place=batch.place), what)
    from dateline.review.sheets import sheets
    from dateline.review.workbook import TooManyRows, write_workbook

    try:
        return Exported(write_workbook(batch.rows(what), sheets()[what], path, long_texts=batch.long_texts), what)
    except TooManyRows as error:
        raise Unwritable(str(error)) from error


def _csv(batch: "Batch", out: TextIO, what: What) -> Exported:
    from dateline.review.sheets import sheets
    from dateline.review.spreadsheet import write_csv

    columns = [column.name for column in sheets()[what].columns]
    return Exported(write_csv(batch.rows(what), out, columns=columns), what)


def _html(batch: "Batch", out: TextIO, what: What) -> Exported:
    page, count = batch.page()
    out.write(page)
    return Exported(count, "articles")


def _jsonl(batch: "Batch", out: TextIO, what: What) -> Exported:
    return Exported(_write_lines((batch.line(record) for _, record in batch.records()), out), "records")


def _annotations(batch: "Batch", out: TextIO, what: What) -> Exported:
    done = Exported(0, "annotations")
    done.count = _write_lines(_annotated(batch, done), out)
    return done


def _label_studio(batch: "Batch", out: TextIO, what: What) -> Exported:
    """An array of tasks, one a line; the labeling configuration goes beside it."""
    from dateline.review.label_studio import configuration, task

    count = 0
    out.write("[")
    for count, (_, record) in enumerate(batch.records(), 1):
        out.write(("," if count > 1 else "") + "\n" + _json(task(record, decided=batch.decided)))
    out.write("\n]\n")
    note = None
    if out.name.endswith(".part"):  # and not standard output, or a device
        beside = Path(out.name.removesuffix(".part")).with_suffix(".config.xml")
        beside.write_text(configuration(), encoding="utf-8")
        note = f"the project's labeling configuration is in {beside}"
    return Exported(count, "tasks", note=note)


def _recorded(shape: str) -> Callable[["Batch", TextIO, What], Exported]:
    def write(batch: "Batch", out: TextIO, what: What) -> Exported:
        from dateline.review.recorders import columns, rows
        from dateline.review.spreadsheet import write_csv

        events = batch.events(policy=shape)
        count = write_csv(rows(shape, events), out, columns=columns(shape))
        left = len(events) - count
        why = "those counted with another event" + (", and those without a death" if shape == "ucdp" else "")
        return Exported(count, "events", note=f"{left:,} events are left out: {why}" if left else None)

    return write


_WRITERS: dict[str, Callable[["Batch", TextIO, What], Exported]] = {
    "csv": _csv,
    "html": _html,
    "jsonl": _jsonl,
    "web-annotation": _annotations,
    "label-studio": _label_studio,
    "ucdp": _recorded("ucdp"),
    "acled": _recorded("acled"),
}
assert {*_WRITERS, *PACKED} == set(get_args(Format))


def _write_lines(lines: Iterable[str], out: TextIO) -> int:
    count = 0
    for line in lines:
        out.write(line + "\n")
        count += 1
    return count


def _annotated(batch: "Batch", done: Exported) -> Iterator[str]:
    """The annotations of every value, and of what people decided on it; counts the articles of which the archive has no
    page."""
    from dateline.flows.cli.captured import captured
    from dateline.review.annotations import annotations

    for article, record in batch.records():
        kept = captured(batch.store, article, record)
        done.uncaptured += kept.data is None
        places = sorted({(fact.start, fact.stop) for facts in record.facts.values() for fact in facts})
        traced = {} if kept.data is None else dict(zip(places, kept.trace(places), strict=True))
        for one in annotations(record, kept.capture, traced, shown=kept.shown, decided=batch.decided):
            yield _json(one)


def _json(value: object) -> str:
    """JSON as UTF-8 can hold it: lone surrogates are escaped."""
    from dateline.review.jsons import dumps

    return dumps(value)


@contextmanager
def _opened(path: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that appears under its name only once it is whole."""
    if path is None or str(path) == "-":
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        yield sys.stdout
        return
    with _replacing(path) as unfinished, unfinished.open("w", encoding="utf-8", newline="") as out:
        yield out


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """A file that takes the place of `path` once it is whole. A device (/dev/stdout) is written to, never replaced."""
    unfinished = path if path.exists() and not path.is_file() else path.with_name(path.name + ".part")
    try:
        yield unfinished
        if unfinished != path:
            unfinished.replace(path)
    except OSError as error:
        raise Unwritable(f"{path} cannot be written: {(error.strerror or str(error)).lower()}") from error
    finally:
        if unfinished != path:
            unfinished.unlink(missing_ok=True)

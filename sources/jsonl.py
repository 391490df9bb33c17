"""JSONL: one source a line, {"id", "html" | "text" | "path", "url"?, "title"?, "published"?}."""

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from dateline.models.article import Source

LARGEST = 20_000_000  # bytes of one page or line; what trafilatura's own downloader accepts at most
TEXT_ENDINGS = (".txt",)
_SKIPPED = 500_000_000  # bytes of one line that are read past to come to the next: a few seconds, packed or not
_BLANK = 1_000_000  # blank lines in a row; a kilobyte may unpack to as many, and each takes its time
_DAY = re.compile(r"(\d{4}-\d{2}(?:-\d{2})?)(?:[T ].*)?", re.DOTALL)


def read_jsonl(stream: BinaryIO, *, name: str, folder: Path) -> Iterator[Source]:
    """One source a line; a line that cannot be read is a failed source named `name:line`, and the next line is read.
    A file without a line is a failed source named `name`.

    `folder` is where the lines' relative paths start.
    """
    number = rows = blank = 0
    while True:
        number += 1
        place = f"{name}:{number}"
        try:
            line = stream.readline(LARGEST + 1)
            long = len(line) > LARGEST
            ends = not long or _skip_line(stream)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            yield Source(id=place, problem=f"the file is damaged from here on: {reason(error)}")
            return
        if not line:
            break
        blank = 0 if long or line.strip() else blank + 1
        if not ends or blank > _BLANK:
            what = f"this line is larger than {_SKIPPED:,} bytes" if not ends else f"{_BLANK:,} blank lines"
            yield Source(id=place, problem=f"the file is not read from here on: {what}")
            return
        if not blank:
            rows += 1
            problem = f"the line is larger than {LARGEST:,} bytes"
            yield Source(id=place, problem=problem) if long else _row(line, place, folder)
    if not rows:
        yield Source(id=name, problem="the file holds no line")


def _skip_line(stream: BinaryIO) -> bool:
    """Read on to the end of a line, without keeping it; whether there is one in reach."""
    for _ in range(_SKIPPED >> 20):
        part = stream.readline(1 << 20)
        if not part or part.endswith(b"\n"):
            return True
    return False


def _row(line: bytes, place: str, folder: Path) -> Source:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Source(id=place, problem=f"the line is not JSON: {_not_json(error)}")
    if not isinstance(row, dict):
        return Source(id=place, problem='the line is no JSON object of {"id", "html" | "text" | "path"}')
    given = row.get("id")
    published = day_or_month(row.get("published"))
    source = Source(
        id=place if given is None or given == "" else characters(str(given)),
        url=_text_of(row.get("url")),
        title=_text_of(row.get("title")),
        published=published,
        note=None if published or not row.get("published") else _unusable(row["published"]),
    )
    try:
        return _content(source, row, folder)
    except (OSError, ValueError) as error:
        return replace(source, problem=reason(error))


def _unusable(published: object) -> str:
    shown = characters(str(published))[:40]
    return f"the given publication date {shown!r} is no date like 2014-06-12 or 2014-06, and was not used"


def _not_json(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} (character {error.pos + 1})"
    return "it is no text in UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)


def _content(source: Source, row: dict[str, Any], folder: Path) -> Source:
    if isinstance(row.get("html"), str):
        return replace(source, page=row["html"].encode("utf-8", "surrogatepass"), charset="utf-8")
    if isinstance(row.get("text"), str):
        return replace(source, text=characters(row["text"]))
    if isinstance(row.get("path"), str):
        path = folder / row["path"]
        if path.exists() and not path.is_file():  # to open a pipe is to wait for who writes to it
            return replace(source, problem=f"{row['path']} is no regular file")
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
        if len(data) > LARGEST:
            return replace(source, problem=f"{row['path']} is larger than {LARGEST:,} bytes")
        is_text = row["path"].lower().endswith(TEXT_ENDINGS)
        return replace(source, plain=data) if is_text else replace(source, page=data)
    return replace(source, problem='the line has none of "html", "text" and "path"')


def day_or_month(value: object) -> str | None:
    """The ISO day or month that a publication date starts with ("2014-06-12T08:00Z" too); None for anything else."""
    found = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        return None
    try:
        date.fromisoformat(found[1] if len(found[1]) == 10 else f"{found[1]}-01")
    except ValueError:
        return None
    return found[1]


def characters(text: str) -> str:
    """`text` with U+FFFD for what is no character: halves of surrogate pairs, the bytes of an undecodable file name."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text) if not text.isascii() else text


def _text_of(value: object) -> str | None:
    return characters(value) if isinstance(value, str) and value else None


def reason(error: BaseException) -> str:
    """What went wrong, in words for a person."""
    if isinstance(error, PermissionError):
        return "it cannot be read: permission denied"
    if isinstance(error, FileNotFoundError):
        return f"there is no file {error.filename}"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    if isinstance(error, EOFError):
        return "it is cut short"
    if isinstance(error, gzip.BadGzipFile) and "Not a gzipped" in str(error):
        return "it is no gzip file"
    if isinstance(error, gzip.BadGzipFile | zlib.error):
        return "its compressed data are damaged"
    return str(error) or type(error).__name__

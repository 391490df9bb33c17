"""Inputs on disk or standard input, as a stream of sources: pages, texts, JSONL, folders. Each input gets a source, a
broken one too: its `problem` says what is wrong, and its neighbours are unharmed."""

import gzip
import json
import os
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from dateline.models.article import Source

PAGE_ENDINGS = (".html", ".htm", ".xhtml")
TEXT_ENDINGS = (".txt",)
JSONL_ENDINGS = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")
LARGEST = 20_000_000  # bytes of one page or line; what trafilatura's own downloader accepts at most


def sources(inputs: list[str], *, published: str | None = None) -> Iterator[Source]:
    """Every source in `inputs` (paths of files and folders, or "-"), in a fixed order.

    `published` is the publication date (ISO day or month) of those that bring none of their own.
    """
    for given in inputs:
        for source in _sources(given):
            yield source if source.published or not published else replace(source, published=published)


def _sources(given: str) -> Iterator[Source]:
    if given == "-":
        yield from _standard_input()
        return
    path = Path(given)
    try:
        if path.is_dir():
            yield from _folder(path)
        elif path.exists():
            yield from _file(path, path.name)
        else:
            yield Source(id=given, problem="there is no such file or folder")
    except OSError as error:
        yield Source(id=given, problem=_reason(error))


def _folder(folder: Path) -> Iterator[Source]:
    """The files of a folder and below, sorted by name; other endings are not ours and are left alone."""
    names = sorted(_walk(folder))
    if not names:
        yield Source(id=str(folder), problem="the folder holds no .html, .txt or .jsonl file")
    for name in names:
        path = folder / name
        if path.is_dir():
            yield Source(id=name, problem="the folder cannot be read: permission denied")
        else:
            try:
                yield from _file(path, name)
            except OSError as error:
                yield Source(id=name, problem=_reason(error))


def _walk(folder: Path) -> Iterator[str]:
    """Names, relative to `folder`, of the files we read, and of the folders that may not be opened."""
    refused: list[OSError] = []
    for place, _, files in os.walk(folder, onerror=refused.append):
        for file in files:
            if file.lower().endswith((*PAGE_ENDINGS, *TEXT_ENDINGS, *JSONL_ENDINGS)):
                yield (Path(place) / file).relative_to(folder).as_posix()
    for error in refused:
        if Path(error.filename) == folder:
            raise error
        yield Path(error.filename).relative_to(folder).as_posix()


def _file(path: Path, name: str) -> Iterator[Source]:
    """The sources of one file: a JSONL file holds many."""
    if name.lower().endswith(JSONL_ENDINGS):
        opener = gzip.open if name.lower().endswith(".gz") else open
        with opener(path, "rb") as lines:
            yield from _jsonl(lines, name, path.parent)
        return
    if path.stat().st_size > LARGEST:
        yield Source(id=name, problem=f"larger than {LARGEST:,} bytes")
        return
    yield _source(name, path.read_bytes(), is_text=name.lower().endswith(TEXT_ENDINGS))


def _source(name: str, data: bytes, *, is_text: bool) -> Source:
    """A page, or a text where the bytes are UTF-8; a text in another encoding is decoded as a page is."""
    if not is_text:
        return Source(id=name, page=data)
    try:
        return Source(id=name, text=data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return Source(id=name, problem=f"the text is not UTF-8 (byte {error.start}); save it as UTF-8")


def _standard_input() -> Iterator[Source]:
    """Standard input: JSONL where its first character is "{", else one page where it is "<", else one text."""
    data = sys.stdin.buffer.read(LARGEST * 50)
    start = data.lstrip()[:1]
    if start == b"{":
        yield from _jsonl(iter(data.splitlines(keepends=True)), "-", Path())
    else:
        yield _source("-", data, is_text=start != b"<")


def _jsonl(lines: Iterable[bytes], name: str, folder: Path) -> Iterator[Source]:
    """One source a line; a line that cannot be read is a failed source named `name:line`, and the next line is read."""
    number = 0
    rows = iter(lines)
    while True:
        number += 1
        try:
            line = next(rows)
        except StopIteration:
            return
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            yield Source(id=f"{name}:{number}", problem=f"the file is damaged from here on: {_reason(error)}")
            return
        if line.strip():
            yield _row(line, f"{name}:{number}", folder)


def _row(line: bytes, place: str, folder: Path) -> Source:
    if len(line) > LARGEST:
        return Source(id=place, problem=f"the line is larger than {LARGEST:,} bytes")
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Source(id=place, problem=f"the line is not JSON: {error}")
    if not isinstance(row, dict):
        return Source(id=place, problem='the line is no JSON object of {"id", "html" | "text" | "path"}')
    source = Source(
        id=str(row.get("id") or place),
        url=_text_of(row.get("url")),
        title=_text_of(row.get("title")),
        published=_text_of(row.get("published")),
    )
    try:
        return _content(source, row, folder)
    except OSError as error:
        return replace(source, problem=_reason(error))


def _content(source: Source, row: dict[str, Any], folder: Path) -> Source:
    if isinstance(row.get("html"), str):
        return replace(source, page=row["html"].encode("utf-8", "surrogatepass"), charset="utf-8")
    if isinstance(row.get("text"), str):
        return replace(source, text=row["text"])
    if isinstance(row.get("path"), str):
        path = folder / row["path"]
        if path.stat().st_size > LARGEST:
            return replace(source, problem=f"{path} is larger than {LARGEST:,} bytes")
        found = _source(source.id, path.read_bytes(), is_text=path.name.lower().endswith(TEXT_ENDINGS))
        return replace(source, page=found.page, text=found.text, problem=found.problem)
    return replace(source, problem='the line has none of "html", "text" and "path"')


def _text_of(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _reason(error: BaseException) -> str:
    """What went wrong, in words for a person."""
    if isinstance(error, PermissionError):
        return "it cannot be read: permission denied"
    if isinstance(error, FileNotFoundError):
        return f"there is no file {error.filename}"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return str(error) or type(error).__name__

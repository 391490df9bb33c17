"""Inputs on disk or standard input, as a stream of sources: pages, texts, JSONL, WARC, folders. Each input gets a
source, a broken one too: its `problem` says what is wrong, and its neighbours are unharmed."""

import gzip
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from io import BufferedReader
from pathlib import Path
from typing import Any, BinaryIO, cast

from dateline.models.article import Source
from dateline.sources.jsonl import LARGEST, characters, read_jsonl, reason
from dateline.sources.warc import read_warc

PAGE_ENDINGS = (".html", ".htm", ".xhtml")
TEXT_ENDINGS = (".txt",)
JSONL_ENDINGS = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")
WARC_ENDINGS = (".warc", ".warc.gz")


def sources(inputs: list[str], *, published: str | None = None) -> Iterator[Source]:
    """Every source in `inputs` (paths of files and folders, or "-"), in a fixed order.

    `published` is the publication date (ISO day or month) of those that bring none of their own.
    """
    for given in inputs:
        for source in _sources(given):
            yield source if source.published or not published else replace(source, published=published)


def is_url(given: str) -> bool:
    """Whether an input is fetched and not read from disk."""
    return given.lower().startswith(("http://", "https://"))


def url_list(path: Path) -> list[str]:
    """The URLs in a file, one a line; blank lines and lines that begin with # are left out. ValueError with a reason
    where the file cannot be read."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        said = "it is no text in UTF-8" if isinstance(error, UnicodeDecodeError) else reason(error)
        raise ValueError(f"{path}: {said}") from error
    return [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]


def _sources(given: str) -> Iterator[Source]:
    if given == "-":
        yield from _standard_input()
        return
    if is_url(given):
        yield Source(id=characters(given), origin=characters(given), problem="only `dateline ingest` fetches URLs")
        return
    path = Path(given)
    try:
        if path.is_dir():
            yield from _folder(path)
        elif path.is_file():
            yield from _file(path, path.name)
        elif path.exists() or path.is_symlink():
            yield Source(id=characters(given), origin=_origin(path), problem=_irregular(path))
        else:
            yield Source(id=characters(given), origin=_origin(path), problem="there is no such file or folder")
    except OSError as error:
        yield Source(id=characters(given), origin=_origin(path), problem=reason(error))


def _folder(folder: Path) -> Iterator[Source]:
    """The files of a folder and below, sorted by name; other endings are not ours and are left alone."""
    names = sorted(_walk(folder))
    if not names:
        problem = "the folder holds no .html, .txt, .jsonl or .warc file"
        yield Source(id=characters(str(folder)), origin=_origin(folder), problem=problem)
    for name in names:
        path = folder / name
        source = Source(id=characters(name), origin=_origin(path))
        if path.is_dir():
            yield replace(source, problem="the folder cannot be read: permission denied")
        elif not path.is_file():
            yield replace(source, problem=_irregular(path))
        else:
            try:
                yield from _file(path, name)
            except OSError as error:
                yield replace(source, problem=reason(error))


def _walk(folder: Path) -> Iterator[str]:
    """Names, relative to `folder`, of the files we read, and of the folders that may not be opened."""
    refused: list[OSError] = []
    for place, _, files in os.walk(folder, onerror=refused.append):
        for file in files:
            if file.lower().endswith((*PAGE_ENDINGS, *TEXT_ENDINGS, *JSONL_ENDINGS, *WARC_ENDINGS)):
                yield (Path(place) / file).relative_to(folder).as_posix()
    for error in refused:
        if Path(error.filename) == folder:
            raise error
        yield Path(error.filename).relative_to(folder).as_posix()


def _file(path: Path, name: str) -> Iterator[Source]:
    """The sources of one file: a JSONL or WARC file holds many."""
    with path.open("rb") as stream:
        if name.lower().endswith(WARC_ENDINGS):
            for source in read_warc(stream, name=characters(name)):
                yield replace(source, origin=_origin(path))
            return
        if name.lower().endswith(JSONL_ENDINGS):
            lines = cast(BinaryIO, gzip.GzipFile(fileobj=stream)) if name.lower().endswith(".gz") else stream
            for source in read_jsonl(lines, name=characters(name), folder=path.parent):
                yield replace(source, origin=_origin(path))
            return
        data = stream.read(LARGEST + 1)
    source = Source(id=characters(name), origin=_origin(path))
    if len(data) > LARGEST:
        yield replace(source, problem=f"larger than {LARGEST:,} bytes")
    elif name.lower().endswith(TEXT_ENDINGS):
        yield replace(source, plain=data)
    else:
        yield replace(source, page=data)


def _irregular(path: Path) -> str:
    """Why a path that is there is not opened: a pipe that nobody writes to would keep us waiting for ever."""
    return "it is no regular file" if path.exists() else "it is a link that leads nowhere"


def _standard_input() -> Iterator[Source]:
    """Standard input: JSONL where its first character is "{", else one page where it is "<", else one text."""
    given: Any = sys.stdin.buffer
    stream = BufferedReader(given)
    start = stream.peek(1).lstrip()[:1]
    if start == b"{":
        for source in read_jsonl(stream, name="-", folder=Path()):
            yield replace(source, origin="-")
        return
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        yield Source(id="-", origin="-", problem=f"larger than {LARGEST:,} bytes")
    elif start == b"<":
        yield Source(id="-", origin="-", page=data)
    else:
        yield Source(id="-", origin="-", plain=data)


def _origin(path: Path) -> str:
    """Where a file is, whatever folder Dateline was called in; a store must not take two files of one name for one."""
    return characters(os.path.abspath(path))

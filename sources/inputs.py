"""Inputs on disk or standard input, as a stream of sources: pages, texts, JSONL, WARC, folders. Each input gets a
source, a broken one too: its `problem` says what is wrong, and its neighbours are unharmed."""

import gzip
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from io import BufferedReader
from pathlib import Path
from typing import Any, BinaryIO, cast

from dateline.models.article import Source
from dateline.sources.ahead import Stream, one_after_another
from dateline.sources.folders import walk
from dateline.sources.jsonl import LARGEST, characters, read_jsonl, reason
from dateline.sources.warc import read_warc

PAGE_ENDINGS = (".html", ".htm", ".xhtml")
TEXT_ENDINGS = (".txt",)
JSONL_ENDINGS = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")
WARC_ENDINGS = (".warc", ".warc.gz")


def sources(inputs: list[str], *, published: str | None = None) -> Iterator[Source]:
    """Every source in `inputs` (paths of files and folders, or "-"), in a fixed order.

    `published` is the publication date (ISO day or month) of those that bring none of their own. Neither the names nor
    the contents of the inputs are ever in memory as a whole.
    """
    for source in one_after_another(stream for given in inputs for stream in _streams(given)):
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


def _streams(given: str) -> Iterator[tuple[Stream[Source], bool]]:
    """The files of one input, each with whether it is worth reading ahead; what is wrong has a stream of its own."""
    if given == "-":
        yield _standard_input, False
        return
    if is_url(given):
        yield _failed(given, characters(given), "only `dateline ingest` fetches URLs"), False
        return
    path = Path(given)
    try:
        if path.is_dir():
            yield from _folder(path)
        elif path.is_file():
            yield partial(_listed, path, path.name, named=given), _is_warc(path.name)
        elif path.exists() or path.is_symlink():
            yield _failed(given, _origin(path), _irregular(path)), False
        else:
            yield _failed(given, _origin(path), "there is no such file or folder"), False
    except OSError as error:
        yield _failed(given, _origin(path), reason(error)), False


def _failed(name: str, origin: str, problem: str) -> Stream[Source]:
    return partial(iter, [Source(id=characters(name), origin=origin, problem=problem)])


def _folder(folder: Path) -> Iterator[tuple[Stream[Source], bool]]:
    """The files of a folder and below, sorted by name; other endings are not ours and are left alone."""
    refused: list[OSError] = []
    nothing = True
    for path in walk(folder, _is_ours, refused=refused.append):
        yield from _refused(refused, folder)
        name = path.relative_to(folder).as_posix()
        yield partial(_listed, path, name, named=name), _is_warc(name)
        nothing = False
    if refused and Path(refused[0].filename) == folder:
        raise refused[0]
    nothing = nothing and not refused
    yield from _refused(refused, folder)
    if nothing:
        problem = "the folder holds no .html, .txt, .jsonl or .warc file"
        yield _failed(str(folder), _origin(folder), problem), False


def _is_ours(name: str) -> bool:
    return name.lower().endswith((*PAGE_ENDINGS, *TEXT_ENDINGS, *JSONL_ENDINGS, *WARC_ENDINGS))


def _is_warc(name: str) -> bool:
    return name.lower().endswith(WARC_ENDINGS)


def _refused(errors: list[OSError], folder: Path) -> Iterator[tuple[Stream[Source], bool]]:
    """The folders within `folder` that may not be opened; the list is empty then."""
    while errors:
        path = Path(errors.pop(0).filename)
        name = path.relative_to(folder).as_posix()
        yield _failed(name, _origin(path), "the folder cannot be read: permission denied"), False


def _listed(path: Path, name: str, *, named: str) -> Iterator[Source]:
    """The sources of one file, whatever is wrong with it. `named` is what a failure of the whole file is called."""
    source = Source(id=characters(named), origin=_origin(path))
    if not path.is_file():
        yield replace(source, problem=_irregular(path))
        return
    try:
        yield from _file(path, name)
    except OSError as error:
        yield replace(source, problem=reason(error))


def _file(path: Path, name: str) -> Iterator[Source]:
    """The sources of one file: a JSONL or WARC file holds many."""
    with path.open("rb") as stream:
        if _is_warc(name):
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

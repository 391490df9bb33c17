"""The files of a folder and below, in the order of their names, however many they are.

Memory is bounded: a directory of up to HELD entries is sorted in memory, a larger one in pieces in a temporary file
each, which are then merged. Only the directories on the way down to the current file are open.
"""

import heapq
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import TextIO

HELD = 50_000  # names of one directory in memory: some ten megabytes


def walk(folder: Path, wanted: Callable[[str], bool], *, refused: Callable[[OSError], None]) -> Iterator[Path]:
    """The files below `folder` with a wanted name, sorted by their whole path. Links to directories are not followed.
    `refused` hears of each directory that cannot be read, `folder` itself included."""
    try:
        listed = os.scandir(folder)
    except OSError as error:
        refused(error)
        return
    with listed, ExitStack() as stack:
        names = (_key(entry) for entry in listed if _inner(entry) or (wanted(entry.name) and not _is_folder(entry)))
        for name in _sorted(names, stack):
            if name.endswith("/"):
                yield from walk(folder / name, wanted, refused=refused)
            else:
                yield folder / name


def _key(entry: "os.DirEntry[str]") -> str:
    """Its name; a directory's with a slash, so that the files below it come where their whole paths would."""
    return entry.name + "/" if _inner(entry) else entry.name


def _inner(entry: "os.DirEntry[str]") -> bool:
    return entry.is_dir(follow_symlinks=False)


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    """Also one that is a link."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _sorted(names: Iterable[str], stack: ExitStack) -> Iterator[str]:
    """All names, sorted, with no more than HELD of them in memory at a time."""
    rest = iter(names)
    pieces: list[Iterable[str]] = []
    while piece := sorted(islice(rest, HELD)):
        if len(piece) < HELD and not pieces:
            return iter(piece)
        pieces.append(_put_aside(piece, stack))
    return heapq.merge(*pieces)


def _put_aside(names: list[str], stack: ExitStack) -> Iterator[str]:
    """Names through a file. As JSON: a name may hold a line end, or bytes that are no characters."""
    file: TextIO = tempfile.TemporaryFile("w+", encoding="ascii")  # noqa: SIM115 - closed by the stack
    stack.enter_context(file)
    file.writelines(json.dumps(name) + "\n" for name in names)
    file.seek(0)
    return map(json.loads, file)

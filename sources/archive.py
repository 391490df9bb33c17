"""The archive: every page kept byte for byte in WARC/1.1 files, before anything reads it.

One folder beside the store; files of up to 1 GB named dateline-000001.warc.gz. Records are gzip members of their own,
so a record is read from its offset alone, and a file cut short loses only its last record. What was fetched is a
`response`, what came from disk a `resource`. A body is kept as it was read, after content decoding; the header that
says how it was sent is renamed to X-Crawl-Content-Encoding, as other crawlers do. The header Dateline-Given holds what
the giver said, so that a store can be made again from its archive.
"""

import os
from dataclasses import dataclass
from datetime import datetime
from mmap import ACCESS_READ, mmap
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from dateline.models.article import Source
from dateline.models.capture import Capture, capture_id, content
from dateline.models.ids import sha256
from dateline.sources.archive_record import (
    CAPTURE,
    MEMBER,
    about,
    given,
    member,
    next_member,
    packed,
    payload,
    record_id,
)

_MEMBER = b"\x1f\x8b\x08"  # how a gzip member begins
LARGEST_FILE = 1_000_000_000  # bytes, the size that the WARC standard recommends


@dataclass(frozen=True)
class Place:
    """Where a record stands."""

    file: str
    offset: int


class Archive:
    """The archive of one store, open for adding. `since` is the last record that the store knows.

    What was written after it, by a run that was killed, is kept and found again by its capture id; a record that was
    cut short is taken off.
    """

    def __init__(self, folder: Path, *, since: Place | None = None) -> None:
        self.folder = folder
        self._uncommitted: dict[str, Place] = {}
        self._out: BinaryIO | None = None
        self._name = ""
        if folder.is_dir():
            self._recover(since)

    def __enter__(self) -> "Archive":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._out is not None:
            self.sync()
            self._out.close()

    def keep(self, source: Source, *, at: datetime) -> Capture:
        """Write the source's bytes, unless they are there, and say where. On disk for good only after `sync`."""
        _, data = content(source)
        own = capture_id(source)
        place = self._uncommitted.get(own)
        if place is None:
            place = self._uncommitted[own] = self._write(member(source, own, data, at), at=at)
        return _capture(source, place, at)

    def sync(self) -> None:
        """Wait until all that was written is on disk."""
        if self._out is not None:
            self._out.flush()
            os.fsync(self._out.fileno())

    def _write(self, member: bytes, *, at: datetime) -> Place:
        if self._out is None or self._out.tell() > LARGEST_FILE:
            self._next_file(at)
        assert self._out is not None
        place = Place(self._name, self._out.tell())
        self._out.write(member)
        return place

    def _next_file(self, at: datetime) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if self._out is not None:
            self.sync()
            self._out.close()
        files = _files(self.folder)
        if not files or (self.folder / files[-1]).stat().st_size > LARGEST_FILE:
            files.append(f"dateline-{len(files) + 1:06}.warc.gz")
        self._name = files[-1]
        self._out = (self.folder / self._name).open("ab")
        if not self._out.tell():
            self._out.write(packed(about(self._name, at), b""))
        _sync_folder(self.folder)

    def _recover(self, since: Place | None) -> None:
        for name in _files(self.folder):
            if since is not None and name < since.file:
                continue
            start = since.offset if since is not None and name == since.file else 0
            path = self.folder / name
            whole = start
            for place, own, end in _records(path, start):
                self._uncommitted[own] = place
                whole = end
            if path.stat().st_size > whole and not _goes_on(path, whole):
                os.truncate(path, whole)


def _goes_on(path: Path, damage: int) -> bool:
    """Whether whole records stand behind a damaged one. Then it was no write that was cut short, and nothing may be cut
    off: a page is kept for good."""
    with path.open("rb") as stream, mmap(stream.fileno(), 0, access=ACCESS_READ) as data:
        start = damage
        while (start := data.find(_MEMBER, start + 1)) >= 0:
            if (found := next_member(stream, start)) and found[0]:
                return True
    return False


def read_payload(folder: Path, file: str, offset: int) -> bytes:
    """The bytes kept in the record at `offset` of `file`; OSError or ValueError where there is no such record."""
    if Path(file).name != file:
        raise ValueError(f"{file} is not the name of an archive file")
    with (folder / file).open("rb") as stream:
        stream.seek(offset)
        return payload(stream)


def read_capture(folder: Path, place: Place) -> tuple[Source, Capture]:
    """What is kept at a place, as it was given, and its capture; OSError or ValueError where that cannot be had."""
    with (folder / place.file).open("rb") as stream:
        stream.seek(place.offset)
        source, at = given(stream)
    return source, _capture(source, place, at)


def places(folder: Path) -> dict[str, Place]:
    """Where each capture of an archive stands, by its id, in their order there; damaged records are passed over."""
    found: dict[str, Place] = {}
    for name in _files(folder):
        at: int | None = 0
        while at is not None:
            for place, own, end in _records(folder / name, at):
                at = end
                if own:
                    found.setdefault(own, place)
            at = _member_after(folder / name, at)
    return found


def _member_after(path: Path, start: int) -> int | None:
    """Where something begins that looks like a record, after the damaged one at `start`; None at the end."""
    if path.stat().st_size <= start:
        return None
    with path.open("rb") as stream, mmap(stream.fileno(), 0, access=ACCESS_READ) as data:
        at = data.find(MEMBER, start + 1)
    return at if at >= 0 else None


def _capture(source: Source, place: Place, at: datetime) -> Capture:
    kind, data = content(source)
    own, said = capture_id(source), source.response
    return Capture(
        capture_id=own,
        input_id=source.id,
        sha256=sha256(data),
        size=len(data),
        kind=kind,
        charset=source.charset,
        url=source.url,
        title=source.title,
        published=source.published,
        archive_file=place.file,
        archive_offset=place.offset,
        record_id=record_id(own),
        http_status=said.status if said else None,
        content_type=said.header("content-type") if said else None,
        etag=said.header("etag") if said else None,
        last_modified=said.header("last-modified") if said else None,
        redirects=said.redirects if said else None,
        captured_at=at,
    )


def _records(path: Path, start: int) -> list[tuple[Place, str, int]]:
    """The whole records from `start` on: where, of which capture, and where each ends."""
    found = []
    with path.open("rb") as stream:
        while member := next_member(stream, start):
            headers, end = member
            found.append((Place(path.name, start), headers.get(CAPTURE.lower(), ""), end))
            start = end
    return found


def _files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("dateline-*.warc.gz"))


def _sync_folder(folder: Path) -> None:
    """A new file's name is on disk only when its folder is."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        os.fsync(handle)
        os.close(handle)

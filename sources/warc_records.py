"""The records of a WARC file (ISO 28500), one after another, past whatever damage lies between them.

warcio stops at the first damage, ends without a word where a file was cut, and believes a record's length. Here each
record is held against what follows it and against its digest, and after damage the next record is looked for: in a
packed file by the gzip member that every record has (RFC 1952), in a plain one by its first line.
"""

import base64
import hashlib
import io
import os
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from dateline.sources.jsonl import LARGEST

HEADERS = 1_000_000  # bytes of the headers of a record, its web server's included; real ones have some thousands
_KEPT = LARGEST + HEADERS  # bytes of a block that are looked at; a larger one holds no page that would be read
_CHUNK = 1 << 16
_MAGIC = b"\x1f\x8b\x08"
_FIRST = b"WARC/"
_LINE = re.compile(rb"WARC/[01]\.\d{1,2}\s*$")
_CODED = re.compile(rb"\n(?:content|transfer)-encoding:", re.IGNORECASE)
_CUT = "the record is cut short: the file ends inside it"
_LENGTH = "the record is not as long as it says"


@dataclass(frozen=True, kw_only=True)
class Damage:
    """Bytes that are no record; `number` is that of the record they are in the place of."""

    number: int
    why: str


@dataclass(frozen=True, kw_only=True)
class Record:
    """A record: its `number` in the file, the `offset` of its first byte (or of its gzip member), headers by their
    names in small letters, and its block. `problem` says what is wrong with it, `large` that not all of it is there."""

    number: int
    offset: int
    headers: dict[str, str]
    block: bytes
    problem: str | None = None
    large: bool = False


def records(stream: BinaryIO) -> Iterator[Record | Damage]:
    """Every record of a file that can be sought in, packed or not, and the damage between them."""
    stream.seek(0)
    if stream.read(len(_FIRST)) != _FIRST and _next_member(stream, 0) is not None:
        yield from _packed(stream)
    else:
        stream.seek(0)
        yield from _Framed(stream, plain=True).records()


def _packed(stream: BinaryIO) -> Iterator[Record | Damage]:
    """Those of a file of gzip members."""
    at, number, said = 0, 0, False
    size = stream.seek(0, os.SEEK_END)
    while (begin := _next_member(stream, at)) is not None:
        if begin > at and not said:
            number += 1
            yield Damage(number=number, why="bytes that are no record")
        member = _Member(stream, begin)
        framed = _Framed(io.BufferedReader(member, _CHUNK), number=number, offset=begin, member=member)
        yield from framed.records()
        said = member.problem is not None
        if member.problem and not framed.said:
            framed.number += framed.number == number  # not even its first line could be read
            yield Damage(number=framed.number, why=member.problem)
        number = framed.number
        at = begin + len(_MAGIC) if member.problem else member.end
    if at < size and not said:
        stream.seek(at)
        if stream.read(_CHUNK).strip(b"\0"):  # zeros are padding, as gzip itself has it
            yield Damage(number=number + 1, why=_CUT if number else "it holds no record")


def _next_member(stream: BinaryIO, at: int) -> int | None:
    """Where the next gzip member begins that holds a record, at `at` or behind it."""
    before = b""
    stream.seek(at)
    while data := before + (chunk := stream.read(1 << 20)):
        found = data.find(_MAGIC)
        while found >= 0:
            start = at + found
            if _begins(stream, start):
                return start
            found = data.find(_MAGIC, found + 1)
        if not chunk:
            return None
        before = data[-2:]
        at += len(data) - len(before)
        stream.seek(at + len(before))
    return None


def _begins(stream: BinaryIO, start: int) -> bool:
    stream.seek(start)
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(stream.read(4096), len(_FIRST)) == _FIRST
    except zlib.error:
        return False


class _Member(io.RawIOBase):
    """What one gzip member holds, as a stream; `problem` is set where it is damaged or cut, `end` is where it ends."""

    def __init__(self, stream: BinaryIO, start: int) -> None:
        self._stream, self._next = stream, start
        self._inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self.problem: str | None = None
        self.end = start

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, into: Any) -> int:
        """As every stream does; nothing more comes after a problem."""
        while not self._inflate.eof and not self.problem:
            if not (data := self._inflate.unconsumed_tail):
                self._stream.seek(self._next)
                data = self._stream.read(_CHUNK)
                self._next += len(data)
            if not data:
                self.problem = _CUT
                break
            try:
                found = self._inflate.decompress(data, len(into))
            except zlib.error as error:
                self.problem = f"its gzip data are damaged: {error}"
                break
            self.end = self._next - len(self._inflate.unused_data)
            if found:
                into[: len(found)] = found
                return len(found)
        return 0


@dataclass
class _Framed:
    """The records in a stream: a `plain` file, which can be sought in, or what one gzip `member` holds."""

    stream: Any
    number: int = 0
    offset: int = 0
    plain: bool = False
    member: _Member | None = None
    said: bool = False  # that the member is damaged
    line: bytes = field(default=b"", init=False)  # the first of what comes next

    def records(self) -> Iterator[Record | Damage]:
        """All of them."""
        self._advance()
        while self.line:
            self.number += 1
            if not _LINE.match(self.line):
                yield Damage(number=self.number, why="bytes that are no record")
                if begins := _LINE.search(self.line):
                    self.line = self.line[begins.start() :]
                else:
                    self._search()
                continue
            start = self.stream.tell() - len(self.line) if self.plain else self.offset
            headers = self._headers()
            if headers is None:
                self.said = True
                yield Damage(number=self.number, why="the headers of the record are cut short")
            elif not (length := headers.get("content-length", "")).isdigit():
                self.said = True
                yield Damage(number=self.number, why="the record does not say its length")
                self._search()
            else:
                yield self._record(start, headers, int(length[:18]))

    def _record(self, start: int, headers: dict[str, str], length: int) -> Record:
        body = self.stream.tell() if self.plain else 0
        block = _read(self.stream, min(length, _KEPT))
        missing = length - len(block)
        while missing and (data := self.stream.read(min(missing, _CHUNK))):
            missing -= len(data)
        after = self.stream.read(4).lstrip(b"\r\n")  # two empty lines, by the standard; some writers have one
        self._advance(after)
        vouched = _digest_holds(headers, block) if length <= _KEPT else None
        fits = not after or _LINE.match(self.line)
        problem = _CUT if missing else None if fits else _LENGTH
        if problem and self.plain:
            self.stream.seek(body)  # what it took too much of may be other records
        if problem:
            self._search()
        if self.member and self.member.problem:
            problem = problem or (None if vouched else self.member.problem)
            self.said = self.said or problem is not None
        if vouched is False:
            problem = problem or "the record's bytes are not those of its digest"
        return Record(
            number=self.number, offset=start, headers=headers, block=block, problem=problem, large=length > _KEPT
        )

    def _headers(self) -> dict[str, str] | None:
        """Of a record, by their names in small letters; None where they do not end, or the next record begins."""
        found: dict[str, str] = {}
        left = HEADERS
        while left > 0 and (line := self.stream.readline(left)):
            left -= len(line)
            if not line.strip():
                return found
            if begins := _LINE.search(line):
                self.line = line[begins.start() :]
                return None
            name, _, value = line.decode("utf-8", "replace").partition(":")
            found.setdefault(name.strip().lower(), value.strip())
        self._search()
        return None

    def _advance(self, begun: bytes = b"") -> None:
        """To the first line that is not empty; `begun` are bytes of it."""
        if begun:
            self.line = begun + self.stream.readline(_CHUNK)
            return
        left = HEADERS
        while left > 0 and (line := self.stream.readline(_CHUNK)):
            left -= len(line)
            if line.strip():
                self.line = line
                return
        self.line = b""

    def _search(self) -> None:
        """To the first line of the next record."""
        while line := self.stream.readline(_CHUNK):
            if found := _LINE.search(line):
                line = line[found.start() :]
                break
        self.line = line


def _read(stream: Any, size: int) -> bytes:
    """So many bytes, or what there is of them."""
    parts = []
    while size and (data := stream.read(min(size, _CHUNK))):
        parts.append(data)
        size -= len(data)
    return b"".join(parts)


def _digest_holds(headers: dict[str, str], block: bytes) -> bool | None:
    """Whether a block is the one that its digest names; None where that cannot be known. Archives differ in what they
    take the payload's digest of, where that was sent packed or in chunks."""
    given, unsure = headers.get("warc-block-digest", ""), False
    if headers.get("warc-type") == "revisit":
        return None  # its digests are those of the page that it stands for
    if not given and headers.get("content-type", "").lower().startswith("application/http"):
        head, _, block = block.partition(b"\r\n\r\n")
        given, unsure = headers.get("warc-payload-digest", ""), bool(_CODED.search(head))
    name, _, said = given.partition(":")
    if name.lower() not in ("sha1", "sha256", "md5") or not said:
        return None
    digest = hashlib.new(name.lower(), block, usedforsecurity=False)
    holds = said.upper() in (base64.b32encode(digest.digest()).decode(), digest.hexdigest().upper())
    return None if unsure and not holds else holds

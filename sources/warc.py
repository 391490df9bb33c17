"""WARC files (ISO 28500) as inputs: one source for each HTML page that was fetched well, read as a stream."""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import BinaryIO

from dateline.models.article import Source
from dateline.sources.fetch_body import CHUNK, BodyError, unpacked
from dateline.sources.jsonl import LARGEST, characters, reason
from dateline.sources.warc_records import Damage, Record, records

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_HTML = ("text/html", "application/xhtml+xml")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})")
_SIZE = re.compile(rb"\s*([0-9A-Fa-f]{1,8})\s*(?:;|\r?\n|$)")
_HEAD = re.compile(rb"\r?\n\r?\n")


def read_warc(stream: BinaryIO, *, name: str) -> Iterator[Source]:
    """The HTML pages among the `response` and `resource` records, each with its URL as id and its place.
    What is no page (images, redirects, requests, revisits) is passed over. A damaged file gives what stands before and
    after the damage, and for the damage a failed source that says so, named `name:NUMBER`, NUMBER being that of the
    record. A file without a page is a failed source too."""
    number, given = 0, 0
    try:
        for found in records(stream):
            number = found.number
            source = _source(found, place=f"{name}:{number}")
            if source is not None:
                given += 1
                yield source
    except OSError as error:
        yield Source(id=f"{name}:{number + 1}", problem=f"the WARC file cannot be read from here on: {reason(error)}")
        return
    if not given:
        yield Source(id=name, problem=f"the WARC file holds no {'HTML page' if number else 'record'}")


def _source(found: Record | Damage, *, place: str) -> Source | None:
    """What a record is to us: a page, a failure, or nothing."""
    if isinstance(found, Damage):
        return Source(id=place, problem=f"the WARC file is damaged here: {found.why}")
    kind, said, body = found.headers.get("warc-type", "").lower(), found.headers, found.block
    if kind == "response":
        status, said, body = _answer(found.block)
        is_page = status == 200 and said.get("content-type", "").lower().startswith(_HTML)
    else:
        is_page = kind == "resource" and said.get("content-type", "").lower().startswith(_HTML)
    if is_page:
        url = characters(found.headers.get("warc-target-uri", "").strip("<>") or place)
        return replace(_page(found, url, said, body, of_web=kind == "response"), offset=found.offset)
    if found.problem:
        return Source(id=place, problem=f"the WARC file is damaged here: {found.problem}")
    return None


def _page(found: Record, url: str, said: dict[str, str], body: bytes, *, of_web: bool) -> Source:
    if found.problem:
        return Source(id=url, problem=found.problem)
    if found.large:
        return Source(id=url, problem=f"it is larger than {LARGEST:,} bytes")
    try:
        data = _body(said if of_web else {}, body)
    except BodyError as error:
        return Source(id=url, problem=str(error))
    charset = _CHARSET.search(said.get("content-type", ""))
    web = url if url.startswith(("http://", "https://")) else None
    return Source(id=url, url=web, page=data, charset=charset[1] if charset else None)


def _answer(block: bytes) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of what a web server sent; status 0 where that is no HTTP."""
    status = _STATUS.match(block)
    end = _HEAD.search(block)
    if not status or not end:
        return 0, {}, b""
    found: dict[str, str] = {}
    for line in block[: end.start()].decode("utf-8", "replace").splitlines()[1:]:
        name, _, value = line.partition(":")
        found.setdefault(name.strip().lower(), value.strip())
    return int(status[1]), found, block[end.end() :]


def _body(said: dict[str, str], body: bytes) -> bytes:
    """What a server sent, out of its chunks, and unpacked. BodyError where it is too large or damaged."""
    if said.get("transfer-encoding", "").lower() == "chunked":
        body = _joined(body)
    try:
        pieces = (body[start : start + CHUNK] for start in range(0, len(body), CHUNK))
        return unpacked(pieces, said.get("content-encoding", ""), largest=LARGEST)
    except BodyError:
        if body.lstrip()[:1] == b"<":  # many archives keep a body unpacked, and its headers as they were
            return unpacked([body], "", largest=LARGEST)
        raise


def _joined(body: bytes) -> bytes:
    """A body out of its chunks (RFC 9112, 7.1); as it is where it never was in any, as many archives keep it."""
    stream, parts = BytesIO(body), list[bytes]()
    while size := _SIZE.match(stream.readline(LARGEST)):
        wanted = int(size[1], 16)
        if wanted == 0:
            return b"".join(parts)
        parts.append(stream.read(wanted))
        if len(parts[-1]) < wanted or not stream.readline(3).endswith(b"\n"):
            break
    if not parts:
        return body
    raise BodyError("its chunks are cut short")

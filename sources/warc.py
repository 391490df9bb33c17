"""WARC files (ISO 28500) as inputs: one source for each HTML page that was fetched well, read as a stream."""

import re
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from dateline.models.article import Source
from dateline.sources.fetch_body import CHUNK, BodyError, unpacked
from dateline.sources.jsonl import LARGEST, characters, reason

_HEADERS = 1_000_000  # bytes of the headers of a record, its web server's included; real ones have some thousands
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_HTML = ("text/html", "application/xhtml+xml")


def read_warc(stream: BinaryIO, *, name: str) -> Iterator[Source]:
    """The HTML pages among the `response` and `resource` records, each with its URL as id. What is no page (images,
    redirects, requests) is passed over. A damaged file gives what stands before the damage, and then a failed source
    named `name:NUMBER`, NUMBER being that of the record, which says so; one without a page is a failed source too."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number, pages = 0, 0
    try:
        archive = ArchiveIterator(stream)
        lines = _Lines(archive.reader)
        for record in archive:
            number += 1
            if _is_page(record):
                pages += 1
                lines.left = LARGEST  # a body in chunks has lines too
                yield _page(record, place=f"{name}:{number}")
            lines.left = _HEADERS
    # AttributeError and KeyError: what warcio raises where a record is cut in its headers
    except (ArchiveLoadFailed, EOFError, OSError, zlib.error, ValueError, AttributeError, KeyError) as error:
        yield Source(id=f"{name}:{number + 1}", problem=f"the WARC file is damaged from here on: {_why(error)}")
        return
    if not pages:
        yield Source(id=name, problem=f"the WARC file holds no {'HTML page' if number else 'record'}")


class _Lines:
    """The lines of a WARC file, which are its headers: `left` bytes of them and no more, since a packed kilobyte may
    hold a line of a gigabyte, and warcio reads every line to its end."""

    def __init__(self, reader: Any) -> None:
        self.left = _HEADERS
        self._readline = reader.readline
        reader.readline = self._bounded

    def _bounded(self, length: int | None = None) -> bytes:
        line: bytes = self._readline(min(length or self.left, self.left))
        self.left -= len(line)
        if self.left <= 0:
            raise ValueError("the headers of a record do not end")
        return line


def _why(error: Exception) -> str:
    if isinstance(error, AttributeError | KeyError):
        return "the headers of the record are cut short"
    return reason(error).partition(", first line")[0]  # warcio goes on with the bytes that it met


def _is_page(record: Any) -> bool:
    if record.rec_type == "resource":
        return str(record.rec_headers.get_header("Content-Type") or "").lower().startswith(_HTML)
    if record.rec_type != "response" or record.http_headers is None:
        return False
    return record.http_headers.get_statuscode() == "200" and _content_type(record).lower().startswith(_HTML)


def _content_type(record: Any) -> str:
    headers = record.http_headers or record.rec_headers
    return str(headers.get_header("Content-Type") or "")


def _page(record: Any, *, place: str) -> Source:
    url = characters(str(record.rec_headers.get_header("WARC-Target-URI") or place))
    try:
        data = _body(record)
    except BodyError as error:
        return Source(id=url, problem=str(error))
    while record.raw_stream.read(CHUNK):
        pass  # what is left of it, so that what is missing shows
    if getattr(record.raw_stream, "limit", 0) > 0:
        return Source(id=url, problem="the record is cut short: the file ends inside it")
    charset = _CHARSET.search(_content_type(record))
    web = url if url.startswith(("http://", "https://")) else None
    return Source(id=url, url=web, page=data, charset=charset[1] if charset else None)


def _body(record: Any) -> bytes:
    """What a server sent, out of its chunks, and unpacked: not by warcio, which sets no bounds and knows no zstd.
    BodyError where it is too large or damaged."""
    from warcio.bufferedreaders import ChunkedDataReader

    headers = record.http_headers
    chunked = headers is not None and str(headers.get_header("Transfer-Encoding") or "").lower() == "chunked"
    stream = ChunkedDataReader(record.raw_stream) if chunked else record.raw_stream
    sent = unpacked(iter(lambda: stream.read(CHUNK), b""), "", largest=LARGEST)
    encoding = str(headers.get_header("Content-Encoding") or "") if headers is not None else ""
    try:
        pieces = (sent[start : start + CHUNK] for start in range(0, len(sent), CHUNK))
        return unpacked(pieces, encoding, largest=LARGEST)
    except BodyError:
        if sent.lstrip()[:1] == b"<":  # many archives keep a body unpacked, and its headers as they were
            return sent
        raise

"""WARC/1.1 records as they stand in the archive: each a gzip member of its own, read from its offset alone.

The headers of a member are stored and only its body is compressed: the date in them then changes no later record's
offset, and two runs over the same pages give the same offsets.
"""

import json
import zlib
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, BinaryIO
from urllib.parse import quote
from uuid import UUID

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from dateline import __version__
from dateline.models.article import Response, Source
from dateline.models.capture import capture_id
from dateline.models.ids import sha256

CAPTURE = "Dateline-Capture"  # header: the capture's id
GIVEN = "Dateline-Given"  # header: what the giver said, as JSON
RENAMED = "X-Crawl-"
MEMBER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # RFC 1952: magic, deflate, no flags, no time, unknown system
LEVEL = 3  # of compression: 6 takes twice as long for a tenth less (117 pages of 38 sites)
SENT = {"content-encoding", "transfer-encoding", "content-length"}  # true of what was sent, not of what is kept


def member(source: Source, own: str, data: bytes, at: datetime) -> bytes:
    """The record of a source, `own` its capture's id, as a gzip member."""
    raw = _record(source, own, data, at)
    return packed(raw[: len(raw) - len(data) - 4], raw[len(raw) - len(data) - 4 :])


def packed(head: bytes, body: bytes) -> bytes:
    """A gzip member of `head`, stored, and `body`, compressed."""
    stored = zlib.compressobj(0, zlib.DEFLATED, -zlib.MAX_WBITS)
    tight = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    deflated = stored.compress(head) + stored.flush(zlib.Z_SYNC_FLUSH) + tight.compress(body) + tight.flush()
    # RFC 1952: the header; then CRC-32 and length.
    size = (len(head) + len(body)) % 2**32
    return MEMBER + deflated + zlib.crc32(body, zlib.crc32(head)).to_bytes(4, "little") + size.to_bytes(4, "little")


def about(name: str, at: datetime) -> bytes:
    """The record that each WARC file begins with: what wrote it."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="WARC/1.1")
    record = writer.create_warcinfo_record(
        name, {"software": f"Dateline/{__version__}", "format": "WARC File Format 1.1"}
    )
    record.rec_headers.replace_header("WARC-Record-ID", record_id(name))
    record.rec_headers.replace_header("WARC-Date", _stamp(at))
    writer.write_record(record)
    return out.getvalue()


def _record(source: Source, own: str, data: bytes, at: datetime) -> bytes:
    out = BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="WARC/1.1")
    given = {name: getattr(source, name) for name in ("id", "url", "title", "published", "charset")}
    given["as"] = next(name for name in ("page", "plain", "text") if getattr(source, name) is not None)
    given |= {"note": source.note} if source.note else {}
    given |= {"from": source.origin, "offset": source.offset} if source.offset is not None else {}
    given |= {"redirects": source.response.redirects} if source.response and source.response.redirects else {}
    headers = {
        "WARC-Record-ID": record_id(own),
        "WARC-Date": _stamp(at),
        CAPTURE: own,
        GIVEN: json.dumps(given),
    }
    said = source.response
    record = writer.create_warc_record(
        quote(source.url, safe="/:?#[]@!$&'()*+,;=%~") if source.url else f"urn:dateline:{quote(source.id)}",
        "response" if said else "resource",
        payload=BytesIO(data),
        warc_content_type="" if said else _content_type(source),
        warc_headers_dict=headers,
        http_headers=_http_headers(said, len(data)) if said else None,
    )
    writer.write_record(record)
    return out.getvalue()


def _content_type(source: Source) -> str:
    if source.page is not None:
        return "text/html"
    return "text/plain" if source.plain is not None else "text/plain; charset=utf-8"


def _http_headers(said: Response, length: int) -> StatusAndHeaders:
    headers = [
        (f"{RENAMED}{name}" if name.lower() in SENT else name, " ".join(value.split())) for name, value in said.headers
    ]
    return StatusAndHeaders(str(said.status), [*headers, ("Content-Length", str(length))], protocol="HTTP/1.1")


def _stamp(at: datetime) -> str:
    """Always of one length, so that no later record moves."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def record_id(own: str) -> str:
    """A record's id follows from its capture's, so that it does not differ from run to run."""
    return f"<urn:uuid:{UUID(hex=sha256(own.encode())[:32])}>"


def next_member(stream: BinaryIO, start: int) -> tuple[dict[str, str], int] | None:
    """The WARC headers of the gzip member at `start`, and its end; None where no whole member is left."""
    stream.seek(start)
    inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)
    head, read = b"", 0
    try:
        while not inflate.eof:
            if not (chunk := stream.read(1 << 16)):
                return None
            read += len(chunk)
            part = inflate.decompress(chunk)
            head = head if b"\r\n\r\n" in head else head + part
    except zlib.error:
        return None
    lines = head.split(b"\r\n\r\n", 1)[0].decode("utf-8", "replace").split("\r\n")[1:]
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return headers, start + read - len(inflate.unused_data)


def payload(stream: BinaryIO) -> bytes:
    """The bytes kept in the record that begins here; ValueError where there is none or it is damaged."""
    return _read(stream)[1]


def given(stream: BinaryIO) -> tuple[Source, datetime]:
    """The source that is kept in the record that begins here, and when it came in; ValueError where there is none, it
    is damaged, or it does not hold what its capture's id says."""
    record, data = _read(stream)
    said = json.loads(record.rec_headers.get_header(GIVEN) or "{}")
    if not said:
        raise ValueError("the record does not say what was given")
    kind, origin = said.pop("as"), said.pop("from", None)
    redirects = said.pop("redirects", 0)
    body: dict[str, Any] = {kind: data.decode("utf-8", "surrogatepass") if kind == "text" else data}
    source = Source(**said, **body, origin=origin, response=_response(record.http_headers, redirects))
    if capture_id(source) != record.rec_headers.get_header(CAPTURE):
        raise ValueError("the record does not hold what was given")
    return source, datetime.fromisoformat(record.rec_headers.get_header("WARC-Date"))


def _response(said: StatusAndHeaders | None, redirects: int) -> Response | None:
    """What the server said, as it said it."""
    if said is None:
        return None
    sent = [(name, value) for name, value in said.headers if name.lower() not in SENT]
    headers = tuple((name.removeprefix(RENAMED), value) for name, value in sent)
    return Response(status=int(said.get_statuscode()), headers=headers, redirects=redirects)


def _read(stream: BinaryIO) -> tuple[Any, bytes]:
    """The record that begins here and its bytes, held against its digest."""
    try:
        for record in ArchiveIterator(stream, check_digests="raise"):
            return record, bytes(record.content_stream().read())
    except (ArchiveLoadFailed, zlib.error, EOFError, AttributeError) as error:  # warcio leaks AttributeError
        raise ValueError(f"the record is damaged: {error}") from error
    raise ValueError("there is no record")

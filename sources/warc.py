"""WARC files (ISO 28500) as inputs: one source for each HTML page that was fetched well, read as a stream."""

import re
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from dateline.models.article import Source
from dateline.sources.jsonl import LARGEST, characters, reason

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
        for record in ArchiveIterator(stream):
            number += 1
            if _is_page(record):
                pages += 1
                yield _page(record, place=f"{name}:{number}")
    # AttributeError and KeyError: what warcio raises where a record is cut in its headers
    except (ArchiveLoadFailed, EOFError, OSError, zlib.error, ValueError, AttributeError, KeyError) as error:
        yield Source(id=f"{name}:{number + 1}", problem=f"the WARC file is damaged from here on: {_why(error)}")
        return
    if not pages:
        yield Source(id=name, problem=f"the WARC file holds no {'HTML page' if number else 'record'}")


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
    data = record.content_stream().read(LARGEST + 1)
    if len(data) > LARGEST:
        return Source(id=url, problem=f"larger than {LARGEST:,} bytes")
    record.raw_stream.read()  # what is left of it, so that what is missing shows
    if getattr(record.raw_stream, "limit", 0) > 0:
        return Source(id=url, problem="the record is cut short: the file ends inside it")
    charset = _CHARSET.search(_content_type(record))
    web = url if url.startswith(("http://", "https://")) else None
    return Source(id=url, url=web, page=data, charset=charset[1] if charset else None)

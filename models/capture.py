"""Captures: what came in, byte for byte, and where it is kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from dateline.models.article import Source
from dateline.models.ids import content_id, sha256

Kind = Literal["page", "text"]


@dataclass(frozen=True, kw_only=True)
class Capture:
    """One row of table `capture`; `models/schema.sql` says what each column holds."""

    capture_id: str
    input_id: str
    sha256: str
    size: int
    kind: Kind
    charset: str | None
    url: str | None
    title: str | None
    published: str | None
    archive_file: str
    archive_offset: int
    record_id: str
    http_status: int | None
    content_type: str | None
    etag: str | None
    last_modified: str | None
    redirects: int | None
    captured_at: datetime


def content(source: Source) -> tuple[Kind, bytes]:
    """What is kept of a source, and as what; ValueError where nothing came in."""
    if source.page is not None:
        return "page", source.page
    if source.plain is not None:
        return "text", source.plain
    if source.text is not None:
        return "text", source.text.encode("utf-8", "surrogatepass")
    raise ValueError("nothing came in")


def capture_id(source: Source) -> str:
    """The id of a source: its id, its bytes, and all that its giver said and its reading depends on."""
    kind, data = content(source)
    return content_id(
        "capture", source.id, sha256(data), kind, source.charset, source.url, source.title, source.published
    )


def origin(source: Source) -> str:
    """Where a source was found: a file's path or a URL; its own id where nobody said."""
    return source.origin or source.id

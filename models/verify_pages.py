"""What was found on pages and in given texts, verified: against the stored texts, and against the archived bytes."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any, Literal

from dateline.models.store_connection import Connection
from dateline.models.verify_checks import Check, checked, queried, streamed

Payload = Callable[[str, int], bytes]  # archive file and offset to the bytes kept there; OSError or ValueError if not
Said = tuple[Literal["page", "ends", "bytes"], int, int, str]
# The bytes of a page, the charset of its HTTP header, and what ranges of its characters or bytes are to say: do they?
ReadBack = Callable[[bytes, str | None, Sequence[Said]], Sequence[bool]]

_TEXT = "JOIN page USING (page_id) LEFT JOIN article USING (text_id)"
_CAPTURE = "JOIN capture ON capture.capture_id = page.capture_id"

# What stands on a page or in its bytes, by the table that says so. Between the lines of a piece of furniture the page
# may have more, pictures' words or a form's: only its ends are certain.
_SAID = """
    SELECT page_id, 'furniture' AS said_by, 'ends' AS unit, start, stop, text AS words FROM furniture
    UNION ALL SELECT page_id, 'region', 'page', page_start, page_stop, text FROM region WHERE page_start IS NOT NULL
    UNION ALL SELECT page_id, 'statement', 'page', start, stop, quote FROM statement
        WHERE "where" = 'page' AND start IS NOT NULL
    UNION ALL SELECT page_id, 'text_map', 'page', page_start, page_stop, article.text[start + 1:stop]
        FROM text_map JOIN page USING (page_id) JOIN article USING (text_id)
    UNION ALL SELECT page_id, 'text_map', 'bytes', byte_start, byte_stop, article.text[start + 1:stop]
        FROM text_map JOIN page USING (page_id) JOIN article USING (text_id)"""


def pages_stored(connection: Connection) -> Iterator[Check]:
    """What the tables alone tell. Offsets are half-open; DuckDB's text[start+1:stop] is Python's text[start:stop]."""
    rows = f"""furniture AS span {_TEXT} {_CAPTURE} AND capture.kind = 'text'"""
    wrong = "article.text[span.start + 1:span.stop] IS DISTINCT FROM span.text"
    yield queried(connection, "furniture spans in given texts", rows, wrong, "span.page_id, span.start, span.stop")

    wrong = """span.start IS NOT NULL AND article.text[span.start + 1:span.stop] IS DISTINCT FROM span.text
        OR span.page_stop <= span.page_start OR (span.page_start IS NULL) != (span.page_stop IS NULL)"""
    yield queried(connection, "region spans", f"region AS span {_TEXT}", wrong, "span.page_id, span.rule, span.text")

    # What is concluded from the whole text (its language) has no words of its own.
    wrong = """span.stop <= span.start OR (span.start IS NULL) != (span.stop IS NULL) OR CASE span."where"
        WHEN 'text' THEN coalesce(article.text[span.start + 1:span.stop], '') != span.quote
        WHEN 'page' THEN FALSE ELSE span.start IS NOT NULL END"""
    label = "span.page_id, span.name, span.rule, span.quote"
    yield queried(connection, "statement spans", f"statement AS span {_TEXT}", wrong, label)

    wrong = """text IS NULL OR span.start < before OR span.stop <= span.start OR span.stop > length(text)
        OR span.page_stop <= span.page_start OR span.byte_stop <= span.byte_start OR span.byte_stop > capture.size"""
    ordered = "(SELECT *, coalesce(lag(stop) OVER (PARTITION BY page_id ORDER BY position), 0) AS before FROM text_map)"
    rows = f"{ordered} AS span {_TEXT} {_CAPTURE}"
    yield queried(connection, "text_map spans", rows, wrong, "span.page_id, span.start, span.stop")

    wrong = "page.size != capture.size OR (page.size IS NULL) != (page.encoding IS NULL)"
    yield queried(connection, "page sizes", f"page {_CAPTURE}", wrong, "page.page_id, page.size, capture.size")


def pages_kept(connection: Connection, payload: Payload, read_back: ReadBack) -> list[Check]:
    """What the archived bytes tell: whether the places on a page, and in its bytes, say what was read there."""
    query = f"""SELECT said.*, charset, archive_file, archive_offset FROM ({_SAID}) AS said
        JOIN page USING (page_id) {_CAPTURE} WHERE capture.kind = 'page'
        ORDER BY archive_file, archive_offset, page_id"""
    found: dict[tuple[str, str], list[str | None]] = defaultdict(list)
    for _, rows in groupby(streamed(connection, query), key=lambda row: str(row["page_id"])):
        for (table, unit), problem in _of_page(list(rows), payload, read_back):
            found[table, unit].append(problem)
    names = [("furniture", "ends"), *((table, "page") for table in ("region", "statement", "text_map"))]
    return [
        checked(f"{table} read back from the {'bytes' if unit == 'bytes' else 'page'}", iter(found[table, unit]))
        for table, unit in [*names, ("text_map", "bytes")]
    ]


def _of_page(
    rows: list[dict[str, Any]], payload: Payload, read_back: ReadBack
) -> Iterator[tuple[tuple[str, str], str | None]]:
    """What is wrong with each range of one page: the table and unit of each, and None where nothing is."""
    first = rows[0]
    said: list[Said] = [(row["unit"], row["start"], row["stop"], row["words"]) for row in rows]
    try:
        holds = read_back(payload(first["archive_file"], first["archive_offset"]), first["charset"], said)
    except (OSError, ValueError):  # told by the check of the captures' bytes
        holds = [False] * len(said)
    for row, right in zip(rows, holds, strict=True):
        where = f"{row['page_id']} {row['unit']} {row['start']}:{row['stop']} does not say {row['words'][:60]!r}"
        yield (row["said_by"], row["unit"]), None if right else where

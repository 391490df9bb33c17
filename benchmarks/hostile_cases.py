"""Inputs made to break a reader: hostile.py reads them, and the tests the quick ones."""

import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from random import Random

STORY = "<p>Two shepherds were killed near Velm on 3 May 2021, the mayor said.</p>\n"
GOOD = f"<article><h1>Two die in Velm</h1>{STORY}<p>They had gone up on the Tuesday before.</p></article>"
MB, GB = 10**6, 10**9


def page(body: str, head: str = "") -> bytes:
    """A page with a body."""
    return f"<html><head><title>Two die in Velm</title>{head}</head><body>{body}</body></html>".encode()


def long_story(paragraphs: int, size: int) -> str:
    """An ordinary long article: paragraphs of different sentences, `size` characters in all."""
    one = "In village {n} the river rose in the night, and the {m} families went up to the school with their cattle. "
    return "".join(
        f"<p>{(one.format(n=n, m=n % 37 + 2) * 40)[: size // paragraphs - 10]}.</p>\n" for n in range(paragraphs)
    )


@cache
def bomb(kind: str, size: int = GB) -> bytes:
    """`size` bytes of a page, packed."""
    block = STORY.encode() * (MB // len(STORY))
    blocks = [page(STORY)[:-14], *[block] * (size // len(block))]
    if kind == "gzip":
        packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
        return b"".join(map(packer.compress, blocks)) + packer.flush()
    if kind == "br":
        import brotli

        brotli_packer = brotli.Compressor(quality=5, lgwin=22)
        return b"".join(map(brotli_packer.process, blocks)) + bytes(brotli_packer.finish())
    import zstandard

    zstd_packer = zstandard.ZstdCompressor().compressobj()
    return b"".join(map(zstd_packer.compress, blocks)) + zstd_packer.flush()


def zipped() -> bytes:
    """A ZIP archive that unpacks to a gigabyte."""
    import zipfile

    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("page.html", "w") as inside:
        for _ in range(GB // MB):
            inside.write(bytes(MB))
    return out.getvalue()


def warc(body: bytes, encoding: str = "", *, packed: bool = False) -> bytes:
    """A WARC file with one response."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = BytesIO()
    headers = [("Content-Type", "text/html"), *([("Content-Encoding", encoding)] if encoding else [])]
    writer = WARCWriter(out, gzip=packed)
    said = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
    writer.write_record(
        writer.create_warc_record("https://example.org/a", "response", payload=BytesIO(body), http_headers=said)
    )
    return out.getvalue()


def jsonl(html: str) -> bytes:
    """A line of JSONL with a page."""
    return json.dumps({"id": "row", "html": html}).encode() + b"\n"


def ld_json(data: str) -> str:
    """A script element of JSON-LD."""
    return f'<script type="application/ld+json">{data}</script>'


def attributes(count: int) -> str:
    """The attributes of one tag."""
    return " ".join(f'data-a{number}="{number}"' for number in range(count))


def packed_jsonl(size: int) -> bytes:
    """A .jsonl.gz of one line of `size` bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    block = b"a" * MB
    parts = [b'{"id": "row", "text": "', *[block] * (size // MB), b'"}\n']
    return b"".join(map(packer.compress, parts)) + packer.flush()


@dataclass(frozen=True)
class Case:
    """A file name, and what stands in it; `quick` ones are small enough for the tests."""

    file: str
    make: Callable[[], bytes]
    quick: bool = False


CASES = {
    "3,000 paragraphs, 2 MB": Case("page.html", lambda: page(long_story(3_000, 2 * MB))),
    "100,000 short paragraphs": Case("page.html", lambda: page("<p>A line.</p>\n" * 100_000)),
    "100,000 links": Case("page.html", lambda: page('<p><a href="/a">A line.</a></p>' * 100_000)),
    "100,000 line breaks": Case("page.html", lambda: page("<p>" + "Five men died.<br>" * 100_000)),
    "100,000 list items": Case("page.html", lambda: page("<ul>" + "<li>Five men died.</li>" * 100_000 + "</ul>")),
    "100,000 table cells": Case("page.html", lambda: page("<table>" + "<tr><td>Five</td></tr>" * 100_000 + "</table>")),
    "19 MB of HTML": Case("page.html", lambda: page(STORY * (19 * MB // len(STORY)))),
    "50 MB of HTML": Case("page.html", lambda: page(STORY * (50 * MB // len(STORY)))),
    "100,000 divs around the text": Case(
        "page.html", lambda: page("<div>" * 100_000 + STORY * 5 + "</div>" * 100_000), quick=True
    ),
    "100,000 divs above the text": Case("page.html", lambda: page("<div>" * 100_000 + "</div>" * 100_000 + STORY * 5)),
    "100,000 divs below the text": Case("page.html", lambda: page(STORY * 5 + "<div>" * 100_000 + "</div>" * 100_000)),
    "100,000 divs never closed": Case("page.html", lambda: page("<div>x" * 100_000 + STORY * 5), quick=True),
    "30,000 tables in each other": Case("page.html", lambda: page("<table><tr><td>" * 30_000 + STORY * 5), quick=True),
    "50,000 lists in each other": Case("page.html", lambda: page("<ul><li>" * 50_000 + STORY * 5)),
    "a line of 5 MB": Case("page.html", lambda: page(f"<p>{'Five men died in Velm on Monday. ' * (5 * MB // 33)}</p>")),
    "a line of 5 MB without a full stop": Case("page.html", lambda: page(f"<p>{'five men and ' * (5 * MB // 13)}</p>")),
    "a text of one line of 5 MB": Case("page.txt", lambda: b"five men died and " * (5 * MB // 18)),
    "a text of 19 MB": Case("page.txt", lambda: b"The river rose in the night. " * (19 * MB // 29)),
    "a word of 5 MB": Case("page.html", lambda: page(f"<p>{'a' * 5 * MB}</p>")),
    "a text node of 12 MB": Case("page.html", lambda: page(f"<p>{'word ' * (12 * MB // 5)}</p>")),
    "200,000 attributes on a tag": Case(
        "page.html", lambda: page(f"<div {attributes(200_000)}>{STORY * 5}</div>"), quick=True
    ),
    "200,000 attributes with > in them": Case(
        "page.html", lambda: page("<div " + " ".join(f'a{n}=">"' for n in range(200_000)) + f">{STORY * 5}</div>")
    ),
    "5 MB of <": Case("page.html", lambda: page(STORY + "<" * 5 * MB + STORY)),
    "5 MB of <a ": Case("page.html", lambda: page(STORY + "<a " * (5 * MB // 3) + STORY)),
    '5 MB of <="a"': Case("page.html", lambda: page(STORY + '<="a"' * MB + STORY)),
    "5 MB of &": Case("page.html", lambda: page(STORY + "&" * 5 * MB + STORY)),
    "an attribute of 10 MB": Case("page.html", lambda: page(f'<p title="{"x" * 10 * MB}">in</p>{STORY * 5}')),
    "a picture of 10 MB in its address": Case(
        "page.html", lambda: page(f'{STORY * 5}<img src="data:image/png;base64,{"A" * 10 * MB}">')
    ),
    "10 MB of JSON-LD": Case("page.html", lambda: page(STORY * 5, ld_json(json.dumps({"articleBody": "x" * 10 * MB})))),
    "JSON-LD nested 1,000,000 deep": Case("page.html", lambda: page(STORY * 5, ld_json("[" * MB)), quick=True),
    "a comment of 12 MB": Case("page.html", lambda: page(f"{STORY * 5}<!--{'x' * 12 * MB}-->{STORY}")),
    "10 kB of !": Case("page.html", lambda: page(f"{STORY}<p>{'!' * 10_000}</p>"), quick=True),
    "1 MB of !": Case("page.txt", lambda: b"!" * MB),
    "100,000 numbers": Case("page.txt", lambda: ", ".join(map(str, range(100_000))).encode()),
    "a number of 1 MB": Case("page.txt", lambda: b"killed " + b"7" * MB + b" people."),
    "10,000 notes": Case("page.html", lambda: page("<p>" + "<b>14</b><sup>2</sup> people " * 10_000 + "</p>" + STORY)),
    "10,000 quotations in each other": Case("page.html", lambda: page(STORY + "<blockquote><p>x" * 10_000)),
    "random bytes": Case("page.html", lambda: Random(7).randbytes(MB), quick=True),
    "a page cut inside a character": Case("page.html", lambda: page(STORY * 5 + "<p>é</p>")[:-19], quick=True),
    "gzip given as a page": Case("page.html", lambda: bomb("gzip")),
    "brotli given as a page": Case("page.html", lambda: bomb("br")),
    "zstd given as a page": Case("page.html", lambda: bomb("zstd")),
    "a ZIP given as a page": Case("page.html", zipped),
    "a WARC body of gzip, 1 GB": Case("pages.warc", lambda: warc(bomb("gzip"), "gzip")),
    "a WARC body of brotli, 1 GB": Case("pages.warc", lambda: warc(bomb("br"), "br")),
    "a WARC body of zstd, 1 GB": Case("pages.warc", lambda: warc(bomb("zstd"), "zstd")),
    "a packed WARC that is one line of 1 GB": Case("pages.warc.gz", lambda: packed_jsonl(GB)),
    "a .jsonl.gz line of 1 GB": Case("rows.jsonl.gz", lambda: packed_jsonl(GB)),
    "a .jsonl line of 19 MB": Case("rows.jsonl", lambda: jsonl(STORY * (19 * MB // len(STORY)))),
}

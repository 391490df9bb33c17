"""WARC files as inputs: pages among much else, and files that are damaged: each gives what it has, and says so."""

import gzip
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import brotli
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from dateline.models.article import Source
from dateline.sources.inputs import sources
from dateline.sources.warc import read_warc

PAGE = "<html><body><p>Nine men died in Gao.</p></body></html>".encode("utf-16")
PLAIN = b"<html><body><p>Two shepherds were killed near Velm.</p></body></html>"

RESPONSES = [
    ("200 OK", "text/html; charset=utf-16"),
    ("404 Not Found", "text/html"),
    ("200 OK", "image/png"),
    ("200 OK", "text/html"),
]


def written(path: Path, *, compressed: bool = True) -> Path:
    out = BytesIO()
    writer = WARCWriter(out, gzip=compressed)
    for number, (status, kind) in enumerate(RESPONSES):
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        url = f"https://news.example/{number}"
        writer.write_record(writer.create_warc_record(url, "response", payload=BytesIO(PAGE), http_headers=headers))
    path.write_bytes(out.getvalue())
    return path


def read(path: Path) -> list[Source]:
    return list(sources([str(path)]))


def made(name: str, *, packed: bool, kind: str = "response", body: bytes = PLAIN, **headers: str) -> bytes:
    """One record as warcio writes it: with digests, and packed as a gzip member of its own."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=packed)
    said = [("Content-Type", "text/html"), *((key.replace("_", "-"), value) for key, value in headers.items())]
    http = {
        "response": StatusAndHeaders("200 OK", said, protocol="HTTP/1.1"),
        "revisit": StatusAndHeaders("200 OK", said, protocol="HTTP/1.1"),
        "request": StatusAndHeaders("GET / HTTP/1.1", [("Host", "news.example")], is_http_request=True),
    }.get(kind)
    record = writer.create_warc_record(
        f"https://news.example/{name}", kind, payload=BytesIO(body), http_headers=http,
        warc_content_type="text/html" if kind == "resource" else "text/plain",
    )  # fmt: skip
    writer.write_record(record)
    return out.getvalue()


def raw(name: str, *, packed: bool, change: Callable[[bytes], bytes]) -> bytes:
    """A record without digests, changed by `change` before it is packed."""
    plain = re.sub(rb"WARC-\w+-Digest: [^\r]*\r\n", b"", made(name, packed=False))
    return gzip.compress(change(plain)) if packed else change(plain)


def told(data: bytes) -> list[str]:
    """What a file gives, in short: the names of pages, and in brackets the words of problems."""
    found = []
    for source in read_warc(BytesIO(data), name="file"):
        name = source.id.removeprefix("https://news.example/")
        assert source.problem is not None or source.page == PLAIN
        found.append(f"{name} [{source.problem}]" if source.problem else name)
    return found


def four(packed: bool) -> list[bytes]:
    return [made(name, packed=packed) for name in "abcd"]


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
def test_only_pages_that_were_fetched_well_are_inputs(tmp_path: Path, name: str) -> None:
    first, second = read(written(tmp_path / name, compressed=name.endswith("gz")))
    assert (first.id, first.url, first.page, first.charset) == (
        "https://news.example/0", "https://news.example/0", PAGE, "utf-16",
    )  # fmt: skip
    assert (second.id, second.page, second.charset) == ("https://news.example/3", PAGE, None)


@pytest.mark.parametrize("packed", [True, False])
def test_a_page_says_where_its_record_begins(packed: bool) -> None:
    parts = four(packed)
    found = [source.offset for source in read_warc(BytesIO(b"".join(parts)), name="x")]
    assert found == [sum(map(len, parts[:number])) for number in range(4)]


def test_a_cut_file_gives_what_it_has_and_says_so(tmp_path: Path) -> None:
    path = written(tmp_path / "a.warc", compressed=False)
    path.write_bytes(path.read_bytes()[:-60])
    first, last = read(path)
    assert first.page == PAGE
    assert "cut short" in str(last.problem)


CUT = "[the WARC file is damaged here: the headers of the record are cut short]"
ENDS = "[the WARC file is damaged here: the record is cut short: the file ends inside it]"
NO_RECORD = "[the WARC file is damaged here: bytes that are no record]"


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize(
    "filling", [b"garbage garbage\n" * 5, b"\0" * 700, b"\x1f\x8b\x08 no gzip", b"WARC/ no record\n"]
)
def test_garbage_between_records_costs_no_record(packed: bool, filling: bytes) -> None:
    a, b, c, d = four(packed)
    found = told(a + b + filling + c + d)
    assert [one for one in found if "[" not in one] == ["a", "b", "c", "d"]
    assert len(found) == 5


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.95])
def test_a_record_cut_in_the_middle_costs_only_itself(packed: bool, share: float) -> None:
    """And no bytes of the next record are taken for its page."""
    a, b, c, d = four(packed)
    found = told(a + b[: int(len(b) * share)] + c + d)
    assert [one for one in found if "[" not in one] == ["a", "c", "d"]
    assert len(found) == 4


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("left", [12, 100, 0.5, 0.9, -30])
def test_a_file_that_ends_in_a_record_says_so(packed: bool, left: float) -> None:
    a, b, c, d = four(packed)
    stop = int(len(d) * left) if isinstance(left, float) else left
    found = told(a + b + c + d[:stop])
    assert found[:3] == ["a", "b", "c"]
    assert len(found) == 4
    assert "cut short" in found[3]


def test_a_last_member_without_its_end_gives_a_page_that_its_digest_vouches_for() -> None:
    """Only the checksum of the gzip member is gone."""
    a, b, _, _ = four(packed=True)
    assert told(a + b[:-5]) == ["a", "b", f"file:2 {ENDS}"]


def test_a_missing_final_member_is_not_noticed() -> None:
    """Nothing in a WARC file says how many records it has: a file cut between two is whole."""
    assert told(b"".join(four(packed=True)[:3])) == ["a", "b", "c"]


@pytest.mark.parametrize("packed", [True, False])
def test_a_flipped_byte_is_found(packed: bool) -> None:
    a, b, c, _ = four(packed)
    at = len(b) // 2 if packed else b.index(b"shepherds")
    found = told(a + b[:at] + bytes([b[at] ^ 1]) + b[at + 1 :] + c)
    assert (found[0], found[2]) == ("a", "c")
    assert "gzip data are damaged" in found[1] if packed else "not those of its digest" in found[1]


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize(
    ("length", "words"),
    [
        (b"20", "not as long as it says"),
        (b"125", "the record "),
        (b"5000", "cut short"),
        (b"999999999999", "cut short"),
        (b"-5", "does not say its length"),
        (b"many", "does not say its length"),
        (b"9" * 40, "cut short"),
    ],
)
def test_a_wrong_length_costs_only_its_record(packed: bool, length: bytes, words: str) -> None:
    wrong = raw("b", packed=packed, change=lambda data: re.sub(rb"Length: \d+", b"Length: " + length, data))
    a, _, c, d = four(packed)
    found = told(a + wrong + c + d)
    assert [one for one in found if "[" not in one] == ["a", "c", "d"]
    assert words in found[1]


@pytest.mark.parametrize("packed", [True, False])
def test_a_record_without_a_length(packed: bool) -> None:
    wrong = raw("b", packed=packed, change=lambda data: data.replace(b"Content-Length", b"X-Length"))
    found = told(made("a", packed=packed) + wrong + made("c", packed=packed))
    assert (found[0], found[-1], len(found)) == ("a", "c", 3)


def test_what_is_no_page_is_passed_over() -> None:
    kinds = ("warcinfo", "request", "metadata", "revisit", "conversion", "continuation")
    others = b"".join(made(kind, packed=True, kind=kind, body=b"x: y\r\n") for kind in kinds)
    dns = raw("d", packed=True, change=lambda data: data.replace(b"HTTP/1.1 200 OK", b"20240503080000 "))
    assert told(others + made("a", packed=True) + dns + made("b", packed=True, kind="resource")) == ["a", "b"]


def _chunked(data: bytes, *, whole: bool = True) -> bytes:
    parts = b"".join(b"%x;ext=1\r\n%b\r\n" % (len(part), part) for part in (data[:7], data[7:]))
    return parts + b"0\r\n\r\n" if whole else parts[:-9]


PACK = {"gzip": gzip.compress, "br": brotli.compress, "zstd": zstandard.compress, "identity": bytes}


@pytest.mark.parametrize("encoding", PACK)
def test_bodies_as_they_were_sent(encoding: str) -> None:
    """In chunks and packed, in one or the other, and where the archive has undone it and kept the headers."""
    data = PACK[encoding](PLAIN)
    both = {"Content_Encoding": encoding, "Transfer_Encoding": "chunked"}
    records = (
        made("both", packed=True, body=_chunked(data), **both),
        made("packed", packed=True, body=data, Content_Encoding=encoding),
        made("unchunked", packed=True, body=data, **both),
        made("undone", packed=True, **both),
    )
    assert told(b"".join(records)) == ["both", "packed", "unchunked", "undone"]


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd"])
def test_bodies_that_are_cut(encoding: str) -> None:
    """By the server: the record is whole."""
    cut = made("a", packed=True, body=PACK[encoding](PLAIN)[:-4], Content_Encoding=encoding)
    assert told(cut) == [f"a [its {encoding} data are cut short]"]
    chunks = made("a", packed=True, body=_chunked(PLAIN, whole=False), Transfer_Encoding="chunked")
    assert told(chunks) == ["a [its chunks are cut short]"]


@pytest.mark.parametrize("stop", [None, -9])
def test_one_gzip_over_all_records(stop: int | None) -> None:
    """Not as the standard has it, but it occurs."""
    found = told(gzip.compress(b"".join(four(packed=False)))[:stop])
    assert found[:3] == ["a", "b", "c"]
    assert found[3:] == (["d"] if stop is None else ["d", f"file:4 {ENDS}"])


@pytest.mark.parametrize("data", [b"", b"no warc at all\n" * 9, gzip.compress(b"x" * 99, mtime=0), b"\x1f\x8b broken"])
def test_what_is_no_warc_is_one_failure(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(data)
    (only,) = read(path)
    assert only.problem is not None


def test_a_warc_without_a_page_says_so() -> None:
    assert told(made("a", packed=False, kind="metadata")) == ["file [the WARC file holds no HTML page]"]
    assert told(b"WARC/1.0\r\nnonsense") == [f"file:1 {CUT}"]


def test_headers_and_lines_without_end() -> None:
    """A packed kilobyte may hold a line of a gigabyte."""
    for bomb in (
        b"WARC/1.0\r\nX: " + b"a" * 5_000_000,
        b"WARC/1.0\r\n" + b"X: a\r\n" * 900_000,
        b"WARC/1.0" + b"\n" * 10**6,
    ):
        found = told(gzip.compress(bomb) + made("b", packed=True))
        assert found[-1] == "b"
        assert len(found) == 2


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=40), st.integers(0, 2000), st.integers(0, 60), st.booleans())
def test_no_damage_is_a_crash_or_another_page(filling: bytes, at: int, lost: int, packed: bool) -> None:
    """Bytes put in and taken out anywhere: every page that is given is one that was written (`told` looks)."""
    data = b"".join(four(packed))
    at = min(at, len(data))
    found = told(data[:at] + filling + data[at + lost :])
    assert len([one for one in found if "[" not in one]) >= 2

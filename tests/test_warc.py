"""WARC files as inputs: pages among much else, and files that are damaged."""

import gzip
from io import BytesIO
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from dateline.models.article import Source
from dateline.sources.inputs import sources

PAGE = "<html><body><p>Nine men died in Gao.</p></body></html>".encode("utf-16")

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


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
def test_only_pages_that_were_fetched_well_are_inputs(tmp_path: Path, name: str) -> None:
    first, second = read(written(tmp_path / name, compressed=name.endswith("gz")))
    assert (first.id, first.url, first.page, first.charset) == (
        "https://news.example/0", "https://news.example/0", PAGE, "utf-16",
    )  # fmt: skip
    assert (second.id, second.page, second.charset) == ("https://news.example/3", PAGE, None)


def test_a_cut_file_gives_what_it_has_and_says_so(tmp_path: Path) -> None:
    path = written(tmp_path / "a.warc", compressed=False)
    path.write_bytes(path.read_bytes()[:-60])
    first, last = read(path)
    assert first.page == PAGE
    assert "cut short" in str(last.problem)


def test_a_cut_gzip_gives_what_it_has_and_says_so(tmp_path: Path) -> None:
    path = written(tmp_path / "a.warc.gz")
    path.write_bytes(path.read_bytes()[:-40])
    found = read(path)
    assert found[0].page == PAGE
    assert found[-1].problem is not None


@pytest.mark.parametrize("data", [b"", b"no warc at all\n" * 9, gzip.compress(b"x" * 99, mtime=0), b"\x1f\x8b broken"])
def test_what_is_no_warc_is_one_failure(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(data)
    (only,) = read(path)
    assert only.problem is not None


def test_a_warc_without_a_page_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(b"WARC/1.0\r\nnonsense")
    (only,) = read(path)
    assert (only.id, only.problem) == ("a.warc", "the WARC file holds no HTML page")

"""Inputs made to break a reader, as far as they are quick: what is lost of them is said, and their neighbours are
unharmed. The larger ones are in benchmarks/hostile.py."""

import gzip
import json
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from benchmarks.hostile_cases import CASES, bomb, page, warc
from dateline.extractors.page import read_page
from dateline.extractors.page.tree import parse
from dateline.flows.reading import Readers
from dateline.flows.shards import light_shards, numbered
from dateline.models.article import Article, Source
from dateline.models.record import Record
from dateline.sources import jsonl
from dateline.sources.inputs import sources

from . import bad_readers
from .steps import steps

STORY = "Two shepherds were killed near Velm on 3 May 2021, the mayor said."
MB = 10**6


def read(body: str, head: str = "") -> Article:
    return read_page(Source(id="x", page=page(body, head)))


DEEP = {
    "around": "<div>" * 3_000 + f"<p>{STORY}</p>" + "</div>" * 3_000,
    "above": "<div>" * 3_000 + "</div>" * 3_000 + f"<p>{STORY}</p>",
    "below": f"<p>{STORY}</p>" + "<div>" * 3_000,
    "in line": "<b><i>" * 2_000 + f"<p>{STORY}</p>",
    "tables": "<table><tr><td>" * 3_000 + f"<p>{STORY}</p>",
    "lists": "<ul><li>" * 3_000 + f"<p>{STORY}</p>",
}


@pytest.mark.parametrize("place", DEEP)
def test_what_is_nested_too_deep_is_read_all_the_same_and_said(place: str) -> None:
    article = read(DEEP[place])
    assert (article.result, STORY in article.text) == ("read", True)
    assert article.page is not None
    assert "nested deeper than 2,048" in article.page.truncated[0]
    assert article.reason == article.page.truncated[0]


def test_a_number_in_a_page_that_is_nested_too_deep_keeps_its_digits() -> None:
    article = read("<div>" * 3_000 + f"<p>{STORY}</p><p>A bomb killed 1<b>4</b>0 people in Velm on Monday.</p>")
    assert "killed 140 people" in article.text


def test_what_no_parse_can_reach_is_said() -> None:
    tree = parse("<h1>" * 3_000 + STORY)
    assert "what stands below that is not read" in tree.lost[0]


def test_a_tag_with_too_many_attributes_loses_them_and_nothing_else() -> None:
    many = " ".join(f'data-a{number}="{number}"' for number in range(20_000))
    article = read(f"<div {many}><p>{STORY}</p></div><p>The mayor had gone up on the Tuesday before, he said.</p>")
    assert article.text.endswith(f"{STORY}\n\nThe mayor had gone up on the Tuesday before, he said.")
    assert article.reason == "the 20,000 attributes of one tag are not read"


@pytest.mark.parametrize(
    "body",
    [
        f'<p title="{"x" * 100_000}">{STORY}</p>',
        f'<p>{STORY}</p><img src="data:image/png;base64,{"A" * 100_000}">',
        f"<p>{STORY}</p><!--{'x' * 100_000}-->",
        f"<p>{STORY}</p>" + "<p>" + "word " * 20_000 + "</p>",
    ],
)
def test_what_is_long_and_within_the_limits_is_not_flagged(body: str) -> None:
    article = read(body)
    assert STORY in article.text
    assert article.page is not None
    assert article.page.truncated == ()


def test_a_page_of_too_many_elements_is_not_read_and_says_so() -> None:
    article = read("<i>x</i>" * 150_001)
    assert (article.result, article.text) == ("failed", "")
    assert "150,005 elements; more than 150,000 are not read" in str(article.reason)
    assert article.page is not None
    assert article.page.truncated == (article.reason,)


@pytest.mark.parametrize("one", ["<p>A line.</p>", "<p>x<br>", "<li>Five men died.</li>", "<div>A line.</div>"])
def test_twice_the_paragraphs_take_about_twice_the_steps(one: str) -> None:
    def work(count: int) -> int:
        return steps(lambda: read(one * count))

    read(one)  # what is made once and kept is no part of it
    assert work(8_000) < 2.5 * work(4_000)


QUICK = [name for name in CASES if CASES[name].quick]


@pytest.mark.slow
def test_each_is_recorded_and_its_neighbours_are_unharmed(tmp_path: Path) -> None:
    good = page(f"<p>{STORY}</p>")
    given = [Source(id="first", page=good)]
    given += [Source(id=name, page=CASES[name].make()) for name in QUICK]
    given += [Source(id="last", page=good)]
    with Readers(seconds=20) as readers:
        first, *between, last = readers.read(given)
    assert [record.id for record in between] == QUICK
    assert [(one.article.result, STORY in one.article.text) for one in (first, last)] == [("read", True)] * 2
    assert (first.facts, first.incidents) == (last.facts, last.incidents)
    for record in between:
        assert record.article.result == "read" or record.article.reason


def body_of(path: Path) -> Source:
    (source,) = sources([str(path)])
    return source


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd"])
def test_a_warc_body_that_unpacks_without_end(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(warc(bomb(encoding, 30 * MB), encoding))
    assert body_of(path).problem == "it is larger than 20,000,000 bytes"


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd", "deflate", "x-gzip"])
def test_a_warc_body_that_is_packed(tmp_path: Path, encoding: str) -> None:
    packed = zlib.compress(b"<p>Five</p>") if encoding == "deflate" else bomb(encoding.removeprefix("x-"), MB)
    path = tmp_path / "a.warc"
    path.write_bytes(warc(packed, encoding))
    found = body_of(path).page or b""
    assert found.startswith((b"<p>Five", b"<html>"))


@pytest.mark.parametrize(("body", "page"), [(b" <p>Five</p>", b" <p>Five</p>"), (b"\x1f\x8b broken", None)])
def test_a_warc_body_that_is_not_packed_as_its_headers_say(tmp_path: Path, body: bytes, page: bytes | None) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(warc(body, "gzip"))
    assert (body_of(path).page, body_of(path).problem is None) == (page, page is not None)


def test_a_warc_body_in_chunks(tmp_path: Path) -> None:
    headers = [("Content-Type", "text/html"), ("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")]
    body = gzip.compress(b"<p>Five</p>")
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    said = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
    writer.write_record(
        writer.create_warc_record("https://a.example/", "response", payload=BytesIO(chunks), http_headers=said)
    )
    path = tmp_path / "a.warc.gz"
    path.write_bytes(out.getvalue())
    assert body_of(path).page == b"<p>Five</p>"


def test_a_warc_that_is_one_long_line(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(b"W" * 3 * MB))
    assert "the WARC file is damaged here: bytes that are no record" in str(body_of(path).problem)


def test_lines_of_jsonl_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "LARGEST", 1_000)
    monkeypatch.setattr(jsonl, "_SKIPPED", 2 << 20)
    monkeypatch.setattr(jsonl, "_BLANK", 100)
    good = json.dumps({"id": "good", "text": STORY}).encode() + b"\n"
    (tmp_path / "long.jsonl.gz").write_bytes(gzip.compress(good + b"a" * 5 * MB + b"\n" + good))
    (tmp_path / "blank.jsonl").write_bytes(good + b"\n" * 200 + good)
    (tmp_path / "spaces.jsonl").write_bytes(good + b" " * 2_000 + b"\n" + good)
    found: dict[str, list[Any]] = {}
    for source in sources([str(tmp_path)]):
        found.setdefault(str(source.origin).rsplit("/", 1)[1], []).append(source.problem)
    assert found == {
        "blank.jsonl": [None, "the file is not read from here on: 100 blank lines"],
        "long.jsonl.gz": [None, "the file is not read from here on: this line is larger than 2,097,152 bytes"],
        "spaces.jsonl": [None, "the line is larger than 1,000 bytes", None],
    }


@pytest.mark.slow
def test_what_takes_too_much_memory_is_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    resource = pytest.importorskip("resource")
    if not hasattr(resource, "RLIMIT_DATA"):
        pytest.skip("nothing bounds memory here")
    monkeypatch.setattr("dateline.flows.reading.MEMORY", 300 * MB)
    given = [Source(id=one, text=STORY) for one in ("a", "memory", "b")]
    with Readers(read=bad_readers.read_badly, prepare=bad_readers.nothing) as readers:
        found: list[Record] = list(readers.read(given))
    assert [record.id for record in found] == ["a", "memory", "b"]
    assert [record.article.reason for record in found] == [None, "it takes more than 300 MB of memory to read", None]


def test_heavy_inputs_make_small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.flows.shards.HEAVY", 100)
    given = [Source(id=str(number), text="x" * size) for number, size in enumerate((60, 60, 1, 1, 1, 200, 1))]
    assert [len(some) for some in light_shards(numbered(given), 3)] == [2, 3, 1, 1]

"""Inputs by the hundred thousand: what is in memory does not grow with them, and their order is always the same."""

import gzip
import json
import os
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from dateline.flows.met import Met
from dateline.models.article import Source
from dateline.sources import ahead, folders, inputs
from dateline.sources.ahead import Ahead, one_after_another
from dateline.sources.archive import Archive, Place, read_capture
from dateline.sources.folders import walk
from dateline.sources.inputs import sources

MANY = 40_000
PARTS = st.sampled_from(["a", "b", "a-b", "a.b", "a b", "A", "é", "a\nb", "0"])


def _peak(work: Callable[[], Any]) -> float:
    """Megabytes of Python's memory that were in use at the same time."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()


def test_the_names_of_a_directory_are_never_in_memory_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "HELD", 3_000)
    count = 0

    def look() -> None:
        nonlocal count
        last = ""
        with ExitStack() as stack:
            for name in folders._sorted((f"{number * 7919 % MANY:06}.html" for number in range(MANY)), stack):
                assert name > last
                last = name
                count += 1

    peak = _peak(look)
    assert count == MANY
    assert peak < 1.5, f"{peak:.1f} MB; all names together take more than 2.5"


def test_the_first_page_of_a_folder_does_not_wait_for_its_other_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
        for number in range(9):
            (tmp_path / name / f"{number}.html").write_text("<p>x</p>")
    looked: list[str] = []
    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", lambda folder: (looked.append(Path(folder).name), scandir(folder))[1])
    assert [source.id for source in islice(sources([str(tmp_path)]), 2)] == ["a/0.html", "a/1.html"]
    assert looked == [tmp_path.name, "a"]


@settings(max_examples=40)
@given(names=st.sets(st.lists(PARTS, min_size=1, max_size=3).map(tuple), max_size=12), held=st.integers(1, 4))
def test_files_come_in_the_order_of_their_whole_paths(
    tmp_path_factory: pytest.TempPathFactory, names: set[tuple[str, ...]], held: int
) -> None:
    folder = tmp_path_factory.mktemp("folder")
    for name in names:
        path = folder.joinpath(*(f"{part}.d" for part in name[:-1]), name[-1])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    before, folders.HELD = folders.HELD, held
    try:
        found = [path.relative_to(folder).as_posix() for path in walk(folder, lambda name: True, refused=list.append)]
    finally:
        folders.HELD = before
    there = (Path(place, file) for place, _, files in os.walk(folder) for file in files)
    assert found == sorted(path.relative_to(folder).as_posix() for path in there)


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    """They may lead round in a circle; links to files are read."""
    (tmp_path / "page.html").write_text("<p>x</p>")
    (tmp_path / "round.html").symlink_to(tmp_path)
    (tmp_path / "other.html").symlink_to(tmp_path / "page.html")
    assert [source.id for source in sources([str(tmp_path)])] == ["other.html", "page.html"]


def test_a_file_of_many_lines_is_a_stream(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl.gz"
    with gzip.open(path, "wt", compresslevel=1) as out:
        for number in range(8_000):
            out.write(json.dumps({"id": str(number), "text": f"Two men died in Gao, says number {number}."}) + "\n")
    peak = _peak(lambda: [None for source in sources([str(path)]) if source.problem])
    assert peak < 2, f"{peak:.1f} MB"


def _warc(path: Path, pages: int, *, size: int = 200) -> Path:
    out = BytesIO()
    writer = WARCWriter(out, gzip=path.suffix == ".gz")
    for number in range(pages):
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        body = BytesIO(f"<p>{path.name} {number}</p>".encode() * size)
        url = f"https://news.example/{path.stem}/{number}"
        writer.write_record(writer.create_warc_record(url, "response", payload=body, http_headers=headers))
    path.write_bytes(out.getvalue())
    return path


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
def test_the_place_of_each_record_is_kept(tmp_path: Path, name: str) -> None:
    """In the source, and in the record of our archive that holds its bytes."""
    path = _warc(tmp_path / name, 4)
    found = list(sources([str(path)]))
    with path.open("rb") as stream:
        for source in found:
            assert source.offset is not None
            stream.seek(source.offset)
            record = next(iter(ArchiveIterator(stream)))
            assert record.rec_headers.get_header("WARC-Target-URI") == source.id
    with Archive(tmp_path / "archive") as archive:
        kept = [archive.keep(source, at=datetime(2021, 5, 4, tzinfo=UTC)) for source in found]
    for source, capture in zip(found, kept, strict=True):
        again, _ = read_capture(tmp_path / "archive", Place(capture.archive_file, capture.archive_offset))
        assert (again.origin, again.offset, again.page) == (str(path), source.offset, source.page)


def test_warc_files_are_read_ahead_and_given_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(6):
        _warc(tmp_path / f"{number}.warc.gz", 30)
    (tmp_path / "2-between.html").write_text("<p>x</p>")
    opened: list[str] = []
    read = inputs.read_warc
    monkeypatch.setattr(inputs, "read_warc", lambda stream, *, name: (opened.append(name), read(stream, name=name))[1])
    found = sources([str(tmp_path)])
    first = next(found)
    assert first.id == "https://news.example/0.warc/0"
    others = [source.id for source in found]
    assert len(opened) == 6
    assert [first.id, *others] == [
        *(f"https://news.example/{number}.warc/{page}" for number in (0, 1) for page in range(30)),
        "2-between.html",
        *(f"https://news.example/{number}.warc/{page}" for number in (2, 3, 4, 5) for page in range(30)),
    ]


def test_no_more_is_read_ahead_than_the_settings_say() -> None:
    made = [0] * 10

    def stream(number: int) -> Callable[[], Iterator[int]]:
        def given() -> Iterator[int]:
            for item in range(500):
                made[number] += 1
                yield item

        return given

    items = one_after_another((stream(number), True) for number in range(10))
    for _ in range(50):
        next(items)
    assert made[0] <= 50 + ahead.READY + 2
    assert all(count <= ahead.READY + 2 for count in made[1 : ahead.AT_ONCE])
    assert not any(made[ahead.AT_ONCE :])
    before = threading.active_count()
    items.close()  # type: ignore[attr-defined]
    assert threading.active_count() == before - ahead.AT_ONCE


def test_what_goes_wrong_in_a_thread_is_told_to_whoever_reads() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise OSError(5, "Input/output error")

    items = iter(Ahead(broken))
    assert next(items) == 1
    with pytest.raises(OSError, match="Input/output"):
        next(items)


def test_a_file_that_cannot_be_read_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        _warc(tmp_path / f"{number}.warc.gz", 2)
    read = inputs.read_warc

    def broken(stream: Any, *, name: str) -> Iterator[Source]:
        if name == "1.warc.gz":
            raise OSError(5, "Input/output error")
        yield from read(stream, name=name)

    monkeypatch.setattr(inputs, "read_warc", broken)
    found = list(sources([str(tmp_path)]))
    assert [source.problem for source in found] == [None, None, "input/output error", None, None]


def test_the_keys_of_many_inputs_take_no_memory_of_ours() -> None:
    """They are in a file of SQLite's, whose cache is bounded."""
    met = Met()

    def come() -> None:
        for number in range(5_000):
            assert met.again("/archive/rows.jsonl", f"row{number}") == 0

    assert _peak(come) < 0.5
    assert [met.again("/archive/rows.jsonl", "row7") for _ in range(3)] == [1, 2, 3]
    assert met.again("/archive/other.jsonl", "row7") == 0
    assert met.note(("a", str(number), 0) for number in range(1_000)) == 1_000
    assert ("a", "7", 0) in met
    assert ("a", "7", 1) not in met


@given(st.lists(st.tuples(st.text(max_size=3), st.text(max_size=3)), max_size=30))
def test_keys_are_counted_as_a_counter_would(keys: list[tuple[str, str]]) -> None:
    met = Met()
    for place, key in enumerate(keys):
        assert met.again(*key) == keys[:place].count(key)

"""Bad input, through the command line: each input has its record with the reason, and its neighbours are unharmed."""

import gzip
import json
import os
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from dateline.flows.cli import main
from dateline.flows.reading import failed, read_one
from dateline.models.article import Source
from dateline.sources import jsonl
from dateline.sources.inputs import sources

pytestmark = pytest.mark.slow  # every call starts a worker process

GOOD = "Two shepherds were killed near Velm on 3 May 2021, the mayor said."
BODY = f"<h1>Two die in Velm</h1><p>{GOOD}</p><p>They had gone up on Tuesday.</p>"
PAGE = f"<html><body><article>{BODY}</article></body></html>"
ROWS = "\n".join(
    [
        json.dumps({"id": "row1", "text": GOOD}),
        '{"id": "row2", "text": ',
        json.dumps({"id": "row3", "text": GOOD}),
        '["no object"]',
        '{"id": "row5"}',
        '{"id": "row6", "path": "../a\\u0000b"}',
        '{"id": "row7", "text": "half a pair \\ud83d of an emoji"}',
    ]
)
DEEP = PAGE.replace("<article>", "<div>" * 300 + "<article>").replace("</article>", "</article>" + "</div>" * 300)

BAD: dict[str, bytes] = {
    "empty.html": b"",
    "empty.txt": b"",
    "spaces.html": b" \n\t ",
    "binary.html": bytes(range(256)) * 64,
    "paper.html": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
    "paper.txt": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
    "cut.jsonl.gz": gzip.compress((ROWS + "\n").encode() * 200)[:-40],
    "no.jsonl.gz": b"this is no gzip file",
    "rows.jsonl": ROWS.encode(),
    "french.txt": "Le ministre a été tué à Velm.".encode("cp1252"),
    "stray.html": PAGE.replace("mayor", "maire évincé").encode().replace(b"Tuesday", b"Tues\xffday"),
    "shout.txt": b"!" * 10_000,
    "deep.html": DEEP.encode(),
    "nul.html": PAGE.replace("killed", "killed\0").encode(),
    "nul.txt": GOOD.replace("killed", "killed\0").encode(),
    "good.html": PAGE.encode(),
    "good.txt": GOOD.encode(),
    "other.doc": b"not ours, and left alone",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All the bad inputs, and two good ones."""
    folder = tmp_path_factory.mktemp("bad")
    for name, data in BAD.items():
        (folder / name).write_bytes(data)
    return folder


def _extract(out: Path, *words: str | Path) -> tuple[int, dict[str, dict[str, Any]]]:
    code = main(["extract", *map(str, words), "-o", str(out)])
    records = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    return code, {record["id"]: record for record in records}


@pytest.fixture(scope="module")
def records(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What `dateline extract` makes of them in one call."""
    code, records = _extract(tmp_path_factory.mktemp("out") / "records.jsonl", folder)
    assert code == 0
    return records


@pytest.mark.parametrize(
    ("name", "result", "words"),
    [
        ("empty.html", "empty", "empty"),
        ("empty.txt", "empty", "no text"),
        ("spaces.html", "empty", "empty"),
        ("binary.html", "failed", "binary"),
        ("paper.html", "failed", "PDF"),
        ("paper.txt", "failed", "PDF"),
        ("no.jsonl.gz:1", "failed", "damaged"),
        ("rows.jsonl:2", "failed", "not JSON"),
        ("rows.jsonl:4", "failed", "no JSON object"),
        ("row5", "failed", "none of"),
        ("row6", "failed", "null byte"),
    ],
)
def test_what_cannot_be_read_says_why(records: dict[str, dict[str, Any]], name: str, result: str, words: str) -> None:
    assert records[name]["result"] == result
    assert words in records[name]["reason"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("good.html", GOOD),
        ("good.txt", GOOD),
        ("row1", GOOD),
        ("row3", GOOD),
        ("row7", "half a pair \ufffd of an emoji"),
        ("french.txt", "Le ministre a été tué à Velm."),
        ("stray.html", "maire évincé"),
        ("shout.txt", "!" * 10_000),
        ("nul.html", "Two shepherds were killed"),
        ("nul.txt", "Two shepherds were killed"),
        ("deep.html", GOOD),
    ],
)
def test_what_can_be_read_is(records: dict[str, dict[str, Any]], name: str, text: str) -> None:
    assert records[name]["result"] == "read"
    assert text in records[name]["text"]


def test_a_cut_file_gives_what_it_has(records: dict[str, dict[str, Any]]) -> None:
    damaged = [
        record for name, record in records.items() if name.startswith("cut.jsonl.gz") and "damaged" in record["reason"]
    ]
    assert len(damaged) == 1
    assert "damaged from here on" in damaged[0]["reason"]


def test_what_is_not_ours_is_left_alone(records: dict[str, dict[str, Any]]) -> None:
    assert "other.doc" not in records


def test_the_exit_code_where_nothing_could_be_read(folder: Path, tmp_path: Path) -> None:
    code, found = _extract(tmp_path / "out.jsonl", folder / "paper.html", folder / "nope.html")
    assert (code, {record["result"] for record in found.values()}) == (1, {"failed"})


def test_a_pdf_without_an_ending_beside_a_good_text(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "paper").write_bytes(BAD["paper.html"])
    code, found = _extract(tmp_path / "out.jsonl", tmp_path / "paper", folder / "good.txt")
    assert (code, found["paper"]["result"], found["good.txt"]["result"]) == (0, "failed", "read")


def test_wrong_calls(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "x", "--published", "June"]) == 2
    assert "no date like" in capsys.readouterr().err
    assert main(["extract", "x", "--jobs", "0"]) == 2
    assert "at least 1" in capsys.readouterr().err
    with pytest.raises(SystemExit, match="2"):
        main(["extract", "x", "-o", str(tmp_path / "no" / "such" / "folder")])
    assert "cannot be written: no such file" in capsys.readouterr().err
    (found,) = sources(["https://example.org/"])
    assert found.problem == "only `dateline ingest` fetches URLs"


def test_a_folder_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Simulated, because no permission keeps the superuser out."""
    (tmp_path / "closed").mkdir()
    (tmp_path / "open.txt").write_text(GOOD)
    scandir = os.scandir

    def refuse(path: Any) -> Any:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = {source.id: source for source in sources([str(tmp_path)])}
    assert found["closed"].problem == "the folder cannot be read: permission denied"
    assert found["open.txt"].problem is None
    (alone,) = sources([str(tmp_path / "closed")])
    assert alone.problem == "it cannot be read: permission denied"


def test_odd_names_and_kinds_of_files(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text(GOOD)
    (tmp_path / "away.html").symlink_to(tmp_path / "nowhere.html")
    os.mkfifo(tmp_path / "pipe.html")
    found = {source.id: source.problem for source in sources([str(tmp_path)])}
    away, pipe = "it is a link that leads nowhere", "it is no regular file"
    assert found == {"caf\ufffd.txt": None, "away.html": away, "pipe.html": pipe}
    alone = sources([str(tmp_path / "away.html"), str(tmp_path / "pipe.html")])
    assert [source.problem for source in alone] == [away, pipe]


def test_files_of_many_inputs_that_hold_none(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text(" \n\n")
    os.mkfifo(tmp_path / "pipe.html")
    (tmp_path / "to-pipe.jsonl").write_text('{"id": "a", "path": "pipe.html"}')
    found = {source.id: source.problem for source in sources([str(tmp_path)])}
    assert found == {
        "rows.jsonl": "the file holds no line",
        "a": "pipe.html is no regular file",
        "pipe.html": "it is no regular file",
    }


def test_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "LARGEST", 100)
    monkeypatch.setattr("dateline.sources.inputs.LARGEST", 100)
    (tmp_path / "large.html").write_bytes(b"a" * 101)
    long = json.dumps({"id": "long", "text": "a" * 3_000_000}).encode()
    (tmp_path / "rows.jsonl").write_bytes(long + b'\n{"id": "short", "text": "a"}\n')
    found = {source.id: source.problem for source in sources([str(tmp_path)])}
    assert found == {
        "large.html": "larger than 100 bytes",
        "rows.jsonl:1": "the line is larger than 100 bytes",
        "short": None,
    }


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("2014-06-12", "2014-06-12"),
        ("2014-06", "2014-06"),
        ("2014-06-12T23:30:00-05:00", "2014-06-12"),
        ("2014-06-31", None),
        ("12/06/2014", None),
        ("", None),
        (20140612, None),
    ],
)
def test_publication_dates(given: object, read: str | None) -> None:
    (found,) = jsonl.read_jsonl(
        BytesIO(json.dumps({"text": "x", "published": given}).encode()), name="x", folder=Path()
    )
    assert found.published == read


def test_the_same_records_from_one_worker_and_from_two(
    folder: Path, tmp_path: Path, records: dict[str, dict[str, Any]]
) -> None:
    assert _extract(tmp_path / "out.jsonl", folder, "--jobs", "2")[1] == records


def test_an_error_in_reading_is_that_source_s_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(source: Source) -> None:
        raise RecursionError("too deep")

    from dateline.flows import reading

    monkeypatch.setattr("dateline.extractors.article.read", fail)
    assert reading.read_one(Source(id="x", text="x")) == failed(
        Source(id="x"), "reading it failed: RecursionError: too deep"
    )


def test_a_publication_date_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "a", "text": "Two men died on Monday.", "published": "June 12, 2014"}\n')
    (source,) = sources([str(tmp_path / "a.jsonl")])
    found = read_one(source)
    assert (found.article.result, found.article.published) == ("read", None)
    assert "June 12, 2014" in str(found.article.reason)

"""From a value back to the bytes it was read from, and all that is known of its page, as a person meets it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.flows.cli import main
from dateline.flows.cli.about import about_lines, beside_lines
from dateline.flows.collecting import collect
from dateline.flows.reading import read_mapped
from dateline.flows.request import IngestRequest
from dateline.models.article import Article, Furniture, PageFacts, Region, Source, Statement
from dateline.models.store import Store, archive_folder

PAGE = """<!doctype html><title>Blast in Aden</title><meta charset=utf-8>
<meta property="og:title" content="Blast in Aden"><meta property="article:published_time" content="2015-03-12">
<link rel=canonical href=https://news.example/blast>
<body><article><h1>Blast in Aden</h1>
<p><b>ADEN</b> &mdash; A bomb killed <b>nine</b>&nbsp;shop&#112;ers and wounded three policemen at a market in Aden
on Tuesday, the hospital said. It lies on the coast, and “the Night” market opens early.</p>
<p>Share this story</p>
<p>The governor of the province said that a search for those behind it had begun, and that two men were held.</p>
</article></body>"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of one page, its text mapped, the last of its bytes unreadable."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "blast.html").write_bytes(PAGE.encode().replace(b"coast", b"coa\xffst"))
    path = folder / "ledger.duckdb"
    collect(IngestRequest(inputs=[str(folder / "blast.html")], db=path, map=True))
    return path


@pytest.fixture
def without_archive(pages: Path) -> Iterator[Path]:
    """That store, its archive taken away."""
    archive = archive_folder(pages)
    archive.rename(archive.with_suffix(".away"))
    yield pages
    archive.with_suffix(".away").rename(archive)


def shoppers(db: Path) -> str:
    """The id of the claim that nine shoppers were killed."""
    with Store.open(db, read_only=True) as store:
        claims = [fact for _, record in store.records() for fact in record.facts["casualties"]]
    (found,) = [claim.id for claim in claims if claim.quote.startswith("nine shoppers")]
    return found


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(list(words))
    said = capsys.readouterr()
    return code, said.out, said.err


def test_explain_shows_the_html_and_the_bytes_of_a_value(pages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capture = (pages.parent / "blast.html").read_bytes()
    code, out, _ = run(capsys, "explain", shoppers(pages), "--db", str(pages))
    flat = " ".join(out.split())
    assert code == 0
    assert "A bomb killed <b>⟦nine</b>&nbsp;shop&#112;ers⟧ and wounded three" in flat
    found = re.search(r"characters (\d+):(\d+), bytes (\d+):(\d+) of ([\d,]+)", flat)
    assert found
    assert capture[int(found[3]) : int(found[4])] == b"nine</b>&nbsp;shop&#112;ers"
    assert found[5] == f"{len(capture):,}"
    assert re.search(r"dateline-000001\.warc\.gz at \d+, record <urn:uuid:[0-9a-f-]{36}>", flat)
    for start, stop in re.findall(r"number .*? bytes (\d+):(\d+)", flat)[:1]:
        assert capture[int(start) : int(stop)] == b"nine"


def test_explain_as_json_has_selectors(pages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capture = (pages.parent / "blast.html").read_bytes()
    code, out, _ = run(capsys, "explain", shoppers(pages), "--format", "json", "--db", str(pages))
    found = json.loads(out)
    (part,) = found["page"]
    assert (code, found["exact"], found["problem"], found["field"]) == (0, True, None, "casualties")
    assert part["html"][1] == "nine</b>&nbsp;shop&#112;ers"
    position, data = part["selectors"]
    assert capture[data["start"] : data["end"]].decode() == part["html"][1]
    assert PAGE[position["start"] : position["end"]] != ""
    assert [one["type"] for one in found["selectors"]] == ["TextPositionSelector", "TextQuoteSelector"]
    assert found["selectors"][1]["exact"] == found["fact"]["quote"] == "nine shoppers"
    assert all(piece["selectors"] and piece["page"] for piece in found["fact"]["evidence"])
    assert found["link"].startswith("https://news.example/blast#:~:text=nine%20shoppers")


def test_explain_goes_on_where_the_archive_is_missing(
    without_archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "explain", shoppers(without_archive), "--db", str(without_archive))
    flat = " ".join(out.split())
    assert code == 0
    assert "cannot be shown: " in flat
    assert "⟦" not in flat
    # The map that was kept still tells which stretch of the page holds the words.
    found = re.search(r"within characters \d+:\d+, bytes (\d+):(\d+)", flat)
    assert found
    capture = (without_archive.parent / "blast.html").read_bytes()
    assert b"<b>nine</b>" in capture[int(found[1]) : int(found[2])]


def test_explain_says_where_a_given_text_stands_in_its_capture(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    story = "A blast in “Old” Aden.\r\n\r\nA bomb killed nine shoppers in Aden on Tuesday, the hospital said.\r\n"
    (tmp_path / "blast.txt").write_bytes(story.encode())
    db = tmp_path / "ledger.duckdb"
    collect(IngestRequest(inputs=[str(tmp_path / "blast.txt")], db=db))
    _, out, _ = run(capsys, "explain", shoppers(db), "--db", str(db))
    found = re.search(r"bytes (\d+):(\d+) of", " ".join(out.split()).split("as it came")[1])
    assert found
    assert story.encode()[int(found[1]) : int(found[2])].decode() == "nine shoppers"


def test_a_page_that_cannot_be_traced_is_read_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: object, **more: object) -> None:
        raise ValueError("no such place")

    monkeypatch.setattr("dateline.extractors.page.byte_map.byte_map", broken)
    record = read_mapped(Source(id="x", page=PAGE.encode()))
    assert (record.article.result, record.text_map) == ("read", ())
    assert record.article.reason == "its text could not be traced to its bytes: ValueError: no such place"


def test_show_an_article_says_where_its_date_is_from_and_what_was_lost(
    pages: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "70")
    code, out, _ = run(capsys, "show", "blast.html", "--db", str(pages))
    flat = " ".join(out.split())
    assert code == 0
    assert "published 2015-03-12, from the page's metadata" in flat
    assert f"page {len(PAGE.encode()) + 1:,} bytes in utf-8" in flat
    assert "1 byte could not be read" in flat
    assert re.search(r"set aside as furniture share Share this story", flat), flat
    assert max(map(len, out.splitlines())) <= 70
    _, out, _ = run(capsys, "show", "blast.html", "--all", "--db", str(pages))
    assert re.search(r"Share this story \(page\.share\.\S+ at \d+\)", " ".join(out.split()))


def test_what_is_known_about_an_article_in_words() -> None:
    stated = {"value": "x", "start": 0, "stop": 7, "where": "text"}
    page = PageFacts(
        size=1234, encoding="gb18030", encoding_from="guess", replaced=3, unseen=1, reversed=2, truncated=("a limit",)
    )
    article = Article(
        result="read", publisher="The Gazette", published="2014-06-12", published_from="text", corrected="2014-06-13",
        authors=("Ruta Holm", "Ada Brok"), page=page,
        about=(
            Statement(**stated, name="published", rule="page.published.dateline", quote="June\n12", inferred=True),
            Statement(**stated, name="corrected", rule="page.corrected.line", quote="Fri"),
        ),
    )  # fmt: skip
    assert list(about_lines(article)) == [
        ("publisher", "The Gazette"),
        ("by", "Ruta Holm; Ada Brok"),
        ("published", "2014-06-12, from its text: “June 12” (inferred, nobody says so; page.published.dateline)"),
        ("corrected", "2014-06-13: “Fri” (page.corrected.line)"),
        ("page", "1,234 bytes in gb18030 (a guess from its bytes)"),
        ("trouble", "3 bytes could not be read (\N{REPLACEMENT CHARACTER} in the text)"),
        ("trouble", "1 character dropped, where nothing shows"),
        ("trouble", "2 characters under a right-to-left override, read as shown"),
        ("trouble", "cut: a limit"),
    ]
    assert next(about_lines(Article(result="read")))[1].startswith("not known")


def test_what_stands_beside_the_text_is_listed_by_kind() -> None:
    tags = tuple(Furniture(kind="tag", rule="page.tag", text=f"T{n}", start=n, stop=n + 2) for n in range(3))
    deck = Region(kind="deck", rule="page.deck", text="A\ndeck", start=0, stop=6, page_start=None, page_stop=None)
    article = Article(result="read", regions=(deck,), furniture=tags)
    assert list(beside_lines(article, every=False)) == [
        ("beside the text", "deck", "A deck"),
        ("set aside as furniture", "tag ×3", "T0"),
    ]
    every = list(beside_lines(article, every=True))
    assert (every[0][2], every[-1][2], len(every)) == ("A deck  (page.deck)", "T2  (page.tag at 2)", 4)


def test_annotations_lead_to_the_text_the_page_and_its_bytes(pages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "export", "--format", "web-annotation", "--db", str(pages))
    found = [json.loads(line) for line in out.splitlines()]
    assert (code, f"{len(found)} annotations" in err) == (0, True)
    (one,) = [one for one in found if one["id"].endswith(shoppers(pages))]
    text, page, data = one["target"]
    assert text["selector"][1]["exact"] == "nine shoppers"
    assert page["source"] == "https://news.example/blast"
    capture = (pages.parent / "blast.html").read_bytes()
    selector = data["selector"]
    assert capture[selector["start"] : selector["end"]] == b"nine</b>&nbsp;shop&#112;ers"


def test_annotations_without_the_archive_say_so(without_archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "export", "--format", "web-annotation", "--db", str(without_archive))
    assert (code, "DataPositionSelector" in out, "selectors of bytes are missing for 1" in err) == (0, False, True)

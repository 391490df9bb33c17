"""`dateline init` and `dateline sources check`, against a site on 127.0.0.1."""

import gzip
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dateline.flows.cli import main
from dateline.sources.collection import Entry
from dateline.sources.discover import LEVELS, discover
from dateline.sources.fetch import Limits
from dateline.sources.fetch_queue import Fetcher

NOW = datetime(2021, 9, 7, tzinfo=UTC)
STORY = """<html><head><title>Two shepherds die near Velm</title><meta property="article:published_time"
content="2021-09-06T08:00:00Z"></head><body><article><h1>Two shepherds die near Velm</h1>
<p>Two shepherds were killed near Velm on Monday when a shell that had lain in the field since the war went off, the
mayor of the town said in a statement that was read on local radio in the evening.</p>
<p>A third man was taken to the hospital of the district town, where doctors said that he would live. The field had been
cleared of mines four years ago, according to the mayor, and nobody could say why the shell had been left.</p>
</article></body></html>"""


def _sitemap(*entries: tuple[str, str], kind: str = "url") -> str:
    listed = "".join(f"<{kind}><loc>{url}</loc><lastmod>{day}</lastmod></{kind}>" for url, day in entries)
    top = "urlset" if kind == "url" else "sitemapindex"
    return f'<{top} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</{top}>'


RSS = "<rss version='2.0'><channel>"
INDEX = (("/new.xml", "2021-09-06"), ("/old.xml", "2019-01-01"), ("/gone.xml", "2021-09-06"))
PAGES = {
    "/feed.xml": f"{RSS}<item><link>/story</link></item><item><link>/b</link></item></channel></rss>",
    "/empty.xml": f"{RSS}<title>Nothing today</title></channel></rss>",
    "/index.xml": _sitemap(*INDEX, kind="sitemap"),
    "/new.xml": _sitemap(("/story", "2021-09-05"), ("/older", "2021-08-01"), ("/latest", "2021-09-06")),
    "/old.xml": _sitemap(("/never", "2021-09-06")),
    "/circle.xml": _sitemap(("/circle.xml", "2021-09-06"), ("/deeper0.xml", "2021-09-06"), kind="sitemap"),
    "/story": STORY,
}


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = PAGES.get(self.path, "").encode()
        if self.path.startswith("/deeper"):  # every index leads to another
            number = int(self.path.removeprefix("/deeper").removesuffix(".xml"))
            body = _sitemap((f"/deeper{number + 1}.xml", "2021-09-06"), kind="sitemap").encode()
        if self.path == "/packed.xml.gz":
            body = gzip.compress(PAGES["/new.xml"].encode())
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html" if self.path == "/story" else "application/xml")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def site() -> Iterator[ThreadingHTTPServer]:
    """A server; `asked` are the paths that it was asked for."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    server.asked = []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def _address(site: ThreadingHTTPServer, path: str) -> str:
    return f"http://127.0.0.1:{site.server_port}{path}"


def _found(site: ThreadingHTTPServer, **source: object) -> tuple[list[str], str | None, tuple[str, ...]]:
    entry = Entry.model_validate({"name": "x", **source})
    with Fetcher(Limits(allow_private=True), pause=0.0) as fetcher:
        found = discover(entry, fetcher, folder=Path(), now=NOW)
    base = _address(site, "")
    return [one.url.removeprefix(base) for one in found.listed], found.problem, found.notes


def test_a_feed_keeps_its_order(site: ThreadingHTTPServer) -> None:
    """And no more than the source is to give in a night."""
    assert _found(site, feed=_address(site, "/feed.xml"))[0] == ["/story", "/b"]
    assert _found(site, feed=_address(site, "/feed.xml"), most=1)[0] == ["/story"]


def test_a_sitemap_index_gives_what_is_new(site: ThreadingHTTPServer) -> None:
    """The latest first; what is old is not even asked for, and what fails is said."""
    listed, problem, notes = _found(site, sitemap=_address(site, "/index.xml"))
    assert (listed, problem) == (["/latest", "/story"], None)
    assert notes == (f"{_address(site, '/gone.xml')}: HTTP 404 Not Found",)
    assert "/old.xml" not in site.asked  # type: ignore[attr-defined]
    assert "/older" in _found(site, sitemap=_address(site, "/index.xml"), days=365)[0]


def test_a_sitemap_kept_as_a_gzip_file(site: ThreadingHTTPServer) -> None:
    """It is unpacked."""
    assert _found(site, sitemap=_address(site, "/packed.xml.gz"))[0] == ["/latest", "/story"]


def test_sitemaps_that_lead_in_circles(site: ThreadingHTTPServer) -> None:
    """Each is asked for once, and so many levels deep."""
    assert _found(site, sitemap=_address(site, "/circle.xml"))[0] == []
    asked = [path for path in site.asked if path.endswith(".xml")]  # type: ignore[attr-defined]
    assert asked == ["/circle.xml", *(f"/deeper{number}.xml" for number in range(LEVELS))]


def test_what_is_no_feed(site: ThreadingHTTPServer) -> None:
    """A page and a missing page."""
    assert _found(site, feed=_address(site, "/story"))[1] == "it is no RSS or Atom feed"
    assert _found(site, feed=_address(site, "/nothing"))[1] == "HTTP 404 Not Found"


def test_init_writes_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that somebody has filled is never overwritten."""
    path = tmp_path / "dateline.toml"
    assert main(["init", str(path)]) == 0
    path.write_text("store = 'mine'", encoding="utf-8")
    assert main(["init", str(path)]) == 1
    assert path.read_text(encoding="utf-8") == "store = 'mine'"
    assert "stays as it is" in capsys.readouterr().err


def test_check_says_what_each_source_gives(
    site: ThreadingHTTPServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Articles, days, how the first is read; and what is wrong with the others."""
    path = tmp_path / "dateline.toml"
    sources = (
        f"name = 'Velm Post'\nfeed = '{_address(site, '/feed.xml')}'\nexpect = [5, 9]",
        f"name = 'Gone'\nfeed = '{_address(site, '/nothing')}'",
        f"name = 'Quiet'\nfeed = '{_address(site, '/empty.xml')}'",
        "name = 'Disk'\nfolder = '.'",
        "name = 'Old'\nwarc = 'old/*.warc.gz'",
    )
    listed = "\n".join(f"[[source]]\n{source}" for source in sources)
    path.write_text(f"[fetch]\npause = 0.0\nallow_private = true\n{listed}", encoding="utf-8")
    assert main(["sources", "check", "--collection", str(path)]) == 1
    said = capsys.readouterr().out
    for words in (
        "lists 2 articles, without dates",
        "unusual: 5 to 9 are expected",
        "the first reads: Two shepherds die near Velm (2021-09-06",
        "gives nothing: HTTP 404 Not Found",
        "lists no article",
        "1 on disk",
        "there is no such file",
    ):
        assert words in said


def test_check_without_a_collection(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What to do is said."""
    assert main(["sources", "check", "--collection", str(tmp_path / "none.toml")]) == 2
    assert "`dateline init` writes one" in capsys.readouterr().err

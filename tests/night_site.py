"""An invented news site of 200 stories on 127.0.0.1, with everything a night may bring.

`NightSite(night)` serves it as it is on the first or the second night: on the second some stories have changed, one has
vanished and a few are new. Beside the stories it has a feed, a sitemap index, robots.txt with a place nobody may look
at, and pages that loop, drip, hang, explode, fail and ask to be left alone.
"""

import contextlib
import gzip
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

STORIES = 200
CHANGED, NEW = 7, 5  # stories, between the nights; one more vanishes
PLACES = ("Datta Khel", "Miranshah", "Marib", "Raqqa", "Kunduz", "Baidoa", "Gao", "Maiduguri", "Mosul", "Aden")
WHO = ("shepherds", "soldiers", "farmers", "police officers", "traders", "militants", "teachers", "drivers")
HOW = (
    "when a shell hit the bus station",
    "in an exchange of fire at a checkpoint",
    "when a mine went off on the road out of town",
    "in an air strike on a warehouse",
)
BOMB = gzip.compress(b"<p>a</p>" * 8_000_000)
BAD = ("/loop", "/drip", "/hang", "/bomb", "/busy-host-only", "/private/notes", "/broken", "/picture.png")
HANG = 60.0  # seconds, far beyond any deadline of a test
COLLECTION = """[fetch]
pause = 0.0
seconds = {seconds}
largest_mb = 5
allow_private = true

[[source]]
name = "Feed"
feed = "{base}/feed.xml"
{expect}
[[source]]
name = "Sitemap"
sitemap = "{base}/sitemap.xml"

[[source]]
name = "Gone"
feed = "{base}/no-feed.xml"
"""


def story(number: int, *, night: int) -> str:
    """A story's page: the same number always tells the same, but for those that are changed on the second night."""
    dead = 2 + number % 9
    if night == 2 and number < CHANGED:
        dead += 3
    day = 1 + number % 27
    place, who, how = PLACES[number % 10], WHO[number % 8], HOW[number % 4]
    title = f"{dead} {who} killed in {place}"
    return f"""<!doctype html><html lang="en"><head><title>{title} - The Night Post</title>
<meta property="og:site_name" content="The Night Post">
<meta property="article:published_time" content="2024-05-{day:02}T18:00:00Z"></head><body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>{title}</h1>
<p>{dead} {who} were killed in {place} on Monday {how}, a spokesman for the provincial governor said.</p>
<p>Story {number} of the desk: {number % 5 + 1} people were wounded and taken to the town's hospital, where doctors said
that they were out of danger. Residents said that the road had been closed since the early morning.</p>
<p>Nobody has said who was behind it. The ministry of the interior said that it would look into what had happened.</p>
<p>Read more: <a href="/s/{(number + 1) % 7}">what happened the day before</a></p></article>
<footer>Copyright The Night Post</footer></body></html>"""


def collection(base: str, *, seconds: float = 1.0, expect: str = "") -> str:
    """What a dateline.toml says to read the site, and a feed that is gone; `seconds` is what a page may take."""
    return COLLECTION.format(base=base, seconds=seconds, expect=expect)


def numbers(night: int, stories: int = STORIES) -> list[int]:
    """The stories that the site lists; of those of the first night the last has vanished on the second."""
    if night == 1:
        return list(range(stories))
    return [number for number in range(stories + NEW) if number != stories - 1]


class NightSite(ThreadingHTTPServer):
    """The site on one night; `asked` counts the requests for each path, `answered` the answers of each status."""

    daemon_threads = True

    def __init__(self, night: int, *, port: int = 0, stories: int = STORIES) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.night = night
        self.listed = numbers(night, stories)
        self.asked: Counter[str] = Counter()
        self.answered: Counter[int] = Counter()

    @property
    def base(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def night_site(night: int = 1, *, port: int = 0, stories: int = STORIES) -> Iterator[NightSite]:
    """The site, running."""
    site = NightSite(night, port=port, stories=stories)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    try:
        yield site
    finally:
        site.shutdown()
        site.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: NightSite

    def do_GET(self) -> None:
        self.server.asked[self.path] += 1
        with contextlib.suppress(OSError):  # whoever asked has had enough
            self._answer()

    def _answer(self) -> None:
        night = self.server.night
        if self.path.startswith("/s/"):
            self._story(int(self.path.removeprefix("/s/")), night)
        elif self.path == "/feed.xml":
            self._send(_feed(self.server), kind="application/rss+xml")
        elif self.path == "/sitemap.xml":
            self._send(_index(self.server.base), kind="application/xml")
        elif self.path.startswith("/sitemap-"):
            half = int(self.path.removeprefix("/sitemap-").removesuffix(".xml"))
            self._send(_sitemap(self.server, half), kind="application/xml")
        elif self.path == "/robots.txt":
            self._send("User-agent: *\nDisallow: /private/\n", kind="text/plain")
        else:
            self._misbehave()

    def _story(self, number: int, night: int) -> None:
        if number not in self.server.listed:
            self._send("gone", status=410)
            return
        page = story(number, night=night)
        tag = f'"{number}-{night if night == 2 and number < CHANGED else 1}"'
        if self.headers["If-None-Match"] == tag:
            self._send("", status=304)
        else:
            self._send(page, ETag=tag)

    def _misbehave(self) -> None:
        if self.path == "/loop":
            self._send("", status=302, Location="/loop")
        elif self.path == "/drip":
            self.send_response(200)
            self.end_headers()
            for _ in range(int(HANG / 0.2)):
                self.wfile.write(b"a")
                self.wfile.flush()
                time.sleep(0.2)
        elif self.path == "/hang":
            time.sleep(HANG)
        elif self.path == "/bomb":
            self._send_bytes(BOMB, Content_Encoding="gzip")
        elif self.path == "/broken":
            self._send("", status=500)
        elif self.path == "/picture.png":
            self._send_bytes(b"\x89PNG", kind="image/png")
        else:
            self._send("not here", status=404)

    def _send(self, text: str, *, status: int = 200, kind: str = "text/html; charset=utf-8", **headers: str) -> None:
        self._send_bytes(text.encode(), status=status, kind=kind, **headers)

    def _send_bytes(self, body: bytes, *, status: int = 200, kind: str = "text/html", **headers: str) -> None:
        self.server.answered[status] += 1
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


def _feed(site: NightSite) -> str:
    """The first half of the stories and all that misbehaves."""
    half = len(site.listed) // 2
    urls = [f"{site.base}/s/{number}" for number in site.listed[:half]] + [site.base + path for path in BAD]
    items = "".join(f"<item><link>{url}?utm_source=feed</link></item>" for url in urls)
    return f"<rss version='2.0'><channel><title>The Night Post</title>{items}</channel></rss>"


def _index(base: str) -> str:
    listed = "".join(f"<sitemap><loc>{base}/sitemap-{half}.xml</loc></sitemap>" for half in (1, 2))
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</sitemapindex>'


def _sitemap(site: NightSite, half: int) -> str:
    """Stories that the feed lists too, and those that it does not."""
    quarter, middle = len(site.listed) // 4, len(site.listed) * 2 // 3
    own = site.listed[quarter:middle] if half == 1 else site.listed[middle:]
    listed = "".join(f"<url><loc>{site.base}/s/{number}</loc></url>" for number in own)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'

"""A server on 127.0.0.1 that misbehaves in every way that a fetcher must survive."""

import contextlib
import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = b"<html><body><p>Two shepherds were killed near Velm.</p></body></html>"
BOMB = gzip.compress(b"a" * 50_000_000)
SINCE = "Mon, 06 Sep 2021 16:45:00 GMT"
asked: list[str] = []  # how often a page in trouble was asked for

Handler = BaseHTTPRequestHandler


def _send(handler: Handler, body: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in {"Content_Type": "text/html", "Content_Length": str(len(body)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def _moved(handler: Handler, target: str) -> None:
    _send(handler, b"", 302, Location=target)


def _drip(handler: Handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b"a")
        handler.wfile.flush()
        time.sleep(0.1)


def _drip_headers(handler: Handler) -> None:
    for _ in range(100):
        handler.wfile.write(b"a")
        handler.wfile.flush()
        time.sleep(0.1)


def _endless(handler: Handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"a" * 65536)


def _unless_known(handler: Handler) -> None:
    """304 to whoever has the page already."""
    if handler.headers["If-None-Match"] == '"1"' or handler.headers["If-Modified-Since"] == SINCE:
        _send(handler, b"", 304)
    else:
        _send(handler, PAGE, ETag='"1"', Last_Modified=SINCE)


def _shaky(handler: Handler) -> None:
    """In trouble twice, then well."""
    asked.append(handler.path)
    _send(handler, PAGE if len(asked) > 2 else b"", 200 if len(asked) > 2 else 502)


PATHS: dict[str, Callable[[Handler], None]] = {
    "/page": lambda handler: _send(handler, PAGE, Content_Type="text/html; charset=windows-1252", ETag='"1"'),
    "/gzip": lambda handler: _send(handler, gzip.compress(PAGE), Content_Encoding="gzip"),
    "/two-members": lambda handler: _send(handler, gzip.compress(PAGE) * 2, Content_Encoding="gzip"),
    "/cut-gzip": lambda handler: _send(handler, gzip.compress(PAGE)[:-9], Content_Encoding="gzip"),
    "/not-gzip": lambda handler: _send(handler, PAGE, Content_Encoding="gzip"),
    "/other-encoding": lambda handler: _send(handler, PAGE, Content_Encoding="compress"),
    "/changing": lambda handler: _unless_known(handler),
    "/shaky": lambda handler: _shaky(handler),
    "/bomb": lambda handler: _send(handler, BOMB, Content_Encoding="gzip"),
    "/short": lambda handler: _send(handler, PAGE, Content_Length="999"),
    "/missing": lambda handler: _send(handler, b"no", 404),
    "/busy": lambda handler: _send(handler, b"", 429, Retry_After="3600"),
    "/picture": lambda handler: _send(handler, b"\x89PNG", Content_Type="image/png"),
    "/text": lambda handler: _send(handler, b"Two people were killed.", Content_Type="text/plain"),
    "/moved": lambda handler: _moved(handler, "/page"),
    "/circle": lambda handler: _moved(handler, "/circle2"),
    "/circle2": lambda handler: _moved(handler, "/circle"),
    "/file": lambda handler: _moved(handler, "file:///etc/passwd"),
    "/inside": lambda handler: _moved(handler, "http://169.254.169.254/latest/"),
    "/drip": _drip,
    "/drip-headers": _drip_headers,
    "/endless": _endless,
    "/private/page": lambda handler: _send(handler, PAGE),
    "/robots.txt": lambda handler: _send(handler, b"User-agent: *\nDisallow: /private/", Content_Type="text/plain"),
}


class BadSite(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        hop = self.path.removeprefix("/hop/")
        if hop.isdigit():
            _moved(self, f"/hop/{int(hop) + 1}")
            return
        with contextlib.suppress(OSError):  # the fetcher has had enough, as it should
            PATHS.get(self.path, PATHS["/missing"])(self)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@contextmanager
def bad_site() -> Iterator[str]:
    """Its address while it runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BadSite)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()

"""A server on 127.0.0.1 for each limit of the fetcher: it sends without end, swells, drips, hangs, and redirects."""

import contextlib
import gzip
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

DRIP = 0.05  # seconds between two bytes
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
XML = b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n"
BLOCK = b"a" * 65_536
SWOLLEN = 60_000_000  # bytes that a bomb unpacks to
ENTRIES = 60  # of each sitemap index


@dataclass
class Server:
    """Where it listens, and the paths that it was asked for. `pause` is how long a slow redirect takes."""

    base: str
    pause: float
    asked: list[str] = field(default_factory=list)


Script = Callable[[Server, socket.socket, str], None]


def _endless(head: bytes, block: bytes) -> Script:
    """A head, and then the same bytes as long as anybody listens."""

    def script(server: Server, to: socket.socket, path: str) -> None:
        to.sendall(head)
        while True:
            to.sendall(block)

    return script


def _drip(head: bytes, part: bytes) -> Script:
    """A head, and then a few bytes now and again."""

    def script(server: Server, to: socket.socket, path: str) -> None:
        to.sendall(head)
        while True:
            time.sleep(DRIP)
            to.sendall(part)

    return script


def _hang(head: bytes) -> Script:
    """A head, and then nothing until the other side has had enough."""

    def script(server: Server, to: socket.socket, path: str) -> None:
        to.sendall(head)
        while to.recv(4096):
            pass

    return script


def _sent(head: bytes, body: bytes) -> Script:
    """A body of known length."""

    def script(server: Server, to: socket.socket, path: str) -> None:
        to.sendall(head + f"Content-Length: {len(body)}\r\n\r\n".encode() + body)

    return script


def _redirect(server: Server, to: socket.socket, path: str) -> None:
    """To the same with one more at its end, for ever; /redirect-slow takes its time for each."""
    if "slow" in path:
        time.sleep(server.pause)
    to.sendall(f"HTTP/1.1 302 Found\r\nLocation: {path}1\r\nContent-Length: 0\r\n\r\n".encode())


def _index(server: Server, to: socket.socket, path: str) -> None:
    """A sitemap index of sitemap indexes, for ever."""
    listed = "".join(f"<sitemap><loc>{server.base}{path}-{number}</loc></sitemap>" for number in range(ENTRIES))
    _sent(XML, f"<sitemapindex {_NAMESPACE}>{listed}</sitemapindex>".encode())(server, to, path)


def _bomb(encoding: str) -> Script:
    def script(server: Server, to: socket.socket, path: str) -> None:
        head = OK + f"Content-Encoding: {encoding}\r\n".encode()
        _sent(head, _packed(encoding))(server, to, path)

    return script


def _packed(encoding: str) -> bytes:
    if encoding not in _BOMBS:
        data = b"a" * SWOLLEN
        if encoding == "br":
            import brotli

            _BOMBS[encoding] = brotli.compress(data, quality=5)
        elif encoding == "zstd":
            import zstandard

            _BOMBS[encoding] = zstandard.compress(data)
        else:
            _BOMBS[encoding] = (gzip.compress if encoding == "gzip" else zlib.compress)(data)
    return _BOMBS[encoding]


def _packed_sitemap(server: Server, to: socket.socket, path: str) -> None:
    listed = f"<urlset {_NAMESPACE}>" + " " * SWOLLEN
    _sent(OK, gzip.compress(listed.encode(), compresslevel=1))(server, to, path)


_BOMBS: dict[str, bytes] = {}
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">'
    + b"".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">'.encode() for at in range(1, 10))
    + b"]>"
)

SCRIPTS: dict[str, Script] = {
    "header-line": _endless(OK + b"X: ", BLOCK),
    "header-count": _endless(OK, b"X: a\r\n" * 1000),
    "continue": _endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000),
    "body": _endless(OK + b"\r\n", BLOCK),
    "body-length": _endless(OK + b"Content-Length: 1000000000000\r\n\r\n", BLOCK),
    "body-chunked": _endless(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + BLOCK + b"\r\n"),
    "chunk-sizes": _endless(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1;" + BLOCK[:60_000] + b"\r\na\r\n"),
    "trailers": _endless(OK + b"Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n", b"X: a\r\n" * 1000),
    "body-of-404": _endless(b"HTTP/1.1 404 Not Found\r\n\r\n", BLOCK),
    "body-of-302": _endless(b"HTTP/1.1 302 Found\r\nLocation: /body\r\n\r\n", BLOCK),
    **{f"bomb-{encoding}": _bomb(encoding) for encoding in ("gzip", "deflate", "br", "zstd")},
    "redirect": _redirect,
    "redirect-slow": _redirect,
    "drip-status": _drip(b"", b"H"),
    "drip-headers": _drip(OK, b"X: a\r\n"),
    "drip-header": _drip(OK + b"X: ", b"a"),
    "drip-continue": _drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "drip-body": _drip(OK + b"\r\n", b"a"),
    "drip-chunks": _drip(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
    "drip-gzip": _drip(OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"a", mtime=0)[:10], b"\0\0\0\xff\xff"),
    "hang": _hang(b""),
    "hang-in-headers": _hang(OK),
    "hang-in-body": _hang(OK + b"Content-Length: 100\r\n\r\n<p>"),
    "sitemap-packed": _packed_sitemap,
    "sitemap-index": _index,
    "sitemap-entities": _sent(XML, _LAUGHS + b"<urlset><url><loc>http://127.0.0.1/&a9;</loc></url></urlset>"),
    "feed-entities": _sent(
        XML, _LAUGHS + b"<rss version='2.0'><channel><item><link>http://127.0.0.1/&a9;</link></item></channel></rss>"
    ),
}


@contextmanager
def made_for_it(what: str, *, robots: str | None = None, pause: float = 0.0) -> Iterator[Server]:
    """A server that does `what` at every path but /robots.txt, where it does `robots`, or has none."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listening:
        server = Server(f"http://127.0.0.1:{listening.getsockname()[1]}", pause)
        threading.Thread(target=_serve, args=(listening, server, what, robots), daemon=True).start()
        yield server
        with contextlib.suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)


def _serve(listening: socket.socket, server: Server, what: str, robots: str | None) -> None:
    while True:
        try:
            to, _ = listening.accept()
        except OSError:
            return
        threading.Thread(target=_answer, args=(to, server, what, robots), daemon=True).start()


def _answer(to: socket.socket, server: Server, what: str, robots: str | None) -> None:
    with to, contextlib.suppress(OSError):  # whoever asked has had enough
        head = b""
        while b"\r\n\r\n" not in head:
            if not (more := to.recv(65_536)):
                return
            head += more
            if head[:1] == b"\x16":  # a TLS handshake: it is left waiting
                _hang(b"")(server, to, "")
                return
        path = head.split(b" ")[1].decode("latin-1")
        server.asked.append(path)
        script = SCRIPTS.get(str(robots)) if path.startswith("/robots.txt") else SCRIPTS[what]
        (script or _missing)(server, to, path)


def _missing(server: Server, to: socket.socket, path: str) -> None:
    to.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")

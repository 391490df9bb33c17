"""Every limit of the fetcher, hit by a server made for it: `python -m benchmarks.guard --caps`.

Bytes are counted where the socket gives them, and where a decoder gives them; the time is that of the whole call. A
limit holds where no more than twice the cap was read and decoded, and the time ended within a second of the deadline.
"""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

from benchmarks.guard_server import Server, made_for_it
from dateline.sources import discover as discovering
from dateline.sources import fetch_body, fetch_connection, fetch_queue, robots
from dateline.sources.collection import Entry
from dateline.sources.discover import discover
from dateline.sources.fetch import REDIRECTS, Limits, fetch
from dateline.sources.fetch_queue import Fetcher
from dateline.sources.robots import read_robots

SLACK = 1.0  # seconds after the deadline
_AGAIN = " (to be tried again)"
NOW = datetime(2024, 5, 3, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Caps:
    """The limits that are tried, small ones for a test."""

    seconds: float = 2.0
    largest: int = 1_000_000
    lines: int = fetch_connection.LINES
    robots: int = robots.LARGEST
    sitemap: int = 2_000_000
    sitemaps: int = 10

    @property
    def limits(self) -> Limits:
        """For a fetch from the server on 127.0.0.1."""
        return Limits(seconds=self.seconds, largest=self.largest, allow_private=True)


Take = Callable[[Server, Caps], str]


@dataclass(frozen=True, kw_only=True)
class Case:
    """One limit: what the server does, how it is asked, which cap of `Caps` bounds the bytes, and what must be said.
    `asked` is the most requests there may be, and so many sitemaps more on each of `levels`; `drips` marks what ends at
    the deadline and not before."""

    name: str
    does: str
    take: Take
    cap: str
    says: str
    robots: str | None = None
    asked: int = 1
    levels: int = 0
    drips: bool = False


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What came of a case. `read` are bytes from the socket, `decoded` those that decoders gave."""

    case: Case
    cap: int
    most: int
    read: int
    decoded: int
    asked: int
    seconds: float
    deadline: float
    said: str

    @property
    def faults(self) -> list[str]:
        """What does not hold."""
        late = self.seconds > self.deadline + SLACK
        early = self.case.drips and self.seconds < self.deadline
        found = {
            f"{self.read:,} bytes were read": self.read > 2 * self.cap,
            f"{self.decoded:,} bytes were decoded": self.decoded > 2 * self.cap,
            f"it took {self.seconds:.2f} s": late or early,
            f"{self.asked} requests": self.asked > self.most,
            "it would be tried again": self.case.drips and _AGAIN in self.said,
            f"it said {self.said!r}": self.case.says not in self.said,
        }
        return [words for words, wrong in found.items() if wrong]


def _page(server: Server, caps: Caps) -> str:
    found = fetch(f"{server.base}/x", caps.limits)
    return str(found.problem) + (_AGAIN if found.passing else "")


def _slow_redirects(server: Server, caps: Caps) -> str:
    return str(fetch(f"{server.base}/redirect-slow", caps.limits).problem)


def _tls(server: Server, caps: Caps) -> str:
    return str(fetch(server.base.replace("http:", "https:") + "/x", caps.limits).problem)


def _name(server: Server, caps: Caps) -> str:
    """A resolver that does not answer."""

    def wait(*given: Any, **options: Any) -> None:
        time.sleep(caps.seconds + 2 * SLACK)

    with mock.patch("socket.getaddrinfo", wait):
        return str(fetch("http://slow.example/", caps.limits).problem)


def _robots(server: Server, caps: Caps) -> str:
    return str(read_robots(server.base, caps.limits).problem)


def _listing(kind: str) -> Take:
    def take(server: Server, caps: Caps) -> str:
        entry = Entry(name="x", **{kind: f"{server.base}/{kind}"})  # type: ignore[arg-type]
        with Fetcher(caps.limits, pause=0.0) as fetcher:
            found = discover(entry, fetcher, folder=Path(), now=NOW)
        return str(found.problem or f"{len(found.listed)} addresses")

    return take


def _case(does: str, says: str, **said: Any) -> Case:
    """A page; what it is named after is what the server does."""
    return Case(**{"name": does, "does": does, "take": _page, "cap": "largest", "says": says, **said})


_LATE = "it took longer than"
CASES = [
    _case("header-line", "got more than 65536 bytes", cap="lines"),
    _case("header-count", "got more than 100 headers", cap="lines"),
    _case("continue", "headers are larger", cap="lines"),
    _case("chunk-sizes", "headers are larger", cap="lines"),
    _case("trailers", "headers are larger", cap="lines"),
    _case("body", "larger than"),
    _case("body-length", "larger than"),
    _case("body-chunked", "larger than"),
    _case("body-of-404", "HTTP 404"),
    _case("body-of-302", "in a circle", asked=2),
    *(_case(f"bomb-{encoding}", "larger than") for encoding in ("gzip", "deflate", "br", "zstd")),
    _case("redirect", f"more than {REDIRECTS} times", asked=REDIRECTS + 1),
    _case("redirect-slow", _LATE, take=_slow_redirects, asked=REDIRECTS + 1, drips=True),
    *(
        _case(what, _LATE, drips=True)
        for what in ("drip-status", "drip-headers", "drip-header", "drip-continue", "drip-body", "drip-chunks")
    ),
    *(_case(what, _LATE, drips=True) for what in ("drip-gzip", "hang", "hang-in-headers", "hang-in-body")),
    Case(name="hang-in-tls", does="hang", take=_tls, cap="largest", says=_LATE, drips=True),
    Case(name="hang-in-dns", does="hang", take=_name, cap="largest", says="not resolved in time", drips=True),
    *(
        Case(name=f"robots-{what}", does="body", take=_robots, robots=what, cap="robots", says=says, **said)
        for what, says, said in (
            ("body", "larger than", {}),
            ("bomb-gzip", "larger than", {}),
            ("drip-body", _LATE, {"drips": True}),
            ("hang", _LATE, {"drips": True}),
            ("redirect", "more than", {"asked": REDIRECTS + 1}),
        )
    ),
    Case(name="feed-body", does="body", take=_listing("feed"), cap="largest", says="larger than", asked=2),
    Case(name="feed-drip", does="drip-body", take=_listing("feed"), cap="largest", says=_LATE, asked=2, drips=True),
    Case(name="feed-entities", does="feed-entities", take=_listing("feed"), cap="largest", says="", asked=2),
    Case(name="sitemap-body", does="body", take=_listing("sitemap"), cap="largest", says="larger than", asked=2),
    Case(
        name="sitemap-packed", does="sitemap-packed", take=_listing("sitemap"), cap="sitemap", says="unpacks", asked=2
    ),
    Case(
        name="sitemap-index",
        does="sitemap-index",
        take=_listing("sitemap"),
        cap="sitemap",
        says="0 add",
        asked=2,
        levels=discovering.LEVELS,
    ),
    Case(name="sitemap-entities", does="sitemap-entities", take=_listing("sitemap"), cap="sitemap", says="", asked=2),
]


@dataclass
class _Count:
    read: int = 0
    decoded: int = 0


@contextmanager
def _counting() -> Iterator[_Count]:
    """Count what the sockets of answers give, and what comes out of decoders."""
    count = _Count()
    receive, bounded, unpacking = socket.socket.recv_into, fetch_body._bounded, discovering.zlib.decompressobj

    def received(own: socket.socket, *given: Any, **options: Any) -> int:
        size = receive(own, *given, **options)
        count.read += size
        return size

    def decoded(chunks: Any, largest: int) -> Any:
        def pieces() -> Iterator[bytes]:
            for chunk in chunks:
                count.decoded += len(chunk)
                yield chunk

        return bounded(pieces(), largest)

    class Unpacking:
        def __init__(self, window: int) -> None:
            self._inner = unpacking(window)

        def decompress(self, data: bytes, most: int = 0) -> bytes:
            found = self._inner.decompress(data, most)
            count.decoded += len(found)
            return found

        def __getattr__(self, name: str) -> Any:
            return getattr(self._inner, name)

    with (
        mock.patch("socket.socket.recv_into", received),
        mock.patch.object(fetch_body, "_bounded", decoded),
        mock.patch.object(discovering, "zlib", _but(discovering.zlib, decompressobj=Unpacking)),
    ):
        yield count


def _but(module: Any, **other: Any) -> SimpleNamespace:
    """A module as it is, but for these names."""
    return SimpleNamespace(**{**vars(module), **other})


def measured(case: Case, caps: Caps) -> Measured:
    """Let a server do what the case says, and count."""
    with ExitStack() as during:
        for owner, name, value in (
            (fetch_connection, "LINES", caps.lines),
            (robots, "LARGEST", caps.robots),
            (discovering, "LARGEST", caps.sitemap),
            (discovering, "SITEMAPS", caps.sitemaps),
            (fetch_queue, "TRIES", 1),
        ):
            during.enter_context(mock.patch.object(owner, name, value))
        server = during.enter_context(made_for_it(case.does, robots=case.robots, pause=caps.seconds * 0.4))
        count = during.enter_context(_counting())
        began = time.monotonic()
        said = case.take(server, caps)
        took = time.monotonic() - began
    return Measured(
        case=case,
        cap=getattr(caps, case.cap),
        most=case.asked + case.levels * caps.sitemaps,
        read=count.read,
        decoded=count.decoded,
        asked=len(server.asked),
        seconds=took,
        deadline=caps.seconds,
        said=said,
    )


def caps() -> list[str]:
    """Print a line for each limit; returns what does not hold."""
    print("a deadline of 2 s; bytes read from the socket, and decoded, against the cap\n")
    print(f"{'server':18}{'cap':>10}{'read':>10}{'decoded':>10}{'asked':>6}{'seconds':>8}  what was said")
    found = []
    for case in CASES:
        one = measured(case, Caps())
        numbers = f"{one.cap:10,}{one.read:10,}{one.decoded:10,}{one.asked:6}{one.seconds:8.2f}"
        print(f"{case.name:18}{numbers}  {one.said[:44]}", flush=True)
        found += [f"{case.name}: {words}" for words in one.faults]
    print(f"\n{len(CASES)} limits, {len(found)} do not hold" + "".join(f"\n{line}" for line in found))
    return found

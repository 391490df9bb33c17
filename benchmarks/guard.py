"""Does anything lead the fetcher to an address inside? Every spelling of such addresses, by every route.

    python -m benchmarks.guard [--caps]

guard_addresses.csv has the spellings. Each goes the way of a page (given, redirect, robots.txt, feed, sitemap, DNS)
through the code that a night uses. Names and connections are intercepted at the lowest level: a "public" site is a
server on 127.0.0.1, and every other connection is counted and comes to nothing. Exit code 1 where there is one, or
where the control, a public address, was not asked by some route: then nothing would be shown.

`--caps` has the limits of time and size instead (guard_caps.py).
"""

import argparse
import csv
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from string import ascii_uppercase
from typing import Any
from unittest import mock
from weakref import WeakKeyDictionary

from dateline.sources import fetch_queue
from dateline.sources.collection import Entry
from dateline.sources.discover import discover
from dateline.sources.fetch import Limits
from dateline.sources.fetch_queue import Fetcher, fetch_all

PUBLIC = "93.184.216.34"
NAME = "public.example"  # is at PUBLIC
PAGE = b"<html><body><p>Two shepherds were killed near Velm.</p></body></html>"
NOW = datetime(2024, 5, 3, tzinfo=UTC)


@dataclass(frozen=True)
class Spelling:
    """One way to write an address inside, and the address that it stands for."""

    kind: str
    url: str
    address: str


CONTROL = Spelling("control", f"http://{NAME}/page", PUBLIC)


def spellings() -> list[Spelling]:
    """Those of guard_addresses.csv."""
    with Path(__file__).with_name("guard_addresses.csv").open(encoding="utf-8", newline="") as file:
        return [Spelling(row["kind"], row["url"], row["address"]) for row in csv.DictReader(file)]


@dataclass
class Net:
    """What stands between the fetcher and the network. `answers` has what a name stands for, lookup by lookup (the last
    for all that follow); `made` counts connections to anything but PUBLIC, `asked` those to it."""

    port: int
    answers: dict[str, list[list[str]]] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)
    asked: int = 0

    def look_up(self, real: Callable[..., Any], host: str, port: int, *given: Any, **options: Any) -> Any:
        """In the place of getaddrinfo, which still reads numbers of all kinds and the machine's own names."""
        name = host.lower().rstrip(".")
        if name == NAME:
            found = [PUBLIC]
        elif lookups := self.answers.get(name):
            found = lookups.pop(0) if len(lookups) > 1 else lookups[0]
        else:
            own = name == "localhost" or name.endswith(".localhost")
            return real(host, port, *given, **options, **({} if own else {"flags": socket.AI_NUMERICHOST}))
        return [answer for one in found for answer in real(one, port, *given, **options, flags=socket.AI_NUMERICHOST)]


@contextmanager
def net() -> Iterator[Net]:
    """A network in which PUBLIC is a site of ours, and where no other address is reached. Threads that
    are there already (a Prefect client's, of an earlier test) have nothing to do with it."""
    others = set(threading.enumerate()) - {threading.current_thread()}
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    between = Net(server.server_port)
    led: WeakKeyDictionary[socket.socket, Any] = WeakKeyDictionary()
    look_up, connect, peer = socket.getaddrinfo, socket.socket.connect, socket.socket.getpeername

    def connected(own: socket.socket, address: Any) -> None:
        if own.family not in (socket.AF_INET, socket.AF_INET6) or threading.current_thread() in others:
            connect(own, address)
        elif address[0] != PUBLIC:
            between.made.append(str(address[0]))
            raise ConnectionRefusedError(f"{address[0]} was asked")
        else:
            between.asked += 1
            connect(own, ("127.0.0.1", between.port))
            led[own] = address

    def peer_of(own: socket.socket) -> Any:
        return led[own] if own in led else peer(own)

    try:
        with (
            mock.patch.object(fetch_queue, "BACK_OFF", 0.0),
            mock.patch("socket.getaddrinfo", lambda *given, **options: between.look_up(look_up, *given, **options)),
            mock.patch("socket.socket.connect", connected),
            mock.patch("socket.socket.getpeername", peer_of),
        ):
            yield between
    finally:
        server.shutdown()
        server.server_close()


class _Site(BaseHTTPRequestHandler):
    """The public site. The number in a path or a host's name is that of a spelling: there it leads."""

    def do_GET(self) -> None:
        host = str(self.headers["Host"]).partition(":")[0]
        what, _, number = self.path.strip("/").partition("/")
        if self.path == "/robots.txt" and host.startswith("robots-redirect-"):
            self._moved(_leads(host))
        elif self.path == "/robots.txt" and host.startswith("robots-names-"):
            self._send(f"User-agent: *\nAllow: /\nSitemap: {_leads(host)}\n".encode(), kind="text/plain")
        elif what == "to":
            self._moved(_leads(number))
        elif what in _LISTINGS:
            self._send(_LISTINGS[what].format(_escaped(_leads(number))).encode(), kind="application/xml")
        else:
            self._send(PAGE)

    def _moved(self, url: str) -> None:
        self._send(b"", status=302, Location=url.encode().decode("latin-1"))

    def _send(self, body: bytes, *, status: int = 200, kind: str = "text/html", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


_LISTINGS = {
    "feed": "<rss version='2.0'><channel><title>x</title><item><link>{0}</link></item></channel></rss>",
    "sitemap": "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>{0}</loc></url></urlset>",
    "index": "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>{0}</loc></sitemap>"
    "</sitemapindex>",
}


def _escaped(url: str) -> str:
    return url.replace("&", "&amp;").replace("<", "&lt;")


def _leads(words: str) -> str:
    """Where the spelling of the number at the end of these words leads."""
    digits = words.partition(".")[0].rpartition("-")[2]
    return [*spellings(), CONTROL][int(digits)].url


@dataclass(frozen=True, kw_only=True)
class Way:
    """What a route needs: the network, the spelling and its number, a folder, and whether private addresses may be."""

    net: Net
    number: int
    one: Spelling
    folder: Path
    allow_private: bool

    def fetch(self, *urls: str) -> None:
        """Fetch pages as a run does: each host's robots.txt first."""
        with Fetcher(Limits(seconds=5.0, allow_private=self.allow_private), pause=0.0) as fetcher:
            list(fetch_all(urls, fetcher))

    def discover(self, **kind: str) -> None:
        """Fetch what a source lists, and the pages of it."""
        with Fetcher(Limits(seconds=5.0, allow_private=self.allow_private), pause=0.0) as fetcher:
            found = discover(Entry(name="x", **kind), fetcher, folder=self.folder, now=NOW)  # type: ignore[arg-type]
            list(fetch_all([one.url for one in found.listed], fetcher))

    def named(self, *lookups: list[str]) -> None:
        """Fetch two pages of a host whose name stands for these addresses, lookup by lookup."""
        name = f"name-{self.number}.example"
        self.net.answers[name] = [*lookups]
        self.fetch(f"http://{name}/page", f"http://{name}/page?2")


def _list(way: Way) -> None:
    (way.folder / "urls.txt").write_text(way.one.url + "\n", encoding="utf-8")
    way.discover(urls="urls.txt")


# What may lead to an address, by name.
ROUTES: dict[str, Callable[[Way], None]] = {
    "given address": lambda way: way.fetch(way.one.url),
    "list of addresses": _list,
    "feed's own address": lambda way: way.discover(feed=way.one.url),
    "redirect": lambda way: way.fetch(f"http://{NAME}/to/{way.number}"),
    "redirect of robots.txt": lambda way: way.fetch(f"http://robots-redirect-{way.number}.example/page"),
    "Sitemap line of robots.txt": lambda way: way.discover(
        feed=f"http://robots-names-{way.number}.example/feed/{way.number}"
    ),
    "feed entry": lambda way: way.discover(feed=f"http://{NAME}/feed/{way.number}"),
    "sitemap entry": lambda way: way.discover(sitemap=f"http://{NAME}/sitemap/{way.number}"),
    "sitemap index": lambda way: way.discover(sitemap=f"http://{NAME}/index/{way.number}"),
    "DNS answer": lambda way: way.named([way.one.address]),
    "DNS, mixed with public": lambda way: way.named([PUBLIC, way.one.address], [way.one.address, PUBLIC]),
    "DNS, another at the second lookup": lambda way: way.named([PUBLIC], [way.one.address]),
}


def counted(rows: Sequence[tuple[int, Spelling]], *, allow_private: bool = False) -> dict[str, dict[str, int]]:
    """Connections made, by spelling and route; for the control, those to the public site."""
    found: dict[str, dict[str, int]] = {}
    with net() as between, tempfile.TemporaryDirectory(prefix="guard-") as folder:
        for at, one in rows:
            way = Way(net=between, number=at, one=one, folder=Path(folder), allow_private=allow_private)
            for name in ("robots-redirect", "robots-names"):
                between.answers[f"{name}-{at}.example"] = [[PUBLIC]]
            counts = found.setdefault(one.url, {})
            for name, take in ROUTES.items():
                before = between.asked if one is CONTROL else len(between.made)
                take(way)
                counts[name] = (between.asked if one is CONTROL else len(between.made)) - before
    return found


def faults(found: dict[str, dict[str, int]]) -> list[str]:
    """What should not be: connections inside, or a control that was not asked."""
    said = []
    for url, counts in found.items():
        for route, count in counts.items():
            if url == CONTROL.url and not count:
                said.append(f"the control was not asked by the route {route}: it shows nothing")
            elif url != CONTROL.url and count:
                said.append(f"{url}: {count} connections by the route {route}")
    return said


def never(one: Spelling) -> bool:
    """Whether it is asked under no circumstances: a link-local or metadata address, or 169.254.169.254 in disguise."""
    disguised = any(sign in one.address for sign in ("169.254.", "a9fe:a9fe", ":5601:5601"))
    return one.kind in ("link-local", "metadata") or disguised


def _table(found: dict[str, dict[str, int]], kinds: dict[str, str]) -> None:
    names = list(next(iter(found.values())))
    print(f"{'kind':16}{'spelling':44}" + "".join(f"{ascii_uppercase[at]:>3}" for at in range(len(names))))
    for url, counts in found.items():
        print(f"{kinds[url]:16}{url:44}" + "".join(f"{counts[name]:3}" for name in names))
    print()


def addresses() -> int:
    """The address guard's tables; returns how many faults there are."""
    rows = list(enumerate([*spellings(), CONTROL]))
    kinds = {one.url: one.kind for _, one in rows}
    print("Routes: " + ", ".join(f"{letter} {name}" for letter, name in zip(ascii_uppercase, ROUTES, strict=False)))
    print("\nConnections made; of the control those that should be\n")
    closed = counted(rows)
    _table(closed, kinds)
    print("The same with allow_private, for what is never asked: link-local and metadata addresses\n")
    opened = counted([(at, one) for at, one in rows if one is CONTROL or never(one)], allow_private=True)
    _table(opened, kinds)
    said = faults(closed) + faults(opened)
    inside = [counts for found in (closed, opened) for url, counts in found.items() if url != CONTROL.url]
    made = sum(sum(counts.values()) for counts in inside)
    print(f"{len(rows) - 1} spellings by {len(ROUTES)} routes, {sum(map(len, inside))} ways: {made} connections made")
    print("\n".join(said))
    return len(said)


def main() -> int:
    """Print the tables; 1 where something does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--caps", action="store_true", help="limits of time and size, each hit by a server made for it")
    if parser.parse_args().caps:
        from benchmarks.guard_caps import caps

        return 1 if caps() else 0
    return 1 if addresses() else 0


if __name__ == "__main__":
    sys.exit(main())

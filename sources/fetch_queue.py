"""Fetching many pages: one at a time from a host, with a pause; several hosts at once; answers in the order asked."""

import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from dateline.models.article import Source
from dateline.sources.fetch import Fetched, Limits, fetch, host_of
from dateline.sources.jsonl import characters
from dateline.sources.robots import Robots, read_robots

PAUSE = 1.0  # seconds between two requests to one host, at least
AT_ONCE = 8  # hosts that are asked at the same time
AHEAD = 32  # URLs looked ahead for other hosts to ask
PAGES = ("text/html", "application/xhtml+xml", "application/xml", "text/xml")


@dataclass
class _Host:
    """What is known of a host: its rules, when it may be asked next, whether it asked to be left alone; and the URLs
    that wait for it."""

    robots: Robots | None = None
    next: float = 0.0
    closed: str | None = None
    waiting: "deque[tuple[str, Future[Fetched]]]" = field(default_factory=deque)
    asked: bool = False  # whether a thread is at it


class _Hosts:
    """The hosts, each asked by one thread at a time."""

    def __init__(self, limits: Limits, pause: float) -> None:
        self._limits, self._pause = limits, pause
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="fetch")
        self._stopped = False

    def add(self, url: str) -> "Future[Fetched]":
        """Queue a URL with its host."""
        future: Future[Fetched] = Future()
        with self._lock:
            host = self._hosts.setdefault(host_of(url), _Host())
            host.waiting.append((url, future))
            if not host.asked:
                host.asked = True
                self._threads.submit(self._ask, host)
        return future

    def stop(self) -> None:
        """Let what is under way end, and begin nothing new."""
        self._stopped = True
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _ask(self, host: _Host) -> None:
        while not self._stopped:
            with self._lock:
                if not host.waiting:
                    host.asked = False
                    return
                url, future = host.waiting.popleft()
            try:
                future.set_result(_polite(url, host, self._limits, self._pause))
            except Exception as error:  # a fault of ours costs this page, not the run
                future.set_result(Fetched(url=url, problem=f"fetching it failed: {type(error).__name__}: {error}"))


def fetch_all(urls: Iterable[str], limits: Limits, *, pause: float = PAUSE) -> Iterator[Source]:
    """A source for every URL, in their order: its page, or the problem. Its id is the URL as given."""
    hosts = _Hosts(limits, pause)
    waiting: deque[tuple[str, Future[Fetched]]] = deque()
    try:
        for url in urls:
            waiting.append((url, hosts.add(url)))
            if len(waiting) > AHEAD:
                yield _source(*waiting.popleft())
        while waiting:
            yield _source(*waiting.popleft())
    finally:
        hosts.stop()


def _polite(url: str, host: _Host, limits: Limits, pause: float) -> Fetched:
    """Fetch a page when its host may be asked, if it may."""
    if host.closed:
        return Fetched(url=url, problem=host.closed)
    if host.robots is None:
        host.robots = read_robots(host_of(url), limits)
        host.next = time.monotonic() + pause
    if refused := host.robots.refusal(url):
        return Fetched(url=url, problem=refused)
    time.sleep(max(0.0, host.next - time.monotonic()))
    found = fetch(url, limits)
    host.next = time.monotonic() + max(pause, host.robots.delay())
    if found.response and found.response.status in (429, 503):
        host.closed = f"not asked for, since the site answered: {found.problem}"
    return found


def _source(url: str, future: "Future[Fetched]") -> Source:
    found = future.result()
    source = Source(id=characters(url), origin=characters(url), url=characters(found.url), response=found.response)
    if found.problem is not None or found.response is None:
        return Source(id=source.id, origin=source.origin, url=source.url, problem=found.problem or "no answer")
    kind, _, parameters = (found.response.header("content-type") or "text/html").partition(";")
    charset = _charset(parameters)
    if kind.strip().lower() in PAGES:
        return _with(source, found, charset, plain=False)
    if kind.strip().lower() == "text/plain":
        return _with(source, found, charset, plain=True)
    return Source(id=source.id, origin=source.origin, url=source.url, problem=f"it is {kind.strip()}, not a page")


def _with(source: Source, found: Fetched, charset: str | None, *, plain: bool) -> Source:
    return Source(
        id=source.id,
        origin=source.origin,
        url=source.url,
        response=found.response,
        charset=charset,
        page=None if plain else found.body,
        plain=found.body if plain else None,
    )


def _charset(parameters: str) -> str | None:
    for part in parameters.split(";"):
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'") or None
    return None

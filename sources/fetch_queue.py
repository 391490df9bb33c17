"""Fetching many pages: one at a time from a host, with a pause; several hosts at once; answers in the order asked."""

import threading
import time
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from types import TracebackType

from dateline.models.article import Response, Source
from dateline.sources.fetch import Fetched, Known, Limits, fetch, host_of
from dateline.sources.jsonl import characters
from dateline.sources.robots import Robots, read_robots

PAUSE = 1.0  # seconds between two requests to one host, at least
AT_ONCE = 8  # hosts that are asked at the same time
AHEAD = 32  # URLs looked ahead for other hosts to ask
TRIES = 3  # for what may be gone in a moment
BACK_OFF = 2.0  # seconds before the second try, four times as many before the third
PATIENCE = 120.0  # seconds that a host may ask us to wait (429, 503) before we go on with the others and leave it
UNSAID = 30.0  # seconds that we wait where it does not say how long
_LEAVE_ALONE = (429, 503)
PAGES = ("text/html", "application/xhtml+xml", "application/xml", "text/xml")


@dataclass(frozen=True, kw_only=True)
class _Wanted:
    """A URL that waits for its host: how often it was asked for, and the time before which it is not asked again."""

    url: str
    known: Known | None
    answer: "Future[Fetched]" = field(default_factory=Future)
    tries: int = 1
    after: float = 0.0


@dataclass
class _Host:
    """What is known of a host: its rules, when it may be asked next, whether it asked to be left alone; and the URLs
    that wait for it."""

    robots: Robots | None = None
    next: float = 0.0
    closed: str | None = None
    waiting: deque[_Wanted] = field(default_factory=deque)
    asked: bool = False  # whether a thread is at it


class Fetcher:
    """Fetches what it is given: each host asked by one thread at a time, several hosts at once."""

    def __init__(self, limits: Limits | None = None, *, pause: float = PAUSE) -> None:
        self._limits, self._pause = limits or Limits(), pause
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="fetch")
        self._stopped = False

    def __enter__(self) -> "Fetcher":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def get(self, url: str, known: Known | None = None) -> "Future[Fetched]":
        """Queue a URL with its host; `known` is what the server said when it last sent it."""
        wanted = _Wanted(url=url, known=known)
        with self._lock:
            host = self._hosts.setdefault(host_of(url), _Host())
            host.waiting.append(wanted)
            if not host.asked:
                host.asked = True
                self._threads.submit(self._ask, host)
        return wanted.answer

    def stop(self) -> None:
        """Let what is under way end, and begin nothing new."""
        self._stopped = True
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _ask(self, host: _Host) -> None:
        """Ask a host for all that waits for it. What may go better in a moment goes to the end of its queue."""
        while not self._stopped:
            with self._lock:
                if not host.waiting:
                    host.asked = False
                    return
                wanted = host.waiting.popleft()
            try:
                found = self._polite(wanted, host)
            except Exception as error:  # a fault of ours costs this page, not the run
                found = Fetched(url=wanted.url, problem=f"fetching it failed: {type(error).__name__}: {error}")
            if found.passing and wanted.tries < TRIES and not self._stopped and not host.closed:
                after = time.monotonic() + _back_off(wanted.url, wanted.tries)
                host.waiting.append(replace(wanted, tries=wanted.tries + 1, after=after))
            else:
                wanted.answer.set_result(found)

    def _polite(self, wanted: _Wanted, host: _Host) -> Fetched:
        """Fetch a page when its host may be asked, if it may."""
        url = wanted.url
        if host.closed:
            return Fetched(url=url, problem=host.closed)
        if host.robots is None:
            host.robots = read_robots(host_of(url), self._limits)
            host.next = time.monotonic() + self._pause
        if refused := host.robots.refusal(url):
            return Fetched(url=url, problem=refused)
        time.sleep(max(0.0, max(host.next, wanted.after) - time.monotonic()))
        found = fetch(url, self._limits, known=wanted.known)
        host.next = time.monotonic() + max(self._pause, host.robots.delay())
        if found.response is not None and found.response.status in _LEAVE_ALONE:
            return self._left_alone(found, found.response, host, last=wanted.tries >= TRIES)
        return found

    def _left_alone(self, found: Fetched, said: Response, host: _Host, *, last: bool) -> Fetched:
        """A host that asks for a pause gets it; one that asks for a long one, or again and again, is left for today."""
        wait = _retry_after(said)
        if wait > PATIENCE or last:
            host.closed = f"not asked for, since the site answered: {found.problem}"
            return found
        host.next = time.monotonic() + wait
        return replace(found, passing=True)


def fetch_all(urls: Iterable[str], fetcher: Fetcher, *, known: Mapping[str, Known] | None = None) -> Iterator[Source]:
    """A source for every URL, in their order: its page, or the problem. Its id is the URL as given."""
    waiting: deque[tuple[str, Future[Fetched]]] = deque()
    for url in urls:
        waiting.append((url, fetcher.get(url, (known or {}).get(url))))
        if len(waiting) > AHEAD:
            yield _source(*waiting.popleft())
    while waiting:
        yield _source(*waiting.popleft())


def _back_off(url: str, tries: int) -> float:
    """Seconds before another try, by up to half more for some addresses, so that they do not all come back at once."""
    spread = zlib.crc32(url.encode("utf-8", "surrogatepass")) / 2**33
    return BACK_OFF * 4.0 ** (tries - 1) * (1 + spread)


def _retry_after(said: Response) -> float:
    """Seconds that a server asks us to wait (RFC 9110, 10.2.3: seconds, or a date)."""
    words = said.header("retry-after") or ""
    if words.isdigit():
        return float(words[:9])
    try:
        until = parsedate_to_datetime(words)
        sent = parsedate_to_datetime(said.header("date") or "")
        return max(0.0, (until - sent).total_seconds())
    except (TypeError, ValueError):
        return UNSAID


def _source(url: str, future: "Future[Fetched]") -> Source:
    found = future.result()
    source = Source(id=characters(url), origin=characters(url), url=characters(found.url), response=found.response)
    if found.same:
        return replace(source, same=True)
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

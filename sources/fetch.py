"""Fetching one page, bounded and polite. Whatever goes wrong is a `Fetched` that says so, never an exception."""

import re
from dataclasses import dataclass, field
from http.client import HTTPException
from urllib.parse import urljoin, urlsplit

from urllib3.exceptions import HTTPError, IncompleteRead, LocationParseError
from urllib3.util import parse_url

from dateline import __version__
from dateline.models.article import Response
from dateline.sources.address import Refused
from dateline.sources.fetch_body import ENCODINGS, BodyError, read_body
from dateline.sources.fetch_connection import Deadline, connection, reach

USER_AGENT = f"Dateline/{__version__} (news incident ledger; reads robots.txt)"
HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.8,*/*;q=0.5",
    "Accept-Encoding": ENCODINGS,
    "Connection": "close",
}
REDIRECTS = 5
_CODES = re.compile(r"\[(?:Errno|SSL)[^\]]*\] ?| \(_ssl\.c:\d+\)")  # of the C libraries, no help to a reader
_MOVED = (301, 302, 303, 307, 308)
_PASSING = (500, 502, 504, 520, 521, 522, 523, 524)  # a server in trouble; 429 and 503 ask to be left alone
_CERTIFICATE = "its TLS certificate is not valid"


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one fetch may cost."""

    seconds: float = 30.0  # for all of it, redirects included
    largest: int = 20_000_000  # bytes, as sent and as decoded
    allow_private: bool = False


@dataclass(frozen=True, kw_only=True)
class Known:
    """What a server said when it last sent a page, to be asked "only if it has changed" (RFC 9110, 13)."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """The request headers that say so; none where the server gave nothing to go by."""
        said = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in said.items() if value and value.isprintable()}


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """What came of a URL: a body with the `response` it came in, or the `problem`. `url` is where redirects ended.

    `passing` marks a problem that may be gone in a moment; `same` a page that has not changed since it was `Known`.
    """

    url: str
    body: bytes = b""
    response: Response | None = None
    problem: str | None = None
    redirected: tuple[str, ...] = field(default=())
    passing: bool = False
    same: bool = False


def fetch(url: str, limits: Limits | None = None, *, known: Known | None = None) -> Fetched:
    """GET a page, or hear that it is the `known` one. Of any other answer there is the response and a problem."""
    limits = limits or Limits()
    deadline = Deadline(limits.seconds)
    seen: list[str] = []
    try:
        while True:
            answer = _get(url, limits, deadline, redirects=len(seen), known=known or Known())
            target = answer.response.header("location") if answer.response else None
            if answer.response is None or answer.response.status not in _MOVED or not target:
                return answer
            seen.append(url)
            url = urljoin(url, target)
            if len(seen) > REDIRECTS:
                raise Refused(f"it redirects more than {REDIRECTS} times")
            if url in seen:
                raise Refused(f"it redirects in a circle, to {url}")
    except (Refused, BodyError) as error:
        problem, passing = str(error), False
    except TimeoutError as error:
        unanswered = str(error) == "timed out"
        problem = "the server did not answer in time" if unanswered else str(error)
        passing = unanswered  # who has used up all the time that a page may take is not given it again
    except (HTTPError, HTTPException, OSError, ValueError) as error:
        problem, passing = _words(error, deadline)
    return Fetched(url=url, problem=problem, redirected=tuple(seen), passing=passing)


def _get(url: str, limits: Limits, deadline: Deadline, *, redirects: int, known: Known) -> Fetched:
    """One request and its answer, redirects not followed."""
    scheme, host, port, target = _parts(url)
    reached = reach(host, port, deadline, allow_private=limits.allow_private)
    with deadline.watch(reached):
        over = connection(scheme, host, port, reached)
        try:
            headers = {**HEADERS, **known.headers()}
            over.request("GET", target, headers=headers, preload_content=False, decode_content=False)
            answer = over.getresponse()
            said = Response(status=answer.status, headers=tuple(answer.headers.items()), redirects=redirects)
            if answer.status == 304 and known.headers():
                return Fetched(url=url, response=said, same=True)
            if answer.status != 200:
                return Fetched(url=url, response=said, problem=_status(said), passing=answer.status in _PASSING)
            body = read_body(answer, said.header("content-encoding") or "", largest=limits.largest, deadline=deadline)
            return Fetched(url=url, body=body, response=said)
        finally:
            over.close()
            reached.close()


def _parts(url: str) -> tuple[str, str, int, str]:
    """Scheme, host, port and request target; `Refused` for what is no plain http(s) URL."""
    try:
        parsed = parse_url(url)
    except LocationParseError as error:
        raise Refused(f"{url} is no URL") from error
    if parsed.scheme not in ("http", "https"):
        raise Refused(f"{url} is no http or https address")
    if parsed.auth:
        raise Refused("the URL holds a user name")
    if not parsed.host:
        raise Refused(f"{url} names no host")
    port = parsed.port or (443 if parsed.scheme == "https" else 80)
    return parsed.scheme, parsed.host.strip("[]"), port, parsed.request_uri


def _status(said: Response) -> str:
    from http import HTTPStatus

    name = HTTPStatus(said.status).phrase if said.status in HTTPStatus._value2member_map_ else "unknown status"
    wait = said.header("retry-after")
    return f"HTTP {said.status} {name}" + (f", to be asked again after {wait}" if wait else "")


def _words(error: Exception, deadline: Deadline) -> tuple[str, bool]:
    """What went wrong, in words, and whether it may be gone in a moment. A connection that the watch shut down has run
    out of time."""
    try:
        deadline.left()
    except TimeoutError as late:
        return str(late), False
    if any(isinstance(part, IncompleteRead) for part in error.args):
        return "its body is cut short: the connection ended early", True
    text = _CODES.sub("", str(error)) or type(error).__name__
    if "CERTIFICATE" in text.upper():
        return f"{_CERTIFICATE}: {text}", False
    return f"the connection failed: {text}", True


def host_of(url: str) -> str:
    """Scheme, host and port: what politeness is kept towards."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()

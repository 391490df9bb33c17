"""Connections that go where they were checked to go, and end when their time is up.

The name is resolved once, here; every address is checked; the connection is made to a checked address and to no other,
so neither a redirect nor a second DNS answer leads elsewhere. A watch shuts the socket down at the deadline, whatever
the server is dripping, headers included. What is no body (headers, sizes of chunks, trailers) is bounded here too.
"""

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException, HTTPResponse
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection

from dateline.sources.address import Refused, is_allowed, peers

CONNECT = 10.0  # seconds to wait for one address
READ = 15.0  # seconds to wait for the next bytes
LINES = 512_000  # bytes of an answer's lines: headers (browsers take some 256 KB), sizes of chunks, trailers


class Deadline:
    """The time by which all of a fetch must be over, redirects included."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left; TimeoutError where there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError(f"it took longer than {self.seconds:g} s")
        return left

    @contextmanager
    def watch(self, connected: socket.socket) -> Iterator[None]:
        """Shut the connection down at the deadline. A read that is under way then ends."""
        twin = connected.dup()  # wrapping a socket in TLS takes its descriptor away; the twin's stays

        def shut() -> None:
            with contextlib.suppress(OSError):
                twin.shutdown(socket.SHUT_RDWR)

        timer = threading.Timer(max(0.0, self._end - time.monotonic()), shut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            twin.close()


def reach(host: str, port: int, deadline: Deadline, *, allow_private: bool) -> socket.socket:
    """A connection to a checked address of `host`; `Refused`, TimeoutError or OSError where there is none."""
    failure: OSError | None = None
    for peer in _resolved(host, port, deadline, allow_private=allow_private):
        reached = socket.socket(peer.family, socket.SOCK_STREAM)
        try:
            reached.settimeout(min(CONNECT, deadline.left()))
            reached.connect(peer.address)
            if not is_allowed(str(reached.getpeername()[0]), allow_private=allow_private):
                raise Refused(f"{host} led to {reached.getpeername()[0]}, which is no public address")
            reached.settimeout(READ)
            return reached
        except OSError as error:
            reached.close()
            failure = error
        except Refused:
            reached.close()
            raise
    raise failure or OSError(f"{host} has no address")


def connection(scheme: str, host: str, port: int, reached: socket.socket) -> HTTPConnection:
    """An HTTP connection over a socket that is there already, TLS (verified) on top where the scheme is https."""
    if scheme == "https":
        return _SecureConnection(reached, host, port, ssl_context=ssl.create_default_context())
    return _PlainConnection(reached, host, port)


class _Answer(HTTPResponse):
    """An answer with `LINES` bytes of lines at most. http.client bounds each line, and each hundred of headers, but
    neither the "100 Continue" answers before them nor the trailers and the extensions of chunks after them."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self._lines_left = LINES
        stream: Any = self.fp
        self._readline = stream.readline
        stream.readline = self._bounded

    def _bounded(self, length: int = -1) -> bytes:
        line: bytes = self._readline(min(length if length >= 0 else LINES, self._lines_left + 1))
        self._lines_left -= len(line)
        if self._lines_left < 0:
            raise Refused(f"its headers are larger than {LINES:,} bytes")
        return line

    def begin(self) -> None:
        """As before; more headers than http.client takes are no passing trouble."""
        try:
            super().begin()
        except HTTPException as error:
            if "got more than" in str(error):
                raise Refused(f"it sends too much before its page: {error}") from error
            raise


class _PlainConnection(HTTPConnection):
    response_class = _Answer

    def __init__(self, reached: socket.socket, host: str, port: int) -> None:
        super().__init__(host, port, timeout=READ)
        self._reached = reached

    def _new_conn(self) -> socket.socket:
        return self._reached


class _SecureConnection(HTTPSConnection):
    response_class = _Answer

    def __init__(self, reached: socket.socket, host: str, port: int, **options: Any) -> None:
        super().__init__(host, port, timeout=READ, **options)
        self._reached = reached

    def _new_conn(self) -> socket.socket:
        return self._reached


def _resolved(host: str, port: int, deadline: Deadline, *, allow_private: bool) -> list[Any]:
    """The host's checked addresses. A resolver cannot be interrupted, so a thread waits for it and may be left."""
    answer: list[Any] = []

    def ask() -> None:
        try:
            answer.append(peers(host, port, allow_private=allow_private))
        except Exception as error:
            answer.append(error)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(deadline.left())
    if not answer:
        raise TimeoutError(f"the name {host} was not resolved in time")
    if isinstance(answer[0], Exception):
        raise answer[0]
    found: list[Any] = answer[0]
    return found

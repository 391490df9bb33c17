"""Several files read at once, their sources given one after another in a fixed order.

To unpack and take apart a WARC file keeps a processor busy, and so does whoever reads its pages: a thread for each of
the next files fills a short queue meanwhile. Memory is bounded by the two numbers, and a page by its largest size.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from queue import Empty, Full, Queue
from typing import Generic, TypeVar

T = TypeVar("T")
Stream = Callable[[], Iterator[T]]  # opens a file and gives what is in it

AT_ONCE = 3  # files: warcio is Python code, of which one thread runs at a time; more than three gained nothing
READY = 8  # sources of each that wait for their turn
BEAT = 0.2  # seconds after which a thread looks whether it is still wanted


class Ahead(Generic[T]):
    """What is in a file, read by a thread of its own from now on."""

    def __init__(self, stream: Stream[T]) -> None:
        self._queue: Queue[tuple[T | None, BaseException | None]] = Queue(READY)
        self._unwanted = threading.Event()
        self._thread = threading.Thread(target=self._fill, args=(stream,), daemon=True)
        self._thread.start()

    def __iter__(self) -> Iterator[T]:
        """Its items, in order; raises what reading it raised."""
        while True:
            item, error = self._queue.get()
            if error is not None:
                raise error
            if item is None:
                return
            yield item

    def close(self) -> None:
        """It is not wanted any more: the file is closed when this returns."""
        self._unwanted.set()
        with suppress(Empty):
            while True:
                self._queue.get_nowait()
        self._thread.join()

    def _fill(self, stream: Stream[T]) -> None:
        try:
            for item in stream():
                if not self._put((item, None)):
                    return
            self._put((None, None))
        except BaseException as error:
            self._put((None, error))

    def _put(self, what: tuple[T | None, BaseException | None]) -> bool:
        while not self._unwanted.is_set():
            with suppress(Full):
                self._queue.put(what, timeout=BEAT)
                return True
        return False


def one_after_another(streams: Iterable[tuple[Stream[T], bool]]) -> Iterator[T]:
    """The items of every stream, in order. Those marked True are read ahead, with AT_ONCE streams in view."""
    rest = iter(streams)
    waiting: deque[Ahead[T] | Stream[T]] = deque()
    try:
        while True:
            while len(waiting) < AT_ONCE and (found := next(rest, None)):
                stream, ahead = found
                waiting.append(Ahead(stream) if ahead else stream)
            if not waiting:
                return
            first = waiting[0]
            yield from first if isinstance(first, Ahead) else first()
            waiting.popleft()
            if isinstance(first, Ahead):
                first.close()
    finally:
        for one in waiting:
            if isinstance(one, Ahead):
                one.close()

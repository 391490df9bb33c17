"""Reading many sources in worker processes, in their order. The same records whatever the number of workers."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from types import TracebackType
from typing import Any, Literal

from dateline.flows.workers import OutOfMemory, TookTooLong, WorkerDied, Workers
from dateline.models.again import Again
from dateline.models.article import Article, Source
from dateline.models.record import Record

Work = Source | Again  # what a worker is handed: an input to read whole, or a text to read again in some fields

SECONDS = 30.0  # for one source; a page of ordinary size takes some hundredths
MEMORY = 2_000_000_000  # bytes for one worker; measured: 0.2 GB for ordinary pages, 1.2 GB for a text of 12 MB
TRIES = 2  # worker processes that one source may take down: a worker may also be killed for another's memory
AHEAD = 16  # records waiting for each worker's turn: bounds memory, never the whole corpus in flight

Event = Literal["trying", "done", "died"]
Watch = Callable[[Event, Work], None]


class Readers:
    """Worker processes that read sources. They start with the first source, and stop when this is left.

    `read` and `prepare` are what each does with a source, and before the first; functions of a module.
    """

    def __init__(
        self,
        jobs: int = 1,
        *,
        seconds: float = SECONDS,
        read: Callable[[Work], Record] | None = None,
        prepare: Callable[[], None] | None = None,
    ) -> None:
        self.jobs, self.seconds = max(1, jobs), seconds
        self._workers = Workers(
            read or read_one, prepare=prepare or warm_up, jobs=self.jobs, seconds=seconds, memory=MEMORY
        )

    def __enter__(self) -> "Readers":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._workers.__exit__(kind, error, trace)

    def read(self, sources: Iterable[Work], *, alone: bool = False, watch: Watch | None = None) -> Iterator[Record]:
        """The record of every source, in order. `watch` hears when a source is handed to a worker, is done, or has
        taken its worker down. With `alone` one source is read at a time."""
        queue = _Queue(sources, watch or (lambda event, source: None), ahead=AHEAD * self.jobs)
        for number, answer in self._workers.run(queue.take, most=1 if alone else None):
            queue.answered(number, answer, seconds=self.seconds)
            yield from queue.ready()


class _Queue:
    """Hands sources out, those to be tried again first, and gives records back in order."""

    def __init__(self, sources: Iterable[Work], watch: Watch, *, ahead: int) -> None:
        self._sources = enumerate(sources)
        self._watch, self._ahead = watch, ahead
        self._out: dict[int, Work] = {}
        self._tries: Counter[int] = Counter()
        self._again: list[int] = []
        self._records: dict[int, Record] = {}
        self._next = 0

    def take(self) -> tuple[int, Work] | None:
        """The next source and its number; None where there is none, or where too many records wait for an earlier."""
        if self._again:
            number = self._again.pop(0)
        elif len(self._records) >= self._ahead or (item := next(self._sources, None)) is None:
            return None
        else:
            number, self._out[item[0]] = item
        self._tries[number] += 1
        self._watch("trying", self._out[number])
        return number, self._out[number]

    def answered(self, number: int, answer: Any, *, seconds: float) -> None:
        """Take in what came of a source: its record, or what happened to its worker."""
        source = self._out[number]
        if isinstance(answer, WorkerDied):
            self._watch("died", source)
            if self._tries[number] < TRIES:
                self._again.append(number)
                return
            answer = failed(source, f"it killed its worker {self._tries[number]} times")
        elif isinstance(answer, TookTooLong):
            answer = failed(source, f"it took longer than {seconds:g} s to read")
        elif isinstance(answer, OutOfMemory):
            answer = failed(source, f"it takes more than {MEMORY // 10**6:,} MB of memory to read")
        self._watch("done", source)
        del self._out[number], self._tries[number]
        self._records[number] = answer

    def ready(self) -> Iterator[Record]:
        """The records whose turn has come."""
        while self._next in self._records:
            yield self._records.pop(self._next)
            self._next += 1


def read_all(sources: Iterable[Work], *, jobs: int = 1, seconds: float = SECONDS) -> Iterator[Record]:
    """The record of every source, in order, read by `jobs` worker processes."""
    with Readers(jobs, seconds=seconds) as readers:
        yield from readers.read(sources)


def read_one(source: Work) -> Record:
    """The record of one source. Whatever goes wrong in reading it is its own failure and nobody else's."""
    from dateline.extractors.article import read, read_again  # spaCy is imported only where something is read

    try:
        return read_again(source) if isinstance(source, Again) else read(source)
    except MemoryError:  # its worker says so
        raise
    except Exception as error:
        return failed(source, f"reading it failed: {type(error).__name__}: {error}")


def read_mapped(source: Work) -> Record:
    """The record of one source with the map of its text down to the bytes, where it is a page that was read."""
    record = read_one(source)
    if isinstance(source, Again) or source.page is None or record.article.result != "read":
        return record
    from dateline.extractors.page.byte_map import byte_map

    try:
        return replace(record, text_map=tuple(byte_map(source.page, record.article.text, charset=source.charset)))
    except MemoryError:  # its worker says so
        raise
    except Exception as error:
        note = f"its text could not be traced to its bytes: {type(error).__name__}: {error}"
        return replace(record, article=replace(record.article, reason=record.article.reason or note))


def failed(source: Work, reason: str) -> Record:
    """The record of a source that could not be read."""
    about = source.article if isinstance(source, Again) else source
    article = Article(result="failed", reason=reason, url=about.url, title=about.title)
    return Record(id=source.id, article=article)


def warm_up() -> None:
    """Import and build all that reading needs, so that no source's time pays for it."""
    from dateline.extractors.article import read

    read(Source(id="", text="Nobody was hurt."))

"""CPU time of the whole way, store and all, against what gives a text and no facts; and where that time goes.

    python -m benchmarks.whole [FOLDER_OR_JSONL ...]     default: the pages in tests/fixtures

One run of `collect` into a new store for each round, in this one process, without its start-up and without what a run
of one short text takes: from the file to the archive, through page, fields, incidents and the shard on disk into the
tables, persons and events at the end. The yardstick is `trafilatura.bare_extraction(with_metadata=True,
include_comments=False)`, page by page beside it. What is left out is the pipe to a worker process (1.4 to 1.6 %,
`python -m benchmarks.worker_cost`).
"""

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.__main__ import FIXTURES
from dateline.flows.workers import collect_less
from dateline.models.article import Source
from dateline.models.record import Record

ROUNDS = 5

# The stages, and the functions whose time is theirs; a function that is called within another takes its own time away.
STAGES: dict[str, tuple[str, str]] = {
    "archive": ("dateline.flows.shards", "kept"),
    "page": ("dateline.extractors.article", "read_article"),
    "fields": ("dateline.extractors.article", "parse"),
    "incidents": ("dateline.extractors.article", "gather"),
    "rows": ("dateline.flows.orders", "page_of"),
    "shard file": ("dateline.flows.orders", "write_shard"),
    "tables": ("dateline.models.store_runs", "add_shard"),
    "persons": ("dateline.flows.settling", "gather_people"),
    "events": ("dateline.flows.settling", "link_events"),
}


class Watch:
    """CPU seconds by stage, each without what happens in another stage inside it."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._inside: list[float] = []

    def timed(self, stage: str, inner: Callable[..., Any]) -> Callable[..., Any]:
        """`inner`, with its time taken."""

        def outer(*args: Any, **options: Any) -> Any:
            start = time.process_time()
            self._inside.append(0.0)
            try:
                return inner(*args, **options)
            finally:
                took = time.process_time() - start
                self.seconds[stage] = self.seconds.get(stage, 0.0) + took - self._inside.pop()
                if self._inside:
                    self._inside[-1] += took

        return outer


def main() -> None:
    """Print the ratio, and a line a stage."""
    import importlib

    from dateline.extractors.article import read
    from dateline.flows import collecting
    from dateline.sources.inputs import sources

    watch = Watch()
    for stage, (module, name) in STAGES.items():
        owner = importlib.import_module(module)
        if hasattr(owner, name):
            setattr(owner, name, watch.timed(stage, getattr(owner, name)))
    vars(collecting)["kept"] = importlib.import_module("dateline.flows.shards").kept
    inputs = sys.argv[1:] or [str(FIXTURES)]
    pages = [source for source in sources(inputs) if source.page is not None]

    for source in pages:
        _bare(source), read(source)  # start-up
    collect_less()  # as a worker does
    with tempfile.TemporaryDirectory() as folder:
        one = Path(folder) / "one.txt"
        one.write_text("Governor Ada Brok said that two men were killed in Nyala on 3 May 2021.")  # persons, events
        once = min(_collected([str(one)], watch).whole for _ in range(ROUNDS))
    rounds = []
    for number in range(ROUNDS):
        rounds.append(_collected(inputs, watch))
        print(f"round {number + 1}: {(rounds[-1].whole - once) / rounds[-1].bare:.2f}", file=sys.stderr)
    shown(sorted(rounds, key=lambda one: (one.whole - once) / one.bare), once)


def shown(rounds: list["Round"], once: float) -> None:
    """Print the round in the middle: `rounds` are in the order of their ratios, `once` is what a run takes anyway."""
    least, middle, most = rounds[0], rounds[len(rounds) // 2], rounds[-1]
    ratios = [(one.whole - once) / one.bare for one in (least, middle, most)]
    each = 1000 / middle.pages
    print(f"{middle.pages} pages, {ROUNDS} rounds; CPU time; a run's own opening and ending, {once:.2f} s, left out")
    print(f"  {'yardstick: trafilatura':24}{each * middle.bare:8.2f} ms a page")
    print(f"  {'the whole way':24}{each * (middle.whole - once):8.2f} ms a page {ratios[1]:7.2f} of the yardstick")
    print(f"  {'':24}{'':20}{ratios[0]:6.2f} to {ratios[2]:.2f} over the rounds")
    rest = middle.whole - once - sum(middle.stages.values())
    for stage, seconds in {**middle.stages, "the rest": rest}.items():
        print(f"    {stage:22}{each * seconds:8.2f} ms a page {seconds / middle.bare:7.2f}")


@dataclass(frozen=True)
class Round:
    """One run into a new store: its CPU seconds by stage, and those of the yardstick on its pages."""

    whole: float
    bare: float
    pages: int
    stages: dict[str, float]


def _bare(source: Source) -> None:
    """The yardstick."""
    import trafilatura

    if source.page is not None:
        trafilatura.bare_extraction(source.page, with_metadata=True, include_comments=False)


def _collected(inputs: list[str], watch: Watch) -> Round:
    """One run. Each page is given to the yardstick right after it was read: a processor that runs faster or slower by
    the minute then does so for both."""
    from dateline.extractors.article import read
    from dateline.flows import collecting
    from dateline.flows.request import IngestRequest
    from tests.order_helpers import reading_with

    bare = 0.0

    def both(source: Source) -> Record:
        nonlocal bare
        record = read(source)
        start = time.process_time()
        _bare(source)
        bare += time.process_time() - start
        return record

    watch.seconds.clear()
    with tempfile.TemporaryDirectory() as folder:
        request = IngestRequest(inputs=inputs, db=Path(folder) / "ledger.duckdb")
        start = time.process_time()
        report = collecting.collect(request, read=reading_with(both))
        took = time.process_time() - start
    return Round(took - bare, bare, report.inputs, dict(watch.seconds))


if __name__ == "__main__":
    main()

"""CPU time of the whole way, store and all, against what gives a text and no facts; and where that time goes.

    python -m benchmarks.whole [FOLDER_OR_JSONL ...]     default: the pages in tests/fixtures

One run of `collect` into a new store for each round, in this one process, without its start-up and without what a run
of one short text takes: from the file to the
archive, through page, fields, incidents and the shard on disk into the tables, persons and events at the end. The
yardstick is `trafilatura.bare_extraction(with_metadata=True, include_comments=False)` over the same pages, in the same
rounds. What is left out is the pipe to a worker process (1.4 to 1.6 %, `python -m benchmarks.worker_cost`).
"""

import gc
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.__main__ import FIXTURES, cpu
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

    import trafilatura

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

    def yardstick(source: Source) -> None:
        trafilatura.bare_extraction(source.page, with_metadata=True, include_comments=False)

    for source in pages:
        read(source)  # start-up
    gc.collect()
    gc.freeze()  # as a worker does
    with tempfile.TemporaryDirectory() as folder:
        one = Path(folder) / "one.txt"
        one.write_text("Nobody was hurt in Nyala.")
        once = min(_collected([str(one)], read)[0] for _ in range(ROUNDS))
    rounds = []
    bare = []
    for _ in range(ROUNDS):
        bare.append(cpu(yardstick, pages, rounds=1))
        watch.seconds.clear()
        took, count = _collected(inputs, read)
        rounds.append((took - once, {**watch.seconds, "the rest": took - sum(watch.seconds.values()) - once}))
    least, (whole, stages) = min(bare), min(rounds, key=lambda one: one[0])
    print(f"{count} pages; CPU time, best of {ROUNDS} rounds; a run's own opening and ending, {once:.2f} s, left out")
    print(f"  {'yardstick: trafilatura':24}{1000 * least / count:8.2f} ms a page")
    print(f"  {'the whole way':24}{1000 * whole / count:8.2f} ms a page {whole / least:7.2f} of the yardstick")
    for stage, seconds in stages.items():
        print(f"    {stage:22}{1000 * seconds / count:8.2f} ms a page {seconds / least:7.2f}")


def _collected(inputs: list[str], read: Callable[[Source], Record]) -> tuple[float, int]:
    """The CPU seconds of one run into a new store, and how many inputs it had."""
    from dateline.flows import collecting
    from dateline.flows.request import IngestRequest
    from tests.order_helpers import reading_with

    with tempfile.TemporaryDirectory() as folder:
        request = IngestRequest(inputs=inputs, db=Path(folder) / "ledger.duckdb")
        start = time.process_time()
        report = collecting.collect(request, read=reading_with(read))
        return time.process_time() - start, report.inputs


if __name__ == "__main__":
    main()

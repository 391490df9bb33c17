"""Articles a second through a real Dask cluster of one worker and of two, on this machine, in one run.

    python -m benchmarks.cluster [--count 1000] [--shard 50] [--rounds 2]

Without Prefect. Workers have read a few pages before the clock starts. The rows of every run are held against those of
a local run, table by table; and the CPU time of the writer is told, since that is what bounds how many workers one
writer can feed. More workers than processors only take them from each other: see how many there are.
"""

import argparse
import os
import tempfile
import time
from pathlib import Path

from dateline.flows.collecting import collect
from dateline.flows.request import IngestRequest
from dateline.models.store import Store
from tests.scale_helpers import dask_cluster, write_articles
from tests.store_helpers import dump


def main() -> None:
    """Print a line a run, and the ratio of two workers to one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1_000, metavar="N")
    parser.add_argument("--shard", type=int, default=50, metavar="N")
    parser.add_argument("--rounds", type=int, default=2, metavar="N")
    options = parser.parse_args()
    load = os.getloadavg()[0]
    print(f"{options.count:,} short invented pages, {os.cpu_count()} processors, load {load:.1f} before the start")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        pages = write_articles(folder / "pages.jsonl", options.count, pages=True)
        few = write_articles(folder / "few.jsonl", 8, seed=1, pages=True)
        request = IngestRequest(inputs=[str(pages)], db=folder / "local.duckdb", shard=options.shard)
        best = {0: _timed(request)}
        rows = _rows(request.db)
        print(f"this machine, one process: {options.count / best[0][0]:.1f} articles a second")
        for workers in (1, 2):
            with dask_cluster(folder / f"dask-{workers}", workers=workers) as cluster:
                there = {"runner": "dask", "address": cluster.address}
                warm = request.model_copy(update={**there, "inputs": [str(few)], "db": folder / "w.duckdb", "shard": 2})
                for number in range(options.rounds + 1):
                    db = folder / f"dask-{workers}-{number}.duckdb"
                    if number == 0:
                        collect(warm.model_copy(update={"db": db}))
                        continue
                    run = _timed(request.model_copy(update={**there, "db": db}))
                    assert _rows(db) == rows, f"other rows with {workers} workers"
                    best[workers] = min(run, best.get(workers, run))
            seconds, cpu = best[workers]
            print(
                f"{workers} Dask worker(s): {options.count / seconds:.1f} articles a second; rows equal the local run's"
            )
            print(f"  writer: {cpu * 1000 / options.count:.2f} ms of CPU an article")
    print(f"two workers to one: {best[1][0] / best[2][0]:.2f} times as fast")


def _timed(request: IngestRequest) -> tuple[float, float]:
    """Seconds on the clock, and CPU seconds of this process, the writer."""
    clock, cpu = time.monotonic(), time.process_time()
    collect(request)
    return time.monotonic() - clock, time.process_time() - cpu


def _rows(db: Path) -> dict[str, list[str]]:
    with Store.open(db, read_only=True) as store:
        return dump(store)


if __name__ == "__main__":
    main()

"""What it costs to read in a worker process that can be killed, against reading in this process.

    python -m benchmarks.worker_cost PAGES.jsonl[.gz] [ROUNDS]

Start-up is left out. `ratio` is that of the least times by the clock of ROUNDS rounds (default 5), so it wants an idle
machine; `parent` is the CPU time of handing pages over and taking records back, as a share of that of reading.
"""

import logging
import sys
import time

from benchmarks.page_time import pages, source
from dateline.flows.reading import Readers, read_one, warm_up


def main() -> None:
    """Print the figures."""
    logging.disable(logging.CRITICAL)
    given = [source(row) for row in pages(sys.argv[1])]
    here, there, reading, handing = [], [], [], []
    warm_up()
    with Readers(1) as readers:
        list(readers.read(given[:3]))  # its worker starts with the first page
        for _ in range(int(sys.argv[2]) if len(sys.argv) > 2 else 5):
            clock, cpu = time.monotonic(), time.process_time()
            for page in given:
                read_one(page)
            here.append(time.monotonic() - clock)
            reading.append(time.process_time() - cpu)
            clock, cpu = time.monotonic(), time.process_time()
            for _record in readers.read(given):
                pass
            there.append(time.monotonic() - clock)
            handing.append(time.process_time() - cpu)
    print(f"pages {len(given)}")
    print(f"ratio {min(there) / min(here):.3f}")
    print(f"parent {min(handing) / min(reading):.3f}")


if __name__ == "__main__":  # the workers import this module too
    main()

"""The `--db` option, and opening the store that it names."""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.models.store import Store

DEFAULT = "dateline.duckdb"
PATIENCE = 15.0  # seconds that a reader waits for a run to store a shard, or to gather the persons at its end


def add_db_option(parser: argparse.ArgumentParser) -> None:
    """Add `--db PATH`."""
    parser.add_argument(
        "--db",
        type=Path,
        default=Path(os.environ.get("DATELINE_DB") or DEFAULT),
        metavar="PATH",
        help=f"the store (default: $DATELINE_DB, else {DEFAULT} here)",
    )


@contextmanager
def reading(path: Path) -> Iterator["Store"]:
    """The store at `path`, to be read; leaves the program with exit code 1 and one clear line where that cannot be.

    A run under way has it open for moments only: those are waited for."""
    from dateline.flows.lock import holder
    from dateline.models.store import Store, StoreError
    from dateline.models.store_connection import StoreInUse

    try:
        if not path.exists():
            raise StoreError(f"there is no store at {path}; `dateline ingest INPUT --db {path}` makes one")
        with Store.open(path, read_only=True, patience=PATIENCE) as store:
            yield store
    except StoreError as error:
        who = holder(path) if isinstance(error, StoreInUse) else None
        print(f"dateline: {error}" + (f"; {who} is writing to it" if who else ""), file=sys.stderr)
        raise SystemExit(1) from None

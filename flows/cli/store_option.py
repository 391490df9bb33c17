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
    """The store at `path`, to be read; leaves the program with exit code 1 and one clear line where that cannot be."""
    from dateline.models.store import Store, StoreError

    try:
        if not path.exists():
            raise StoreError(f"there is no store at {path}; `dateline ingest INPUT --db {path}` makes one")
        with Store.open(path, read_only=True) as store:
            yield store
    except StoreError as error:
        print(f"dateline: {error}", file=sys.stderr)
        raise SystemExit(1) from None

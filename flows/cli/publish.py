"""Put a read-only copy where analysts can query it while runs go on: a DuckDB file, or a folder of Parquet files.

It holds what finished runs stand on, nothing of a run under way, and takes the place of an older copy in one step."""

import argparse
import sys
from pathlib import Path

from dateline.flows.cli.store_option import PATIENCE, add_db_option

EPILOG = """\
A DuckDB file has the store's tables and views. A Parquet folder gets a new folder at each call, parted by year and
month, with the hashes of its files in manifest.json; its link `latest` then leads to the newest.

examples:
  dateline publish -o /srv/news/incidents.duckdb
  dateline publish -o /srv/news/parquet --format parquet --without-text
  dateline publish --queries
  duckdb -readonly /srv/news/incidents.duckdb "FROM event_summary"

Exit code 3, and nothing published, where the last night had an alarm; --anyway publishes all the same."""

ALARM = 3


def configure(parser: argparse.ArgumentParser) -> None:
    """Add this command's options."""
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("-o", "--output", type=Path, metavar="PATH", help="the file, or the folder, to publish to")
    where.add_argument("--queries", action="store_true", help="list the queries to start from; publish nothing")
    parser.add_argument("--format", choices=("duckdb", "parquet"), default="duckdb", help="default: duckdb")
    parser.add_argument("--without-text", action="store_true", help="leave out the articles' texts; quotes stay")
    parser.add_argument("--anyway", action="store_true", help="also where the last night had an alarm")
    add_db_option(parser)


def run(options: argparse.Namespace) -> int:
    """Publish; says on standard error what it is."""
    if options.queries:
        return _list_queries()
    from dateline.flows.publishing import publish_store, published_words
    from dateline.models.publish import Withheld
    from dateline.models.store import StoreError

    try:
        done = publish_store(
            options.db,
            options.output,
            kind=options.format,
            with_text=not options.without_text,
            anyway=options.anyway,
            patience=PATIENCE,
        )
    except Withheld as error:
        return _say(f"{error}. --anyway publishes all the same", code=ALARM)
    except StoreError as error:
        return _say(str(error), code=1)
    except OSError as error:
        return _say(f"{options.output} cannot be written: {(error.strerror or str(error)).lower()}", code=2)
    for line in published_words(done):
        _say(line)
    return 0


def _list_queries() -> int:
    from dateline.models.queries import queries

    for query in queries():
        print(f"-- {query.name}: {query.about}\n\n{query.sql}\n")
    return 0


def _say(words: str, *, code: int = 0) -> int:
    print(f"dateline: {words}", file=sys.stderr)
    return code

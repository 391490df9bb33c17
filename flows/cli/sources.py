"""Try the sources of a collection: what each lists, and how its latest article is read. Nothing is stored."""

import argparse
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.sources.collection import Collection, Entry
    from dateline.sources.discover import Found
    from dateline.sources.fetch_queue import Fetcher

EPILOG = """\
examples:
  dateline sources check
  dateline sources check --collection sahel.toml

Exit code 1 where a source gives nothing."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add this command's options."""
    parser.add_argument("what", choices=("check",), help="try each source")
    parser.add_argument(
        "--collection", type=Path, default=Path("dateline.toml"), metavar="FILE", help="default: dateline.toml here"
    )


def run(options: argparse.Namespace) -> int:
    """Try every source and print what it gives; returns the exit code."""
    from dateline.sources.collection import CollectionError, read_collection
    from dateline.sources.fetch import Limits
    from dateline.sources.fetch_queue import Fetcher

    try:
        collection = read_collection(options.collection)
    except CollectionError as error:
        print(f"dateline sources: {error}", file=sys.stderr)
        return 2
    if not collection.source:
        print(f"dateline sources: {options.collection} names no source yet", file=sys.stderr)
        return 1
    wanted = collection.fetch
    limits = Limits(seconds=wanted.seconds, largest=int(wanted.largest_mb * 1e6), allow_private=wanted.allow_private)
    with Fetcher(limits, pause=wanted.pause) as fetcher:
        return max(_checked(collection, options.collection.parent, fetcher))


def _checked(collection: "Collection", folder: Path, fetcher: "Fetcher") -> Iterator[int]:
    """One exit code a source, printed as it is known."""
    from rich.text import Text

    from dateline.flows.cli.render import console
    from dateline.sources.collection import FETCHED

    out = console()
    for entry in collection.source:
        out.print(Text.assemble((entry.name, "bold"), f"  {entry.kind} {entry.where}"), soft_wrap=True)
        lines, code = _fetched(entry, folder, fetcher) if entry.kind in FETCHED else _on_disk(entry, folder)
        for line in lines:
            out.print(Text(f"  {line}"), soft_wrap=True)
        yield code


def _fetched(entry: "Entry", folder: Path, fetcher: "Fetcher") -> tuple[list[str], int]:
    from datetime import UTC

    from dateline.sources.discover import discover

    found = discover(entry, fetcher, folder=folder, now=datetime.now(UTC))
    if found.problem is not None:
        return [f"gives nothing: {found.problem}"], 1
    if not found.listed:
        return ["lists no article", *found.notes], 1
    days = sorted(one.latest for one in found.listed if one.latest)
    span = f", {days[0]:%Y-%m-%d} to {days[-1]:%Y-%m-%d}" if days else ", without dates"
    article, code = _first(found, fetcher)
    return [f"lists {len(found.listed):,} articles{span}", *_unusual(found), *found.notes, article], code


def _unusual(found: "Found") -> list[str]:
    expected, count = found.entry.expect, len(found.listed)
    if expected is None or expected[0] <= count <= expected[1]:
        return []
    return [f"unusual: {expected[0]} to {expected[1]} are expected"]


def _first(found: "Found", fetcher: "Fetcher") -> tuple[str, int]:
    """How the first article is read."""
    from dateline.extractors.article import read_article
    from dateline.sources.fetch_queue import fetch_all

    (source,) = fetch_all([found.listed[0].url], fetcher)
    article = read_article(source)
    if article.result != "read":
        return f"the first could not be read: {article.reason} ({source.id})", 1
    day = article.published or "no date"
    return f"the first reads: {article.title or 'untitled'} ({day}, {len(article.text):,} characters)", 0


def _on_disk(entry: "Entry", folder: Path) -> tuple[list[str], int]:
    from dateline.sources.collection import paths_of

    paths = paths_of(entry, folder)
    if not paths:
        return [f"there is no such {'folder' if entry.kind == 'folder' else 'file'}"], 1
    return [f"{len(paths):,} on disk, the first {paths[0]}"], 0

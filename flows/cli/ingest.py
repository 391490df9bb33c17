"""Read pages, texts, folders or URLs into the store. Every input ends in one recorded outcome."""

import argparse
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.flows.cli.runner_option import NAMES as RUNNER
from dateline.flows.cli.runner_option import add_runner_options
from dateline.flows.cli.store_option import add_db_option

if TYPE_CHECKING:
    from dateline.flows.cli.progress import Shown
    from dateline.flows.request import IngestReport, IngestRequest

EPILOG = """\
inputs: .html, .txt, .jsonl or .jsonl.gz of {"id", "html" | "text" | "path", "url"?, "title"?, "published"?},
.warc or .warc.gz, a folder of these, http(s) URLs, or - for standard input.

examples:
  dateline ingest pages/ --db ledger.duckdb
  dateline ingest https://example.org/story --published 2024-05-03
  dateline ingest --urls tonight.txt --jobs 2
  dateline ingest --collection dateline.toml

Every page is kept byte for byte in the archive beside the store (PATH.warc) before it is read. What was read before is
not read again. If this is interrupted, call it again: it goes on where it was.
Exit code 1 only where nothing at all could be read; 3 where a source of the collection gave far less or more than it
usually does; 4, at once, where another run is at work on the store. docs/every-night.md: cron, systemd, Prefect;
docs/large-archives.md: --runner dask, for an archive that one machine does not get through."""


NAME = "dateline.toml"
ALARM = 3  # the exit code where all went well but for a source that gave far less, or more, than it should
PROBLEMS = 5  # listed after a run; `dateline status` lists more


def configure(parser: argparse.ArgumentParser) -> None:
    """Add this command's options."""
    parser.add_argument(
        "inputs", nargs="*", metavar="INPUT", help="a page, a text, a JSONL file, a folder, a URL, or -"
    )
    parser.add_argument(
        "--collection",
        type=Path,
        metavar="FILE",
        help="sources to read tonight (default, without INPUT: dateline.toml)",
    )
    parser.add_argument("--urls", type=Path, metavar="FILE", help="a file of URLs to fetch, one a line")
    add_db_option(parser)
    parser.add_argument(
        "--published", metavar="DATE", help="publication date (YYYY-MM-DD or YYYY-MM) where none is given"
    )
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="worker processes (default: 1)")
    parser.add_argument(
        "--seconds", type=float, default=30.0, metavar="S", help="most for reading a page (default: 30)"
    )
    parser.add_argument("--pause", type=float, default=1.0, metavar="S", help="between requests to a host (default: 1)")
    parser.add_argument("--shard", type=int, default=200, metavar="N", help="inputs stored together (default: 200)")
    parser.add_argument(
        "--map", action="store_true", help="keep where each text stands in the bytes of its page (table text_map)"
    )
    add_runner_options(parser)
    parser.add_argument("--allow-private", action="store_true", help="fetch from private addresses too, for tests")


def run(options: argparse.Namespace) -> int:
    """Run the flow and print what came of it; returns the exit code."""
    began = time.monotonic()
    from dateline.flows.leaving import leave_on_signals
    from dateline.sources.inputs import is_url, url_list

    try:
        inputs = options.inputs + (url_list(options.urls) if options.urls else [])
    except ValueError as error:
        _say(str(error))
        return 1
    if not inputs and options.collection is None:
        options.collection = Path(NAME)
    if options.collection is not None and (fault := _fault(options)):
        _say(fault)
        return 2
    if inputs and not any(given == "-" or is_url(given) or Path(given).exists() for given in inputs):
        _say(f"there is no such file or folder: {', '.join(inputs)}")
        return 1
    with leave_on_signals():
        return _begin(options, inputs, began)


def _fault(options: argparse.Namespace) -> str | None:
    """Look at the collection: what is wrong with it, in words."""
    from dateline.sources.collection import CollectionError, read_collection

    try:
        collection = read_collection(options.collection)
    except CollectionError as error:
        given = options.collection != Path(NAME) or options.collection.exists()
        return str(error) if given else f"give at least one INPUT, or name your sources in {NAME} (`dateline init`)"
    if not collection.source:
        return f"{options.collection} names no source yet"
    return None


def _begin(options: argparse.Namespace, inputs: list[str], began: float) -> int:
    """Say at once what will take a while, see whether the store can be used, and run the flow."""
    from dateline.flows.quiet import quiet_prefect

    api = quiet_prefect()
    where = (
        f"using Prefect at {api}" if api else "starting Prefect (its own temporary server; about 20 s the first time)"
    )
    _say(f"{where} ...")
    from pydantic import ValidationError

    from dateline.flows.lock import EXIT, RunUnderWay
    from dateline.models.store import StoreError

    try:
        request = _request(options, inputs).placed()
        _try_store(request.db)
    except ValidationError as error:
        for fault in error.errors():
            _say(f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg'].removeprefix('Value error, ')}")
        return 2
    except (StoreError, OSError) as error:
        _say(str(error))
        return EXIT if isinstance(error, RunUnderWay) else 1
    return _ingest(request, began, api=api)


def _try_store(db: Path) -> None:
    """A store that cannot be used is told now, not in 20 s; one that somebody is looking into is waited for."""
    from dateline.flows.lock import running
    from dateline.models.store import PATIENCE, Store
    from dateline.models.store_connection import StoreInUse

    with running(db):
        try:
            Store.open(db).close()
        except StoreInUse as error:
            _say(f"{error}; waiting for up to {PATIENCE / 60:.0f} minutes")
            Store.open(db, patience=PATIENCE).close()


def _ingest(request: "IngestRequest", began: float, *, api: str | None) -> int:
    from dateline.flows.cli.progress import Shown
    from dateline.flows.leaving import leave
    from dateline.flows.lock import EXIT, RunUnderWay

    with Shown(sys.stderr) as shown:
        error = _run_flow(request, shown)
    report = shown.report
    fault = error and (str(error).partition("\n")[0] or type(error).__name__)
    if isinstance(error, RunUnderWay):
        _say(str(error))
        leave(EXIT)
    if report is None:
        if api and not shown.begun_at:
            _say(f"nothing was read, since Prefect did not answer: {fault}")
            _say("start it, or unset PREFECT_API_URL (and its line in Prefect's profile) to do without")
            leave(1)
        _say(f"{fault}; call it again to go on (DATELINE_DEBUG=1 shows where it broke)")
        leave(1)
    _summary(report, request, time.monotonic() - began)
    code = 0 if report.inputs > report.outcomes.get("failed", 0) else 1
    for source, why in report.alarms.items():
        _say(f"ALARM: {source} {why}")
        code = code or ALARM
    if fault:
        _say(f"all is stored, but Prefect's own record of the run is not: {fault}")
        leave(code)
    return code


def _run_flow(request: "IngestRequest", shown: "Shown") -> Exception | None:
    """Run the flow; returns what went wrong. Whatever Prefect raises is no reason for a traceback."""
    from dateline.flows.ingest import ingest_telling

    try:
        ingest_telling(request, shown)
    except Exception as error:
        if os.environ.get("DATELINE_DEBUG"):
            raise
        return error
    return None


def _request(options: argparse.Namespace, inputs: list[str]) -> "IngestRequest":
    from dateline.flows.request import IngestRequest

    names: tuple[str, ...] = (
        "db",
        "collection",
        "published",
        "jobs",
        "seconds",
        "pause",
        "shard",
        "map",
        "allow_private",
        *RUNNER,
    )
    return IngestRequest(inputs=inputs, **{name: getattr(options, name) for name in names})


def _summary(report: "IngestReport", request: "IngestRequest", seconds: float) -> None:
    from rich.console import Console
    from rich.table import Table

    from dateline.flows.cli.render import problem_lines
    from dateline.models.store import PATIENCE, Store, archive_folder

    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(justify="right", style="bold")
    table.add_column()
    table.add_row(f"{report.inputs:,}", "inputs" + (", with those of the call that was interrupted" * report.resumed))
    for outcome, count in report.outcomes.items():
        table.add_row(f"{count:,}", f"  {outcome.replace('_', ' ')}")
    table.add_row("", "")
    table.add_row(f"{report.incidents:,}", "incidents in the store now, made of")
    facts = ", ".join(f"{count:,} {name}" for name, count in report.facts.items())
    table.add_row(f"{sum(report.facts.values()):,}", f"values: {facts}")
    out = Console(highlight=False)
    out.print(
        f"run {report.run_id} in {seconds:.0f} s; store {request.db}, pages in {archive_folder(request.db)}",
        markup=False,
    )
    out.print(table)
    with Store.open(request.db, read_only=True, patience=PATIENCE) as store:
        problems = store.problems(run_id=report.run_id)
    if problems:
        out.print()
    for line in problem_lines(problems[:PROBLEMS], more=len(problems) - PROBLEMS, db=request.db):
        out.print(line, soft_wrap=True)
    db = "" if str(request.db) == "dateline.duckdb" else f" --db {request.db}"
    out.print(f"\nnext: dateline show{db}    dateline status{db}    dateline export{db}", markup=False, soft_wrap=True)


def _say(words: str) -> None:
    print(f"dateline: {words}", file=sys.stderr, flush=True)

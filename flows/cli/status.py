"""What the store holds, how the last runs went, and which inputs gave nothing."""

import argparse
from typing import TYPE_CHECKING

from dateline.flows.cli.store_option import add_db_option, reading

if TYPE_CHECKING:
    from dateline.models.store import StoredRun

EPILOG = """\
example:
  dateline status --db ledger.duckdb"""

RUNS = 5
PROBLEMS = 20


def configure(parser: argparse.ArgumentParser) -> None:
    """Add this command's options."""
    parser.add_argument("--all", action="store_true", help=f"list every input that gave nothing, not only {PROBLEMS}")
    add_db_option(parser)


def run(options: argparse.Namespace) -> int:
    """Print counts, runs and problems."""
    from rich.table import Table
    from rich.text import Text

    from dateline.flows.cli.render import console, problem_lines

    with reading(options.db) as store:
        out = console()
        out.print(
            Text(f"{store.path}\n", "bold"),
            Text(", ".join(f"{count:,} {name}" for name, count in store.counts().items()) + "\n"),
            sep="",
        )
        table = Table(box=None, pad_edge=False, header_style="bold")
        for column in ("run", "kind", "started (UTC)", "took", "inputs", "outcomes"):
            table.add_column(
                column, justify="right" if column in ("run", "inputs") else "left", no_wrap=column != "outcomes"
            )
        for one in store.runs(limit=RUNS):
            outcomes = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in one.outcomes.items())
            inputs = "" if one.inputs is None else f"{one.inputs:,}"
            table.add_row(
                str(one.run_id), one.kind, f"{one.started_at:%Y-%m-%d %H:%M:%S}", _took(one), inputs, outcomes
            )
        out.print(table)
        problems = store.problems()
        if problems:
            out.print("\n[bold]gave no article in the last run[/bold]")
        listed = problems if options.all else problems[:PROBLEMS]
        for line in problem_lines(listed, more=len(problems) - len(listed), db=options.db):
            out.print(line, soft_wrap=True)
    return 0


def _took(one: "StoredRun") -> str:
    if one.finished_at is None:
        return "unfinished"
    return f"{(one.finished_at - one.started_at).total_seconds():.1f} s"

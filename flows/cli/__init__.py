"""The command line. Each command is a module here; only the one that is asked for is imported."""

import argparse
import importlib
import os
import sys

from dateline import __version__

# In the order in which people need them: name, and what it does in one line.
COMMANDS = {
    "demo": "read the invented pages that come with Dateline and show what it found",
    "extract": "read pages and write one record a line; no database",
    "init": "write a commented dateline.toml, the sources to read every night",
    "sources": "try the sources of a collection and say what each gives",
    "ingest": "read pages or fetch URLs into the store",
    "rerun": "read again what is archived, where rules have changed; only what the change touches",
    "status": "what the store holds, and how the last runs went",
    "problems": "which inputs gave nothing, why, and how often they were tried; try them again",
    "show": "an article with its values highlighted, an incident or an event with the sentence behind each figure",
    "events": "what happened, counted once: reports of several articles linked, doubtful pairs and your judgements",
    "people": "who is who over articles: spellings, offices, statements, doubtful pairs and your judgements",
    "explain": "why a value is what it is: its words, its rule, its evidence, its sentence",
    "review": "what needs your eyes: doubtful incidents first, and decisions that the machine has moved away from",
    "decide": "accept, reject, correct or add a value, or take in a file of decisions",
    "evaluate": "how often the machine was right here, by field, rule and source, from your decisions",
    "reduce": "what ACLED, UCDP, TBIJ, GTD or Airwars would record of the same claims; contradictions",
    "export": "write incidents and claims for review",
    "diff": "what became different between two runs, and why",
    "publish": "put a read-only copy where analysts can query it, while runs go on",
    "gazetteer": "look up what is known of a name, and add places of your own",
    "verify": "check every span, every hash and every count in the store",
    "rebuild": "make the store again from the archive and the ledger",
    "schema": "print the JSON Schema of a record",
}

EPILOG = """\
examples:
  dateline demo
  dateline extract page.html | python -m json.tool
  dateline ingest pages/ --db ledger.duckdb

`dateline COMMAND --help` says more about each. Exit codes: 0 done, 1 nothing could be read or a check failed,
2 the command line was wrong, 3 done, but something asks for you, 4 another run is at work, 130 interrupted."""


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    parser = argparse.ArgumentParser(
        prog="dateline",
        description="News pages in, an incident ledger with provenance out.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"dateline {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    asked = next((word for word in arguments if word in COMMANDS), None)
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary, formatter_class=argparse.RawDescriptionHelpFormatter)
        if name == asked:
            module = importlib.import_module(f"dateline.flows.cli.{name}")
            command.description, command.epilog = module.__doc__, module.EPILOG
            module.configure(command)
            command.set_defaults(run=module.run)
    options = parser.parse_args(arguments)
    try:
        if os.environ.get("DATELINE_LEXICONS"):
            _check_lexicons()
        code = int(options.run(options))
        sys.stdout.flush()  # here, where it is told in words that nothing more can be written
        return code
    except KeyboardInterrupt:
        print("dateline: interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader (head, less) has seen enough
        _forget_output()
        return 0
    except OSError as error:  # a full disk, most often
        _forget_output()
        where = f"{error.filename}: " if error.filename else ""
        print(f"dateline: {where}{(error.strerror or str(error)).lower()}", file=sys.stderr)
        return 1


def _check_lexicons() -> None:
    """Leave with one clear line where the user's own word lists cannot be used."""
    from dateline.extractors.language.data import check_own

    try:
        check_own()
    except ValueError as error:
        print(f"dateline: {error}", file=sys.stderr)
        raise SystemExit(2) from None


def _forget_output() -> None:
    """What is still to be written would fail again when Python leaves."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

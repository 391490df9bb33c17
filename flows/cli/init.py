"""Write a commented dateline.toml: the sources to be read every night."""

import argparse
import sys
from pathlib import Path

EPILOG = """\
example:
  dateline init
  dateline sources check"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add this command's options."""
    parser.add_argument("path", nargs="?", type=Path, metavar="FILE", help="default: dateline.toml here")


def run(options: argparse.Namespace) -> int:
    """Write the file, unless there is one."""
    from dateline.sources.collection import NAME, TEMPLATE

    path = options.path or Path(NAME)
    try:
        with path.open("x", encoding="utf-8") as out:
            out.write(TEMPLATE)
    except FileExistsError:
        print(f"dateline init: {path} is there already and stays as it is", file=sys.stderr)
        return 1
    print(f"wrote {path}; name your sources in it, then: dateline sources check", file=sys.stderr)
    return 0

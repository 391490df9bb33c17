"""The places that Dateline knows: look a name up, see what they are from, and add your own.

The gazetteer that comes with Dateline is never changed. `add` writes a copy with your places in it, and the environment
variable DATELINE_GAZETTEER says that the copy is to be read. The digest of every reading takes the gazetteer in: places
read with another one are other readings."""

import argparse
import os
import sys
import time
from pathlib import Path

from dateline.flows.cli.gazetteer_text import about_lines, reading_lines

EPILOG = """\
examples:
  dateline gazetteer find "Datta Khel"
  dateline gazetteer add PK.zip my_places.csv --to mine.sqlite
  dateline gazetteer add allCountries.zip --countries PK,AF --names alternateNamesV2.zip --to mine.sqlite
  export DATELINE_GAZETTEER=mine.sqlite; dateline gazetteer info

GeoNames' dumps (PK.zip, allCountries.zip, alternateNamesV2.zip) are at https://download.geonames.org/export/dump/."""

ADD = """\
Adds the places of GeoNames dumps (.zip or .txt) and of your own CSV files to a copy of the gazetteer.

A CSV file is UTF-8 with a first line that names its columns, in any order:
  name        as the news writes it                                    needed
  latitude    degrees, north positive                                  needed
  longitude   degrees, east positive                                   needed
  kind        town, admin1, admin2, area, region, continent or water   town where left out
  country     two letters of ISO 3166-1: PK                            needed but for regions, continents and waters
  admin1      first-order division that it lies in, by name
  admin2      second-order division, by name; needs admin1
  population  people
  variants    further spellings, separated by semicolons
A place that is known already takes your point and keeps its other names. A file with a line that is not understood is
refused whole, with the number of every such line and what is wrong with it."""

_ENVIRONMENT = "DATELINE_GAZETTEER"
_DEFAULT = "gazetteer.sqlite"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add this command's actions and their options."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    form = argparse.RawDescriptionHelpFormatter
    find = actions.add_parser("find", help="what is known of a name", formatter_class=form)
    find.add_argument("name", metavar="NAME", nargs="+")
    info = actions.add_parser("info", help="version, counts, sources, licences, size, time to open")
    info.add_argument("--country", metavar="CODE", help="count the places of one country too")
    add = actions.add_parser("add", help="add places to a copy", description=ADD, formatter_class=form)
    add.add_argument("files", metavar="FILE", nargs="+", type=Path, help="a GeoNames dump, or a CSV file of your own")
    add.add_argument("--names", metavar="FILE", type=Path, help="GeoNames' alternate names: take the English ones")
    add.add_argument("--countries", metavar="CODES", default="", help="of dumps, only these: PK,AF")
    add.add_argument("--least", metavar="N", type=int, default=0, help="of dumps, leave out towns of fewer people")
    build = actions.add_parser("build", help="compile the gazetteer anew from its sources")
    for action in (add, build):
        action.add_argument(
            "--to", metavar="PATH", type=Path, default=Path(os.environ.get(_ENVIRONMENT) or _DEFAULT),
            help=f"the file to write, or to add to (default: ${_ENVIRONMENT}, else {_DEFAULT} here)",
        )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Do what is asked; 1 where a name is not known or a file is not understood."""
    actions = {"find": _find, "info": _info, "add": _add, "build": _build}
    try:
        return actions[options.action](options)
    except ValueError as error:
        print(f"dateline: {error}", file=sys.stderr)
        return 1


def _find(options: argparse.Namespace) -> int:
    from dateline.extractors.places.about import readings
    from dateline.extractors.places.gazetteer import in_use

    name = " ".join(options.name)
    found = list(readings(name, in_use()))
    for line in reading_lines(found, in_use().countries):
        print(line)
    if not found:
        print(f"dateline: nothing is known of {name!r}", file=sys.stderr)
    return 0 if found else 1


def _info(options: argparse.Namespace) -> int:
    from dateline.extractors.compiled import in_force, version_of
    from dateline.extractors.places.about import about
    from dateline.extractors.places.gazetteer import FILE, Gazetteer

    path = in_force(FILE)
    began = time.perf_counter()
    Gazetteer(path).look_up(["kabul"])
    opened = time.perf_counter() - began
    held = about(path)
    for line in about_lines(held, path, opened, options.country, newest=version_of(FILE)):
        print(line)
    return 0 if held.whole else 1


def _add(options: argparse.Namespace) -> int:
    from dateline.extractors.places.add import add
    from dateline.extractors.places.gazetteer import FILE

    if options.to.exists() and options.to.samefile(FILE):
        raise ValueError("the gazetteer that comes with Dateline is never changed; name another file: --to PATH")
    countries = [code.strip() for code in options.countries.split(",") if code.strip()]
    add(
        options.files,
        base=options.to if options.to.exists() else FILE,
        target=options.to,
        names=options.names,
        least=options.least,
        countries=countries,
        said=lambda line: print(line, file=sys.stderr),
    )
    return _written(options.to)


def _build(options: argparse.Namespace) -> int:
    try:
        from dateline.extractors.places.build import build
    except ModuleNotFoundError as error:
        raise ValueError(f"{error.name} is not installed: pip install 'dateline[gazetteer]'") from None
    print("compiling, about two minutes ...", file=sys.stderr)
    build(options.to)
    return _written(options.to)


def _written(path: Path) -> int:
    from dateline.extractors.compiled import version_of

    print(f"{path}: version {version_of(path)}, {path.stat().st_size / 1e6:.1f} MB")
    if os.environ.get(_ENVIRONMENT) != str(path):
        print(f"to have it read: export {_ENVIRONMENT}={path.resolve()}")
    return 0

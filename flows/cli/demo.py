"""Read the invented pages that come with Dateline into a store, and show what was found and where to look next."""

import argparse
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.flows.cli.store_option import reading

if TYPE_CHECKING:
    from dateline.models.store import Store

EPILOG = """\
example:
  dateline demo

The store is demo/ledger.duckdb; the demo begins with a new one each time. The pages are invented, their places real."""

FOLDER = Path("demo")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add this command's options."""
    parser.add_argument("--folder", type=Path, default=FOLDER, metavar="PATH", help="default: demo/ here")


def run(options: argparse.Namespace) -> int:
    """Ingest the pages, list the incidents, show one with its sentences."""
    from dateline.flows.cli import main

    folder: Path = options.folder
    if folder.exists() and not (folder / "ledger.duckdb").exists() and any(folder.iterdir()):
        print(f"dateline: {folder} holds something else; choose another with --folder", file=sys.stderr)
        return 2
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    db = folder / "ledger.duckdb"
    print(f"dateline: reading the invented pages in {_short(pages())} into {db}", file=sys.stderr)
    code = main(["ingest", str(pages()), "--db", str(db)])
    if code == 0:
        with reading(db) as store:
            _show(store)
    return code


def pages() -> Path:
    """The invented pages: beside the code in a checkout, inside the package where Dateline was installed."""
    import dateline

    inside = Path(dateline.__file__).parent / "demo_pages"
    return inside if inside.is_dir() else Path(__file__).resolve().parents[2] / "tests" / "fixtures" / "pages"


def _short(path: Path) -> Path:
    """`path` as seen from here, where it is below."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _show(store: "Store") -> None:
    from dateline.flows.cli.render import console, incident_lines, incidents_table

    out = console()
    found = store.incidents(main=True)
    out.print()
    out.print(
        incidents_table(
            ((one.article.title or one.article.input_id, one.incident) for one in found),
            width=out.width,
            title="what the articles are about",
        )
    )
    telling = [
        one for one in found if one.incident.basis.get("killed") and one.incident.place and one.incident.earliest
    ]
    if not telling:
        return
    # The one with the most to show: figures of several facts, each with its own sentence.
    one = max(telling, key=lambda one: (len(one.incident.facts), one.incident.id))
    out.print(f"\n[bold]one of them, with the sentence behind each value[/bold]  ({one.article.input_id})\n")
    for line in incident_lines(store.record(one.article), one.incident, plain=not out.is_terminal):
        out.print(line)
    claim = one.incident.basis["killed"][0][:8]
    db = f"--db {store.path}"
    out.print("\n[bold]try next[/bold]")
    for command, what in (
        (f"dateline show {one.incident.id[:8]} {db}", "this incident"),
        (f"dateline explain {claim} {db}", "why its figure is what it is"),
        (f"dateline show {one.article.input_id} {db}", "the article, its values highlighted"),
        (f"dateline events {db}", "what happened, counted once over all articles"),
        (f"dateline export --format html -o batch.html {db}", "a page to review them all in a browser"),
        (f"dateline export -o incidents.csv {db}", "all of them for a spreadsheet"),
        (f"dateline verify {db}", "every span and hash read back"),
    ):
        out.print(f"  {command:<62} {what}", markup=False, soft_wrap=True)

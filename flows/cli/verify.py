"""Check every span, every hash from value to text to page, every link and every count in the store. Mends nothing."""

import argparse

from dateline.flows.cli.store_option import add_db_option, reading

EPILOG = """\
example:
  dateline verify --db ledger.duckdb

Exit code 1 where anything does not hold; a check over no rows says that it has shown nothing."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add this command's options."""
    parser.add_argument("--all", action="store_true", help="list every check, not only what is wrong and a summary")
    add_db_option(parser)


def run(options: argparse.Namespace) -> int:
    """Print the checks; returns 1 where one fails."""
    from dateline.extractors.page.read_back import read_back
    from dateline.models.store import archive_folder
    from dateline.models.verify import verify
    from dateline.sources.archive import read_payload

    folder = archive_folder(options.db)
    with reading(options.db) as store:
        checks = verify(store, lambda file, offset: read_payload(folder, file, offset), read_back)
    wrong = [check for check in checks if not check.ok]
    for check in checks if options.all else wrong:
        print(check)
        for problem in check.problems:
            print(f"    {problem}")
        if check.failed > len(check.problems):
            print(f"    and {check.failed - len(check.problems):,} more")
    spans = sum(check.checked for check in checks if check.name.endswith("spans"))
    bytes_read = next(check.checked for check in checks if check.name == "capture bytes")
    state = f"{len(wrong)} of {len(checks)} checks FAILED" if wrong else f"all {len(checks)} checks hold"
    rows = sum(check.checked for check in checks)
    print(f"{state}: {spans:,} spans read back, {bytes_read:,} captures hashed, {rows:,} rows in all")
    return 1 if wrong else 0

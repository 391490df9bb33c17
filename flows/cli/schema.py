"""Print the JSON Schema (2020-12) of the records that `dateline extract` writes."""

import argparse

EPILOG = """\
example:
  dateline schema > record.schema.json"""


def configure(_parser: argparse.ArgumentParser) -> None:
    """This command has no options."""


def run(_options: argparse.Namespace) -> int:
    """Print the schema."""
    import json

    from dateline.models.record import json_schema

    print(json.dumps(json_schema(), indent=2, ensure_ascii=False))
    return 0

"""docs/events.md says what is there: its commands are taken, its views exist."""

import argparse
import re
import shlex
from pathlib import Path

import pytest

from dateline.flows.cli import events
from dateline.models.store import Store

PAGE = (Path(__file__).parent.parent / "docs" / "events.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    dateline events (.*?)(?: +#.*)?$", PAGE, flags=re.MULTILINE)
VIEWS = re.findall(r"^\| `(event_\w+)` \|", PAGE, flags=re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_commands_are_taken(command: str) -> None:
    parser = argparse.ArgumentParser()
    events.configure(parser)
    parser.parse_args(shlex.split(command))  # exits where it is wrong


def test_the_views_and_the_sum_are_there(tmp_path: Path) -> None:
    assert len(VIEWS) >= 5
    assert len(COMMANDS) >= 5
    (query,) = re.findall(r"^    (SELECT .*;)$", PAGE, flags=re.MULTILINE)
    with Store.open(tmp_path / "empty.duckdb") as store:
        for view in VIEWS:
            store.connection.execute(f"FROM {view}")
        assert store.connection.execute(query).fetchall() == []

"""What the README says is true: its commands run, in their order, and its make targets exist."""

import json
import re
import runpy
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.flows.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = re.findall(r"^```console\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)
COMMANDS = [line.removeprefix("$ ") for block in CONSOLE for line in block.splitlines() if line.startswith("$ ")]


@pytest.fixture
def one_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Prefect's temporary server, started once for all flows of this process. test_ingest_command lets a flow start
    its own."""
    from dateline.flows.quiet import quiet_prefect

    quiet_prefect()
    from prefect.server.api.server import SubprocessASGIServer
    from prefect.settings import PREFECT_API_URL, temporary_settings

    server = SubprocessASGIServer()
    server.start()
    with temporary_settings({PREFECT_API_URL: server.api_url}):
        yield
    server.stop()


@pytest.mark.slow
@pytest.mark.usefixtures("one_server")
def test_every_command_of_the_readme_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """One after the other, in one process: each start of Python, and of Prefect's server, would take its seconds again.
    That the program itself starts is tested elsewhere."""
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("DATELINE_DB", raising=False)
    ids: dict[str, str] = {}
    for command in COMMANDS:
        if command.startswith("make "):
            continue  # the test of the next function: a test that runs `make test` would run itself
        words = shlex.split(_with_ids(command, ids))
        assert words.pop(0) == "dateline", command
        words, _, into = _parted(words, ">")
        try:
            code = main(words)
        except SystemExit as leaving:  # how `--help` ends
            code = int(leaving.code or 0)
        said, told = capfd.readouterr()
        assert code == 0, f"$ {command}\n{said}\n{told}"
        assert "Traceback" not in told, f"$ {command}\n{told}"
        for name in into:
            Path(name).write_text(said)
        ids |= {kind: found for kind, found in _ids(command, said) if kind not in ids}


def _parted(words: list[str], mark: str) -> tuple[list[str], str, list[str]]:
    at = words.index(mark) if mark in words else len(words)
    return words[:at], mark, words[at + 1 :]


def _with_ids(command: str, ids: dict[str, str]) -> str:
    """The README shows ids of its own run; here the first ids that were printed stand in their place."""
    return re.sub(r"\b(INCIDENT|FACT|EVENT)\b", lambda name: ids[name[1]], command)


def _ids(command: str, output: str) -> list[tuple[str, str]]:
    """Ids that a command printed: an event or incident begins a line of its list, a fact stands in brackets."""
    kind = "EVENT" if command.startswith("dateline events") else "INCIDENT"
    listed = [(kind, found) for found in re.findall(r"^([0-9a-f]{8}) ", output, flags=re.MULTILINE)]
    return listed + [("FACT", found) for found in re.findall(r"\[([0-9a-f]{8})\]$", output, flags=re.MULTILINE)]


def test_the_readme_has_commands_and_its_make_targets_exist() -> None:
    assert len(COMMANDS) > 5
    targets = [shlex.split(command)[1] for command in COMMANDS if command.startswith("make ")]
    assert {"demo", "test"} <= set(targets)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert [target for target in targets if not re.search(rf"^{target}:", makefile, flags=re.MULTILINE)] == []


def test_every_command_of_the_program_is_in_the_readme() -> None:
    from dateline.flows.cli import COMMANDS as KNOWN

    assert [name for name in KNOWN if f"dateline {name}" not in README] == []


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#]+)\)", README))
def test_links_lead_somewhere(link: str) -> None:
    assert link.startswith("https://") or (ROOT / link).exists()


def test_the_figures_are_those_that_were_kept() -> None:
    rows = re.findall(
        r"^\| (\S+\.jsonl(?:\.gz)?)[^|]*\| (\w+\.\w+) \| ([\d.]+) \| ([\d.]*) *\|$", README, flags=re.MULTILINE
    )
    assert len(rows) > 8
    kept = json.loads((ROOT / "benchmarks" / "figures.json").read_text())
    for name, figure, ours, baseline in rows:
        assert float(ours) == kept[name]["dateline"][figure], (name, figure)
        assert not baseline or float(baseline) == kept[name]["baseline"][figure], (name, figure)


def test_the_picture_shows_what_the_rules_read() -> None:
    drawn = runpy.run_path(str(ROOT / "docs" / "picture.py"))["draw"]()
    kept = (ROOT / "docs" / "picture.svg").read_text(encoding="utf-8")
    assert drawn == kept, "draw it again: python docs/picture.py > docs/picture.svg"

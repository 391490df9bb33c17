"""What the README says is true: its commands run, in their order, and its make targets exist."""

import json
import os
import re
import runpy
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = re.findall(r"^```console\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)
COMMANDS = [line.removeprefix("$ ") for block in CONSOLE for line in block.splitlines() if line.startswith("$ ")]


@pytest.mark.slow
def test_every_command_of_the_readme_runs(tmp_path: Path) -> None:
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    scripts = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "100"}
    environment["XDG_STATE_HOME"] = str(tmp_path / "state")  # another test's Prefect may be at work beside this one's
    environment.pop("DATELINE_DB", None)
    ids: dict[str, str] = {}
    for command in COMMANDS:
        if command.startswith("make "):
            continue  # the test of the next function: a test that runs `make test` would run itself
        run = subprocess.run(
            ["bash", "-o", "pipefail", "-c", _with_ids(command, ids)],
            cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=150, check=False,
        )  # fmt: skip
        assert run.returncode == 0, f"$ {command}\n{run.stdout}\n{run.stderr}"
        assert "Traceback" not in run.stderr, f"$ {command}\n{run.stderr}"
        ids |= {kind: found for kind, found in _ids(run.stdout) if kind not in ids}


def _with_ids(command: str, ids: dict[str, str]) -> str:
    """The README shows ids of its own run; here the first ids that were printed stand in their place."""
    return re.sub(r"\b(INCIDENT|FACT)\b", lambda name: ids[name[1]], command)


def _ids(output: str) -> list[tuple[str, str]]:
    """Ids in the output of `dateline show`: an incident begins a line of the list, a fact stands in brackets."""
    incidents = [("INCIDENT", found) for found in re.findall(r"^([0-9a-f]{8}) ", output, flags=re.MULTILINE)]
    return incidents + [("FACT", found) for found in re.findall(r"\[([0-9a-f]{8})\]$", output, flags=re.MULTILINE)]


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

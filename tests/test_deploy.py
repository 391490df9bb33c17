"""What is handed out to call Dateline every night: the units and the crontab say what the command means."""

import configparser
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from dateline.flows.cli.ingest import ALARM
from dateline.flows.lock import EXIT

DEPLOY = Path(__file__).parent.parent / "deploy"


def _unit(name: str) -> configparser.ConfigParser:
    found = configparser.ConfigParser(interpolation=None, comment_prefixes=("#", ";"), delimiters=("=",))
    found.optionxform = str  # type: ignore[assignment, method-assign]
    found.read_string((DEPLOY / name).read_text(encoding="utf-8"))
    return found


def test_the_exit_codes_mean_what_they_mean() -> None:
    """Another run at work is no failure; an alarm is one, and people see it."""
    codes = _unit("dateline.service")["Service"]["SuccessExitStatus"].split()
    assert codes == [str(EXIT)]
    assert str(ALARM) not in codes


def test_a_run_ends_before_the_next_night() -> None:
    service = _unit("dateline.service")["Service"]
    assert service["Type"] == "oneshot"
    assert int(service["TimeoutStartSec"].removesuffix("h")) < 24
    assert _unit("dateline.timer")["Timer"]["Persistent"] == "true"


@pytest.mark.parametrize("where", ["service", "crontab"])
def test_the_command_is_one_that_there_is(where: str) -> None:
    import argparse

    from dateline.flows.cli import ingest

    if where == "service":
        words = shlex.split(_unit("dateline.service")["Service"]["ExecStart"])
    else:
        (line,) = re.findall(r"^[\d*]+ [\d*]+ [\d*]+ [\d*]+ [\d*]+ (.+)$", (DEPLOY / "crontab").read_text(), re.M)
        words = shlex.split(re.split(r" >> | && ", line)[1])
    assert words[0].endswith("/.local/bin/dateline")
    assert words[1] == "ingest"
    parser = argparse.ArgumentParser()
    ingest.configure(parser)
    assert parser.parse_args(words[2:]).collection == Path("dateline.toml")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """As it would read them for a user whose home is here."""
    for folder in ("run", "news", ".local/bin"):
        (tmp_path / folder).mkdir(parents=True)
    command = tmp_path / ".local/bin/dateline"
    command.write_text("#!/bin/sh\n")
    command.chmod(0o755)
    units = [str(DEPLOY / name) for name in ("dateline.service", "dateline.timer")]
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path / "run")}
    done = subprocess.run(
        ["systemd-analyze", "verify", "--user", *units], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")

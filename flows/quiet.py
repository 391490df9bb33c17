"""Prefect's settings for a command line: no telemetry, no noise, time enough to start. Call before importing Prefect.

What the user has set is left as it is. Needs nothing but the standard library, so that it costs nothing.
"""

import os
import tempfile
from pathlib import Path

SETTINGS = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",  # at ERROR its own shutting down still prints tracebacks
    "PREFECT_LOGGING_LEVEL": "CRITICAL",  # what goes wrong is told by us, once, in words
    "PREFECT_SERVER_EPHEMERAL_ENABLED": "true",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",  # the default of 20 s is less than a first start takes
}


def quiet_prefect() -> str | None:
    """Set what the user has not; returns the URL of the Prefect API that is configured, None where we start one."""
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    configured = os.environ.get("PREFECT_API_URL") or _configured()
    if not configured:
        os.environ.setdefault("PREFECT_HOME", str(_home()))
    return configured


def _configured() -> str | None:
    """The API that the user's own Prefect profile names, if there is one."""
    home = Path(os.environ.get("PREFECT_HOME") or Path.home() / ".prefect")
    try:
        lines = (home / "profiles.toml").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    named = [
        line.partition("=")[2].strip().strip("\"'") for line in lines if line.strip().startswith("PREFECT_API_URL")
    ]
    return named[0] if named else None


def _home() -> Path:
    """A folder of our own for Prefect's database, kept because the first start in a new one takes longer."""
    state = os.environ.get("XDG_STATE_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".local" / "state"
    home = Path(state) / "dateline" / "prefect"
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError:
        owner = os.getuid() if hasattr(os, "getuid") else "own"  # a folder of another user's would be closed to us
        return Path(tempfile.gettempdir()) / f"dateline-prefect-{owner}"
    return home

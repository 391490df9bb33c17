"""The deployments of prefect.yaml, tried on a Prefect server, work pool and worker of their own on 127.0.0.1.

    python -m benchmarks.deployment          also: make deployment

Everything happens in a temporary folder, Prefect's own home included, over a small invented news site; at the end
nothing is left. Exit code 1, and the logs of server and worker, where something is not as it should be.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from dateline.flows.quiet import SETTINGS
from dateline.models.store import Store
from tests.night_site import BAD, night_site

ROOT = Path(__file__).parent.parent
STORIES = 12
DEPLOYED = ["export/weekly", "ingest/nightly", "publish/weekly", "rerun/weekly"]
START = 180.0  # seconds until the server must answer; its first start makes a database
PLAN = 90.0  # seconds until the server must have planned runs; it looks at its schedules every minute
COLLECTION = """store = "night.duckdb"
[fetch]
pause = 0.0
seconds = 1.0
largest_mb = 5
allow_private = true

[[source]]
name = "The Night Post"
feed = "{base}/feed.xml"
expect = {expect}
"""
WRONG = {
    "a number of workers that is none": {"collection": "dateline.toml", "jobs": 0},
    "a parameter that does not exist": {"collection": "dateline.toml", "sorces": []},
    "a date that is none": {"collection": "dateline.toml", "published": "soon"},
    "sources that are no list": {"inputs": "https://example.org/"},
}


class Trial:
    """A folder with a collection, and the addresses and settings of the server for it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.api = f"http://127.0.0.1:{self.port}/api"
        own = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
        quiet = {name: value for name, value in SETTINGS.items() if "LOGGING" not in name}
        home = {"PREFECT_HOME": str(folder / "prefect"), "PREFECT_API_URL": self.api, "NO_COLOR": "1", "COLUMNS": "200"}
        self.environment = {**own, **quiet, **home, "PREFECT_SERVER_UI_ENABLED": "false"}

    def prefect(self, *words: str) -> tuple[int, str]:
        """Call `prefect`; its exit code and all that it said."""
        command = [sys.executable, "-m", "prefect", "--no-prompt", *words]
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False, timeout=300
        )
        return done.returncode, done.stdout + done.stderr

    @contextmanager
    def running(self, name: str, *words: str) -> Iterator[Path]:
        """`prefect` with these words, in the background; gives its log. It ends with all it has started."""
        log = self.folder / f"{name}.log"
        with log.open("w") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "prefect", *words],
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
            try:
                yield log
            finally:
                _end(process)

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """What the server answers."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.api + path, data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def wait(self) -> None:
        """Until the server answers."""
        latest = time.monotonic() + START
        while True:
            try:
                self.ask("/health")
                return
            except OSError:
                if time.monotonic() > latest:
                    raise
            time.sleep(0.5)

    def collection(self, base: str, *, expect: str) -> None:
        """Write the collection."""
        (self.folder / "dateline.toml").write_text(COLLECTION.format(base=base, expect=expect), encoding="utf-8")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and those in its session."""
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, 9)
        process.wait()


def _check(what: str, right: bool, said: str = "") -> None:
    print(f"{'ok   ' if right else 'WRONG'} {what}", flush=True)
    if not right:
        raise AssertionError(said)


def _deploy(trial: Trial) -> None:
    code, said = trial.prefect("work-pool", "create", "dateline", "--type", "process")
    code += trial.prefect("work-pool", "set-concurrency-limit", "dateline", "1")[0]
    _check("a work pool for one run at a time", code == 0, said)
    code, said = trial.prefect("deploy", "--all", "--prefect-file", str(ROOT / "prefect.yaml"))
    flows = {flow["id"]: flow["name"] for flow in trial.ask("/flows/filter", {})}
    found = trial.ask("/deployments/filter", {})
    names = sorted(f"{flows[one['flow_id']]}/{one['name']}" for one in found)
    _check(f"deployed: {', '.join(names)}", names == DEPLOYED, said)
    _check("each with a schedule, and one run at a time", all(one["schedules"] and _limit(one) == 1 for one in found))
    form = next(one for one in found if one["name"] == "nightly")["parameter_openapi_schema"]
    fields = form["definitions"]["IngestRequest"]["properties"]
    described = {"collection", "db", "jobs"} <= {name for name, field in fields.items() if field.get("description")}
    _check(f"a form of {len(fields)} fields, with descriptions", described)


def _limit(deployment: dict[str, Any]) -> Any:
    return (deployment.get("global_concurrency_limit") or {}).get("limit")


def _planned(trial: Trial) -> None:
    """The server itself must plan the nights: one that cannot still takes every deployment, without a word."""
    latest = time.monotonic() + PLAN
    planned: set[str] = set()
    while len(planned) < len(DEPLOYED) and time.monotonic() < latest:
        time.sleep(1.0)
        found = trial.ask("/flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}})
        planned = {run["deployment_id"] for run in found if run["auto_scheduled"]}
    _check(f"the server has planned runs of {len(planned)} deployments", len(planned) == len(DEPLOYED))


def _refused(trial: Trial) -> None:
    for what, request in WRONG.items():
        code, said = trial.prefect("deployment", "run", "ingest/nightly", "--param", f"request={json.dumps(request)}")
        why = next((line.strip() for line in said.splitlines() if "alidat" in line or "rror" in line), said.strip())
        _check(f"refused: {what} ({why[:150]})", code != 0, said)


def _run(trial: Trial, deployment: str, **parameters: Any) -> tuple[int, str]:
    """Run a deployment through the worker and wait for its end."""
    given = [word for name, value in parameters.items() for word in ("--param", f"{name}={json.dumps(value)}")]
    watched = ("--watch", "--watch-interval", "1", "--watch-timeout", "180")
    return trial.prefect("deployment", "run", deployment, *given, *watched)


def _failed(trial: Trial) -> list[str]:
    """What the states of the runs that failed say, the latest first."""
    found = trial.ask("/flow_runs/filter", {"sort": "START_TIME_DESC"})
    return [run["state"]["message"] for run in found if run["state_type"] == "FAILED"]


def _refused_by_the_flow(trial: Trial) -> None:
    """What no form can see: the flow ends before it has begun."""
    code, said = _run(trial, "ingest/nightly", request={})
    why = " ".join(_failed(trial)[0].split())
    _check(
        f"refused by the flow: nothing to read ({why[:200]})", code != 0 and "give inputs, or a collection" in why, said
    )


def _nights(trial: Trial) -> None:
    code, said = _run(trial, "ingest/nightly")
    _check("the nightly deployment, through the worker", code == 0 and "Completed" in said, said)
    with Store.open(trial.folder / "night.duckdb", read_only=True) as store:
        (run,) = store.runs()
        (source,) = store.run_sources(run.run_id)
    _check(f"its run in the store: {run.outcomes}", run.outcomes == {"failed": len(BAD), "read": STORIES // 2})
    _check(f"its source: {source.listed} listed, no alarm", source.alarm is None)
    keys = sorted({one["key"] for one in trial.ask("/artifacts/filter", {}) if one["key"]})
    _check(
        f"its artifacts: {', '.join(keys)}",
        keys == ["ingest-problems", "ingest-sources", "ingest-summary"],
    )


def _alarm(trial: Trial, base: str) -> None:
    trial.collection(base, expect="[500, 600]")
    code, said = _run(trial, "ingest/nightly")
    message = _failed(trial)[0]
    _check(f"a night with an alarm has failed: {message}", message.startswith("Alarm: The Night Post"), said)
    _check("which fails for those who watch it", code != 0, said)
    with Store.open(trial.folder / "night.duckdb", read_only=True) as store:
        outcomes = store.runs()[0].outcomes
    _check(f"and is stored all the same: {outcomes}", outcomes.get("unchanged") == STORIES // 2)


def _rerun(trial: Trial) -> None:
    for path in trial.folder.glob("night.duckdb*"):
        copy = shutil.copytree if path.is_dir() else shutil.copy
        copy(path, path.with_name(path.name.replace("night.duckdb", "dateline.duckdb")))
    code, said = _run(trial, "rerun/weekly")
    with Store.open(trial.folder / "dateline.duckdb", read_only=True) as store:
        run = store.runs()[0]
    right = code == 0 and (run.kind, set(run.outcomes)) == ("rerun", {"unchanged"})
    _check(f"the rerun, through the worker, on rules that have not changed: {run.outcomes}", right, said)


def _export(trial: Trial) -> None:
    code, said = _run(trial, "export/weekly")
    rows = (trial.folder / "incidents.csv").read_text(encoding="utf-8-sig").splitlines() if code == 0 else []
    _check(f"the export, through the worker: {len(rows) - 1} rows", len(rows) > STORIES // 2, said)


def _publish(trial: Trial) -> None:
    """The last night had an alarm: nothing may be published, unless somebody says so."""
    code, said = _run(trial, "publish/weekly")
    out = trial.folder / "published.duckdb"
    why = " ".join(_failed(trial)[0].split())
    _check(f"nothing is published after an alarm ({why[:120]})", code != 0 and not out.exists(), said)
    request = {"db": str(trial.folder / "dateline.duckdb"), "out": str(out), "anyway": True}
    code, said = _run(trial, "publish/weekly", request=request)
    _check("unless somebody says so", code == 0 and out.exists(), said)
    with Store.open(out, read_only=True) as store:
        row = store.connection.execute("SELECT count(*) FROM event_summary").fetchone()
    _check(f"a snapshot of {row[0] if row else 0} events", bool(row and row[0]))


def main() -> int:
    """Try it all; returns the exit code."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="dateline-deployment-") as name, ExitStack() as stack:
        trial = Trial(Path(name))
        site = stack.enter_context(night_site(1, stories=STORIES))
        trial.collection(site.base, expect="[1, 100]")
        logs = [stack.enter_context(trial.running("server", "server", "start", "--port", str(trial.port)))]
        try:
            trial.wait()
            print(f"ok    a Prefect server at {trial.api}", flush=True)
            _deploy(trial)
            _planned(trial)
            _refused(trial)
            logs.append(stack.enter_context(trial.running("worker", "worker", "start", "--pool", "dateline")))
            _refused_by_the_flow(trial)
            _nights(trial)
            _alarm(trial, site.base)
            _rerun(trial)
            _export(trial)
            _publish(trial)
        except (AssertionError, OSError, ValueError, LookupError, subprocess.TimeoutExpired) as error:
            print(f"\n{type(error).__name__}: {error}")
            for log in logs:
                print(f"\n{log.name}:\n{log.read_text()[-6000:]}")
            return 1
    print(f"done in {time.monotonic() - began:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

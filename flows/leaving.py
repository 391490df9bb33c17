"""Leaving at once, whatever Prefect is at. The store survives a kill at any moment, so nothing has to be tidied up.

Control-C reaches Prefect's temporary server too, which is in the same process group; its client would then try for a
minute and a half to tell the dead server that the run was interrupted, and end in a traceback.
"""

import atexit
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

# Waits for the end of our input, which is our end; kills the process named unless told that all is well.
_GUARD = "import os, sys; sys.stdin.read() or os.kill(int(sys.argv[1]), 9)"


@contextmanager
def leave_on_signals() -> Iterator[None]:
    """Meanwhile an interrupt (exit code 130) or termination (143) ends this process and all it has started."""

    def handler(number: int, frame: FrameType | None) -> None:
        print("\ndateline: interrupted; what is stored is whole. Call it again to go on.", file=sys.stderr, flush=True)
        leave(128 + number)

    before = {number: signal.signal(number, handler) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)


def leave(code: int) -> NoReturn:
    """End the workers, Prefect's temporary server and this process, without any of their own ways out."""
    sys.stdout.flush()
    sys.stderr.flush()
    for worker in multiprocessing.active_children():
        worker.kill()
    for server in _servers():
        server.kill()
    os._exit(code)


def guard_servers() -> None:
    """See to it that Prefect's temporary server does not outlive this process where that is killed. It would stay for
    ever, with 150 MB."""
    for server in _servers():
        command = [sys.executable, "-S", "-E", "-c", _GUARD, str(server.pid)]
        guard = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True)
        atexit.register(guard.communicate, b"all is well")


def _servers() -> "list[subprocess.Popen[bytes]]":
    """The temporary servers that Prefect has started here; none where a later Prefect keeps them elsewhere."""
    api = sys.modules.get("prefect.server.api.server")
    known = getattr(getattr(api, "SubprocessASGIServer", None), "_instances", {})
    found = [getattr(server, "server_process", None) for server in known.values()]
    return [server for server in found if server is not None]

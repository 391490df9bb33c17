"""A headless Chromium for tests, driven over the DevTools protocol: open a file, press keys, click, ask, take pictures.

    with Browser(Path("/tmp/profile")) as browser:
        browser.open(page)
        browser.keys("jja")
        assert browser.ask("document.title") == "..."

What the page throws, logs as an error, or is refused by its policy is gathered in `browser.errors`.
"""

import base64
import json
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from websockets.sync.client import ClientConnection, connect

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
PATIENCE = 20.0  # seconds for a browser to start, or to answer, on a busy machine
_OPTIONS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--mute-audio",
            "--disable-dev-shm-usage", "--hide-scrollbars", "--force-color-profile=srgb")  # fmt: skip
# Keys that are no characters: their name, code and number.
_NAMED = {"Enter": 13, "Escape": 27, "Tab": 9, "ArrowDown": 40, "ArrowUp": 38, "ArrowLeft": 37, "ArrowRight": 39,
          "Home": 36, "End": 35}  # fmt: skip


class PageError(AssertionError):
    """What the page threw when it was asked."""


class Browser:
    """One browser with one page; `folder` takes its profile and its downloads."""

    def __init__(self, folder: Path, *, size: tuple[int, int] = (1366, 768)) -> None:
        assert CHROMIUM, "no Chromium here"
        self.downloads, self.size = folder / "downloads", size
        self.errors: list[str] = []
        self._events: list[dict[str, Any]] = []
        self._number = 0
        profile = folder / "profile"
        self.downloads.mkdir(parents=True)
        command = [CHROMIUM, *_OPTIONS, "--remote-debugging-port=0", f"--user-data-dir={profile}", "about:blank"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            self._socket = self._connected(profile / "DevToolsActivePort")
        except BaseException:
            self._process.kill()
            raise
        self.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(self.downloads))
        (target,) = [one for one in self.call("Target.getTargets")["targetInfos"] if one["type"] == "page"]
        attached = self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session: str | None = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.look()

    _session: str | None = None

    def __enter__(self) -> "Browser":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _connected(self, port_file: Path) -> ClientConnection:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self._process.poll() is None:
            written = port_file.read_text().split("\n") if port_file.exists() else []
            if len(written) >= 2:
                return connect(f"ws://127.0.0.1:{written[0]}{written[1]}", max_size=None, open_timeout=PATIENCE)
            time.sleep(0.02)
        raise AssertionError("Chromium did not start")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """A command of the protocol, and its answer."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._socket.send(json.dumps(message))
        while True:
            answer = json.loads(self._socket.recv(timeout=PATIENCE))
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise AssertionError(f"{method}: {answer['error']}")
                found: dict[str, Any] = answer.get("result", {})
                return found
            self._note(answer)

    def _note(self, event: dict[str, Any]) -> None:
        self._events.append(event)
        method, about = event.get("method"), event.get("params", {})
        if method == "Runtime.exceptionThrown":
            details = about["exceptionDetails"]
            self.errors.append(details.get("exception", {}).get("description") or details["text"])
        elif method == "Log.entryAdded" and about["entry"]["level"] == "error":
            self.errors.append(about["entry"]["text"])
        elif method == "Runtime.consoleAPICalled" and about["type"] in ("error", "assert"):
            self.errors.append(str(about["args"]))
        elif method == "Page.javascriptDialogOpening":
            # A page that asks whether to leave it would wait for ever.
            self._socket.send(json.dumps({"id": 0, "method": "Page.handleJavaScriptDialog",
                                          "params": {"accept": True}, "sessionId": self._session}))  # fmt: skip

    def saw(self, method: str) -> list[dict[str, Any]]:
        """What the protocol told of by that name since the page was opened."""
        return [event["params"] for event in self._events if event.get("method") == method]

    def look(self, *, dark: bool = False, height: int | None = None) -> None:
        """Light or dark; without motion; the size of the window."""
        self.call("Emulation.setDeviceMetricsOverride", width=self.size[0], height=height or self.size[1],
                  deviceScaleFactor=1, mobile=False)  # fmt: skip
        features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
                    {"name": "prefers-reduced-motion", "value": "reduce"}]  # fmt: skip
        self.call("Emulation.setEmulatedMedia", features=features)

    def open(self, path: Path) -> None:
        """Open a file and wait until it is there, scripts and all."""
        self._events.clear()
        self.call("Page.navigate", url=path.resolve().as_uri())
        self.wait(f"document.readyState === 'complete' && location.pathname.endsWith({json.dumps(path.name)})")

    def ask(self, expression: str) -> Any:
        """The value of an expression of JavaScript in the page; PageError where it throws."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise PageError(details.get("exception", {}).get("description") or details["text"])
        return answer["result"].get("value")

    def wait(self, expression: str, *, patience: float = PATIENCE) -> None:
        """Until an expression holds."""
        _until(lambda: bool(self.ask(f"Boolean({expression})")), expression, patience)

    def keys(self, *pressed: str) -> None:
        """Press keys, one after the other: characters of a string each, or a key by its name ("Enter", "Shift+Tab")."""
        for one in pressed:
            name = one.removeprefix("Shift+")
            if name in _NAMED:
                self._key(name, _NAMED[name], shift=name != one)
            else:
                for character in one:
                    self._key(character, ord(character.upper()), shift=character.isupper())

    def _key(self, name: str, number: int, *, shift: bool) -> None:
        about: dict[str, Any] = {"key": name, "windowsVirtualKeyCode": number, "modifiers": 8 if shift else 0}
        text = {"Enter": "\r"}.get(name, name if name not in _NAMED else "")
        self.call("Input.dispatchKeyEvent", type="keyDown", **about, **({"text": text} if text else {}))
        self.call("Input.dispatchKeyEvent", type="keyUp", **about)

    def type(self, words: str) -> None:
        """Words into whatever has the focus, in place of what is selected."""
        self.call("Input.insertText", text=words)

    def click(self, selector: str) -> None:
        """Click in the middle of what a selector finds first."""
        found = self.ask(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)}); if (!e) return null;"
            " e.scrollIntoView({block: 'nearest'}); const r = e.getClientRects()[0];"
            " return r ? [r.x + r.width / 2, r.y + r.height / 2] : null; })()"
        )
        assert found, f"nothing to click: {selector}"
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=found[0], y=found[1], button="left", clickCount=1)

    def choose_file(self, selector: str, path: Path) -> None:
        """Put a file into a file field."""
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        node = self.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.call("DOM.setFileInputFiles", files=[str(path)], nodeId=node)

    def downloaded(self) -> Path:
        """The one file that was saved, once it is whole; it is moved aside, so that the next is the one again."""
        found: list[Path] = []

        def whole() -> bool:
            found[:] = [one for one in self.downloads.glob("*") if one.is_file() and one.suffix != ".crdownload"]
            return bool(found)

        _until(whole, "a download", PATIENCE)
        (path,) = found
        kept = self.downloads.parent / f"{len(list(self.downloads.parent.iterdir()))}-{path.name}"
        return path.rename(kept)

    def picture(self, path: Path) -> None:
        """A PNG of what is seen."""
        shown = self.call("Page.captureScreenshot", format="png")
        path.write_bytes(base64.b64decode(shown["data"]))

    def tree(self) -> list[dict[str, Any]]:
        """The accessibility tree: role, name and properties of everything that assistive technology is told of."""
        nodes: list[dict[str, Any]] = self.call("Accessibility.getFullAXTree")["nodes"]
        return [node for node in nodes if not node.get("ignored")]


def _until(holds: Callable[[], bool], what: str, patience: float) -> None:
    until = time.monotonic() + patience
    while not holds():
        if time.monotonic() > until:
            raise AssertionError(f"waited in vain for {what}")
        time.sleep(0.02)

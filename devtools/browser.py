"""A headless Chromium, driven by its DevTools protocol (chromedevtools.github.io/devtools-protocol)."""

import base64
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

NAMES = ("chromium", "chromium-browser", "google-chrome")
_START_S = 60.0


class PageFailed(Exception):
    """What a page's script raised, or what did not come about in time."""


def installed() -> str | None:
    """The program, None where no Chromium is installed."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class Tab:
    """One page."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._count = 0
        self.complaints: list[str] = []
        """What the browser logged as errors: refused by a content policy, scripts that failed."""
        for domain in ("Page", "Runtime", "Log", "Accessibility"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """The result of a method; raises PageFailed."""
        self._count += 1
        self._socket.send(json.dumps({"id": self._count, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv(timeout=_START_S))
            self._note(message)
            if message.get("id") == self._count:
                if "error" in message:
                    raise PageFailed(f"{method}: {message['error']['message']}")
                result: dict[str, Any] = message["result"]
                return result

    def _note(self, message: dict[str, Any]) -> None:
        method, params = message.get("method"), message.get("params", {})
        if method == "Runtime.exceptionThrown":
            self.complaints.append(params["exceptionDetails"]["text"])
        if method == "Log.entryAdded" and params["entry"]["level"] == "error":
            self.complaints.append(params["entry"]["text"])

    def open(self, url: str, *, width: int = 1000, height: int = 700) -> None:
        """Show an address in a window of this size."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.call("Emulation.setDeviceMetricsOverride", **size)
        self.call("Page.navigate", url=url)
        self.until("document.readyState === 'complete'")

    def value(self, script: str) -> Any:
        """What an expression is worth, promises awaited; raises PageFailed."""
        found = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in found:
            raise PageFailed(found["exceptionDetails"].get("exception", {}).get("description", script))
        return found["result"].get("value")

    def until(self, script: str) -> None:
        """Wait until an expression is true; raises PageFailed."""
        ends = time.monotonic() + _START_S
        while not self.value(script):
            if time.monotonic() > ends:
                raise PageFailed(f"never true: {script}")
            time.sleep(0.05)

    def press(self, key: str) -> None:
        """Press and release a key, such as Tab or Enter."""
        text = {"Enter": "\r"}.get(key, "")
        codes = {"Tab": 9, "Enter": 13}
        for kind, typed in (("keyDown", text), ("keyUp", "")):
            self.call(
                "Input.dispatchKeyEvent", type=kind, key=key, code=key, text=typed,
                windowsVirtualKeyCode=codes.get(key, 0),
            )  # fmt: skip

    def picture(self, path: Path) -> None:
        """Write what is shown as a PNG."""
        shot = self.call("Page.captureScreenshot", format="png")
        path.write_bytes(base64.b64decode(shot["data"]))

    def spoken(self) -> list[tuple[str, str]]:
        """Role and name of every node that assistive technology sees."""
        nodes = self.call("Accessibility.getFullAXTree")["nodes"]
        return [
            (one["role"]["value"], one.get("name", {}).get("value", ""))
            for one in nodes
            if not one["ignored"]
        ]


@contextmanager
def tab(program: str) -> Iterator[Tab]:
    """A page of a fresh browser, which ends afterwards."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        command = [
            program, "--headless=new", "--remote-debugging-port=0", f"--user-data-dir={folder}",
            "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--hide-scrollbars", "--lang=en-US", "about:blank",
        ]  # fmt: skip
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as browser:
            try:
                port = _port(Path(folder) / "DevToolsActivePort")
                with connect(_address(port), max_size=50_000_000, proxy=None) as socket:
                    yield Tab(socket)
            finally:
                browser.kill()


def _port(told: Path) -> int:
    """The browser writes it when it is up."""
    ends = time.monotonic() + _START_S
    while time.monotonic() < ends:
        if told.exists() and (lines := told.read_text().splitlines()):
            return int(lines[0])
        time.sleep(0.05)
    raise PageFailed("the browser did not start")


def _address(port: int) -> str:
    import urllib.request  # noqa: PLC0415 - beside its only use

    with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list", timeout=_START_S) as answer:
        pages = [one for one in json.load(answer) if one["type"] == "page"]
    found: str = pages[0]["webSocketDebuggerUrl"]
    return found

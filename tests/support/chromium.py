"""Chromium as the second renderer: one browser, driven over its DevTools protocol, that draws SVG files.

It sees our fonts and no others, and never touches the network.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote

import cv2
import numpy as np
from websockets.sync.client import connect

from ddm import fonts

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-device-scale-factor=1",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--allow-file-access-from-files",
    "--remote-debugging-port=0",
)
PATIENCE = 60
"""Seconds for a browser to start or a picture to be drawn, on a machine that is busy."""


def program() -> str | None:
    """The path of an installed browser."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


class Chromium:
    """A running browser. `with Chromium() as browser: browser.draw(path, 300, 250)`."""

    def __init__(self) -> None:
        self._profile = Path(tempfile.mkdtemp(prefix="ddm-chromium-"))
        self._number = 0
        self._events: list[str] = []

    def __enter__(self) -> Chromium:
        found = program()
        assert found, f"none of {', '.join(PROGRAMS)} is installed"
        command = [found, *FLAGS, f"--user-data-dir={self._profile}", "about:blank"]
        environment = {**os.environ, "FONTCONFIG_FILE": str(fonts.fontconfig_file())}
        # A session of its own: the browser's helpers go with it when it is ended.
        self._process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        port, path = self._address()
        self._open = ExitStack()
        self._socket = self._open.enter_context(connect(f"ws://127.0.0.1:{port}{path}", max_size=None))
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._call("Page.enable", self._session)
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()
        os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait(PATIENCE)
        shutil.rmtree(self._profile, ignore_errors=True)

    def draw(self, svg: Path, width: int, height: int) -> np.ndarray:
        """What the browser shows of a file in a window of width x height: (height, width, 3) uint8 sRGB."""
        self.visit(f"file://{quote(str(svg.resolve()))}", width, height)
        shot = self._call("Page.captureScreenshot", self._session, format="png", captureBeyondViewport=False)
        pixels = cv2.imdecode(np.frombuffer(base64.b64decode(shot["data"]), np.uint8), cv2.IMREAD_COLOR)
        return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB))

    def visit(self, url: str, width: int, height: int) -> None:
        """Open a page in a window of width x height and wait until it has loaded."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self._call("Emulation.setDeviceMetricsOverride", self._session, **metrics)
        self._events.clear()
        self._call("Page.navigate", self._session, url=url)
        self._event("Page.loadEventFired")

    def until(self, script: str) -> Any:
        """The value of an expression once it is true, asked again and again."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if value := self.run(script):
                return value
            time.sleep(0.05)
        raise TimeoutError(f"{script} did not become true")

    def run(self, script: str) -> Any:
        """The value of an expression in the page drawn last."""
        return self._call("Runtime.evaluate", self._session, expression=script, returnByValue=True)["result"].get(
            "value"
        )

    def _address(self) -> tuple[str, str]:
        """The browser writes the port it chose and the path of its socket into its profile."""
        file = self._profile / "DevToolsActivePort"
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            lines = file.read_text().split("\n") if file.exists() else []
            if len(lines) == 2 and lines[1]:
                return lines[0], lines[1]
            time.sleep(0.05)
        raise TimeoutError(f"the browser did not start: exit status {self._process.poll()}")

    def _call(self, method: str, session: str = "", **params: Any) -> dict[str, Any]:
        self._number += 1
        message = {
            "id": self._number,
            "method": method,
            "params": params,
            **({"sessionId": session} if session else {}),
        }
        self._socket.send(json.dumps(message))
        while True:
            answer = json.loads(self._socket.recv(timeout=PATIENCE))
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return answer["result"]
            self._events.append(answer.get("method", ""))

    def _event(self, name: str) -> None:
        while name not in self._events:
            self._events.append(json.loads(self._socket.recv(timeout=PATIENCE)).get("method", ""))
        self._events.clear()

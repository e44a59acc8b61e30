"""A real S3-compatible server on loopback, and a door before it that delays, cuts, loses and spoils answers.

The server is localbucket, which keeps objects as plain files; deleting many objects at once is added here, since every
client of tables asks for it.
"""

from __future__ import annotations

import itertools
import socket
import threading
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import localbucket
import pytest

BUCKET = "library-tests"
SPACE = "{http://s3.amazonaws.com/doc/2006-03-01/}"


class _Handler(localbucket.S3Handler):
    """With DeleteObjects."""

    def _post_request(self, bucket: str, key: str) -> None:
        if key or "delete" not in self.query:
            super()._post_request(bucket, key)
            return
        root = ET.Element("DeleteResult", xmlns=SPACE.strip("{}"))
        for name in ET.fromstring(self._read_body()).iter(f"{SPACE}Key"):
            self._object_path(bucket, name.text or "").unlink(missing_ok=True)
            ET.SubElement(ET.SubElement(root, "Deleted"), "Key").text = name.text
        self._send_xml(root)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that go in the middle of an answer are what the tests are about."""


@contextmanager
def s3_server(folder: Path) -> Iterator[int]:
    """The port at which it answers; objects lie below folder/BUCKET."""
    (folder / BUCKET).mkdir(parents=True, exist_ok=True)
    handler = type("Handler", (_Handler,), {"data_root": folder.resolve()})
    server = _Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def environment(port: int) -> dict[str, str]:
    """What a client needs to find the server."""
    return {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def use(patch: pytest.MonkeyPatch, port: int) -> None:
    for name, value in environment(port).items():
        patch.setenv(name, value)


Fault = str
"""pass; late: the answer waits; cut: half of it; lost: done, but not answered; broken: 500, not done; spoilt: a byte of
a picture is another one."""


@dataclass
class Door:
    """Requests pass one by one; `faults` decides what happens to the next, by its first line."""

    port: int
    upstream: int
    faults: Callable[[str], Fault] = field(default=lambda line: "pass")
    seen: list[tuple[str, Fault]] = field(default_factory=list)


DELAY = 0.4


@contextmanager
def door(upstream: int) -> Iterator[Door]:
    """A socket before the server; one request for each connection."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    listener.settimeout(0.05)
    found, closing = Door(listener.getsockname()[1], upstream), threading.Event()
    thread = threading.Thread(target=_listen, args=(listener, found, closing))
    thread.start()
    try:
        yield found
    finally:
        closing.set()
        thread.join()
        listener.close()


def _listen(listener: socket.socket, door: Door, closing: threading.Event) -> None:
    while not closing.is_set():
        with suppress(TimeoutError):
            client = listener.accept()[0]
            client.settimeout(30)
            threading.Thread(target=_serve, args=(client, door), daemon=True).start()


def _serve(client: socket.socket, door: Door) -> None:
    with client, suppress(OSError):
        head, body = _request(client)
        line = head.split(b"\r\n", 1)[0].decode()
        fault = door.faults(line)
        door.seen.append((line, fault))
        if fault == "broken":
            client.sendall(b"HTTP/1.1 500 Broken\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            return
        answer = _asked(door.upstream, head, body)
        if fault == "late":
            time.sleep(DELAY)
        if fault != "lost":
            client.sendall(SPOILT[fault](answer) if fault in SPOILT else answer)


def _flipped(answer: bytes) -> bytes:
    at = len(answer) - 20
    return answer[:at] + bytes([answer[at] ^ 0xFF]) + answer[at + 1 :]


SPOILT: Mapping[Fault, Callable[[bytes], bytes]] = {
    "cut": lambda answer: answer[: len(answer) // 2],
    "spoilt": _flipped,
}


def _request(client: socket.socket) -> tuple[bytes, bytes]:
    data = b""
    while b"\r\n\r\n" not in data:
        data += _more(client)
    head, _, body = data.partition(b"\r\n\r\n")
    length = next((int(row.split(b":")[1]) for row in head.lower().split(b"\r\n") if row[:15] == b"content-length:"), 0)
    while len(body) < length:
        body += _more(client)
    return head, body


def _more(client: socket.socket) -> bytes:
    data = client.recv(65536)
    if not data:
        raise OSError("the client is gone")
    return data


def _asked(port: int, head: bytes, body: bytes) -> bytes:
    rows = [row for row in head.split(b"\r\n") if not row.lower().startswith(b"connection:")]
    with socket.create_connection(("127.0.0.1", port), timeout=30) as server:
        server.sendall(b"\r\n".join([*rows, b"Connection: close"]) + b"\r\n\r\n" + body)
        return b"".join(iter(lambda: server.recv(65536), b""))


def every(number: int, fault: Fault, among: str = "") -> Callable[[str], Fault]:
    """Each so-manieth request whose first line contains `among` suffers the fault."""
    count = itertools.count(1)
    return lambda line: fault if among in line and next(count) % number == 0 else "pass"

"""First visits over ordinary connections: the playground, and Apache Hamilton in plain Pyodide.

The server limits the total bandwidth of all connections during a visit, like a real network. A limit that is set in the browser
would apply to each request separately.
"""

import gzip
import threading
from functools import cache
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from typing import NamedTuple

from benchmarks.browser import visit
from benchmarks.figures import Figure, ratio
from benchmarks.page import ANSWERED, PEER_ANSWERED, READY, first_time
from benchmarks.served import peer_address, serve, served

ROUNDS = 3
COMPRESSED = frozenset({".css", ".html", ".js", ".json", ".mjs", ".svg", ".wasm"})
CHUNK = 16_384


class Connection(NamedTuple):
    """A network connection between the visitor and the server."""

    megabits: float
    latency: float
    """The delay before each response, in seconds."""

    def __str__(self) -> str:
        return f"{self.megabits:g} Mbit/s, {self.latency * 1e3:.0f} ms"


CONNECTIONS = (Connection(20, 0.04), Connection(5, 0.08))


class Line:
    """A network link with a fixed bandwidth, which any number of TCP connections share."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.sent = 0
        self._lock = threading.Lock()
        self._free_at = 0.0

    def transfer(self, size: int) -> None:
        """Wait until `size` bytes have been transferred."""
        with self._lock:
            self.sent += size
            self._free_at = max(monotonic(), self._free_at) + size * 8 / (self.connection.megabits * 1e6)
            arrival = self._free_at
        sleep(max(0.0, arrival - monotonic()))


class LimitedOutput:
    """A file to which a response is written at the rate of a network link."""

    def __init__(self, file: object, line: Line) -> None:
        self._file = file
        self._line = line

    def write(self, data: bytes) -> int:
        """Write in chunks. Before each chunk, wait for the duration of its transfer."""
        for start in range(0, len(data), CHUNK):
            chunk = data[start : start + CHUNK]
            self._line.transfer(len(chunk))
            self._file.write(chunk)
        return len(data)

    def __getattr__(self, name: str) -> object:
        return getattr(self._file, name)


def limited(line: Line) -> type:
    """Return a request handler that compresses responses like a web host, and sends them at the rate of a network link."""

    class LimitedRequest(serve.SiteRequest):
        def setup(self) -> None:
            super().setup()
            self.wfile = LimitedOutput(self.wfile, line)

        def do_GET(self) -> None:  # noqa: N802 - the base class requires this name
            sleep(line.connection.latency)
            file = Path(self.translate_path(self.path))
            if file.suffix not in COMPRESSED or not file.is_file() or "If-Modified-Since" in self.headers:
                super().do_GET()
                return
            body = _compressed(file)
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", self.guess_type(str(file)))
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Last-Modified", self.date_time_string(file.stat().st_mtime))
            self.end_headers()
            self.wfile.write(body)

    return LimitedRequest


@cache
def _compressed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), 9)


def connection() -> list[Figure]:
    """Measure first visits to the playground and to Hamilton's page, alternately, over each connection."""
    return [figure for line in CONNECTIONS for figure in _figures(line)]


def _figures(connection: Connection) -> list[Figure]:
    ready: list[float] = []
    answered: list[float] = []
    peer: list[float] = []
    megabytes: list[float] = []
    line = Line(connection)
    with served(limited(line)) as address:
        for _ in range(ROUNDS):
            line.sent = 0
            ready_after, answered_after = _first_visit(f"{address}site/play/", READY, ANSWERED)
            megabytes.append(line.sent / 1e6)
            ready.append(ready_after)
            answered.append(answered_after)
            peer.extend(_first_visit(peer_address(address), PEER_ANSWERED))
    return [
        Figure(f"Python ready, first visit, {connection}", ready, "s"),
        Figure(f"live output of the pandas example, first visit, {connection}", answered, "s"),
        Figure(f"data sent until the live output, {connection}", megabytes, "MB", goal=14),
        Figure(f"the same example with Hamilton in plain Pyodide, {connection}", peer, "s"),
        ratio(f"live output, relative to Hamilton, {connection}", answered, peer, goal=0.7),
    ]


def _first_visit(address: str, *waits: str) -> list[float]:
    """Return the number of seconds until each condition was met."""
    with TemporaryDirectory() as profile, visit(Path(profile)) as opened:
        opened.goto(address)
        return [first_time(opened, wait) / 1e3 for wait in waits]

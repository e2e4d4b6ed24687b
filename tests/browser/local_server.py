"""Servers for the built site and for another origin. Both record their requests."""

import functools
import importlib.util
import io
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

from native_python import NativePython
from repository import ROOT

NATIVE_BUNDLE = ROOT / "playground" / "dist-native"

_spec = importlib.util.spec_from_file_location("site_server", ROOT / "docs" / "serve.py")
assert _spec is not None
assert _spec.loader is not None
serve = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(serve)


@dataclass
class Served:
    """The address of a server, the folder that it serves, and the requested paths."""

    address: str
    folder: Path
    """A test may replace the folder, as a new deployment does."""
    requests: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    _replaced: dict[str, bytes] = field(default_factory=dict)
    _held_back: str | None = None
    _released: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def hold_responses(self, part: str) -> Iterator[None]:
        """Hold back the responses for paths that contain `part` until the block ends. `held` lists the requested paths."""
        self.held.clear()
        self._released.clear()
        self._held_back = part
        try:
            yield
        finally:
            self._held_back = None
            self._released.set()

    @contextmanager
    def replace_responses(self, part: str, content: bytes) -> Iterator[None]:
        """Replace the responses for paths that contain `part` until the block ends."""
        self._replaced[part] = content
        try:
            yield
        finally:
            del self._replaced[part]

    def replacement(self, path: str) -> bytes | None:
        return next((content for part, content in self._replaced.items() if part in path), None)

    def wait_for_release(self, path: str) -> None:
        """Wait until a request for a path may be answered."""
        if self._held_back is not None and self._held_back in path:
            self.held.append(path)
            self._released.wait()

    def requests_with(self, part: str) -> list[str]:
        return [path for path in self.requests if part in path]


Sites = dict[tuple[str, bool], Served]
"""The served sites, keyed by base path and by whether native Python answers."""


class Server(serve.SiteServer):
    """A server that closes all connections to browsers when it stops."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        self.connections: list[socket.socket] = []
        super().__init__(*args, **kwargs)

    def process_request(self, request: socket.socket, client_address: object) -> None:
        self.connections.append(request)
        super().process_request(request, client_address)

    def server_close(self) -> None:
        super().server_close()
        for connection in self.connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class SiteRequest(serve.SiteRequest):
    """A request handler that records requests, and waits if a test holds back the response."""

    def __init__(self, *args: object, served: Served, **kwargs: object) -> None:
        self.served = served
        super().__init__(*args, directory=str(served.folder), **kwargs)

    def send_head(self) -> object:
        self.served.wait_for_release(self.path)
        if (content := self.served.replacement(self.path)) is not None:
            return self._other_content(content)
        self.directory = str(self.served.folder)  # may have been replaced since the connection was opened
        return super().send_head()

    def _other_content(self, content: bytes) -> io.BytesIO:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "application/octet-stream")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return io.BytesIO(content)

    def log_request(self, *_: object) -> None:
        self.served.requests.append(self.path)


class NativeSiteRequest(SiteRequest):
    """A request handler that serves the page for native Python, and forwards the page's requests to native Python."""

    def __init__(self, *args: object, python: NativePython, **kwargs: object) -> None:
        self.python = python
        super().__init__(*args, **kwargs)

    def translate_path(self, path: str) -> str:
        usual = Path(super().translate_path(path))
        for folder in ("assets/headwater", "."):
            with suppress(ValueError):
                native = NATIVE_BUNDLE / usual.relative_to(self.served.folder / folder)
                if native.is_file():
                    return str(native)
        return str(usual)

    def do_POST(self) -> None:  # noqa: N802 - the base class requires this name
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response_only(HTTPStatus.OK)
        self.send_header("Connection", "close")  # without a length, closing the connection ends the response
        self.end_headers()
        self.python.answer(body, self._send_line)
        self.close_connection = True

    def _send_line(self, reply: str) -> None:
        with suppress(ConnectionError):  # the page no longer waits for the response
            self.wfile.write(f"{reply}\n".encode())


@contextmanager
def serving(folder: Path, below: str = "/", python: NativePython | None = None) -> Iterator[Served]:
    """Serve a folder below a path until the block ends. With `python`, serve the page for native Python."""
    served = Served("", folder)
    kind, more = (SiteRequest, {}) if python is None else (NativeSiteRequest, {"python": python})
    server = Server(("127.0.0.1", 0), functools.partial(kind, served=served, below=below, **more))
    served.address = f"http://127.0.0.1:{server.server_address[1]}{below}"
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield served
        server.shutdown()

"""The built site on this machine, and a second server that stands for the rest of the world. Both note what they are asked."""

import functools
import importlib.util
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
SITE = ROOT / "site"

_spec = importlib.util.spec_from_file_location("site_server", ROOT / "docs" / "serve.py")
assert _spec is not None
assert _spec.loader is not None
serve = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(serve)


@dataclass
class Served:
    """Where a server is, which folder it shows, and every path that it was asked for."""

    address: str
    folder: Path
    """May be exchanged, as when a new build is put on a server."""
    asked: list[str] = field(default_factory=list)
    _held_back: str | None = None
    _released: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def holding_back(self, part: str) -> Iterator[None]:
        """Answer no path with this part in it before the block is left."""
        self._released.clear()
        self._held_back = part
        try:
            yield
        finally:
            self._held_back = None
            self._released.set()

    def wait_for_release(self, path: str) -> None:
        """Return when this path may be answered."""
        if self._held_back is not None and self._held_back in path:
            self._released.wait()

    def was_asked_for(self, part: str) -> list[str]:
        return [path for path in self.asked if part in path]


class Server(serve.SiteServer):
    """One that hangs up on everybody when it ends: browsers keep connections."""

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


@contextmanager
def serving(folder: Path, below: str = "/") -> Iterator[Served]:
    """A server of a folder, below a path, while the block lasts."""
    served = Served("", folder)

    class Noted(serve.SiteRequest):
        def send_head(self) -> object:
            served.wait_for_release(self.path)
            return super().send_head()

        def translate_path(self, path: str) -> str:
            self.directory = str(served.folder)
            return super().translate_path(path)

        def log_request(self, *_: object) -> None:
            served.asked.append(self.path)

    server = Server(("127.0.0.1", 0), functools.partial(Noted, directory=str(folder), below=below))
    served.address = f"http://127.0.0.1:{server.server_address[1]}{below}"
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield served
        server.shutdown()

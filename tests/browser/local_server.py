"""The built site on this machine, and a second server that stands for the rest of the world. Both note what they are asked."""

import functools
import importlib.util
import threading
from collections.abc import Iterator
from contextlib import contextmanager
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
    """Where a server is, and every path that it was asked for."""

    address: str
    asked: list[str] = field(default_factory=list)

    def was_asked_for(self, part: str) -> list[str]:
        return [path for path in self.asked if part in path]


@contextmanager
def serving(folder: Path, below: str = "/") -> Iterator[Served]:
    """A server of a folder, below a path, while the block lasts."""
    asked: list[str] = []

    class Noted(serve.SiteRequest):
        def log_request(self, *_: object) -> None:
            asked.append(self.path)

    server = serve.SiteServer(("127.0.0.1", 0), functools.partial(Noted, directory=str(folder), below=below))
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Served(f"http://127.0.0.1:{server.server_address[1]}{below}", asked)
        server.shutdown()

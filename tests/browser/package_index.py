"""A local package index with made-up packages, compatible with PyPI's JSON API."""

import hashlib
import io
import json
import threading
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Package:
    """One version of a package: its modules and metadata."""

    name: str
    modules: Mapping[str, str]
    needs: Sequence[str] = ()
    tag: str = "py3-none-any"
    damaged: bool = False

    @property
    def file(self) -> str:
        """Return the file name of the wheel."""
        return f"{self.name}-1.0-{self.tag}.whl"

    def wheel(self) -> bytes:
        """Build the wheel."""
        info = f"{self.name}-1.0.dist-info"
        held = {
            **self.modules,
            f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {self.name}\nVersion: 1.0\n",
            f"{info}/WHEEL": f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {self.tag}\n",
            f"{info}/RECORD": "",
        }
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            for name, text in held.items():
                archive.writestr(name, text)
        return content.getvalue()

    def described(self, address: str, wheel: bytes) -> bytes:
        """Return the index entry."""
        digest = hashlib.sha256(b"something else" if self.damaged else wheel).hexdigest()
        entry = {
            "filename": self.file,
            "packagetype": "bdist_wheel",
            "url": f"{address}files/{self.file}",
            "digests": {"sha256": digest},
            "size": len(wheel),
            "requires_python": ">=3.8",
            "yanked": False,
        }
        info = {"name": self.name, "version": "1.0", "requires_dist": list(self.needs)}
        return json.dumps({"info": info, "releases": {"1.0": [entry]}}).encode()


@dataclass
class Index:
    """The address of an index, and the requested paths."""

    address: str
    requests: list[str] = field(default_factory=list)


@contextmanager
def indexing(*packages: Package) -> Iterator[Index]:
    """Serve an index of packages while the block lasts."""
    answers: dict[str, tuple[str, bytes]] = {}
    requests: list[str] = []

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requests.append(self.path)
            kind, content = answers.get(self.path, ("text/plain", b""))
            self.send_response(200 if self.path in answers else 404)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Log nothing: requests are recorded instead."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        for package in packages:
            wheel = package.wheel()
            answers[f"/pypi/{package.name}/json"] = ("application/json", package.described(address, wheel))
            answers[f"/files/{package.file}"] = ("application/octet-stream", wheel)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Index(f"{address}pypi/", requests)
        server.shutdown()

"""A local package index with made-up packages: the Simple API in JSON."""

import hashlib
import io
import json
import threading
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import groupby
from typing import Any


@dataclass(frozen=True)
class Package:
    """One version of a package: its modules and metadata."""

    name: str
    modules: Mapping[str, str]
    needs: Sequence[str] = ()
    version: str = "1.0"
    tag: str = "py3-none-any"
    requires_python: str = ">=3.8"
    yanked: bool = False
    damaged: bool = False
    separate_metadata: bool = False
    content: bytes | None = None
    """The wheel; None to build it."""

    @property
    def file(self) -> str:
        """Return the file name of the wheel."""
        return f"{self.name}-{self.version}-{self.tag}.whl"

    def metadata(self) -> bytes:
        """Return the metadata file of the wheel."""
        needs = "".join(f"Requires-Dist: {requirement}\n" for requirement in self.needs)
        return f"Metadata-Version: 2.1\nName: {self.name}\nVersion: {self.version}\n{needs}".encode()

    def wheel(self) -> bytes:
        """Build the wheel."""
        if self.content is not None:
            return self.content
        info = f"{self.name}-{self.version}.dist-info"
        held = {
            **self.modules,
            f"{info}/METADATA": self.metadata(),
            f"{info}/WHEEL": f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {self.tag}\n",
            f"{info}/RECORD": "",
        }
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            for name, text in held.items():
                archive.writestr(name, text)
        return content.getvalue()

    def listed(self) -> dict[str, Any]:
        """Return the wheel's entry in the project's listing. The URL in it is relative."""
        wheel = self.wheel()
        return {
            "filename": self.file,
            "url": f"../../files/{self.file}",
            "hashes": {"sha256": _sha256(b"something else" if self.damaged else wheel)},
            "size": len(wheel),
            "requires-python": self.requires_python,
            "yanked": self.yanked,
            "core-metadata": {"sha256": _sha256(self.metadata())} if self.separate_metadata else False,
        }


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@dataclass
class Index:
    """The address of an index, and the requested paths. Responses wait while `answers` is not set."""

    address: str
    requests: list[str] = field(default_factory=list)
    answers: threading.Event = field(default_factory=threading.Event)


@contextmanager
def indexing(*packages: Package) -> Iterator[Index]:
    """Serve an index of packages until the block ends."""
    answers: dict[str, tuple[str, bytes]] = {}
    requests: list[str] = []
    open_gate = threading.Event()
    open_gate.set()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requests.append(self.path)
            open_gate.wait()
            kind, content = answers.get(self.path, ("text/plain", b""))
            self.send_response(200 if self.path in answers else 404)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Log nothing: requests are recorded instead."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        for name, versions in groupby(packages, key=lambda package: package.name):
            files = []
            for package in versions:
                files.append(package.listed())
                answers[f"/files/{package.file}"] = ("application/octet-stream", package.wheel())
                if package.separate_metadata:
                    answers[f"/files/{package.file}.metadata"] = ("text/plain", package.metadata())
            listing = {"meta": {"api-version": "1.1"}, "name": name, "files": files}
            answers[f"/simple/{name}/"] = ("application/vnd.pypi.simple.v1+json", json.dumps(listing).encode())
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Index(f"http://127.0.0.1:{server.server_address[1]}/simple/", requests, open_gate)
        open_gate.set()
        server.shutdown()

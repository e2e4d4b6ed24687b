"""Serve the built site on this machine: `python docs/serve.py site`.

Every response has the header `no-cache`. The browser revalidates each file, so a page is never older than the build.

The server answers only requests for names of this machine. Otherwise, another site could make its own name resolve to this
machine's address (DNS rebinding) and read the served files.
"""

import argparse
import errno
import functools
import http.server
import re
import sys
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

FIRST_PORT = 8000
LAST_PORT = 8099
NOWHERE = "/no/such/file"
LOCATION = re.compile(r"<loc>([^<]*)</loc>")
LOCAL_NAME = re.compile(r"127\.0\.0\.1|\[::1\]|(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*localhost", re.ASCII)
MAX_HOST_LENGTH = 255
HTTP_PORT = 80


class SiteRequest(http.server.SimpleHTTPRequestHandler):
    """A handler for one connection. It serves the site's folder below a URL path."""

    # Python uses the MIME types of the machine, which may lack some of these types.
    extensions_map = {  # noqa: RUF012 - the base class declares it this way
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".css": "text/css; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".md": "text/markdown; charset=utf-8",
        ".mjs": "text/javascript; charset=utf-8",
        ".svg": "image/svg+xml",
        ".txt": "text/plain; charset=utf-8",
        ".wasm": "application/wasm",
        ".zip": "application/zip",
    }
    protocol_version = "HTTP/1.1"  # reuse connections, as a real host does
    disable_nagle_algorithm = True  # otherwise, the body would wait until the headers are acknowledged

    def __init__(self, *args: object, below: str, **kwargs: object) -> None:
        """Serve the site below a URL path that begins and ends with a slash."""
        self.below = below
        super().__init__(*args, **kwargs)

    def parse_request(self) -> bool:
        """Refuse a request for another host, regardless of its method."""
        if not super().parse_request():
            return False
        if not self.path.startswith("/"):
            self.send_error(HTTPStatus.BAD_REQUEST, explain="A request must have a path that begins with a slash.")
            return False
        if self._own_host() is None:
            answered = f"127.0.0.1:{self.server.server_address[1]}"
            explain = f"This server answers only requests for {answered}, localhost, *.localhost and [::1], on its own port."
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST, explain=explain)
            return False
        return True

    def _own_host(self) -> str | None:
        """Return the requested host in lower case, or None if it is not this server."""
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or len(hosts[0]) > MAX_HOST_LENGTH:
            return None
        host = hosts[0].strip().lower()
        name, port = host, str(HTTP_PORT)
        if not host.endswith("]") and ":" in host:
            name, _, port = host.rpartition(":")
        if port != str(self.server.server_address[1]) or not LOCAL_NAME.fullmatch(name):
            return None
        return host

    def list_directory(self, path: str) -> None:
        """Answer that a folder without a page does not exist, instead of listing its files."""
        del path
        self.send_error(HTTPStatus.NOT_FOUND)

    def do_GET(self) -> None:
        """Send a file. The sitemap is adapted to the address of this server."""
        if urlsplit(self.path).path == f"{self.below}sitemap.xml":
            self._send_sitemap()
        else:
            super().do_GET()

    def translate_path(self, path: str) -> str:
        """Return the file for a URL path."""
        return super().translate_path(path.removeprefix(self.below[:-1]) if path.startswith(self.below) else NOWHERE)

    def end_headers(self) -> None:
        """Make the browser revalidate each file."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Send an error. If a page does not exist, send the site's 404 page."""
        page = Path(self.directory, "404.html")
        if code == HTTPStatus.NOT_FOUND and self.command == "GET" and page.is_file():
            self._send(code, "text/html; charset=utf-8", page.read_bytes())
        else:
            super().send_error(code, message, explain)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Log only errors."""

    def _send_sitemap(self) -> None:
        # Replace the addresses in the sitemap, which were fixed at build time: instant navigation looks up every link there.
        sitemap = Path(self.directory, "sitemap.xml").read_text(encoding="utf-8")
        built_for = min(LOCATION.findall(sitemap), key=len, default="")
        here = f"http://{self._own_host()}{self.below}"
        body = LOCATION.sub(lambda location: f"<loc>{here}{location[1].removeprefix(built_for)}</loc>", sitemap)
        self._send(HTTPStatus.OK, "application/xml", body.encode())

    def _send(self, code: int, kind: str, body: bytes) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class SiteServer(http.server.ThreadingHTTPServer):
    """A server that ignores browsers that disconnect early."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Omit the tracebacks of connections that a page closed while loading."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def listen(folder: Path, port: int | None = None, below: str = "/", request: type[SiteRequest] = SiteRequest) -> SiteServer:
    """Open the requested port. By default, open the first free port. 0 means any port."""
    handler = functools.partial(request, directory=str(folder), below=slashed(below))
    if port is not None:
        return SiteServer(("127.0.0.1", port), handler)
    for candidate in range(FIRST_PORT, LAST_PORT):
        try:
            return SiteServer(("127.0.0.1", candidate), handler)
        except OSError as problem:
            if problem.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise
    return SiteServer(("127.0.0.1", 0), handler)


def slashed(path: str) -> str:
    """Return a path with one slash at each end."""
    return f"/{path.strip('/')}/" if path.strip("/") else "/"


def main() -> None:
    """Serve until Ctrl+C."""
    arguments = argparse.ArgumentParser(description="Serve the built site on this machine.")
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--port", type=int, help="default: the first free port, starting at 8000")
    arguments.add_argument("--below", default="/", help="URL path under which the site is served")
    options = arguments.parse_args()
    try:
        server = listen(options.folder, options.port, options.below)
    except OSError as problem:
        sys.exit(f"Cannot use port {options.port}: {problem.strerror}. Choose another port with PORT=..., or omit PORT.")
    with server:
        address = f"http://127.0.0.1:{server.server_address[1]}{slashed(options.below)}"
        print(f"Headwater is at {address}  (stop with Ctrl+C)", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()

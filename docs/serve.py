"""Serve the built site on this machine: `python docs/serve.py site`.

Every answer says `no-cache`: the browser asks again each time and is told "not modified" where nothing changed, so
that a page just rebuilt is never an old one.
"""

import argparse
import errno
import functools
import http.server
import sys
from http import HTTPStatus
from pathlib import Path

FIRST_PORT = 8000
LAST_PORT = 8099


class SiteRequest(http.server.SimpleHTTPRequestHandler):
    """Answers one connection from the site's folder."""

    # Python takes its MIME types from the machine, which may know none of these.
    extensions_map = {  # noqa: RUF012 - the base class declares it so
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".css": "text/css",
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript",
        ".json": "application/json",
        ".mjs": "text/javascript",
        ".svg": "image/svg+xml",
        ".wasm": "application/wasm",
        ".zip": "application/zip",
    }
    protocol_version = "HTTP/1.1"  # connections are kept, as on a real host

    def end_headers(self) -> None:
        """Have the browser ask again each time."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Show the site's own page where an address leads nowhere."""
        page = Path(self.directory, "404.html")
        if code != HTTPStatus.NOT_FOUND or self.command != "GET" or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing of what went well; errors are still printed."""


class SiteServer(http.server.ThreadingHTTPServer):
    """The server, quiet about browsers that hang up early."""

    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Leave out the tracebacks of connections that a page closed while loading."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def listen(folder: Path, port: int | None) -> SiteServer:
    """Open the port asked for, or the first free one."""
    request = functools.partial(SiteRequest, directory=str(folder))
    if port is not None:
        return SiteServer(("127.0.0.1", port), request)
    for candidate in range(FIRST_PORT, LAST_PORT):
        try:
            return SiteServer(("127.0.0.1", candidate), request)
        except OSError as problem:
            if problem.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise
    return SiteServer(("127.0.0.1", 0), request)


def main() -> None:
    """Serve until ctrl-C."""
    arguments = argparse.ArgumentParser(description="Serve the built site on this machine.")
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--port", type=int)
    given = arguments.parse_args()
    try:
        server = listen(given.folder, given.port)
    except OSError as problem:
        sys.exit(
            f"Port {given.port} cannot be used: {problem.strerror}. Choose another with PORT=..., or leave it out."
        )
    with server:
        print(f"Headwater is at http://127.0.0.1:{server.server_address[1]}/  (ctrl-C ends it)", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()

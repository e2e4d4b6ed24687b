"""One local server for all compared pages: the built site, plain Pyodide, and the peer's page.

All files come from the same server, so no page has a faster connection or better caching.
"""

import importlib.util
import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

ROOT = Path(__file__).parents[1]
RUNTIME = ROOT / "playground" / "runtime"
PYODIDE = ROOT / "playground" / ".cache" / "files"
PEER = ROOT / "benchmarks" / "peer"
EXAMPLE = "seattle-weather"

spec = importlib.util.spec_from_file_location("serve", ROOT / "docs" / "serve.py")  # `docs/serve.py` is not part of a package
serve = importlib.util.module_from_spec(spec)
spec.loader.exec_module(serve)

SERVED = {"site": ROOT / "site", "pyodide": PYODIDE, "peer": PEER}


@contextmanager
def served(request: type | None = None) -> Iterator[str]:
    """Serve the folders in `SERVED`, each under its own name, and yield the address.

    Args:
        request: the request handler. By default, the handler of `make serve`.
    """
    subprocess.run([shutil.which("node") or "node", str(PEER / "fetch.mjs")], check=True)
    with TemporaryDirectory() as folder:
        for name, path in SERVED.items():
            Path(folder, name).symlink_to(path, target_is_directory=True)
        with serve.listen(Path(folder), port=0, request=request or serve.SiteRequest) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{server.server_address[1]}/"
            server.shutdown()


def peer_address(address: str) -> str:
    """Return the URL of the peer's page, which names the example to run and the wheels that it needs."""
    query = {"example": f"{address}site/assets/headwater/examples/{EXAMPLE}.json", "peer": ",".join(_wheels())}
    return f"{address}peer/?{urlencode(query)}"


def _wheels() -> list[str]:
    """Return the wheels of the playground's packages, followed by the wheels that `micropip` and Hamilton need."""
    pandas = [file["name"] for file in _pinned(RUNTIME) if file["part"] == "package"]
    return pandas + [file["name"] for file in _pinned(PEER) if file["sources"] == ["release", "mirror"]]


def _pinned(folder: Path) -> list[dict]:
    return json.loads((folder / "files.json").read_text(encoding="utf-8"))["files"]

"""One local server for everything that is compared: the built site, plain Pyodide, and the peer's page.

The site's own server answers for all, so that neither side has a faster line or a better cache.
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

SERVED = {"site": ROOT / "site", "pyodide": PYODIDE, "peer": PEER}


@contextmanager
def served() -> Iterator[str]:
    """The address of a server for `SERVED`, each below its name, while the block lasts."""
    subprocess.run([shutil.which("node") or "node", str(PEER / "fetch.mjs")], check=True)
    with TemporaryDirectory() as folder:
        for name, path in SERVED.items():
            Path(folder, name).symlink_to(path, target_is_directory=True)
        with _site_server(Path(folder)) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{server.server_address[1]}/"
            server.shutdown()


def peer_address(address: str) -> str:
    """The peer's page, told the same example, and the wheels that its packages are in."""
    query = {"example": f"{address}site/assets/headwater/examples/{EXAMPLE}.json", "peer": ",".join(_wheels())}
    return f"{address}peer/?{urlencode(query)}"


def _wheels() -> list[str]:
    """numpy, pandas and what they need as the playground has them, then what Hamilton's import and `micropip` need."""
    pandas = [file["name"] for file in _pinned(RUNTIME) if file["part"] == "package"]
    return pandas + [file["name"] for file in _pinned(PEER) if file["sources"] == ["release", "mirror"]]


def _pinned(folder: Path) -> list[dict]:
    return json.loads((folder / "files.json").read_text(encoding="utf-8"))["files"]


def _site_server(folder: Path):  # noqa: ANN202 - a class of a file that is no module of a package
    spec = importlib.util.spec_from_file_location("serve", ROOT / "docs" / "serve.py")
    serve = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(serve)
    return serve.listen(folder, port=0)

"""The small server behind `make serve`."""

from __future__ import annotations

import importlib.util
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

SPEC = importlib.util.spec_from_file_location("docs_serve", Path(__file__).parents[2] / "docs" / "serve.py")
assert SPEC is not None
assert SPEC.loader is not None
serve = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(serve)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text("home")
    (tmp_path / "404.html").write_text("nothing here")
    (tmp_path / "engine.mjs").write_text("export {}")
    (tmp_path / "engine.wasm").write_bytes(b"\0asm")
    locations = "".join(f"<url><loc>https://built.for/{page}</loc></url>" for page in ("", "play/"))
    (tmp_path / "sitemap.xml").write_text(f"<urlset>{locations}</urlset>")
    return tmp_path


@pytest.fixture(params=["/", "/some/where/"])
def address(request: pytest.FixtureRequest, site: Path) -> Iterator[str]:
    server = serve.listen(site, port=0, below=request.param)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}{request.param}"
    server.shutdown()
    thread.join()
    server.server_close()


def get(url: str, **headers: str):
    return urllib.request.urlopen(urllib.request.Request(url, headers=headers))  # noqa: S310 - our own server


def test_files_are_served_with_their_types(address: str):
    for name, kind in (("", "text/html"), ("engine.mjs", "text/javascript"), ("engine.wasm", "application/wasm")):
        with get(address + name) as answer:
            assert answer.headers.get_content_type() == kind


def test_a_browser_asks_again_and_is_told_that_nothing_changed(address: str):
    with get(address) as answer:
        assert answer.headers["Cache-Control"] == "no-cache"
        since = answer.headers["Last-Modified"]
    with pytest.raises(urllib.error.HTTPError, match="304") as told:
        get(address, **{"If-Modified-Since": since})
    told.value.close()


def test_an_address_that_leads_nowhere_shows_the_sites_own_page(address: str):
    with pytest.raises(urllib.error.HTTPError, match="404") as told:
        get(address + "missing")
    assert told.value.read() == b"nothing here"
    told.value.close()


def test_the_sitemap_has_the_addresses_of_this_server(address: str):
    with get(address + "sitemap.xml") as answer:
        assert answer.read().decode().count(f"<loc>{address}") == 2


def test_nothing_outside_of_the_site_is_served(address: str):
    for path in ("../serve.py", "%2e%2e/serve.py", "..%2f..%2fetc/passwd"):
        with pytest.raises(urllib.error.HTTPError, match="404") as told:
            get(address + path)
        told.value.close()


def test_a_second_server_takes_the_next_free_port(site: Path):
    with serve.listen(site) as first, serve.listen(site) as second:
        assert first.server_address[1] != second.server_address[1]

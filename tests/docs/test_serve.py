"""The server of `make serve`."""

from __future__ import annotations

import http.client
import importlib.util
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

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


def test_a_conditional_request_gets_not_modified(address: str):
    with get(address) as answer:
        assert answer.headers["Cache-Control"] == "no-cache"
        since = answer.headers["Last-Modified"]
    with pytest.raises(urllib.error.HTTPError, match="304") as caught:
        get(address, **{"If-Modified-Since": since})
    caught.value.close()


def test_an_unknown_address_shows_the_not_found_page_of_the_site(address: str):
    with pytest.raises(urllib.error.HTTPError, match="404") as caught:
        get(address + "missing")
    assert caught.value.read() == b"nothing here"
    caught.value.close()


def test_the_sitemap_has_the_addresses_of_this_server(address: str):
    with get(address + "sitemap.xml") as answer:
        assert answer.read().decode().count(f"<loc>{address}") == 2


def test_files_outside_the_site_are_not_served(address: str):
    for path in ("../serve.py", "%2e%2e/serve.py", "..%2f..%2fetc/passwd"):
        with pytest.raises(urllib.error.HTTPError, match="404") as caught:
            get(address + path)
        caught.value.close()


def test_a_second_server_takes_the_next_free_port(site: Path):
    with serve.listen(site) as first, serve.listen(site) as second:
        assert first.server_address[1] != second.server_address[1]


def response_to(address: str, *hosts: str, path: str | None = None, method: str = "GET") -> tuple[int, str]:
    """Send a request with these `Host` headers; return the status and text of the response."""
    place = urlsplit(address)
    connection = http.client.HTTPConnection("127.0.0.1", place.port)
    connection.putrequest(method, place.path if path is None else path, skip_host=True)
    for host in hosts:
        connection.putheader("Host", host.replace("PORT", str(place.port)))
    connection.endheaders()
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LocalHost", "other.localhost", "a.b-c.localhost", "[::1]"])
def test_the_server_answers_to_the_names_of_this_machine(address: str, host: str):
    assert response_to(address, f"{host}:PORT") == (200, "home")
    status, sitemap = response_to(address, f"{host}:PORT", path=f"{urlsplit(address).path}sitemap.xml")
    place = urlsplit(address)
    assert status == 200
    assert sitemap.count(f"<loc>http://{host.lower()}:{place.port}{place.path}") == 2


FOREIGN_HOSTS = [
    (),
    ("",),
    (":PORT",),
    ("evil.example",),
    ("evil.example:PORT",),
    ("localhost",),
    ("localhost:1",),
    ("localhost:PORT:PORT",),
    ("localhost.:PORT",),
    ("localhost.evil.example:PORT",),
    ("evillocalhost:PORT",),
    (".localhost:PORT",),
    ("-.localhost:PORT",),
    ("evil.example@localhost:PORT",),
    ("evil.example/localhost:PORT",),
    ("</loc><loc>.localhost:PORT",),
    ("127.0.0.2:PORT",),
    ("127.1:PORT",),
    ("2130706433:PORT",),
    ("0.0.0.0:PORT",),
    ("[::]:PORT",),
    ("[::1]",),
    ("localhost:PORT", "evil.example:PORT"),
    ("localhost:PORT, evil.example:PORT",),
    ("a." * 200 + "localhost:PORT",),
]


@pytest.mark.parametrize("hosts", FOREIGN_HOSTS, ids=lambda hosts: " and ".join(hosts)[:40] or "none")
@pytest.mark.parametrize("page", ["", "sitemap.xml", "missing"])
def test_the_server_does_not_answer_for_another_host(address: str, hosts: tuple[str, ...], page: str):
    status, text = response_to(address, *hosts, path=urlsplit(address).path + page)
    assert status == 421
    assert f"This server answers only requests for 127.0.0.1:{urlsplit(address).port}, localhost, *.localhost and [::1]" in text
    assert "evil" not in text
    assert "home" not in text


def test_no_method_answers_for_another_host(address: str):
    assert response_to(address, "evil.example:PORT", method="HEAD")[0] == 421
    assert response_to(address, "evil.example:PORT", method="POST")[0] == 421


@pytest.mark.parametrize("path", ["http://evil.example/", "http://localhost/", "evil.example", "*"])
def test_the_address_of_a_request_is_a_path(address: str, path: str):
    assert response_to(address, "localhost:PORT", path=path)[0] == 400


@pytest.mark.parametrize("folder", ["assets/", "assets/deeper/", "assets/%2e/"])
def test_no_folder_is_listed(address: str, site: Path, folder: str):
    (site / "assets" / "deeper").mkdir(parents=True)
    (site / "assets" / "secret.txt").write_text("")
    (site / "assets" / "deeper" / "secret.txt").write_text("")
    assert response_to(address, "localhost:PORT", path=urlsplit(address).path + folder) == (404, "nothing here")


def test_a_folder_with_a_page_shows_the_page(address: str, site: Path):
    (site / "play").mkdir()
    (site / "play" / "index.html").write_text("the playground")
    assert response_to(address, "localhost:PORT", path=f"{urlsplit(address).path}play/") == (200, "the playground")

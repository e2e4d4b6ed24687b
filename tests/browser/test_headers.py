"""The site works with the headers in `deploy/`, which prevent other sites from framing `/play/`."""

from urllib.parse import urlsplit

import pytest
from dataflows import SMALL
from deploy_headers import headers_of
from playground import Playground, link_to
from playwright.sync_api import Route, expect

pytestmark = pytest.mark.pyodide

HEADERS = headers_of("_headers")


@pytest.fixture
def sent(play, context):
    """Add the headers to all responses from the site."""

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        response = route.fetch()
        headers = HEADERS["/play/" if path.startswith("/play/") else "/"]
        route.fulfill(
            response=response, headers={**response.headers, **{name.lower(): value for name, value in headers.items()}}
        )

    context.route(play.address + "**", answer)
    yield play
    # A frame may still be loading. Errors in `answer` no longer matter.
    context.unroute_all(behavior="ignoreErrors")


def test_code_of_a_link_is_drawn_and_run(sent, complaints):
    sent.open_code(SMALL)
    expect(sent.panel).to_contain_text("60")
    expect(sent.graph).to_contain_text("total")
    assert complaints == []


def framed(play: Playground, page, path: str) -> Playground:
    page.evaluate(
        "address => document.body.replaceChildren(Object.assign(document.createElement('iframe'), "
        "{ src: address, width: 1200, height: 800 }))",
        play.address + path,
    )
    return Playground(page, play.address, within=page.frame_locator("iframe"))


@pytest.mark.returning
@pytest.mark.parametrize("host", [pytest.param("127.0.0.1", marks=pytest.mark.everywhere), "localhost"])
def test_another_site_can_frame_the_embed_page_and_not_the_playground(sent, outside, tmp_path, host):
    (tmp_path / "index.html").write_text("<!doctype html><body>")
    sent.page.goto(outside.address.replace("127.0.0.1", host))
    embedded = framed(sent, sent.page, "embed/" + link_to({"flow.py": SMALL}))
    embedded.consent_in_frame()
    expect(embedded.panel).to_contain_text("60")
    refused = framed(sent, sent.page, "play/")
    sent.page.wait_for_function("() => frames[0].length === 0")
    expect(refused.root).to_have_count(0)

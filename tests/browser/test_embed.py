"""Embedded playgrounds: their options, and the messages about invalid ones."""

import re
from html import escape
from urllib.parse import quote

import pytest
from dataflows import SMALL
from playground import Playground, link_to
from playwright.sync_api import expect


@pytest.mark.parametrize(
    ("view", "hidden"), [("code", ["graph", "output"]), ("graph", ["code", "output"]), ("output", ["code"])]
)
@pytest.mark.warm("embed/")
def test_a_frame_shows_the_requested_part(play, view, hidden):
    play.open(f"embed/?view={view}{link_to({'flow.py': SMALL})}")
    play.consent.click()
    play.settle()
    expect(play.root.locator(f"section.{view}")).to_be_visible()
    for part in hidden:
        expect(play.root.locator(f"section.{part}")).to_be_hidden()
    play.page.set_viewport_size({"width": 390, "height": 500})
    expect(play.root.locator(f"section.{view}")).to_be_visible()


@pytest.mark.warm("embed/")
def test_read_only_code_cannot_be_edited_but_runs(play):
    play.open("embed/?mode=read" + link_to({"flow.py": SMALL}))
    play.consent.click()
    play.settle()
    expect(play.panel).to_contain_text("60")
    expect(play.root.get_by_text("def total").first).to_be_visible()
    expect(play.code).to_be_hidden()
    expect(play.root.get_by_role("button", name="Add a file")).to_be_hidden()
    expect(play.root.get_by_role("button", name="Reset")).to_be_hidden()


@pytest.mark.warm("embed/")
def test_an_invalid_option_is_reported_and_the_default_is_used(play):
    play.open("embed/?view=bars&theme=blue&example=seattle-weather&select=missing")
    expect(play.notice).to_contain_text(
        re.compile("is not valid. Use split, code, graph or output|does not match a node in this dataflow")
    )
    expect(play.root.locator("section.code")).to_be_visible()


@pytest.mark.warm("embed/")
def test_a_missing_example_is_named(play):
    play.open("embed/?example=nowhere")
    expect(play.root.get_by_role("alert")).to_have_text("This site has no example “nowhere”.")


@pytest.mark.warm("embed/")
def test_code_in_a_url_is_untrusted(play):
    play.open("embed/?code=" + quote(SMALL))
    expect(play.node("total")).to_be_visible()
    expect(play.summary).to_have_text("Not run yet")
    play.consent.click()
    play.settle()
    expect(play.panel).to_contain_text("60")


@pytest.mark.parametrize("own", ["margin = 1", SMALL])
def test_code_in_a_url_is_untrusted_even_if_the_page_provides_code(play, own):
    def with_code(route):
        page = route.fetch()
        assert page.text().count('layout="frame"') == 1
        route.fulfill(response=page, body=page.text().replace('layout="frame"', f'layout="frame" code="{escape(own)}"'))

    play.page.route("**/embed/*", with_code)
    play.open("embed/?run=1&code=" + quote(SMALL))
    expect(play.node("total")).to_be_visible()
    expect(play.consent).to_be_visible()
    expect(play.summary).to_have_text("Not run yet")


@pytest.mark.parametrize(
    "name", ["../runtime/manifest", "..%2Fruntime%2Fmanifest", "/assets/headwater/runtime/manifest", "//evil.example/a"]
)
@pytest.mark.warm("embed/")
def test_the_name_of_an_example_cannot_address_other_files(play, site, name):
    urls = []
    play.page.on("request", lambda request: urls.append(request.url))
    play.open("embed/?example=" + quote(name, safe=""))
    expect(play.root.get_by_role("alert")).to_have_text(
        "The name of an example may contain only lowercase letters, digits and hyphens."
    )
    assert [url for url in urls if "examples/" in url or "evil" in url.partition("?")[0]] == []


@pytest.mark.parametrize(("theme", "scheme"), [("dark", "light"), pytest.param("light", "dark", marks=pytest.mark.everywhere)])
@pytest.mark.warm("embed/")
def test_a_frame_uses_the_requested_theme(play, theme, scheme):
    play.page.emulate_media(color_scheme=scheme)
    play.open(f"embed/?theme={theme}&example=seattle-weather")
    expect(play.root).to_have_attribute("data-scheme", theme)
    ground = play.root.evaluate("element => getComputedStyle(element).getPropertyValue('--pane').trim()")
    assert (ground == "#fff") == (theme == "light")


@pytest.mark.warm("embed/")
def test_a_node_is_selected_initially(play):
    play.open("embed/?example=seattle-weather&select=anomaly")
    expect(play.root.locator("section.graph [data-node=anomaly]")).to_have_attribute("aria-pressed", "true")


@pytest.mark.warm
def test_the_dialog_creates_the_chosen_frame(play):
    play.open_code(SMALL, title="Prices")
    play.share_button.click()
    play.dialog.get_by_label("Panes in the frame").select_option("graph")
    play.dialog.get_by_label("Editing in the frame").select_option("read")
    play.dialog.get_by_label("Height").fill("320")
    play.dialog.get_by_label("Height").press("Tab")
    frame = play.dialog.get_by_label("HTML iframe")
    expect(frame).to_have_value(re.compile(r'/embed/\?view=graph&amp;mode=read#v1\..* height="320"'))


def test_code_of_a_page_is_drawn_before_any_script_and_runs_without_consent(play):
    play.open("guides/embedding/")
    expect(play.node("margin")).to_be_visible()
    expect(play.root.locator("section.graph [data-node=margin]")).to_have_attribute("aria-pressed", "true")
    expect(play.root.locator("section.code")).to_be_hidden()
    play.root.hover()
    play.settle()
    expect(play.summary).to_contain_text("3 of 3 nodes ran")
    expect(play.consent).to_be_hidden()


@pytest.mark.pyodide
@pytest.mark.returning
@pytest.mark.everywhere  # `test_pages.py` tests the embeds on two pages, one after the other
def test_two_elements_of_a_page_share_one_interpreter(play, site):
    play.open("first-dataflow/")
    second = Playground(play.page, site.address, which=1)
    for playground in (play, second):
        playground.root.scroll_into_view_if_needed()
        playground.root.hover()
        playground.settle()
    assert len(play.page.frames) == 2  # the page and the sandboxed frame


@pytest.mark.warm("embed/")
def test_a_narrow_element_can_be_reset(play):
    play.page.set_viewport_size({"width": 390, "height": 800})
    play.open("embed/?example=first-dataflow-1-function")
    play.settle()
    play.root.get_by_role("button", name="Code", exact=True).click()
    play.write(SMALL)
    expect(play.code).to_contain_text("return 20")
    play.root.get_by_role("button", name="Reset").click()
    expect(play.code).not_to_contain_text("return 20")

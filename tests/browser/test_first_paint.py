"""The page before any script runs."""

from collections.abc import Callable

import pytest
from dataflows import SMALL, params
from local_server import Served
from playground import Playground, link_to
from playwright.sync_api import expect


@pytest.fixture
def still(new_context, site):
    """Open a page in a browser without scripts."""
    return Playground(new_context(java_script_enabled=False).new_page(), site.address)


@pytest.mark.parametrize("path", ["", "play/"], ids=["home", "playground"])
def test_code_graph_and_outputs_of_the_example_are_shown_without_scripts(still, path):
    still.open(path)
    expect(still.root.get_by_text("def temp_rolling").first).to_be_visible()
    expect(still.graph).to_be_visible()
    expect(still.node("warm_spells")).to_be_visible()
    expect(still.panel.get_by_role("table").first).to_contain_text("warm_days")
    expect(still.panel.get_by_role("table").first).to_contain_text("2015")
    expect(still.panel).to_contain_text("skill")


def test_each_step_of_the_tutorial_shows_its_code_without_scripts(still):
    still.open("first-dataflow/")
    embeds = still.page.locator("hw-play")
    assert embeds.count() >= 5
    for index in range(embeds.count()):
        expect(embeds.nth(index).get_by_text("def weather").first).to_be_visible()
        expect(embeds.nth(index).locator("section.graph svg").first).to_be_visible()


def test_a_narrow_window_without_scripts_stacks_all_parts(still):
    still.page.set_viewport_size({"width": 390, "height": 844})
    still.open("")
    expect(still.root.get_by_text("def weather").first).to_be_visible()
    expect(still.node("warm_spells")).to_be_visible()
    expect(still.panel.get_by_role("table").first).to_be_visible()


def test_prerendered_parts_keep_their_position_when_the_element_becomes_live(play):
    play.open()
    before = play.page.locator("hw-play").bounding_box()
    play.settle()
    assert play.page.locator("hw-play").bounding_box() == before
    expect(play.node("warm_spells")).to_be_visible()


@pytest.mark.parametrize("path", ["", "play/"], ids=["home", "playground"])
def test_code_has_its_position_and_colors_before_the_editor_loads(play, site, path):
    function, keyword = play.root.locator(".tok-function").first, play.root.locator(".tok-keyword").first
    color = "element => getComputedStyle(element).color"
    with site.hold_responses("headwater/hw-play.js"):
        play.page.goto(play.address + path, wait_until="commit")
        expect(function).to_be_visible()
        drawn = function.bounding_box(), keyword.evaluate(color), function.evaluate(color)
    play.point_at_code()
    expect(play.code).to_have_attribute("contenteditable", "true")
    assert (function.bounding_box(), keyword.evaluate(color), function.evaluate(color)) == drawn
    assert len(set(drawn[1:])) == 2


@pytest.mark.parametrize("path", params({"home": "", "tutorial": "first-dataflow/"}, usual={"tutorial"}))
def test_a_click_on_run_before_the_page_is_live_starts_python(play, site, path):
    with site.hold_responses("headwater/hw-play.js"):
        play.page.goto(play.address + path, wait_until="commit")
        play.run_button.click()
    play.settle()
    expect(play.panel.get_by_role("table").first).to_contain_text("2012")


def test_a_key_on_run_before_the_page_is_live_starts_python(play, site):
    with site.hold_responses("headwater/hw-play.js"):
        play.page.goto(play.address, wait_until="commit")
        play.run_button.press("Enter")
    play.settle()
    expect(play.panel.get_by_role("table").first).to_contain_text("2015")


def click_before_the_script(play: Playground, site: Served, path: str, click: Callable[[], None]) -> None:
    with site.hold_responses("headwater/hw-play.js"):
        play.page.goto(play.address + path, wait_until="commit")
        click()


def click_before_the_code(play: Playground, site: Served, path: str, click: Callable[[], None]) -> None:
    with site.hold_responses("headwater/examples/"):
        play.page.goto(play.address + path)
        click()


@pytest.mark.parametrize("click_early", [click_before_the_script, click_before_the_code])
def test_early_clicks_are_repeated_once_the_page_is_live(play, site, click_early):
    """The click must find its tab although the count on the tab changes when the page becomes live or opens a link."""
    link = "play/" + link_to({"flow.py": SMALL}, given={"inputs": {"quantity": "4"}, "config": {}})
    for path, panel, content in [("play/", "Problems", "No problems"), (link, "Inputs", "quantity")]:
        play.page.goto("about:blank")
        click_early(play, site, path, lambda panel=panel: play.show(panel))
        expect(play.panel).to_contain_text(content)
    play.page.goto("about:blank")
    click_early(play, site, "play/", lambda: (play.node("warm_spells").click(), play.share_button.click()))
    expect(play.dialog.get_by_label("Link", exact=True)).to_be_visible()
    play.close_dialog()
    expect(play.panel).to_contain_text("warm_spells")
    expect(play.root.get_by_role("button", name="warm_spells", exact=True)).to_have_attribute("aria-pressed", "true")

"""Links with code, created by one visitor and opened by another."""

import re
from pathlib import Path

import pytest
from dataflows import SMALL
from playground import Playground, link_to
from playwright.sync_api import expect

from headwater.sharing.links import link as terminal_link

pytestmark = pytest.mark.warm

COUNTED = """\
import js

js.imports = getattr(js, "imports", 0) + 1


def imports() -> int:
    return js.imports
"""


def test_a_shared_link_opens_the_same_code_elsewhere_and_runs_only_after_a_click(play, new_context, site):
    play.open_code(SMALL)
    changed = SMALL.replace("return 20", "return 21")
    play.write(changed)
    play.settle()
    play.share_button.click()
    link = play.dialog.get_by_role("textbox").first.input_value()
    assert link.startswith(site.address + "play/#v1.")

    other = Playground(new_context().new_page(), site.address)
    other.page.goto(link)
    expect(other.lines.first).to_be_visible()
    other.expect_text(changed)
    expect(other.node("total")).to_be_visible()
    expect(other.summary).to_have_text("Not run yet")
    other.consent.click()
    other.settle()
    expect(other.panel).to_contain_text("63")


def test_code_of_a_link_does_not_run_before_the_click(play):
    play.open("play/" + link_to({"flow.py": COUNTED}))
    expect(play.node("imports")).to_be_visible()
    expect(play.run_button).to_be_disabled()
    play.code.click()
    play.page.keyboard.press("ControlOrMeta+Enter")
    play.consent.click()
    play.settle()
    expect(play.panel).to_contain_text("1")


def test_a_link_followed_while_the_page_loads_is_opened(play, site):
    with site.hold_responses("examples/seattle-weather.json"):
        play.open()
        play.page.evaluate("fragment => { location.hash = fragment }", link_to({"flow.py": SMALL}))
    expect(play.consent).to_be_visible()
    play.expect_text(SMALL)


@pytest.mark.fresh
def test_consent_is_remembered_until_a_character_changes(play):
    play.open_code(SMALL)
    play.open().open("play/" + link_to({"flow.py": SMALL}, title="The same under another name"))
    play.settle()
    expect(play.panel).to_contain_text("60")
    expect(play.consent).to_be_hidden()
    play.open("play/" + link_to({"flow.py": SMALL + "#"}))
    expect(play.consent).to_be_visible()
    expect(play.run_button).to_be_disabled()


def test_a_link_to_a_changed_example_contains_only_the_changed_lines(play):
    play.open_changed_example()
    play.share_button.click()
    link = play.dialog.get_by_role("textbox").first.input_value()
    assert len(link) < 200  # the data alone has 40,000 characters


@pytest.mark.everywhere  # long; the next test opens frames in pages of two sites
@pytest.mark.fresh
def test_the_shared_frame_works_in_a_page_of_another_site(play, outside, tmp_path):
    play.open_code(SMALL, title="Prices")
    play.share_button.click()
    (tmp_path / "index.html").write_text(play.dialog.get_by_label("HTML iframe").input_value())
    play.page.goto(outside.address.replace("127.0.0.1", "localhost"))
    framed = Playground(play.page, play.address, within=play.page.frame_locator("iframe[title=Prices]"))
    expect(framed.node("total")).to_be_visible()
    framed.consent_in_frame()
    framed.settle()
    expect(framed.panel).to_contain_text("60")
    framed.write(SMALL.replace("return 20", "return 21"))
    framed.settle()
    expect(framed.panel).to_contain_text("63")
    expect(framed.drafts_button).to_be_hidden()


@pytest.mark.fresh
def test_frames_in_pages_of_two_sites_work_beside_each_other(play, context, outside, tmp_path):
    source = f"{play.address}embed/{link_to({'flow.py': SMALL})}"
    (tmp_path / "index.html").write_text(f'<iframe src="{source}" title="Prices" width="1000" height="700"></iframe>')
    sites = [outside.address.replace("127.0.0.1", name) for name in ("one.localhost", "two.localhost")]
    framed = []
    for page, address in zip((play.page, context.new_page()), sites, strict=True):
        page.goto(address)
        framed.append(Playground(page, play.address, within=page.frame_locator("iframe")))
    for each, price in zip(framed, (21, 22), strict=True):
        each.consent_in_frame()
        each.settle()
        each.write(SMALL.replace("return 20", f"return {price}"))
    for each, total in zip(framed, ("63", "66"), strict=True):
        each.settle()
        expect(each.panel).to_contain_text(total)


def test_the_badge_opens_the_code(play):
    play.open_code(SMALL)
    play.share_button.click()
    badge, link = re.fullmatch(r"\[!\[.*\]\((.*)\)\]\((.*)\)", play.dialog.get_by_label("Badge").input_value()).groups()
    assert play.page.request.get(badge).headers["content-type"] == "image/svg+xml"
    assert link == play.dialog.get_by_label("Link", exact=True).input_value()


GOLDEN = Path(__file__).parents[2] / "playground" / "tests" / "share" / "golden"


def test_a_link_to_an_older_version_of_an_example_opens_that_version_and_says_so(play, complaints):
    play.open("play/" + (GOLDEN / "older.txt").read_text().strip())
    expect(play.notice).to_contain_text("“Seattle weather” has changed since")
    play.consent.click()
    play.settle()
    expect(play.panel).to_contain_text("skill")
    shown = play.text()
    assert shown in (GOLDEN / "older.expected").read_text()
    assert "SEASON_DAYS = 21 " in shown
    assert complaints == []


def test_a_link_from_the_command_line_opens(play, complaints):
    known = f"import pandas as pd\n\n\ndef data() -> pd.DataFrame:\n    return pd.DataFrame()\n\n\n{SMALL}"
    play.open("play/" + terminal_link({"flow.py": known}, ""))
    play.consent.click()
    play.settle()
    play.expect_text(known)
    expect(play.panel).to_contain_text("60")
    assert complaints == []


def test_a_link_from_another_version_says_so_and_works(play):
    play.open("play/" + link_to({"flow.py": SMALL}, engine="0.0.9"))
    expect(play.notice).to_have_text(re.compile(r"created with Headwater 0\.0\.9\. This page uses [0-9.]+"))
    play.notice.get_by_role("button", name="Dismiss").click()
    expect(play.notice).to_be_hidden()
    play.consent.click()
    play.settle()
    expect(play.panel).to_contain_text("60")


@pytest.mark.parametrize(
    "fragment",
    ["#v1.", "#v1.not*base64", "#v1.AAAA", link_to({"flow.py": SMALL})[:-20], "#v9.AAAA"],
    ids=["empty", "not base64", "not deflated", "cut off", "from a later version"],
)
def test_an_undecodable_link_says_so_and_the_page_works(play, complaints, fragment):
    play.open("play/" + fragment)
    expect(play.notice).to_contain_text("could not be opened")
    expect(play.root.get_by_text("def temp_rolling").first).to_be_visible()
    assert complaints == []


def test_a_decompression_bomb_is_refused(play):
    play.open("play/" + link_to({"flow.py": "#" * 100_000_000}))
    expect(play.notice).to_contain_text("could not be opened")

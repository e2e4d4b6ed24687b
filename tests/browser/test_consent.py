"""Consent holds only for the code that ran, and no other page can trick the visitor into giving it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from dataflows import SMALL, params
from local_server import Served
from playground import Playground, link_to
from playwright.sync_api import Page, expect
from warm_page import PLAYGROUND_PATHS

CHANGED = SMALL.replace("return 20", "return 21")
OTHER = SMALL.replace("return 20", "return 22")
COVERED = "The button works once this bar is fully visible."


def let_run(play: Playground, total: str) -> None:
    play.consent_in_frame()
    play.settle()
    expect(play.panel).to_contain_text(total)


def expect_to_be_asked(play: Playground, text: str) -> None:
    """Wait until this code is shown, and check that it has not run."""
    expect(play.consent).to_be_visible()
    play.expect_text(text)
    expect(play.summary).to_have_text("Not run yet")


HOLD = """async () => {
    window.databaseRequest = indexedDB.open("headwater");
    await new Promise((resolve, reject) => Object.assign(window.databaseRequest, { onsuccess: resolve, onerror: reject }));
}"""


def revisit(play: Playground, path: str) -> None:
    """Open a URL in a new page load, as on another day."""
    # In tests, the browser keeps its databases in memory, and may drop one that no open page uses.
    beside = play.page.context.new_page()
    beside.goto(play.address + "404.html")
    beside.evaluate(HOLD)
    play.page.goto("about:blank")
    play.open(path)
    beside.close()


# --- remembered consent -----------------------------------------------------------------------------------------------


def test_code_changed_before_consent_is_remembered_as_it_ran(play):
    play.open("play/" + link_to({"flow.py": SMALL}))
    play.write(CHANGED)
    let_run(play, "63")
    revisit(play, "play/" + link_to({"flow.py": SMALL}))
    expect_to_be_asked(play, SMALL)
    revisit(play, "play/" + link_to({"flow.py": CHANGED}))
    play.settle()
    expect(play.panel).to_contain_text("63")
    expect(play.consent).to_be_hidden()


def test_values_changed_before_consent_are_remembered_as_they_ran(play):
    values = {"inputs": {"quantity": "4"}, "config": {}}
    link = "play/" + link_to({"flow.py": SMALL}, given=values)
    play.open(link)
    play.show("Inputs")
    play.panel.get_by_label("quantity").fill("5")
    play.panel.get_by_label("quantity").press("Tab")
    play.show("Outputs")
    let_run(play, "100")
    revisit(play, link)
    expect_to_be_asked(play, SMALL)


@pytest.mark.parametrize("way", [pytest.param(path, marks=pytest.mark.warm(path)) for path in PLAYGROUND_PATHS])
def test_reset_after_consent_to_changed_code_asks_again(play, way):
    play.open(way + link_to({"flow.py": SMALL}, title="Prices"))
    play.write(CHANGED)
    let_run(play, "63")
    if way == "play/":
        play.drafts_button.click()
        play.dialog.get_by_role("button", name="Reset").click()
    else:
        play.root.get_by_role("button", name="Reset").click()
    expect_to_be_asked(play, SMALL)
    let_run(play, "60")


@pytest.mark.warm("embed/")
def test_reset_to_allowed_code_does_not_ask(play):
    play.open("embed/" + link_to({"flow.py": SMALL}))
    let_run(play, "60")
    play.write(CHANGED)
    play.settle()
    play.root.get_by_role("button", name="Reset").click()
    play.settle()
    expect(play.panel).to_contain_text("60")
    expect(play.consent).to_be_hidden()


@pytest.mark.warm
def test_the_origin_of_a_deleted_draft_asks_again(play):
    play.open("play/" + link_to({"flow.py": SMALL}, title="Prices"))
    play.write(CHANGED)
    let_run(play, "63")
    play.drafts_button.click()
    play.dialog.get_by_role("button", name="Delete", exact=True).click()
    play.page.keyboard.press("Escape")
    expect_to_be_asked(play, SMALL)


def test_revert_to_code_without_consent_asks_again(play):
    play.page.clock.install()
    play.open("play/" + link_to({"flow.py": SMALL}, title="Prices"))
    play.write(OTHER)
    expect(play.page).to_have_url(play.address + "play/")
    play.page.clock.fast_forward("01:00:00")
    play.write(CHANGED)
    let_run(play, "63")
    play.drafts_button.click()
    play.dialog.get_by_role("button", name=re.compile("^Revert")).click()
    expect_to_be_asked(play, OTHER)


@pytest.mark.warm
def test_undo_does_not_go_back_before_consent(play):
    play.open("play/" + link_to({"flow.py": SMALL}))
    play.write(CHANGED)
    let_run(play, "63")
    play.code.click()
    for _ in range(3):
        play.page.keyboard.press("ControlOrMeta+z")
    play.page.keyboard.press("ControlOrMeta+End")
    play.page.keyboard.insert_text("# mine")
    play.settle()
    play.expect_text(CHANGED + "# mine")
    expect(play.panel).to_contain_text("63")
    play.page.keyboard.press("ControlOrMeta+z")
    play.expect_text(CHANGED)


@pytest.mark.warm
def test_a_file_deleted_before_consent_cannot_be_restored(play):
    play.open("play/" + link_to({"flow.py": SMALL, "other.py": "def other() -> int:\n    return 1\n"}))
    play.root.get_by_role("button", name="other.py").click()
    play.root.get_by_role("button", name="Delete other.py").click()
    play.root.get_by_role("button", name="Delete", exact=True).click()
    expect(play.notice.get_by_role("button", name="Undo")).to_be_visible()
    let_run(play, "60")
    expect(play.notice).to_be_hidden()
    expect(play.drawn("other")).to_have_count(0)


@pytest.mark.everywhere  # long; other tests remember changed code, changed values and deleted files
def test_a_comparison_remembers_each_side_as_it_ran(play):
    play.open("play/" + link_to({"flow.py": SMALL}))
    play.write(CHANGED)
    play.compare_with(link_to({"flow.py": OTHER}))
    play.dialog.get_by_role("button", name="Run both").click()
    expect(play.pair("total")).to_contain_text("66")
    for text, total in ((OTHER, "66"), (CHANGED, "63")):
        revisit(play, "play/" + link_to({"flow.py": text}))
        play.settle()
        expect(play.panel).to_contain_text(total)
    revisit(play, "play/" + link_to({"flow.py": SMALL}))
    expect_to_be_asked(play, SMALL)


# --- the click --------------------------------------------------------------------------------------------------------


AHEAD = 10  # seconds: a clock can only be set forward


@contextmanager
def frozen_clock(page: Page) -> Iterator[None]:
    """Freeze the installed clock of the page inside the block."""
    page.clock.pause_at(page.evaluate("() => Date.now()") / 1000 + AHEAD)
    yield
    page.clock.resume()


def opened_by_attacker(play: Playground, outside: Served) -> Playground:
    """Return a window opened by a page of another site, just after that page has replaced the code in the window."""
    with play.page.context.expect_page() as opening:
        play.page.goto(outside.address.replace("127.0.0.1", "localhost"))
        address = f"{play.address}play/{link_to({'flow.py': SMALL})}"
        play.page.evaluate("address => { window.opened = window.open(address) }", address)
    opened = Playground(opening.value, play.address)
    expect(opened.consent).to_be_enabled()
    opened.page.clock.install()
    opened.page.clock.pause_at(opened.page.evaluate("() => Date.now()") / 1000 + AHEAD)
    other = f"{play.address}play/{link_to({'flow.py': OTHER})}"
    play.page.evaluate("address => { window.opened.location = address }", other)
    # The clock is frozen, so waiting for the page does not delay the click.
    opened.expect_text(OTHER)
    expect(opened.consent).to_be_visible()
    return opened


def test_an_opener_that_swaps_the_code_just_before_the_click_gets_no_consent(play, outside):
    opened = opened_by_attacker(play, outside)
    for _ in range(3):
        opened.consent.click(force=True)
    expect_to_be_asked(opened, OTHER)
    expect(opened.consent).to_be_disabled()
    opened.page.clock.run_for(2_000)
    expect(opened.consent).to_be_enabled()
    opened.page.clock.resume()
    let_run(opened, "66")


@pytest.mark.parametrize("key", ["Enter", pytest.param("Space", marks=pytest.mark.everywhere)])
def test_an_opener_that_swaps_the_code_just_before_the_key_gets_no_consent(play, outside, key):
    opened = opened_by_attacker(play, outside)
    opened.consent.focus()
    opened.page.keyboard.press(key)
    expect_to_be_asked(opened, OTHER)
    opened.page.clock.run_for(2_000)
    expect(opened.consent).to_be_enabled()
    opened.page.keyboard.press(key)
    opened.page.clock.resume()
    opened.settle()
    expect(opened.panel).to_contain_text("66")


@pytest.mark.warm
def test_an_opener_that_swaps_the_code_while_the_button_is_held_gets_no_consent(play, outside):
    play.open("play/" + link_to({"flow.py": SMALL}))
    expect(play.consent).to_be_enabled()
    play.consent.hover()
    play.page.mouse.down()
    play.page.evaluate("fragment => { location.hash = fragment }", link_to({"flow.py": OTHER}))
    play.expect_text(OTHER)
    expect(play.consent).to_be_enabled()
    play.page.mouse.up()
    expect_to_be_asked(play, OTHER)
    let_run(play, "66")


@pytest.mark.warm
def test_a_held_key_gives_no_consent(play):
    play.open("play/" + link_to({"flow.py": SMALL}))
    play.consent.focus()
    play.page.keyboard.down("Enter")
    expect(play.consent).to_be_enabled()
    for _ in range(3):
        play.page.keyboard.down("Enter")  # again without `up`: the key repeats
    play.page.keyboard.up("Enter")
    expect_to_be_asked(play, SMALL)


@pytest.mark.parametrize("sign", ["focus", pytest.param("visibilitychange", marks=pytest.mark.everywhere)])
def test_the_second_click_of_a_double_click_gives_no_consent(play, sign):
    """The first click closed a window in front of this one, or brought this window to the front."""
    play.open("play/" + link_to({"flow.py": SMALL}))
    expect(play.consent).to_be_enabled()
    play.page.clock.install()
    with frozen_clock(play.page):
        target = "window" if sign == "focus" else "document"
        play.page.evaluate(f"() => {target}.dispatchEvent(new Event('{sign}'))")
        play.consent.click(force=True)
        expect_to_be_asked(play, SMALL)
        play.page.clock.run_for(2_000)
        expect(play.consent).to_be_enabled()


def test_a_comparison_that_appears_just_before_the_click_gets_no_consent(play):
    play.page.clock.install()
    before, after = link_to({"flow.py": SMALL})[1:], link_to({"flow.py": OTHER})[1:]
    play.open(f"play/#compare={before}&with={after}")
    button = play.dialog.get_by_role("button", name="Run both")
    expect(button).to_be_enabled()
    with frozen_clock(play.page):
        play.page.evaluate("address => { location.hash = address }", f"#compare={after}&with={before}")
        expect(play.dialog.locator(".compare-sides")).to_be_visible()
        play.page.clock.run_for(100)
        expect(button).to_be_disabled()
        button.click(force=True)
        play.page.clock.run_for(100)
        expect(button).to_be_visible()
        play.page.clock.run_for(2_000)
        expect(button).to_be_enabled()


# --- inside a page of another site --------------------------------------------------------------------------------------

FramedAt = Callable[..., Playground]
PLAIN = "<!doctype html><title>elsewhere</title>"
FRAME = '<iframe id="bait" title="bait" width="1000" height="700" style="border:0;{style}" src="{source}"></iframe>'
COVER = (
    '<div style="position:absolute;left:0;top:{top}px;width:{width}px;height:120px;background:{ink};pointer-events:none"></div>'
)
ABOVE = "position:absolute;left:0;top:0;pointer-events:none;"
"""The style of an overlay that lets clicks through to the frame."""
HOLE = "clip-path:polygon(0 0,100% 0,100% 100%,0 100%,0 0,calc(100% - 2px) 2px,calc(100% - 2px) 3px,calc(100% - 1px) 3px)"
CROPPED = '<div style="position:relative;overflow:hidden;width:260px;height:400px"><div style="position:absolute;left:-740px">'
DISGUISES = {
    "transparent": FRAME.replace("{style}", "opacity:0.01"),
    "slightly transparent": FRAME.replace("{style}", "opacity:0.95"),
    "in something transparent": f'<div style="opacity:0.01">{FRAME}</div>',
    "covered": FRAME + COVER.format(top=0, width=1000, ink="gold"),
    "covered where the text is": FRAME + COVER.format(top=0, width=300, ink="gold"),
    "covered except for a hole": f'{FRAME}<div style="{ABOVE}right:0;bottom:0;background:gold;{HOLE}"></div>',
    "below another frame": f'{FRAME}<iframe style="{ABOVE}width:1000px;height:120px;border:0;background:gold"></iframe>',
    "below a drawing": f'{FRAME}<svg width="1000" height="200" style="{ABOVE}"><rect width="999" height="199"/></svg>',
    "below generated content": f'<style>body::after{{content:"";{ABOVE}right:0;bottom:0;background:gold}}</style>{FRAME}',
    "below a popover": f'{FRAME}<div popover="manual" id="above" style="{ABOVE}width:1000px;height:200px;margin:0"></div>'
    "<script>above.showPopover()</script>",
    "below a border": f'{FRAME}<div style="{ABOVE}border:500px solid gold"></div>',
    "below an outline": f'{FRAME}<div style="{ABOVE}width:5px;height:5px;outline:2000px solid gold"></div>',
    "below a shadow": f'{FRAME}<div style="{ABOVE}width:5px;height:5px;box-shadow:0 0 0 2000px gold"></div>',
    "below a drop shadow": f'{FRAME}<div style="{ABOVE}margin-top:-300px;width:1000px;height:200px;background:gold;'
    'filter:drop-shadow(0 300px 0 gold)"></div>',
    "below a text shadow": f'{FRAME}<div style="{ABOVE}margin-top:-40px;'
    f'font-size:20px;text-shadow:0 80px gold">{"█" * 60}</div>',
    "behind frosted glass": f'{FRAME}<div style="{ABOVE}right:0;bottom:0;backdrop-filter:blur(9px)"></div>',
    "clipped": FRAME.replace("{style}", "clip-path:inset(0 0 0 700px)"),
    "clipped to a shape": FRAME.replace("{style}", "clip-path:url(#shape)")
    + '<svg width="0" height="0"><clipPath id="shape"><rect width="10" height="10"/></clipPath></svg>',
    "cropped": f"{CROPPED}{FRAME}</div></div>",
    "blurred": FRAME.replace("{style}", "filter:blur(8px)"),
    "without contrast": FRAME.replace("{style}", "filter:contrast(0)"),
    "blended": FRAME.replace("{style}", "mix-blend-mode:multiply"),
    "upside down": FRAME.replace("{style}", "transform:rotate(0.5turn)"),
    "tilted": FRAME.replace("{style}", "transform:perspective(500px) rotateY(60deg)"),
    "shrunk": FRAME.replace("{style}", "transform:scale(0.2);transform-origin:0 0"),
}
"""Ways to disguise a frame. Chromium detects all but a mask (`mask-image`)."""
ONE_OF_EACH_KIND = {
    "in something transparent",
    "covered where the text is",
    "below another frame",
    "below a shadow",
    "clipped",
    "cropped",
    "blurred",
    "blended",
    "shrunk",
}
"""One disguise for each condition that Chromium checks: opacity, layers above, painting outside the box, visible part, filters
and size."""


@pytest.fixture
def open_framed(play: Playground, outside: Served, tmp_path: Path) -> FramedAt:
    """Return a function that writes a page of another site and opens a link in a frame on that page."""

    def opened(markup: str, fragment: str, host: str = "localhost") -> Playground:
        source = f"{play.address}embed/{fragment}"
        page = PLAIN + '<body style="margin:0">' + markup.replace("{style}", "").replace("{source}", source)
        # Unique names: the server does not notice that a file has changed within a second.
        name = f"{len(list(tmp_path.iterdir()))}.html"
        (tmp_path / name).write_text(page)
        play.page.goto(outside.address.replace("127.0.0.1", host) + name)
        return Playground(play.page, play.address, within=play.page.frame_locator("#bait"))

    return opened


@pytest.mark.parametrize("disguise", params(DISGUISES, usual=ONE_OF_EACH_KIND))
def test_a_disguised_frame_gets_no_consent(play, open_framed, disguise):
    framed = open_framed(disguise, link_to({"flow.py": SMALL}))
    expect(framed.root.locator("#consent-hint")).to_have_text(COVERED)
    framed.consent.dispatch_event("click")
    framed.consent.focus()
    play.page.keyboard.press("Enter")
    expect(framed.consent).to_be_disabled()
    expect_to_be_asked(framed, SMALL)


def test_an_undisguised_frame_gets_consent_by_click(play, open_framed):
    framed = open_framed(FRAME, link_to({"flow.py": SMALL}))
    let_run(framed, "60")


@pytest.mark.parametrize("key", ["Enter", pytest.param("Space", marks=pytest.mark.everywhere)])
def test_an_undisguised_frame_gets_consent_by_key(play, open_framed, key):
    framed = open_framed(FRAME, link_to({"flow.py": SMALL}))
    expect(framed.consent).to_be_enabled()
    framed.consent.focus()
    play.page.keyboard.press(key)
    framed.settle()
    expect(framed.panel).to_contain_text("60")


def test_a_frame_that_was_covered_until_just_before_the_click_gets_no_consent(play, open_framed):
    play.page.clock.install()
    covered = FRAME + COVER.format(top=0, width=1000, ink="gold").replace("<div", '<div id="cover"')
    framed = open_framed(covered, link_to({"flow.py": SMALL}))
    expect(framed.root.locator("#consent-hint")).to_have_text(COVERED)
    place = framed.consent.bounding_box()
    assert place is not None
    with frozen_clock(play.page):
        play.page.evaluate("() => document.getElementById('cover').remove()")
        play.page.mouse.click(place["x"] + 20, place["y"] + 10)
        play.page.clock.run_for(100)
        expect_to_be_asked(framed, SMALL)
    let_run(framed, "60")


def test_a_frame_that_was_covered_for_a_while_can_get_consent(play, open_framed):
    framed = open_framed(FRAME, link_to({"flow.py": SMALL}))
    expect(framed.consent).to_be_enabled()
    cover = COVER.format(top=0, width=1000, ink="gold")
    play.page.evaluate("markup => document.body.insertAdjacentHTML('beforeend', markup)", cover)
    expect(framed.root.locator("#consent-hint")).to_have_text(COVERED)
    expect(framed.consent).to_be_disabled()


@pytest.mark.parametrize("how", ["transform", pytest.param("top", marks=pytest.mark.everywhere)])
def test_a_frame_moved_under_the_mouse_just_before_the_click_gets_no_consent(play, open_framed, how):
    play.page.clock.install()
    box = '<div id="box" style="position:absolute;left:0;top:150px">' + FRAME + "</div>"
    framed = open_framed(box, link_to({"flow.py": SMALL}))
    expect(framed.consent).to_be_enabled()
    place = framed.consent.bounding_box()
    assert place is not None
    x, y = place["x"] + 20, place["y"] + 10 - 110
    play.page.mouse.move(x, y)
    moved = {"top": "top: 40px", "transform": "transform: translateY(-110px)"}[how]
    with frozen_clock(play.page):
        play.page.evaluate("style => { document.getElementById('box').style.cssText += `;${style}` }", moved)
        play.page.mouse.click(x, y)
        play.page.clock.run_for(100)
        expect_to_be_asked(framed, SMALL)
    let_run(framed, "60")


def test_a_frame_whose_code_is_swapped_just_before_the_click_gets_no_consent(play, open_framed):
    play.page.clock.install()
    framed = open_framed(FRAME, link_to({"flow.py": SMALL}))
    expect(framed.consent).to_be_enabled()
    with frozen_clock(play.page):
        address = f"{play.address}embed/{link_to({'flow.py': OTHER})}"
        play.page.evaluate("address => { document.getElementById('bait').src = address }", address)
        framed.expect_text(OTHER)
        expect(framed.consent).to_be_visible()
        framed.consent.click(force=True)
        play.page.clock.run_for(100)
        expect_to_be_asked(framed, OTHER)


def test_a_nested_frame_of_another_site_counts_as_a_frame_of_another_site(play, outside, tmp_path):
    (tmp_path / "inner.html").write_text(
        f'{PLAIN}<iframe id="bait" width="1000" height="600" src="{play.address}embed/{link_to({"flow.py": SMALL})}"></iframe>'
    )
    (tmp_path / "index.html").write_text(f'{PLAIN}<iframe id="between" width="1100" height="700" src="inner.html"></iframe>')
    play.page.goto(outside.address)
    inner = play.page.frame_locator("#between").frame_locator("#bait")
    framed = Playground(play.page, play.address, within=inner)
    expect(framed.root.get_by_role("link", name="Open in a new tab")).to_be_visible()
    let_run(framed, "60")


@pytest.mark.parametrize(
    "host",
    params(
        {"another site": "localhost", "another origin of the same site": "127.0.0.1"}, usual={"another origin of the same site"}
    ),
)
def test_remembered_consent_does_not_count_in_a_page_of_another_site(play, open_framed, host):
    play.open_code(SMALL)
    framed = open_framed(FRAME, link_to({"flow.py": SMALL}), host)
    expect_to_be_asked(framed, SMALL)
    framed = open_framed(FRAME, link_to({"flow.py": CHANGED}), host)
    let_run(framed, "63")
    framed = open_framed(FRAME, link_to({"flow.py": CHANGED}), host)
    expect_to_be_asked(framed, CHANGED)
    revisit(play, "play/" + link_to({"flow.py": CHANGED}))
    expect_to_be_asked(play, CHANGED)


def test_browsers_that_cannot_detect_covered_buttons_run_the_code_in_a_new_tab(play, open_framed):
    play.page.add_init_script("delete IntersectionObserverEntry.prototype.isVisible")
    framed = open_framed(FRAME, link_to({"flow.py": SMALL}))
    expect(framed.root.locator("#consent-hint")).to_have_text("This browser cannot run the code in a frame on another site.")
    expect(framed.consent).to_have_count(0)
    with play.page.context.expect_page() as opening:
        framed.root.get_by_role("link", name="Open in a new tab").click()
    opened = Playground(opening.value, play.address)
    assert opened.page.evaluate("() => window.opener") is None
    let_run(opened, "60")


@pytest.mark.parametrize("view", ["graph", pytest.param("output", marks=pytest.mark.everywhere)])
@pytest.mark.warm("embed/")
def test_a_frame_of_one_part_shows_all_parts_before_consent(play, view):
    play.open(f"embed/?view={view}{link_to({'flow.py': SMALL})}")
    expect(play.root.locator("section.code")).to_be_visible()
    play.consent.click()
    expect(play.root.locator("section.code")).to_be_hidden()
    expect(play.root.locator(f"section.{view}")).to_be_visible()


# --- visibility before consent ------------------------------------------------------------------------------------------

FAR = f'"""A sum."""\n\n\ndef total() -> int:\n    return 1{" " * 3000}; import owned\n'
LONG = f"def total() -> int:\n    return sum([{', '.join(['1'] * 3000)}])  # owned\n"
CONTROLS = {
    "\u202e": "U+202E",
    "\u2066": "U+2066",
    "\u200b": "U+200B",
    "\u2060": "U+2060",
    "\u3164": "U+3164",
    "\ufe0f": "U+FE0F",
    "\u00a0": "U+00A0",
    "\x0c": "U+000C",
    "\x1b": "U+001B",
    "\U000e0061": "U+E0061",
}
SPECIAL = 'ACCESS = "' + "".join(CONTROLS) + '"\n\n\ndef total() -> int:\n    return 1\n'
MODES = pytest.mark.parametrize("mode", ["edit", "read"])


def is_in_view(play: Playground, text: str) -> bool:
    """Return whether the middle of a unique text is visible in the code pane."""
    found: bool = play.root.evaluate(
        """(play, text) => {
            const pane = play.shadowRoot.querySelector("section.code .editor");
            const walker = document.createTreeWalker(pane, NodeFilter.SHOW_TEXT);
            const range = document.createRange();
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const at = node.data.indexOf(text);
                if (at < 0) continue;
                range.setStart(node, at);
                range.setEnd(node, at + text.length);
                const [box, { left, right, top, bottom }] = [range.getBoundingClientRect(), pane.getBoundingClientRect()];
                const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
                return x > left && x < right && y > top && y < bottom;
            }
            return false;
        }""",
        text,
    )
    return found


@MODES
@pytest.mark.warm("embed/")
def test_code_far_to_the_right_is_visible_before_consent(play, mode):
    play.open(f"embed/?mode={mode}{link_to({'flow.py': FAR})}")
    expect(play.consent).to_be_enabled()
    expect(play.root.locator("section.code .special-character")).to_have_text("3,000 spaces")
    assert is_in_view(play, "owned")


@MODES
@pytest.mark.warm("embed/")
def test_long_lines_wrap_before_consent(play, mode):
    play.open(f"embed/?mode={mode}{link_to({'flow.py': LONG})}")
    expect(play.consent).to_be_enabled()
    pane = play.root.locator("section.code .cm-scroller" if mode == "edit" else "section.code .editor")
    assert pane.evaluate("pane => pane.scrollWidth <= pane.clientWidth")
    pane.evaluate("pane => pane.scrollTo(0, pane.scrollHeight)")
    expect(play.root.locator("section.code").get_by_text("owned")).to_be_in_viewport()


@pytest.mark.warm
def test_lines_do_not_wrap_after_consent(play):
    play.open("play/" + link_to({"flow.py": LONG}))
    let_run(play, "3000")
    assert play.root.locator("section.code .cm-scroller").evaluate("pane => pane.scrollWidth > pane.clientWidth")


@MODES
@pytest.mark.warm("embed/")
def test_invisible_characters_are_shown(play, mode):
    play.open(f"embed/?mode={mode}{link_to({'flow.py': SPECIAL})}")
    expect(play.consent).to_be_enabled()
    labels = play.root.locator("section.code .special-character")
    expect(labels).to_have_text(list(CONTROLS.values()))
    expect(labels.first).to_have_attribute("aria-label", "right-to-left override, U+202E")
    play.consent.click()
    play.settle()
    expect(labels).to_have_text(list(CONTROLS.values()))


@MODES
@pytest.mark.warm("embed/")
def test_a_line_end_that_only_python_knows_is_shown(play, mode):
    """Python ends a comment at a lone carriage return."""
    play.open(f"embed/?mode={mode}{link_to({'flow.py': SMALL + '# harmless' + chr(13) + 'import owned'})}")
    expect(play.consent).to_be_enabled()
    lines = play.root.locator("section.code .cm-line" if mode == "edit" else "section.code .line")
    expect(lines.nth(-2)).to_have_text("# harmless")
    expect(lines.last).to_have_text("import owned")
    expect(play.root.locator(".consent")).to_contain_text("1 file, 10 lines.")


@MODES
@pytest.mark.warm("embed/")
def test_right_to_left_letters_do_not_swap_operands(play, mode):
    code = "אב = 1\nגד = 2\nפק = אב - גד\n\n\ndef total() -> int:\n    return פק\n"
    play.open(f"embed/?mode={mode}{link_to({'flow.py': code})}")
    expect(play.consent).to_be_enabled()
    line = play.root.locator("section.code .cm-line" if mode == "edit" else "section.code .line").nth(2)
    places = line.locator(".leftward").evaluate_all("parts => parts.map(part => part.getBoundingClientRect().left)")
    assert len(places) == 3
    assert places == sorted(places)


@pytest.mark.warm
def test_the_bar_states_the_size_and_every_file_can_be_read(play):
    files = {"flow.py": SMALL, "costs.py": "RATE = 2\n", "data.csv": "a,b\n1,2"}
    play.open("play/" + link_to(files))
    expect(play.root.locator(".consent")).to_contain_text("This code comes from a link: 3 files, 11 lines.")
    for name, text in files.items():
        play.root.get_by_role("button", name=name, exact=True).click()
        expect(play.code).to_contain_text(text.splitlines()[0])
    expect(play.summary).to_have_text("Not run yet")


@pytest.mark.warm
def test_names_of_nodes_show_invisible_characters(play):
    code = "def total\ufe00() -> int:\n    return 1\n\n\ndef total() -> int:\n    return 2\n"
    play.open("play/" + link_to({"flow.py": code}, title="Shop\u202e"))
    expect(play.title).to_have_text("Shop[U+202E]")
    expect(play.drawn("total\ufe00").locator(".name")).to_have_text("total[U+FE00]")
    expect(play.drawn("total").locator(".name")).to_have_text("total")


@pytest.mark.warm
def test_all_lines_of_a_comparison_are_visible_before_consent(play):
    filler = "\n".join(f"# {number}" for number in range(30))
    before, after = (f"{filler}\n{text}" for text in (SMALL, CHANGED))
    play.open("play/" + link_to({"flow.py": after}))
    expect(play.consent).to_be_visible()
    play.compare_with(link_to({"flow.py": before}))
    expect(play.dialog.locator(".cm-mergeView")).to_be_visible()
    expect(play.dialog.locator(".cm-collapsedLines")).to_have_count(0)
    play.dialog.get_by_role("button", name="Run both").click()
    expect(play.dialog.locator(".cm-collapsedLines").first).to_be_visible()

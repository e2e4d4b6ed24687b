"""The editor completes names, shows hints and changes code."""

import re

import pytest
from dataflows import SMALL
from playground import link_to
from playwright.sync_api import expect

pytestmark = pytest.mark.warm

WEATHER = """\
import pandas as pd


def weather() -> pd.DataFrame:
    return pd.DataFrame({"rain": [1.5, 0.0], "city": ["Oslo", "Rome"], "day": [1, 2]})


def dry(weather: pd.DataFrame) -> pd.DataFrame:
    return weather
"""


def caret_at(play, text: str) -> None:
    """Place the caret in a word in the code."""
    play.code.get_by_text(text, exact=True).first.click()


@pytest.mark.fresh
@pytest.mark.parametrize("key", ["Enter", "Tab"])
def test_a_parameter_is_completed_with_the_type_of_its_node(play, key):
    play.open_code(SMALL)
    play.write(SMALL + "\n\ndef doubled() -> int:\n    return 2\n")
    play.page.keyboard.press("ControlOrMeta+Home")
    for _ in range(10):
        play.page.keyboard.press("ArrowDown")
    play.page.keyboard.press("End")
    for _ in range(len(") -> int:")):
        play.page.keyboard.press("ArrowLeft")
    play.page.clock.install()
    play.page.keyboard.type("tot")
    offered = play.root.get_by_role("option").filter(has_text="total")
    expect(offered).to_contain_text("int")
    expect(play.root.locator(".cm-completionInfo")).to_contain_text("The price of all items.")
    play.page.clock.run_for(100)  # a completion is not accepted within 75 ms, since the key may have been meant for the text
    play.page.keyboard.press(key)
    expect(play.lines.nth(10)).to_have_text("def doubled(total: int) -> int:")


@pytest.mark.fresh
def test_a_failed_load_of_the_assistance_is_reported_and_retried(play):
    play.page.route("**/assistance-*.js", lambda route: route.abort())
    play.open("play/" + link_to({"flow.py": SMALL}))
    expect(play.notice).to_contain_text("Could not load code completion, search and error highlighting.")
    play.page.unroute_all()
    play.point_at_code()
    play.code.click()
    play.page.keyboard.press("ControlOrMeta+f")
    expect(play.root.get_by_role("textbox", name="Find")).to_be_focused()


@pytest.mark.fresh
def test_a_failed_load_of_the_assistance_is_not_retried_forever(play):
    urls: list[str] = []

    def refuse(route) -> None:
        urls.append(route.request.url)
        route.abort()

    play.page.route("**/assistance-*.js", refuse)
    play.page.clock.install()
    play.open("play/" + link_to({"flow.py": "def broken(:\n"}))
    expect(play.notice).to_contain_text("Could not load code completion, search and error highlighting.")
    expect(play.problem).to_contain_text("invalid syntax")
    play.page.clock.run_for(2_000)  # retried once, a second after the editor has opened
    assert len(urls) <= 3


@pytest.mark.fresh
def test_enter_after_a_word_inserts_a_line_break(play):
    play.open_code(SMALL)
    play.write("")
    play.page.clock.install()
    play.page.keyboard.type("nope", delay=60)
    play.page.clock.run_for(300)  # time for a completion to appear
    play.page.keyboard.press("Enter")
    play.expect_text("nope\n")


def test_hovering_a_parameter_shows_its_source(play):
    play.open_code(SMALL)
    play.code.focus()
    play.lines.nth(7).get_by_text("price").hover(position={"x": 90, "y": 8})
    described = play.root.locator(".node-description")
    expect(described).to_contain_text("def price() -> int")
    expect(described).to_contain_text("The price of one item.")
    expect(described).to_contain_text("flow.py:1")
    play.page.keyboard.press("Escape")
    expect(described).to_have_count(0)


def test_keys_show_the_source_of_a_parameter_and_go_there(play):
    play.open_code(SMALL)
    play.lines.nth(5).click(position={"x": 95, "y": 8})
    play.page.mouse.move(5, 5)  # away from the code, where hovering also shows a description
    play.page.keyboard.press("ControlOrMeta+k")
    play.page.keyboard.press("ControlOrMeta+i")
    expect(play.root.locator(".node-description")).to_contain_text("def price() -> int")
    play.page.keyboard.press("Escape")
    expect(play.root.locator(".node-description")).to_have_count(0)
    play.page.keyboard.press("F12")
    expect(play.lines.nth(0)).to_contain_class("cm-activeLine")


def test_ctrl_click_goes_to_the_function_in_its_module(play):
    play.open_files({"costs.py": "def price() -> int:\n    return 20\n", "flow.py": SMALL.split("\n\n\n")[1]})
    play.root.get_by_role("button", name="flow.py", exact=True).click()
    play.lines.nth(0).click(position={"x": 95, "y": 8}, modifiers=["ControlOrMeta"])
    expect(play.lines.nth(0)).to_have_text("def price() -> int:")


def test_keys_go_to_the_users_of_a_node(play):
    taxed = "def taxed(total: int, price: int) -> int:\n    return total + price\n"
    play.open_files({"flow.py": SMALL, "tax.py": taxed})
    play.lines.nth(5).click(position={"x": 50, "y": 8})
    play.page.keyboard.press("Shift+F12")  # only `taxed` uses `total`
    expect(play.lines.nth(0)).to_have_text("def taxed(total: int, price: int) -> int:")
    play.root.get_by_role("button", name="flow.py", exact=True).click()
    play.lines.nth(0).click(position={"x": 45, "y": 8})
    play.page.keyboard.press("Shift+F12")
    readers = play.root.get_by_role("group", name="Uses of price")
    expect(readers.get_by_role("button")).to_have_text(["total flow.py:6", "taxed tax.py:1"])
    expect(readers.get_by_role("button").first).to_be_focused()
    play.page.keyboard.press("ArrowDown")
    play.page.keyboard.press("Enter")
    expect(play.lines.nth(0)).to_have_text("def taxed(total: int, price: int) -> int:")
    expect(play.code).to_be_focused()


def test_f2_renames_a_node_in_all_modules_and_each_undoes_it_separately(play):
    play.open_files({"costs.py": "def price() -> int:\n    return 20\n", "flow.py": SMALL.split("\n\n\n")[1]})
    play.lines.nth(0).click(position={"x": 45, "y": 8})
    play.page.keyboard.press("F2")
    box = play.root.get_by_role("textbox", name="Rename to")
    expect(box).to_be_focused()
    box.fill("total")
    expect(play.root.get_by_role("alert")).to_have_text("A node named total already exists.")
    box.fill("cost")
    play.page.keyboard.press("Enter")
    expect(play.lines.nth(0)).to_have_text("def cost() -> int:")
    expect(play.node("cost")).to_be_visible()
    expect(play.code).to_be_focused()
    play.root.get_by_role("button", name="flow.py", exact=True).click()
    expect(play.lines.nth(0)).to_have_text("def total(cost: int, quantity: int = 3) -> int:")
    expect(play.panel).to_contain_text("60")
    play.code.click()
    play.page.keyboard.press("ControlOrMeta+z")
    expect(play.lines.nth(0)).to_have_text("def total(price: int, quantity: int = 3) -> int:")


def test_f2_opens_its_box_beside_the_name_without_scrolling(play):
    play.page.set_viewport_size({"width": 1280, "height": 400})
    play.open("first-dataflow/")
    play.lines.filter(has_text="def ").first.click()
    for key in ("Home", *["ArrowRight"] * 5):
        play.page.keyboard.press(key)
    before = play.page.evaluate("scrollY")
    assert before > 0
    play.page.keyboard.press("F2")
    box = play.root.get_by_role("textbox", name="Rename to")
    expect(box).to_be_focused()
    expect(box).to_be_in_viewport()
    assert play.page.evaluate("scrollY") == before


def test_a_missing_annotation_is_added_by_a_key(play):
    play.open_code(SMALL)
    play.write(SMALL.replace("price: int, ", "price, "))
    expect(play.root.locator(".cm-lintRange-error").first).to_be_visible()
    play.lines.nth(5).click()
    play.page.keyboard.press("ControlOrMeta+.")
    expect(play.lines.nth(5)).to_have_text("def total(price: int, quantity: int = 3) -> int:")
    expect(play.root.locator(".cm-lintRange-error")).to_have_count(0)
    play.settle()
    expect(play.panel).to_contain_text("60")


def test_a_missing_function_is_added_from_its_mark(play):
    play.open_code(SMALL)
    play.write("def total(price: int) -> int:\n    return price * 3\n")
    mark = play.root.locator(".cm-lintRange-error").first
    expect(mark).to_be_visible()
    mark.hover()
    play.root.get_by_role("button", name="Write the function price").click()
    expect(play.lines.nth(4)).to_have_text("def price() -> int:")
    play.page.keyboard.insert_text("return 7")  # the placeholder is selected
    play.settle()
    expect(play.panel).to_contain_text("21")


def test_a_module_is_added_renamed_and_deleted(play):
    play.open_code(SMALL)
    play.root.get_by_role("button", name="Add a file").click()
    name = play.root.get_by_role("textbox", name="Name of the new file")
    expect(name).to_be_focused()
    play.page.keyboard.type("flow.py")
    play.page.keyboard.press("Enter")
    expect(play.root.get_by_role("alert")).to_have_text("A file named flow.py already exists.")
    name.fill("tax.py")
    play.page.keyboard.press("Enter")
    play.write("def tax(total: int) -> float:\n    return total * 0.2\n")
    expect(play.node("tax")).to_be_visible()
    expect(play.panel).to_contain_text("12.0")
    play.root.get_by_role("button", name="Rename tax.py").click()
    play.page.keyboard.type("taxes.py")
    play.page.keyboard.press("Enter")
    expect(play.root.get_by_role("button", name="taxes.py", exact=True)).to_have_attribute("aria-pressed", "true")
    play.settle()
    play.root.get_by_role("button", name="Delete taxes.py").click()
    expect(play.root.get_by_role("button", name="Delete", exact=True)).to_be_focused()
    play.page.keyboard.press("Enter")
    expect(play.lines.nth(0)).to_have_text("def price() -> int:")
    expect(play.node("tax")).to_have_count(0)
    expect(play.notice).to_contain_text("Deleted taxes.py.")
    play.notice.get_by_role("button", name="Undo").click()
    expect(play.lines.nth(0)).to_have_text("def tax(total: int) -> float:")
    expect(play.node("tax")).to_be_visible()
    expect(play.notice).to_have_count(0)


def test_the_question_whether_to_delete_a_file_is_withdrawn_with_the_file(play):
    play.open_files({"flow.py": SMALL, "notes.txt": "later"})
    question = play.root.get_by_role("group", name="Delete ", exact=False).filter(has_text="?")
    tab = play.root.get_by_role("button", name="notes.txt", exact=True)
    tab.click()
    play.root.get_by_role("button", name="Delete notes.txt").click()
    expect(question).to_be_visible()
    play.root.get_by_role("button", name="flow.py", exact=True).click()
    expect(question).to_have_count(0)
    tab.click()
    play.root.get_by_role("button", name="Delete notes.txt").click()
    expect(question).to_be_visible()
    play.page.evaluate("text => { document.querySelector('hw-play').files = { 'notes.txt': text }; }", "again")
    expect(play.lines).to_have_text(["again"])
    expect(question).to_have_count(0)


@pytest.mark.fresh
def test_reset_withdraws_the_question_whether_to_delete_a_file(play):
    play.open("course/functions-become-nodes/")
    play.root.get_by_role("button", name="Delete features.py").click()
    expect(play.root.get_by_role("button", name="Cancel")).to_be_visible()
    play.root.get_by_role("button", name="Reset").click()
    expect(play.root.get_by_role("button", name="Cancel")).to_have_count(0)


def test_a_dropped_file_is_data_for_the_code(play):
    play.open_code(SMALL)
    dropped = play.page.evaluate_handle("""() => {
        const data = new DataTransfer();
        data.items.add(new File(["41"], "price.txt"));
        data.items.add(new File([new Uint8Array([255, 0])], "photo.png"));
        return data;
    }""")
    play.code.dispatch_event("dragover", {"dataTransfer": dropped})
    play.code.dispatch_event("drop", {"dataTransfer": dropped})
    expect(play.notice).to_contain_text("photo.png was not added: it is not a text file.")
    expect(play.lines).to_have_text(["41"])
    play.root.get_by_role("button", name="flow.py", exact=True).click()
    play.write(SMALL.replace("return 20", "return int(open('price.txt').read())"))
    expect(play.panel).to_contain_text("123")


UNTIDY = "def price( )->int :\n    return 20\ndef total(price:int,quantity:int=3)->int:\n    return price*quantity  # all\n"


@pytest.mark.fresh
def test_a_module_is_formatted_in_one_step_and_the_caret_keeps_its_place(play):
    urls: list[str] = []
    play.page.on("request", lambda request: urls.append(request.url))
    play.open_code(UNTIDY)
    assert not [url for url in urls if "ruff" in url], "the formatter is fetched before it is needed"
    play.lines.nth(3).get_by_text("# all").click()
    play.page.keyboard.press("End")
    play.page.keyboard.press("Shift+Alt+f")
    expect(play.lines.nth(4)).to_have_text("def total(price: int, quantity: int = 3) -> int:")
    play.page.keyboard.type("!")
    expect(play.lines.nth(5)).to_have_text("    return price * quantity  # all!")
    play.settle()
    expect(play.summary).to_contain_text("0 of 2 nodes ran")
    play.page.keyboard.press("ControlOrMeta+z")
    play.page.keyboard.press("ControlOrMeta+z")
    play.expect_text(UNTIDY)


def test_invalid_code_is_not_formatted_and_the_error_is_located(play):
    play.open_code(SMALL)
    play.write("def price( )->int :\n    return (20\n")
    play.root.get_by_role("button", name="Format flow.py").click()
    expect(play.notice).to_contain_text("Could not format flow.py, line 3.")
    play.write(SMALL)
    expect(play.notice).to_have_count(0)


def test_columns_of_a_live_value_are_completed_in_a_subscript(play):
    play.open_code(WEATHER)
    play.point_at_code()
    play.lines.nth(8).click()
    play.page.keyboard.press("End")
    play.page.keyboard.type("[")
    play.page.keyboard.type('"')
    options = play.root.get_by_role("option")
    expect(options).to_have_text([re.compile(name) for name in ("rain.*float64", "city", "day.*int64")])
    play.page.keyboard.type("da")
    expect(options).to_have_text([re.compile("day.*int64")])
    expect(options).to_have_attribute("aria-selected", "true")
    options.click()
    expect(play.lines.nth(8)).to_have_text('    return weather["day"]')

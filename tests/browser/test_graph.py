"""The graph: selecting, folding, and synchronization with the rest of the page."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.warm

EARLY = '''\
from headwater import tag


@tag(team="data")
def weather() -> int:
    """The measured temperature."""
    print("measuring")
    return 10


@tag(team="data", unit="C")
def temp_mean(weather: int) -> int:
    """The mean."""
    return weather + 1


def rain(weather: int) -> int:
    return weather + 2
'''

LATE = """\
def anomaly(temp_mean: int, window: int = 7) -> int:
    return temp_mean * window


def report(anomaly: int, rain: int) -> int:
    return anomaly + rain
"""


@pytest.fixture
def two(play):
    """Open and run two modules."""
    return play.open_files({"early.py": EARLY, "late.py": LATE})


def dimmed(play) -> list[str]:
    return sorted(play.graph.locator(".node.dim").evaluate_all("nodes => nodes.map((node) => node.dataset.node)"))


def drawn(play) -> list[str]:
    return sorted(play.graph.locator(".node").evaluate_all("nodes => nodes.map((node) => node.dataset.node)"))


def test_a_selector_highlights_its_nodes_and_dims_the_rest(two):
    two.selector.fill("+temp_mean")
    expect(two.selected_count).to_have_text("2 of 6 selected")
    assert dimmed(two) == ["anomaly", "rain", "report", "window"]
    two.selector.fill("temp_mean+, rain")
    expect(two.selected_count).to_have_text("4 of 6 selected")
    two.selector.fill("tag:team=data & tag:unit")
    expect(two.selected_count).to_have_text("1 of 6 selected")
    two.selector.fill("module:late")
    expect(two.selected_count).to_have_text("2 of 6 selected")
    two.selector.press("Escape")
    two.selector.press("Escape")
    expect(two.selector).to_have_value("")
    expect(two.graph.locator(".dim")).to_have_count(0)


def test_an_unknown_name_is_reported_with_the_nearest_name(two):
    two.selector.fill("anomly")
    expect(two.root.locator("#selector-status")).to_contain_text("No node is named anomly. Did you mean anomaly?")
    expect(two.graph.locator(".dim")).to_have_count(0)


def test_the_selector_works_by_keyboard_alone(two):
    two.node("weather").click()
    two.page.keyboard.press("/")
    expect(two.selector).to_be_focused()
    two.page.keyboard.type("+ano")
    expect(two.root.get_by_role("option")).to_have_text(["anomaly"])
    two.page.keyboard.press("ArrowDown")
    two.page.keyboard.press("Enter")
    expect(two.selector).to_have_value("+anomaly")
    expect(two.selected_count).to_have_text("4 of 6 selected")
    two.page.keyboard.press("Enter")
    expect(two.drawn("weather")).to_be_focused()


def test_tags_and_modules_are_completed(two):
    two.selector.press_sequentially("tag:u")
    expect(two.root.get_by_role("option")).to_have_text(["tag:unit", "tag:unit=C"])
    two.root.get_by_role("option", name="tag:unit=C").click()
    expect(two.selector).to_have_value("tag:unit=C")
    two.selector.fill("")
    two.selector.press_sequentially("mod")
    expect(two.root.get_by_role("option")).to_have_text(["module:early", "module:late"])


@pytest.mark.parametrize(
    ("typed", "keys", "accepted"),
    [
        ("ano", ["Enter"], "anomaly"),
        ("2+TEMP", ["Enter"], "2+temp_mean"),
        ("rain, we", ["Enter"], "rain, weather"),
        ("tag:u", ["Enter"], "tag:unit"),
        ("mod", ["ArrowDown", "Enter"], "module:late"),
        ("mod", ["ArrowUp", "Enter"], "module:late"),
        ("mod", ["ArrowDown", "ArrowDown", "Enter"], "module:early"),
        ("mod", ["Escape", "ArrowDown", "Enter"], "module:early"),
        ("tag:unit", ["ArrowDown", "Enter"], "tag:unit=C"),
    ],
)
def test_enter_accepts_the_highlighted_suggestion_initially_the_first(two, typed, keys, accepted):
    two.selector.press_sequentially(typed)
    expect(two.selector).to_have_attribute("aria-expanded", "true")
    for key in keys:
        two.selector.press(key)
    expect(two.selector).to_have_value(accepted)
    expect(two.selector).to_be_focused()
    expect(two.selector).to_have_attribute("aria-expanded", "false")
    expect(two.root.get_by_role("option")).to_have_count(0)


def test_a_screen_reader_announces_the_highlighted_suggestion(two):
    two.selector.press_sequentially("mod")
    for key, name in (("Shift", "module:early"), ("ArrowDown", "module:late"), ("ArrowDown", "module:early")):
        two.selector.press(key)
        option = two.root.get_by_role("option", selected=True)
        expect(option).to_have_text(name)
        expect(two.selector).to_have_attribute("aria-activedescendant", str(option.get_attribute("id")))
    two.selector.press("Escape")
    expect(two.root.get_by_role("option")).to_have_count(0)
    expect(two.selector).to_have_value("mod")
    assert two.selector.get_attribute("aria-activedescendant") is None


def test_enter_after_a_full_name_focuses_the_node_despite_longer_suggestions(two):
    two.selector.press_sequentially("tag:unit")
    expect(two.root.get_by_role("option")).to_have_text(["tag:unit=C"])
    two.selector.press("Enter")
    expect(two.selector).to_have_value("tag:unit")
    expect(two.selector).not_to_be_focused()


def test_only_the_selection_is_shown(two):
    two.selector.fill("+rain")
    two.root.get_by_role("button", name="Show only these").click()
    expect(two.graph.locator(".node")).to_have_count(2)
    assert drawn(two) == ["rain", "weather"]
    two.selector.fill("")
    expect(two.graph.locator(".node")).to_have_count(6)


def test_only_the_selection_is_run(two):
    two.selector.fill("rain temp_mean")
    two.root.get_by_role("button", name="Run these").click()
    two.settle()
    expect(two.panel.locator("[data-output]")).to_have_count(2)
    expect(two.summary).to_contain_text("of 3 nodes ran")


def test_each_unfolded_module_has_a_frame(two):
    frames = two.graph.locator(".frame")
    expect(frames).to_have_text(["early", "late"])
    for module, node in (("early", "weather"), ("early", "rain"), ("late", "window"), ("late", "report")):
        frame, drawn = frames.filter(has_text=module).bounding_box(), two.drawn(node).locator(".box").bounding_box()
        for start, length in (("x", "width"), ("y", "height")):
            assert frame[start] <= drawn[start] <= drawn[start] + drawn[length] <= frame[start] + frame[length]
    two.drawn("rain").focus()
    two.page.keyboard.press("f")
    expect(frames).to_have_text(["late"])


def test_unfolding_too_many_nodes_is_refused_with_a_notice(play):
    play.open_files(
        {
            f"part_{part}.py": "".join(f"def node_{part}_{number}() -> int:\n    return 1\n\n\n" for number in range(260))
            for part in range(4)
        }
    )
    note = play.root.locator(".graph-note")
    expect(play.graph.locator(".node")).to_have_count(4)
    play.root.get_by_role("button", name="Unfold").click()
    expect(note).to_contain_text("That would draw 1,040 nodes; the limit is 1,000.")
    expect(play.graph.locator(".node")).to_have_count(4)
    play.drawn("module part_1").click()
    expect(play.graph.locator(".node")).to_have_count(263)
    expect(note).to_be_hidden()


def test_a_dataflow_of_one_module_has_no_frame(play):
    play.open_code(EARLY)
    expect(play.drawn("rain")).to_be_visible()
    expect(play.graph.locator(".frame")).to_have_count(0)


def test_a_module_folds_into_one_node_and_unfolds(two):
    two.root.get_by_role("button", name="Fold", exact=True).click()
    expect(two.graph.locator(".node")).to_have_count(2)
    early, late = two.drawn("module early"), two.drawn("module late")
    expect(early).to_contain_text("3 nodes")
    expect(early).to_have_attribute("data-state", "succeeded")
    expect(late).to_have_attribute("aria-label", re.compile("late, 3 nodes, folded, output, .*depends on early"))
    expect(two.graph.locator(".edge")).to_have_count(1)
    early.click()
    expect(two.drawn("weather")).to_be_visible()
    expect(two.graph.locator(".node")).to_have_count(4)
    expect(two.drawn("weather")).to_be_focused()
    two.root.get_by_role("button", name="Fold", exact=True).click()
    two.root.get_by_role("button", name="Unfold", exact=True).click()
    expect(two.graph.locator(".node")).to_have_count(6)


def test_modules_fold_and_unfold_by_keyboard(two):
    two.node("report").click()
    two.page.keyboard.press("f")
    expect(two.drawn("module late")).to_be_focused()
    two.page.keyboard.press("Enter")
    expect(two.drawn("anomaly")).to_be_focused()


def test_the_list_folds_like_the_drawing(two):
    two.root.get_by_role("button", name="List", exact=True).click()
    late = two.root.locator("[data-group='module late']")
    expect(late).to_have_attribute("aria-expanded", "true")
    late.press("ArrowLeft")
    expect(late).to_have_attribute("aria-expanded", "false")
    expect(two.root.locator(".item-name", has_text="anomaly")).to_have_count(0)
    expect(late).to_contain_text("3 nodes")
    late.press("ArrowRight")
    expect(two.root.locator(".item-name", has_text="anomaly")).to_be_visible()
    late.press("ArrowLeft")
    two.root.get_by_role("button", name="List", exact=True).click()
    expect(two.drawn("module late")).to_be_visible()


def test_a_node_in_a_folded_module_is_marked_by_its_module(two):
    two.root.get_by_role("button", name="Fold", exact=True).click()
    two.lines.filter(has_text="def rain").click()
    expect(two.drawn("module early")).to_have_class(re.compile("selected"))


def test_code_and_graph_follow_each_other(two):
    two.node("report").click()
    expect(two.root.get_by_role("button", name="late.py", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(two.panel).to_contain_text("report")
    two.lines.filter(has_text="def anomaly").click()
    expect(two.drawn("anomaly")).to_have_attribute("aria-pressed", "true")


def test_the_lineage_of_a_node_is_highlighted(two):
    two.node("temp_mean").click()
    for name in ("weather", "anomaly", "report"):
        expect(two.drawn(name)).to_have_class(re.compile(r"\blit\b"))
    for name in ("rain", "window"):
        expect(two.drawn(name)).to_have_class(re.compile(r"\bcalm\b"))


def test_the_output_of_a_node_is_shown_with_it(two):
    two.node("weather").click()
    expect(two.panel.get_by_label("Printed")).to_have_text("measuring\n")
    two.node("rain").click()
    expect(two.panel).not_to_contain_text("measuring")


def test_a_large_dataflow_opens_folded(play):
    functions = "".join(f"def n{index}() -> int:\n    return {index}\n\n\n" for index in range(250))
    total = "def total({}) -> int:\n    return 0\n"
    names = ", ".join(f"n{index}: int" for index in range(250))
    more = functions.replace("def n", "def m")
    play.open_files({"one.py": functions, "two.py": more, "three.py": total.format(names)})
    expect(play.graph.locator(".node")).to_have_count(3)
    expect(play.drawn("module one")).to_contain_text("250 nodes")


PIPED = """\
from headwater import pipe_output, step


def _doubled(amount: float) -> float:
    return amount * 2


@pipe_output(step(_doubled), step(_doubled))
def total() -> float:
    return 3.0
"""


def test_the_steps_of_a_pipe_are_nodes_of_their_functions(play):
    play.open_code(PIPED)
    play.node("total.raw").click()
    expect(play.panel).to_contain_text("3.0")
    expect(play.root.locator(".cm-activeLine")).to_have_text("def total() -> float:")
    play.node("total.with_doubled_1").click()
    expect(play.panel).to_contain_text("12.0")
    expect(play.root.locator(".cm-activeLine")).to_have_text("def _doubled(amount: float) -> float:")
    marks = play.root.locator(".function-states .state-dot.succeeded")
    expect(marks).to_have_count(2)
    expect(marks.first).to_have_attribute("title", re.compile(r"total\.with_doubled\b.*\n.*total\.with_doubled_1", re.DOTALL))


TIMES = "\N{MULTIPLICATION SIGN}"

ELEMENTS = """\
from headwater import Collect, Parallelizable


def word(text: str = "to be or not to be") -> Parallelizable[str]:
    return text.split()


def length(word: str) -> int:
    return len(word)


def longest(length: Collect[int]) -> int:
    return max(length)
"""


def test_a_function_that_is_called_for_each_element_is_one_node_with_a_count(play):
    play.open_code(ELEMENTS)
    expect(play.drawn("length")).to_have_accessible_name(f"length, int for each word, {TIMES} 6, succeeded, depends on word")
    expect(play.drawn("length").locator("title")).to_contain_text("called for each word: 6 times")
    expect(play.drawn("longest")).to_have_accessible_name("longest, int, output, succeeded, depends on length")
    expect(play.graph.locator(".node:has(.behind)")).to_have_count(1)
    play.node("length").click()
    expect(play.panel).to_contain_text("for each word: 6 times")
    play.show("Inputs")
    play.root.get_by_label("text", exact=True).fill("to be")
    play.page.keyboard.press("Enter")
    expect(play.drawn("length").locator(".badge")).to_have_text(f"{TIMES} 2")

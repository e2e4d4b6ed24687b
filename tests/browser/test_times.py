"""The time and memory that each node used, and the reasons why it ran."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.warm

FLOW = """\
import time

FACTOR = 2
PAUSE = 0.15


def _scaled(number):
    return number * FACTOR


def load() -> list[int]:
    time.sleep(PAUSE)
    return list(range(1_000))


def scaled(load: list[int]) -> list[int]:
    return [_scaled(number) for number in load]


def count(scaled: list[int]) -> int:
    return len(scaled)


def report(count: int) -> str:
    return f"{count} numbers"
"""


@pytest.fixture
def opened(play):
    play.open_code(FLOW)
    return play


def edit(play, before, after):
    assert before in FLOW
    play.write(FLOW.replace(before, after))
    play.settle()


def test_a_selected_node_shows_its_time_and_memory_and_why_it_ran(opened):
    opened.node("scaled").click()
    expect(opened.panel).to_contain_text("It ran because it had no value yet.")
    edit(opened, "FACTOR = 2", "FACTOR = 3")
    expect(opened.panel).to_contain_text("It ran because FACTOR changed.")
    expect(opened.panel.locator("dd").filter(has_text="succeeded")).to_contain_text("kB")
    opened.node("count").click()
    expect(opened.panel).to_contain_text("It ran because scaled has a new value.")
    opened.node("report").click()
    expect(opened.panel).to_contain_text("reused: count ran, but its value is unchanged")
    opened.node("load").click()
    expect(opened.panel).to_contain_text("reused: nothing it depends on has changed")
    expect(opened.panel).to_contain_text("Its latest call:")


def test_a_slow_node_shows_its_time_in_the_graph_until_it_is_reused(opened):
    times = opened.graph.locator(".badge")
    expect(times).to_have_count(1)
    expect(opened.drawn("load").locator(".badge")).to_have_text(re.compile(r"^[\d.]+ m?s$"))
    edit(opened, "FACTOR = 2", "FACTOR = 3")
    expect(times).to_have_count(0)


def test_the_list_can_show_the_slowest_node_first(opened):
    tools = opened.root.get_by_role("group", name="Graph", exact=True)
    tools.get_by_role("button", name="List").click()
    names = opened.root.locator(".graph-list .item-name")
    expect(names.first).to_have_text("load")
    edit(opened, "    return len(scaled)", "    time.sleep(PAUSE)\n    return len(scaled) + 1")
    tools.get_by_role("button", name="Slowest first").click()
    expect(names.first).to_have_text("count")
    expect(opened.root.locator(".graph-list .item").first).to_contain_text("ran because its code changed")
    tools.get_by_role("button", name="Slowest first").click()
    expect(names.first).to_have_text("load")
    tools.get_by_role("button", name="List").click()

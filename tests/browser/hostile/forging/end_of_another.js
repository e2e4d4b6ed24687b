// Tries to have the page say in its own place that Python could not be started, in the words of an attacker.
const send = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function () {
  const message = `<img src="owned" onerror="owned=1"> ${"Visit https://evil.example ".repeat(30_000)}`;
  send.call(this, JSON.stringify({ kind: "boot-failed", message }));
};

// Tries to have the page report a failed start of Python in an attacker's words.
const send = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function () {
  const message = `<img src="owned" onerror="owned=1"> ${"Visit https://evil.example ".repeat(30_000)}`;
  send.call(this, JSON.stringify({ kind: "boot-failed", message }));
};

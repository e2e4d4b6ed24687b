// Tries to exhaust the stack of the code that reads the message, with a million brackets.
const send = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function (message) {
  const deep = "[".repeat(1_000_000) + "]".repeat(1_000_000);
  send.call(this, message.replace('"kind":', `"deep":${deep},"kind":`).replace('"tags":{}', `"tags":${deep}`));
};

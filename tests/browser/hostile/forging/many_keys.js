// Tries to keep the page parsing with many messages, each with an object that has a million keys.
const send = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function (message) {
  const keys = Array.from({ length: 1_000_000 }, (_, at) => `"k${at}":1`).join();
  for (let count = 0; count < 20; count++) send.call(this, message.replace(/\}$/, `,"more":{${keys}}}`));
};

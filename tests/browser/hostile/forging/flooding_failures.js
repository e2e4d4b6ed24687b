// Tries to keep the page busy endlessly by reporting repeatedly that Python could not be started.
const send = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function () {
  for (let count = 0; count < 40_000; count++) send.call(this, '{"kind":"boot-failed","message":"owned"}');
};

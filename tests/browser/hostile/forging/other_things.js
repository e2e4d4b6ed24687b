// Tries to send values other than text: buffers, ports, errors, cyclic objects.
const send = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function () {
  const round = { kind: "result" };
  round.round = round;
  const { port1 } = new MessageChannel();
  for (const one of [new ArrayBuffer(2 ** 28), round, new Error("owned"), new Map([["kind", "graph"]]), new Date()]) send.call(this, one);
  send.call(this, port1, [port1]);
};

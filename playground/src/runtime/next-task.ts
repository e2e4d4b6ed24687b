// Captured before untrusted code runs in the worker. That code could replace these functions, and then no more modules would be
// installed.
const Channel = MessageChannel;
const { postMessage } = MessagePort.prototype;
const { apply } = Reflect;

/** Resolve in a new task. Unlike a timer, it is not throttled. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new Channel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    apply(postMessage, port2, [null]);
  });
}

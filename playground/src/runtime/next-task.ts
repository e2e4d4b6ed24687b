// In the worker, code runs while the files of modules are still coming, and must not keep them from being installed.
const Channel = MessageChannel;
const { postMessage } = MessagePort.prototype;

/** Resolves in a task of its own. Unlike a timer's, such tasks are not held back when there are many of them. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new Channel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    postMessage.call(port2, null);
  });
}

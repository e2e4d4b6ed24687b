/**
 * The worker's only connection to the page. It is created before untrusted code runs and uses nothing that this code could
 * replace: patches to `MessagePort.prototype` or `MessageEvent.prototype` do not affect the port. Therefore, the page receives
 * only text.
 */

const { apply } = Reflect;
const { postMessage } = MessagePort.prototype;
const readData = Object.getOwnPropertyDescriptor(MessageEvent.prototype, "data")?.get as (
  this: MessageEvent,
) => unknown;

export interface PagePort<Message> {
  send(text: string): void;
  listen(receive: (message: Message) => void): void;
}

export function pagePortOf<Message>(port: MessagePort): PagePort<Message> {
  return {
    send: (text) => {
      if (typeof text === "string") apply(postMessage, port, [text]);
    },
    listen: (receive) => {
      // An arrow function, because code could reach the event and its port through the `arguments` of other functions.
      port.onmessage = (event) => receive(apply(readData, event, []) as Message);
    },
  };
}

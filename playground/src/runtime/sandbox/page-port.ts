/**
 * The worker's only way to the page. It is made before untrusted code runs, and uses nothing that such code could replace
 * later: code that patches `MessagePort.prototype` or `MessageEvent.prototype` neither sees nor gets the port. So the page
 * receives texts and nothing else.
 */

const { apply } = Reflect;
const { postMessage } = MessagePort.prototype;
const readData = Object.getOwnPropertyDescriptor(MessageEvent.prototype, "data")?.get as (
  this: MessageEvent,
) => unknown;

export interface PagePort<Message> {
  send(text: string): void;
  /** Starts to receive. */
  listen(receive: (message: Message) => void): void;
}

export function pagePortOf<Message>(port: MessagePort): PagePort<Message> {
  return {
    send: (text) => {
      if (typeof text === "string") apply(postMessage, port, [text]);
    },
    listen: (receive) => {
      // An arrow function, which has no `arguments`: the event would lead to the port.
      port.onmessage = (event) => receive(apply(readData, event, []) as Message);
    },
  };
}

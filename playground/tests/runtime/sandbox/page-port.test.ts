import { afterEach, describe, expect, test } from "vitest";
import { type PagePort, pagePortOf } from "../../../src/runtime/sandbox/page-port.ts";

const { postMessage } = MessagePort.prototype;
const data = Object.getOwnPropertyDescriptor(MessageEvent.prototype, "data") as PropertyDescriptor;

let ports: MessageChannel;

function createPort(): PagePort<string> {
  ports = new MessageChannel();
  return pagePortOf<string>(ports.port1);
}

function next(port: MessagePort): Promise<unknown> {
  return new Promise((resolve) => (port.onmessage = (event) => resolve(event.data)));
}

afterEach(() => {
  MessagePort.prototype.postMessage = postMessage;
  Object.defineProperty(MessageEvent.prototype, "data", data);
  ports.port1.close();
  ports.port2.close();
});

describe("the page port of the worker", () => {
  test("sends only text", async () => {
    const pagePort = createPort();
    const received = next(ports.port2);
    const others: unknown[] = [{ kind: "result" }, null, 7, Object("text"), ["text"], new ArrayBuffer(8)];
    for (const other of others) pagePort.send(other as string);
    pagePort.send("text");
    expect(await received).toBe("text");
  });

  test("hides its port from code that patches prototypes", async () => {
    const pagePort = createPort();
    const seen: unknown[] = [];
    const spy = function (this: unknown): void {
      seen.push(this);
    };
    MessagePort.prototype.postMessage = spy;
    Object.defineProperty(MessageEvent.prototype, "data", { get: spy, configurable: true });
    const received = new Promise((resolve) => pagePort.listen(resolve));
    postMessage.apply(ports.port2, ["in"]);
    pagePort.send("out");
    expect(await received).toBe("in");
    expect(seen).toEqual([]);
  });
});

/**
 * The sealed worker: Python, reachable through one port only. It runs inside a frame of opaque origin whose policy
 * allows no connection, so whatever runs here, visitors' code included, can compute and answer but reach nothing else.
 */

import type { BootStage, Reply } from "../../protocol.ts";
import { Desk } from "./desk.ts";
import type { Delivery, ExpectedFile } from "./messages.ts";
import { Python } from "./python.ts";
import { Shelf } from "./shelf.ts";
import { Wheels } from "./wheels.ts";

const shelf = new Shelf();
const born = performance.now();

addEventListener(
  "message",
  (event: MessageEvent) => {
    const [port] = event.ports;
    if (port !== undefined) serve(port);
  },
  { once: true },
);

function serve(port: MessagePort): void {
  const desk = new Desk((reply) => port.postMessage(reply));
  const wheels = new Wheels();
  const reply = (message: Reply): void => port.postMessage(JSON.stringify(message));
  port.onmessage = ({ data }: MessageEvent<Delivery>): void => {
    switch (data.kind) {
      case "expect":
        for (const file of data.files) shelf.expect(file.name);
        boot(data.files, desk, wheels, reply).catch((failure) =>
          reply({ kind: "boot-failed", message: String(failure) }),
        );
        break;
      case "file":
        shelf.put(data.name, data.bytes);
        break;
      case "wheel":
        wheels.put(data.bytes);
        break;
      case "ask":
        desk.ask(data.request);
        break;
    }
  };
}

async function boot(
  files: readonly ExpectedFile[],
  desk: Desk,
  wheels: Wheels,
  reply: (message: Reply) => void,
): Promise<void> {
  const announce = (stage: BootStage, done = 0, of = 1): void =>
    reply({ kind: "stage", stage, done, of, seconds: (performance.now() - born) / 1000 });
  const packages = files.filter((file) => file.stage === "packages");
  desk.expect(packages.flatMap((file) => file.imports));
  self.fetch = shelf.fetch;

  announce("core");
  const python = await Python.start(shelf);
  desk.open(python.connect());
  announce("ready");
  for (const file of files) if (file.stage === "library") install(python, file, await shelf.take(file.name));
  wheels.goTo(python);
  desk.stocked();
  announce("packages", 0, packages.length);
  for (const [index, file] of packages.entries()) {
    const archive = await shelf.take(file.name);
    // Requests come first: a graph can be drawn before pandas is there.
    await turn();
    python.install(archive);
    announce("packages", index + 1, packages.length);
    desk.arrived(file.imports);
  }
}

/** The standard library stays an archive, which Python reads by itself; others are unpacked. */
function install(python: Python, file: ExpectedFile, bytes: ArrayBuffer): void {
  if (file.name === "python_stdlib.zip") python.stock(bytes);
  else python.install(bytes);
}

/** Lets messages that have come meanwhile be answered. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}

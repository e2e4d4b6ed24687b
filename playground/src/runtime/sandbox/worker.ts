/**
 * The sealed worker: Python, reachable through one port only. It runs inside a frame of opaque origin whose policy
 * allows no connection, so whatever runs here, visitors' code included, can compute and answer but reach nothing else.
 */

import type { BootStage, Reply } from "../../protocol.ts";
import { anotherTask } from "../next-task.ts";
import { Desk } from "./request-gate.ts";
import { limitConsole, limitUncaughtErrors } from "./limited-console.ts";
import { messageOf } from "./message-of.ts";
import type { Delivery, ExpectedFile, Unpacked } from "./messages.ts";
import { outletOf } from "./page-port.ts";
import { Python } from "./python.ts";
import { Shelf } from "./virtual-files.ts";
import { removeWaysOut } from "./restricted-globals.ts";
import { Wheels } from "./wheels.ts";

limitConsole(console); // before Pyodide takes its methods
limitUncaughtErrors(self);
const shelf = new Shelf();
const born = performance.now();

addEventListener("message", ({ data, ports: [port] }: MessageEvent<Unpacked | null>) => {
  if (port !== undefined) serve(port);
  else if (data !== null) shelf.put(data.name, data.bytes);
});

function serve(port: MessagePort): void {
  const outlet = outletOf<Delivery>(port);
  const desk = new Desk(outlet.send);
  const wheels = new Wheels();
  const reply = (message: Reply): void => outlet.send(JSON.stringify(message));
  outlet.listen((data) => {
    switch (data.kind) {
      case "expect":
        for (const file of data.files) shelf.expect(file.name);
        boot(data.files, desk, wheels, reply).catch((failure) =>
          reply({ kind: "boot-failed", message: messageOf(failure) }),
        );
        break;
      case "wheel":
        wheels.put(data.bytes);
        break;
      case "ask":
        desk.ask(data.request);
        break;
    }
  });
}

async function boot(
  files: readonly ExpectedFile[],
  desk: Desk,
  wheels: Wheels,
  reply: (message: Reply) => void,
): Promise<void> {
  const announce = (stage: BootStage): void =>
    reply({ kind: "stage", stage, seconds: (performance.now() - born) / 1000 });
  const library = files.filter((file) => file.stage === "library");
  self.fetch = shelf.fetch;

  announce("core");
  const extensions = files.filter((file) => file.stage === "core" && file.name.endsWith(".zip"));
  const archives = Promise.all(extensions.map((file) => shelf.take(file.name)));
  const python = await Python.start(shelf, archives);
  const open = (): void => {
    const bridge = python.connect();
    removeWaysOut(self);
    desk.open(bridge);
    announce("ready");
  };
  if (python.pictured) open();
  for (const archive of await archives) {
    await anotherTask(); // requests come first
    python.install(archive);
  }
  for (const { name } of library) {
    const archive = await shelf.take(name);
    await anotherTask();
    // The standard library stays an archive, which Python reads by itself.
    if (name !== "python_stdlib.zip") python.install(archive);
    else if (python.pictured) python.stock(archive);
  }
  if (!python.pictured) open();
  wheels.goTo(python);
  desk.stocked();
  announce("complete");
}

/**
 * The sandboxed worker that runs Python. One port connects it to the page. The frame around it has an opaque origin, and its
 * policy forbids connections. Code in this worker can compute and answer, but cannot reach anything else.
 */

import type { BootStage, Reply } from "../../protocol.ts";
import { Deferred } from "../deferred.ts";
import { nextTask } from "../next-task.ts";
import { limitConsole, limitUncaughtErrors } from "./limited-console.ts";
import { messageOf } from "./message-of.ts";
import type { ExpectedFile, FileBytes, WorkerMessage } from "./messages.ts";
import { pagePortOf } from "./page-port.ts";
import { Python } from "./python.ts";
import { RequestGate } from "./request-gate.ts";
import { removeRestrictedGlobals } from "./restricted-globals.ts";
import { VirtualFiles } from "./virtual-files.ts";
import { Wheels } from "./wheels.ts";

limitConsole(console); // before Pyodide reads its methods
limitUncaughtErrors(self);
const virtualFiles = new VirtualFiles();
/** The library loads after this time even if nothing needs it, so that later runs need not wait. */
const MAX_LIBRARY_DELAY_MILLISECONDS = 2_000;
const started = performance.now();

addEventListener("message", ({ data, ports: [port] }: MessageEvent<FileBytes | null>) => {
  if (port !== undefined) serve(port);
  else if (data !== null) virtualFiles.put(data.name, data.bytes);
});

function serve(port: MessagePort): void {
  const pagePort = pagePortOf<WorkerMessage>(port);
  const libraryNeeded = new Deferred<void>();
  const gate = new RequestGate(pagePort.send, libraryNeeded.resolve);
  const wheels = new Wheels();
  const reply = (message: Reply): void => pagePort.send(JSON.stringify(message));
  pagePort.listen((data) => {
    switch (data.kind) {
      case "expect":
        for (const file of data.files) virtualFiles.expect(file.name);
        boot(data.files, gate, libraryNeeded, wheels, reply).catch((failure) =>
          reply({ kind: "boot-failed", message: messageOf(failure) }),
        );
        break;
      case "wheel":
        wheels.put(data.bytes);
        break;
      case "request":
        gate.receive(data.request);
        break;
    }
  });
}

async function boot(
  files: readonly ExpectedFile[],
  gate: RequestGate,
  libraryNeeded: Deferred<void>,
  wheels: Wheels,
  reply: (message: Reply) => void,
): Promise<void> {
  const announce = (stage: BootStage): void =>
    reply({ kind: "stage", stage, seconds: (performance.now() - started) / 1000 });
  const library = files.filter((file) => file.stage === "library");
  self.fetch = virtualFiles.fetch;

  // Until the memory has arrived, the page shows its download.
  const memory = files.filter((file) => file.stage === "memory").map((file) => virtualFiles.arrived(file.name));
  void Promise.all(memory).then(() => announce("core"));
  const extensions = files.filter((file) => file.stage === "core" && file.name.endsWith(".zip"));
  const archives = Promise.all(extensions.map((file) => virtualFiles.take(file.name)));
  const python = await Python.start(virtualFiles, archives, () => announce("library"));
  const connect = (): void => {
    const bridge = python.connect();
    removeRestrictedGlobals(self);
    gate.connect(bridge);
    announce("ready");
  };
  if (python.usesSnapshot) {
    connect();
    setTimeout(libraryNeeded.resolve, MAX_LIBRARY_DELAY_MILLISECONDS);
    await libraryNeeded.promise;
    announce("library");
  }
  for (const archive of await archives) {
    await nextTask(); // answer waiting requests first
    python.install(archive);
  }
  for (const { name } of library) {
    const file = await virtualFiles.take(name);
    await nextTask();
    // The standard library stays an archive, from which Python imports directly.
    if (name === "docstrings.json") python.restoreDocstrings(file);
    else if (name !== "python_stdlib.zip") python.install(file);
    else if (python.usesSnapshot) python.addStandardLibrary(file);
  }
  if (!python.usesSnapshot) connect();
  wheels.installInto(python);
  gate.libraryReady();
  announce("complete");
}

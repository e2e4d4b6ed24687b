/**
 * The sandboxed worker that runs Python. One port connects it to the page. The frame around it has an opaque origin, and its
 * policy forbids connections. Code in this worker can compute values and answer the page, but cannot reach anything else.
 */

import type { BootStage, Reply } from "../../protocol.ts";
import { Deferred } from "../deferred.ts";
import { nextTask } from "../next-task.ts";
import { limitConsole, limitUncaughtErrors } from "./limited-console.ts";
import { messageOf } from "./message-of.ts";
import type { FileBytes, WorkerMessage } from "./messages.ts";
import { Packs } from "./packs.ts";
import { pagePortOf } from "./page-port.ts";
import { type Bridge, Python } from "./python.ts";
import { RequestGate } from "./request-gate.ts";
import { removeRestrictedGlobals } from "./restricted-globals.ts";
import { VirtualFiles } from "./virtual-files.ts";
import { Wheels } from "./wheels.ts";

limitConsole(console); // before Pyodide captures the console's methods
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
  const preload = new Deferred<readonly string[]>();
  let isPreloaded = false;
  const reply = (message: Reply): void => pagePort.send(JSON.stringify(message));
  const fail = (failure: unknown): void => reply({ kind: "boot-failed", message: messageOf(failure) });
  const gate = new RequestGate(pagePort.send, libraryNeeded.resolve, (names) => reply({ kind: "packs", packs: names }));
  const wheels = new Wheels();
  const packs = new Packs(virtualFiles, {
    expected: () => {
      gate.packsExpected();
      if (!isPreloaded) libraryNeeded.resolve();
    },
    ready: () => gate.packsReady(),
    failed: () => gate.packsFailed(),
    optionalExpected: () => gate.optionalPacksExpected(),
    optionalSettled: () => gate.optionalPacksSettled(),
    broken: fail,
  });
  pagePort.listen((data) => {
    switch (data.kind) {
      case "expect":
        for (const file of data.files) virtualFiles.expect(file.name);
        boot(data, preload.promise, gate, libraryNeeded, { wheels, packs }, reply).catch(fail);
        break;
      case "preload":
        for (const file of [...data.packs, ...data.files]) virtualFiles.expect(file);
        isPreloaded = data.packs.length > 0;
        preload.resolve(data.packs);
        break;
      case "packs":
        packs.announce(data.names);
        break;
      case "optional-packs":
        packs.announceOptional(data.names);
        break;
      case "packs-failed":
        packs.fail();
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
  { files, packs }: Extract<WorkerMessage, { kind: "expect" }>,
  preload: Promise<readonly string[]>,
  gate: RequestGate,
  libraryNeeded: Deferred<void>,
  later: { wheels: Wheels; packs: Packs },
  reply: (message: Reply) => void,
): Promise<void> {
  const announce = (stage: BootStage): void =>
    reply({ kind: "stage", stage, seconds: (performance.now() - started) / 1000 });
  const library = files.filter((file) => file.stage === "library");
  self.fetch = virtualFiles.fetch;

  // The page shows the progress of the download until the memory snapshot's files have arrived.
  const memory = files.filter((file) => file.stage === "memory").map((file) => virtualFiles.arrived(file.name));
  void Promise.all(memory).then(() => announce("core"));
  const extensions = files.filter((file) => file.stage === "core" && file.name.endsWith(".zip"));
  const archives = Promise.all(extensions.map((file) => virtualFiles.take(file.name)));
  const python = await Python.start(virtualFiles, archives, preload, () => announce("library"));
  const connect = (): Bridge => {
    const bridge = python.connect();
    bridge.registerPacks(JSON.stringify(packs));
    removeRestrictedGlobals(self);
    gate.connect(bridge);
    announce("ready");
    return bridge;
  };
  const installPacks = ({ packInstalled }: Bridge): void =>
    later.packs.installInto({ installPack: (archive) => python.installPack(archive), packInstalled });
  const early = python.snapshot !== null ? connect() : null;
  if (early !== null) {
    if (python.snapshot === "preload") {
      // First, because every run needs these packs, and only some runs need the library.
      installPacks(early);
      await later.packs.whenInstalled(await preload);
    }
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
    // The standard library is not unpacked: Python imports modules directly from its archive.
    if (name === "docstrings.json") python.restoreDocstrings(file);
    else if (name !== "python_stdlib.zip") python.install(file);
    else if (python.snapshot !== null) python.addStandardLibrary(file);
  }
  const bridge = early ?? connect();
  later.wheels.installInto(python);
  installPacks(bridge);
  gate.libraryReady();
  announce("complete");
}

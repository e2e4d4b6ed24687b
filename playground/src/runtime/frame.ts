/**
 * The sandboxed frame: a document of opaque origin without network, and the worker in it that runs Python.
 *
 * Removing the frame ends the worker whatever it is doing, which is how a run is stopped.
 */

import documentSource from "./sandbox/document.ts?sandbox";
import type { FileBlob, FrameSettings, UnreadableFile, WorkerMessage } from "./sandbox/messages.ts";
import workerSource from "./sandbox/worker.ts?sandbox";

/**
 * What the frame and its worker may do: run the script that came with it and code from blobs, compile WebAssembly,
 * start workers from blobs. No connection, no image, font, style, form or nested document may be asked of any address.
 */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' blob: 'wasm-unsafe-eval'`,
    "worker-src blob:",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/** How long after the frame has loaded its document may take to prove itself. */
const PROOF_MILLISECONDS = 10_000;

export interface FrameEvents {
  /** A message of the worker. Nothing in it can be believed. */
  onMessage(message: unknown): void;
  /** An error that the worker did not catch, or its failure to start. */
  onError(reason: string): void;
  /** A file that the frame could not read. */
  onUnreadable(file: string): void;
  /** Another document than the page's own has been loaded into the frame. */
  onNavigated(): void;
}

/** The ports that the frame's document hands over, in this order. */
interface Ports {
  messages: MessagePort;
  alarm: MessagePort;
  files: MessagePort;
}

export class SandboxedFrame {
  readonly #frame: HTMLIFrameElement;
  readonly #events: FrameEvents;
  readonly #secret = randomToken();
  readonly #closing = new AbortController();
  /** Null until the document has proved that it is the one that was written here. */
  #ports: Ports | null = null;
  #loads = 0;
  #proofTimer: ReturnType<typeof setTimeout> | undefined;
  /** What was sent before there were ports. */
  #unsent: ((ports: Ports) => void)[] = [];

  constructor(events: FrameEvents) {
    this.#events = events;
    const { signal } = this.#closing;
    addEventListener("message", (event) => this.#receive(event), { signal });
    this.#frame = document.createElement("iframe");
    this.#frame.setAttribute("sandbox", "allow-scripts");
    this.#frame.title = "Python";
    this.#frame.hidden = true;
    this.#frame.srcdoc = documentText({ secret: this.#secret, page: location.origin, workerSource });
    this.#frame.addEventListener("load", () => this.#countLoad(), { signal });
    // Beside the body: instant navigation replaces what is in it, and Python outlives a page.
    document.documentElement.append(this.#frame);
  }

  send(message: WorkerMessage, transfer: Transferable[] = []): void {
    this.#withPorts(({ messages }) => messages.postMessage(message, transfer));
  }

  /** Hands over a file, to be read in there. */
  deliver(parcel: FileBlob): void {
    this.#withPorts(({ files }) => files.postMessage(parcel));
  }

  close(): void {
    this.#closing.abort();
    clearTimeout(this.#proofTimer);
    this.#unsent = [];
    for (const port of Object.values(this.#ports ?? {})) port.close();
    this.#frame.remove();
  }

  #withPorts(send: (ports: Ports) => void): void {
    if (this.#ports === null) this.#unsent.push(send);
    else send(this.#ports);
  }

  /** The window of a frame stays the same when the frame is navigated, so only the secret tells who speaks. */
  #receive({ source, origin, data, ports }: MessageEvent): void {
    const [messages, alarm, files] = ports;
    if (source !== this.#frame.contentWindow || origin !== "null" || data !== this.#secret) return;
    if (this.#ports !== null || messages === undefined || alarm === undefined || files === undefined) return;
    clearTimeout(this.#proofTimer);
    this.#ports = { messages, alarm, files };
    messages.onmessage = (event) => this.#events.onMessage(event.data);
    alarm.onmessage = (event) => this.#events.onError(String(event.data).slice(0, 300));
    files.onmessage = ({ data }: MessageEvent<UnreadableFile>) => this.#events.onUnreadable(data.name);
    for (const send of this.#unsent) send(this.#ports);
    this.#unsent = [];
  }

  /** The document that was written here loads once. Its proof may be on its way still: it comes by another way. */
  #countLoad(): void {
    this.#loads += 1;
    if (this.#loads > 1) this.#events.onNavigated();
    else if (this.#ports === null) {
      this.#proofTimer = setTimeout(() => this.#events.onNavigated(), PROOF_MILLISECONDS);
    }
  }
}

function documentText(settings: FrameSettings): string {
  const nonce = randomToken();
  // In a script, `<` could begin a comment or end the script.
  const written = JSON.stringify(settings).replaceAll("<", "\\u003c");
  const csp = `<meta http-equiv="Content-Security-Policy" content="${policy(nonce)}">`;
  return `<!doctype html>${csp}<script nonce="${nonce}">const SETTINGS = ${written};${documentSource}</script>`;
}

/** 128 random bits. */
function randomToken(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

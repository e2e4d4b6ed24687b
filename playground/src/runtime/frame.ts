/**
 * The sandboxed frame: a document with an opaque origin and without network access. Its worker runs Python.
 *
 * Removing the frame ends the worker immediately, which also stops a run.
 */

import documentSource from "./sandbox/document.ts?sandbox";
import type { FileBlob, FrameSettings, UnreadableFile } from "./sandbox/messages.ts";

/**
 * Return the content security policy of the frame and its worker. They may run the inline script and code from blobs, compile
 * WebAssembly and start workers from blobs. Connections, images, fonts, styles, forms and nested documents are forbidden.
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

/** The time allowed for the document to send the secret after the frame has loaded. */
const PROOF_MILLISECONDS = 10_000;

export interface FrameEvents {
  /** An untrusted message from the worker. */
  onMessage(message: unknown): void;
  /** An uncaught error in the worker, or an error during its startup. */
  onError(reason: string): void;
  /** The frame could not read a file. */
  onUnreadable(file: string): void;
  /** A document other than the page's was loaded into the frame. */
  onNavigated(): void;
}

/** The ports from the frame's document, in this order. */
interface Ports {
  messages: MessagePort;
  errors: MessagePort;
  files: MessagePort;
}

/** A frame whose worker receives messages of one type. */
export class SandboxedFrame<Message> {
  readonly #frame: HTMLIFrameElement;
  readonly #events: FrameEvents;
  readonly #secret = randomToken();
  readonly #closing = new AbortController();
  /** Null until the document has sent the secret. */
  #ports: Ports | null = null;
  #loads = 0;
  #proofTimer: ReturnType<typeof setTimeout> | undefined;
  /** Messages to send once the ports are available. */
  #unsent: ((ports: Ports) => void)[] = [];

  /** @param workerSource the text of the worker's script */
  constructor(events: FrameEvents, workerSource: string) {
    this.#events = events;
    const { signal } = this.#closing;
    addEventListener("message", (event) => this.#receive(event), { signal });
    this.#frame = document.createElement("iframe");
    this.#frame.setAttribute("sandbox", "allow-scripts");
    this.#frame.title = "Python";
    this.#frame.hidden = true;
    this.#frame.srcdoc = documentText({ secret: this.#secret, page: location.origin, workerSource });
    this.#frame.addEventListener("load", () => this.#countLoad(), { signal });
    // Not in the body, because instant navigation replaces the body, and Python must continue.
    document.documentElement.append(this.#frame);
  }

  send(message: Message, transfer: Transferable[] = []): void {
    this.#withPorts(({ messages }) => messages.postMessage(message, transfer));
  }

  /** Send a file, which the frame's document reads for the worker. */
  deliver(file: FileBlob): void {
    this.#withPorts(({ files }) => files.postMessage(file));
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

  /** A frame keeps its window when it is navigated, so only the secret identifies the sender. */
  #receive({ source, origin, data, ports }: MessageEvent): void {
    const [messages, errors, files] = ports;
    if (source !== this.#frame.contentWindow || origin !== "null" || data !== this.#secret) return;
    if (this.#ports !== null || messages === undefined || errors === undefined || files === undefined) return;
    clearTimeout(this.#proofTimer);
    this.#ports = { messages, errors, files };
    messages.onmessage = (event) => this.#events.onMessage(event.data);
    errors.onmessage = (event) => this.#events.onError(String(event.data).slice(0, 300));
    files.onmessage = ({ data }: MessageEvent<UnreadableFile>) => this.#events.onUnreadable(data.name);
    for (const send of this.#unsent) send(this.#ports);
    this.#unsent = [];
  }

  /** The page's own document loads once. The secret is sent in a message, which may arrive after the load event. */
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
  // Inside a script, `<` could begin a comment or end the script.
  const json = JSON.stringify(settings).replaceAll("<", "\\u003c");
  const csp = `<meta http-equiv="Content-Security-Policy" content="${policy(nonce)}">`;
  return `<!doctype html>${csp}<script nonce="${nonce}">const SETTINGS = ${json};${documentSource}</script>`;
}

/** Return 128 random bits in hexadecimal. */
function randomToken(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

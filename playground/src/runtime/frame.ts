/**
 * The sealed frame: a document of opaque origin without network, and the worker in it that runs Python.
 *
 * Removing the frame ends the worker whatever it is doing, which is how a run is stopped.
 */

import documentSource from "./sealed/document.ts?sealed";
import type { Delivery, Parcel, Unreadable } from "./sealed/messages.ts";
import workerSource from "./sealed/worker.ts?sealed";

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

export class SealedFrame {
  readonly #frame: HTMLIFrameElement;
  readonly #port: MessagePort;
  readonly #alarm: MessagePort;
  readonly #files: MessagePort;

  /**
   * @param hear is given each message of the worker, of which nothing can be believed
   * @param fail is told of errors that nobody in the worker caught, and of its not starting at all
   * @param miss is told which file could not be read
   */
  constructor(hear: (message: unknown) => void, fail: (reason: string) => void, miss: (file: string) => void) {
    const [port, workerPort] = channel();
    const [alarm, alarmPort] = channel();
    this.#port = port;
    this.#port.onmessage = (event) => hear(event.data);
    this.#alarm = alarm;
    this.#alarm.onmessage = (event) => fail(String(event.data).slice(0, 300));

    const [files, filesPort] = channel();
    this.#files = files;
    this.#files.onmessage = ({ data }: MessageEvent<Unreadable>) => miss(data.name);

    const nonce = crypto.getRandomValues(new Uint32Array(4)).join("");
    this.#frame = document.createElement("iframe");
    this.#frame.setAttribute("sandbox", "allow-scripts");
    this.#frame.title = "Python";
    this.#frame.hidden = true;
    this.#frame.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy(nonce)}"><script nonce="${nonce}">${documentSource}</script>`;
    this.#frame.addEventListener(
      "load",
      // An opaque origin cannot be named as a target; the message holds no secret.
      () => this.#frame.contentWindow?.postMessage(workerSource, "*", [workerPort, alarmPort, filesPort]),
      { once: true },
    );
    // Beside the body: instant navigation replaces what is in it, and Python outlives a page.
    document.documentElement.append(this.#frame);
  }

  send(message: Delivery, transfer: Transferable[] = []): void {
    this.#port.postMessage(message, transfer);
  }

  /** Hands over a file, to be read in there. */
  deliver(parcel: Parcel): void {
    this.#files.postMessage(parcel);
  }

  close(): void {
    this.#port.close();
    this.#alarm.close();
    this.#files.close();
    this.#frame.remove();
  }
}

function channel(): [MessagePort, MessagePort] {
  const { port1, port2 } = new MessageChannel();
  return [port1, port2];
}

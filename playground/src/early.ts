/**
 * For a page that is all playground: starts Python at once, while the page itself is still being read and drawn. The
 * element finds it on its way. What the page can do without until then is loaded when Python is there, or will not be.
 */

import { idle, pause, settled } from "./offline/quiet.ts";
import { loadPutOff } from "./put-off.ts";
import { sharedRuntime } from "./runtime/shared.ts";

/** While Python computes the first values the page looks idle, and is about to show them. */
const FIRST_RUN_MILLISECONDS = 700;

void begin();

async function begin(): Promise<void> {
  const runtime = sharedRuntime(new URL(/* @vite-ignore */ "./", import.meta.url));
  await runtime.boot().catch(() => undefined); // the element shows the runtime's status
  await settled(runtime);
  await pause(FIRST_RUN_MILLISECONDS);
  await idle();
  loadPutOff();
}

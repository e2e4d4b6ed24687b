/**
 * For a page that is all playground: starts Python at once, while the page itself is still being read and drawn.
 * The element finds it on its way.
 */

import { sharedRuntime } from "./runtime/shared.ts";

void sharedRuntime(new URL(/* @vite-ignore */ "./", import.meta.url))
  .boot()
  .catch(() => undefined); // the element shows the runtime's status

/** The sandboxed frame whose worker runs the visitor's code. */

import { type FrameEvents, SandboxedFrame } from "./frame.ts";
import type { WorkerMessage } from "./sandbox/messages.ts";
import workerSource from "./sandbox/worker.ts?sandbox";

export class PythonFrame extends SandboxedFrame<WorkerMessage> {
  constructor(events: FrameEvents) {
    super(events, workerSource);
  }
}

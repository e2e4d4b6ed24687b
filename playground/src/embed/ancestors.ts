/** Who shows this page in a frame. */

/** The part of a window that is looked at. */
export interface FrameWindow {
  readonly parent: FrameWindow;
  readonly location: { readonly origin: string; readonly ancestorOrigins?: Iterable<string> };
}

/**
 * Whether any of the pages around this one is of another origin. Another origin of the same site counts: the browser gives
 * a frame in it the same storage as a window of its own.
 */
export function isFramedByAnotherOrigin(view: FrameWindow = window): boolean {
  const { origin, ancestorOrigins } = view.location;
  for (const ancestor of ancestorOrigins ?? []) if (ancestor !== origin) return true;
  // Firefox has no list of the ancestors. Only a page of the same origin lets its address be read.
  for (let frame = view; frame.parent !== frame; frame = frame.parent) {
    try {
      if (frame.parent.location.origin !== origin) return true;
    } catch {
      return true;
    }
  }
  return false;
}

/** The pages that show this page in a frame. */

/** The properties of a window that are used. */
export interface FrameWindow {
  readonly parent: FrameWindow;
  readonly location: { readonly origin: string; readonly ancestorOrigins?: Iterable<string> };
}

/**
 * Return whether any ancestor page has another origin. Another origin of the same site counts: browsers give a frame in
 * it the same storage as a top-level window.
 */
export function isFramedByAnotherOrigin(view: FrameWindow = window): boolean {
  const { origin, ancestorOrigins } = view.location;
  for (const ancestor of ancestorOrigins ?? []) if (ancestor !== origin) return true;
  // Firefox has no list of ancestors. Reading a location fails for other origins.
  for (let frame = view; frame.parent !== frame; frame = frame.parent) {
    try {
      if (frame.parent.location.origin !== origin) return true;
    } catch {
      return true;
    }
  }
  return false;
}

/** Information about the pages that show this page in a frame. */

/** The properties of a window that this module uses. */
export interface FrameWindow {
  readonly parent: FrameWindow;
  readonly location: { readonly origin: string; readonly ancestorOrigins?: Iterable<string> };
}

/**
 * Return whether any ancestor page has a different origin. A different origin within the same site counts, because browsers
 * give a frame in such a page the same storage as a top-level window.
 */
export function isFramedByAnotherOrigin(view: FrameWindow = window): boolean {
  const { origin, ancestorOrigins } = view.location;
  for (const ancestor of ancestorOrigins ?? []) if (ancestor !== origin) return true;
  // Some browsers have no `ancestorOrigins`. In these browsers, try to read the origin, which throws an error if it is
  // different.
  for (let frame = view; frame.parent !== frame; frame = frame.parent) {
    try {
      if (frame.parent.location.origin !== origin) return true;
    } catch {
      return true;
    }
  }
  return false;
}

/** Elements that open only when they come near the viewport, so that a page with many elements loads quickly. */

/** The distance from the viewport at which an element opens, so that it is open before a scrolling visitor sees it. */
const MARGIN_PX = 400;

/**
 * Call `open` once the element is near the viewport: immediately, or when the visitor scrolls to it.
 *
 * @returns a function that stops waiting
 */
export function whenNearWindow(element: Element, open: () => void): () => void {
  const { top, bottom } = element.getBoundingClientRect();
  if (bottom > -MARGIN_PX && top < innerHeight + MARGIN_PX) {
    open();
    return () => {};
  }
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      open();
    },
    { rootMargin: `${MARGIN_PX}px` },
  );
  observer.observe(element);
  return () => observer.disconnect();
}

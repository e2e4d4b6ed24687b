/** The article that the browser loaded; null if the theme replaced it before this script ran. */
export const loadedArticle = loadedPath() === location.pathname ? document.querySelector("article") : null;

function loadedPath(): string {
  const [loading] = performance.getEntriesByType("navigation");
  return loading === undefined ? "" : new URL(loading.name).pathname;
}

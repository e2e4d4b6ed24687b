// Tries to keep the page busy without end by its other ear: with errors that nobody in the worker catches.
setInterval(() => {
  for (let count = 0; count < 2_000; count++) setTimeout(() => { throw new Error(`owned ${"x".repeat(1_000)}`); }, 0);
}, 50);

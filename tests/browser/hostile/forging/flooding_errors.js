// Tries to keep the page busy endlessly with uncaught errors in the worker, which arrive outside the message channel.
setInterval(() => {
  for (let count = 0; count < 2_000; count++) setTimeout(() => { throw new Error(`owned ${"x".repeat(1_000)}`); }, 0);
}, 50);

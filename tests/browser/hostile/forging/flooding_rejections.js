// Tries to keep the page busy without end: with promises that are rejected and messages that cannot be read.
setInterval(() => {
  for (let count = 0; count < 2_000; count++) {
    Promise.reject(new Error("owned"));
    queueMicrotask(() => { throw new Error("owned"); });
    self.postMessage?.({ name: "snapshot.bin", count });
  }
}, 50);

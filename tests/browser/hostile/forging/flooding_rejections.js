// Tries to keep the page busy endlessly with rejected promises and unreadable messages.
setInterval(() => {
  for (let count = 0; count < 2_000; count++) {
    Promise.reject(new Error("owned"));
    queueMicrotask(() => { throw new Error("owned"); });
    self.postMessage?.({ name: "snapshot.bin", count });
  }
}, 50);

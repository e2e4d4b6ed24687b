// Every kind of storage in a worker. For each kind, `loot` holds the stored data, or the reason why there is none.
self.loot = {};

const opened = (name) =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => resolve(`opened ${name}`);
    request.onerror = () => reject(request.error);
  });

const ATTEMPTS = {
  localStorage: () => {
    localStorage.setItem("canary", "changed");
    return localStorage.getItem("canary");
  },
  sessionStorage: () => sessionStorage.getItem("canary"),
  cookies: () => document.cookie,
  cookieStore: async () => JSON.stringify(await cookieStore.getAll()),
  indexedDB: () => opened("stolen"),
  databases: async () => JSON.stringify(await indexedDB.databases()),
  caches: async () => {
    await caches.open("stolen");
    return JSON.stringify(await caches.keys());
  },
  files: async () => String(await navigator.storage.getDirectory()),
  channel: () => {
    new BroadcastChannel("headwater").postMessage("stolen");
    return "begun";
  },
};

for (const [name, attempt] of Object.entries(ATTEMPTS)) {
  self.loot[name] = "pending";
  new Promise((resolve) => resolve(attempt())).then(
    (found) => {
      self.loot[name] = `found: ${found}`;
    },
    (refusal) => {
      self.loot[name] = `refused: ${refusal}`;
    },
  );
}

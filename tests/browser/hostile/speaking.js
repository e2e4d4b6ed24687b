// No code can reach the worker's port, and Python cannot run JavaScript. Tests run JavaScript nevertheless, and replace the
// port's method with the function with which Python sends text.
MessagePort.prototype.postMessage = (message) => self.tell(message);
const { port1 } = new MessageChannel();
self.forge = (message) => port1.postMessage(message);

// The worker's port is out of reach of any code, and Python has no way to run JavaScript. A test that runs it nevertheless
// lets it use the function by which Python sends a text, as if that were the port's.
MessagePort.prototype.postMessage = (message) => self.tell(message);
const { port1 } = new MessageChannel();
self.forge = (message) => port1.postMessage(message);

// Forges replies to an export: each adds a file that no project has, or changes a file that pip reads. A page that used these
// names would write them into the visitor's archive.
const FORGED = [
  (files) => ({ ...files, "../owned.py": "owned" }),
  (files) => ({ ...files, "dataflow/../../owned.py": "owned" }),
  (files) => ({ ...files, "/etc/owned": "owned" }),
  (files) => ({ ...files, "C:\\owned.bat": "owned" }),
  (files) => ({ ...files, "dataflow\\..\\owned.py": "owned" }),
  (files) => ({ ...files, ".git/hooks/post-checkout": "owned" }),
  (files) => ({ ...files, "conftest.py": "owned" }),
  (files) => ({ ...files, "tests/conftest.py": "owned" }),
  (files) => ({ ...files, "tests/values/con.csv": "owned" }),
  (files) => ({ ...files, "readme.md": "owned" }),
  (files) => ({ ...files, "run.py\u202e": "owned" }),
  (files) => ({ ...files, "pyproject.toml": `${files["pyproject.toml"]}addopts = "-p owned"\n` }),
  (files) => ({ ...files, "pyproject.toml": files["pyproject.toml"].replace("setuptools.build_meta", "owned") }),
  (files) => ({ "owned.exe": Object.values(files)[0] }),
  () => ({}),
  // The last answer forges the text of open files, which the page does not take from Python.
  (files) =>
    Object.fromEntries(
      Object.entries(files).map(([path, text]) => [path, path.startsWith("dataflow/") ? "owned" : text]),
    ),
];

if (!self.isForging) {
  self.isForging = true;
  let answers = 0;
  const send = MessagePort.prototype.postMessage;
  MessagePort.prototype.postMessage = function (message, ...rest) {
    const reply = typeof message === "string" ? JSON.parse(message) : message;
    if (reply?.kind === "export" && reply.export.refusal === null) {
      reply.export.files = FORGED[Math.min(answers, FORGED.length - 1)](reply.export.files);
      reply.export.name = "../owned\u202e";
      answers += 1;
    }
    send.call(this, typeof message === "string" ? JSON.stringify(reply) : message, ...rest);
  };
}

/** The package in which a module comes, where the two are not called alike. */

const PACKAGES: Readonly<Record<string, string>> = {
  attr: "attrs",
  bs4: "beautifulsoup4",
  Crypto: "pycryptodome",
  cv2: "opencv-python",
  dateutil: "python-dateutil",
  docx: "python-docx",
  dotenv: "python-dotenv",
  git: "GitPython",
  jwt: "PyJWT",
  pptx: "python-pptx",
  PIL: "pillow",
  serial: "pyserial",
  skimage: "scikit-image",
  sklearn: "scikit-learn",
  slugify: "python-slugify",
  yaml: "PyYAML",
};

export function packageOf(module: string): string {
  return Object.hasOwn(PACKAGES, module) ? (PACKAGES[module] ?? module) : module;
}

/** By the kind of the error, how it names the module. pandas says so in its own words of what only some of it needs. */
const PHRASES: Readonly<Record<string, RegExp>> = {
  ModuleNotFoundError: /^No module named '([^'.]+)/,
  ImportError: /^Missing optional dependency '([^'.]+)|^`?Import ([\w-]+)`? failed/,
  AttributeError: /accessor requires (\w+)/,
};

/** The module that Python has looked for in vain, by the words in which it says so; null for another problem. */
export function missingModule({ kind, message }: { kind: string; message: string }): string | null {
  const found = Object.hasOwn(PHRASES, kind) ? PHRASES[kind]?.exec(message) : null;
  return found?.[1] ?? found?.[2] ?? null;
}

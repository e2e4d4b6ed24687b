/** Packages whose names differ from those of their modules. */

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
  odf: "odfpy",
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

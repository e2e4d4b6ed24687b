/** The names of libraries that several extensions share but that are not extensions themselves. */

const SHARED_LIBRARY = /(^|\/)lib[^/]*\.so$/;

export function isSharedLibrary(path: string): boolean {
  return SHARED_LIBRARY.test(path);
}

/** Return the name of a file without its folder. The linker also finds shared libraries by this name. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

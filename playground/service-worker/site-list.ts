/** The files of one version of the site. `docs/hooks/offline.py` prepends the list to the worker when the site is built. */

export interface SiteFile {
  /** The URL relative to the site's root, as visitors use it: `play/`, not `play/index.html`. */
  readonly url: string;
  readonly revision: string;
  /** The expected hash of the bytes. Omitted if a server may change the file. */
  readonly integrity?: string;
}

export interface SiteList {
  readonly version: string;
  readonly files: readonly SiteFile[];
  /** Large files that few visitors need. They are cached on first use. */
  readonly onDemand: readonly SiteFile[];
}

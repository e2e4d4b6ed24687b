/** What a version of the site is made of. `docs/hooks/offline.py` writes it in front of the worker when the site is built. */

export interface SiteFile {
  /** The address that visitors use, from the site's root: a page is `play/`, not `play/index.html`. */
  readonly url: string;
  readonly revision: string;
  /** The hash that the bytes must have; left out where a server may write something into the file. */
  readonly integrity?: string;
}

export interface SiteList {
  readonly version: string;
  readonly files: readonly SiteFile[];
  /** Large ones that few visitors need: kept once somebody has asked for them. */
  readonly onDemand: readonly SiteFile[];
}

"""Build one of several versions of the site, when `mike` starts the build.

The theme's version selector reads `versions.json` in the folder above the site. Other builds have no such file, so they have no
selector.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

VERSION: Final = "MIKE_DOCS_VERSION"
"""The environment variable in which mike passes the version."""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add the version selector, and end the site's URL with a slash.

    All other URLs are relative to the site's URL, to which mike has added the version.
    """
    if os.environ.get(VERSION):
        config.site_url = f"{str(config.site_url).rstrip('/')}/"
        config.extra["version"] = {"provider": "mike", "default": "latest"}
    return config

"""Closes pyplot's figures after each function, as notebooks do after each cell."""

from __future__ import annotations

import sys
from contextlib import suppress


def close_figures() -> None:
    """Close pyplot's current figures, if pyplot is imported. If they stayed open, the next function would draw on them.

    Values that hold a closed figure can still be shown and saved.
    """
    with suppress(Exception):  # the user's code may have replaced the module
        if (pyplot := sys.modules.get("matplotlib.pyplot")) is not None:
            pyplot.close("all")

"""Formats that need Graphviz's `dot` program."""

from __future__ import annotations

import shutil
import subprocess
from typing import Final

from headwater.errors import DrawingError

_SECONDS: Final = 120


def render_with_dot(dot_text: str, format_: str) -> bytes:
    """Render DOT to a format such as "png".

    Raises:
        DrawingError: `dot` is not installed, takes too long, or fails.
    """
    program = shutil.which("dot")
    if program is None:
        raise DrawingError(
            f"A .{format_} file needs Graphviz's `dot` program, which is not installed. Install the system package "
            "`graphviz` (apt, dnf, brew, winget), or write a .svg or .html file instead."
        )
    command = [program, f"-T{format_}"]
    try:
        run = subprocess.run(  # noqa: S603 - the program was found on the PATH; the arguments are fixed
            command, input=dot_text.encode(), capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise DrawingError(f"`dot` did not finish within {_SECONDS} seconds. Write a .svg or .html file instead.") from None
    except OSError as error:
        raise DrawingError(f"`dot` ({program}) cannot be started: {error}.") from None
    if run.returncode:
        raise DrawingError(f"`dot` failed to draw a .{format_} file: {run.stderr.decode(errors='replace').strip()}")
    return run.stdout

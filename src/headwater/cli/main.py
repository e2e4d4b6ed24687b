"""The `headwater` command.

`headwater share flow.py data.csv` prints a link that opens the files in a playground.
`headwater reproduce error.snapshot` shows a failed call. With `--trust`, it also runs the call again.
`headwater cache list .headwater` lists the values in a cache.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from headwater import __version__
from headwater.cli import cache, reproduce, share
from headwater.errors import HeadwaterError


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command. Exit with a message if an error occurs."""
    parser = argparse.ArgumentParser(prog="headwater", description="Turn plain Python functions into a dataflow.")
    parser.add_argument("--version", action="version", version=f"headwater {__version__}")
    commands = parser.add_subparsers(dest="command", required=True)
    for command in (share, reproduce, cache):
        command.add_command(commands)
    options = parser.parse_args(arguments)
    try:
        status = options.run(options)
    except (HeadwaterError, OSError, UnicodeDecodeError, ValueError) as error:
        parser.exit(2, f"headwater {options.command}: {error}\n")
    if status is not None:
        parser.exit(status)

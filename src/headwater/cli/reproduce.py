"""`headwater reproduce`: shows a failed call from a snapshot file. With `--trust`, it also runs the call again."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headwater.cli.commands import Commands


def add_command(commands: Commands) -> None:
    """Add the command to the parser."""
    reproduce = commands.add_parser(
        "reproduce",
        help="show a failed call from a snapshot file, and run it again",
        description=(
            "Show a failed call from a snapshot file. With --trust, run the function again with the same arguments. "
            "The exit status is 0 if the function raises the same exception, otherwise 1."
        ),
    )
    reproduce.add_argument("path", type=Path, help="file written by `error.snapshot.save(path)`")
    reproduce.add_argument("--trust", action="store_true", help="load the call, which can run arbitrary code")
    reproduce.set_defaults(run=_reproduce)


def _reproduce(options: argparse.Namespace) -> int:
    """Print the details of a snapshot, and rerun its call if the user trusts the file. Return the exit status."""
    from headwater.hooks.reproduction import describe_snapshot, rerun_snapshot

    print(describe_snapshot(options.path))
    if not options.trust:
        print("The call was not run, because loading it can run arbitrary code. Add --trust if you trust the file's origin.")
        return 0
    reproduction = rerun_snapshot(options.path)
    print(reproduction)
    return 0 if reproduction.is_reproduced else 1

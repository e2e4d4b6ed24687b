"""The command `headwater`.

`headwater share flow.py data.csv` prints a link that opens the files in a playground.
`headwater reproduce error.snapshot` shows a failed call, and runs it again with `--trust`.
"""

from __future__ import annotations

import argparse
import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from headwater import __version__
from headwater.errors import HeadwaterError
from headwater.sharing.links import link

URL_VARIABLE = "HEADWATER_PLAYGROUND"
LOCAL_PLAYGROUND = "http://127.0.0.1:8000/play/"
FILE_NAME = re.compile(r"\w[\w .-]{0,99}")
SUFFIXES = (".py", ".csv", ".json", ".txt")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command. Exit with a message if an error occurs."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        if options.command == "reproduce":
            parser.exit(_reproduce(options))
        print(_share(options))  # noqa: T201 - the output of the command
    except (HeadwaterError, OSError, UnicodeDecodeError, ValueError) as error:
        parser.exit(2, f"headwater {options.command}: {error}\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="headwater", description="Turn plain Python functions into a dataflow.")
    parser.add_argument("--version", action="version", version=f"headwater {__version__}")
    commands = parser.add_subparsers(dest="command", required=True)
    share = commands.add_parser(
        "share",
        help="print a link that opens files in a playground",
        description="Print a link that opens files in a playground.",
    )
    share.add_argument("files", nargs="+", type=Path, help="modules (.py) and data files (.csv, .json, .txt)")
    share.add_argument(
        "--base",
        default=os.environ.get(URL_VARIABLE, LOCAL_PLAYGROUND),
        help=f"URL of the playground (default: the environment variable {URL_VARIABLE}, or {LOCAL_PLAYGROUND})",
    )
    share.add_argument("--title", help="title in the playground (default: the name of the first file)")
    share.add_argument("--output", action="append", default=[], metavar="NODE", help="node to compute (repeatable)")
    share.add_argument(
        "--config",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        type=_pair,
        help="config value, as JSON or plain text (repeatable)",
    )
    share.add_argument("--markdown", action="store_true", help="print the link in Markdown")
    reproduce = commands.add_parser(
        "reproduce",
        help="show a failed call from a snapshot file, and run it again",
        description=(
            "Show a failed call from a snapshot file. With --trust, run the function again with the same arguments. "
            "The exit status is 0 if it raises the same exception, otherwise 1."
        ),
    )
    reproduce.add_argument("path", type=Path, help="file that `error.snapshot.save(path)` has written")
    reproduce.add_argument("--trust", action="store_true", help="load the call, which can run any code in the file")
    return parser


def _reproduce(options: argparse.Namespace) -> int:
    """Print the details of a snapshot, and rerun its call if the user trusts the file. Return the exit status."""
    from headwater.hooks.reproduction import describe_snapshot, rerun_snapshot

    print(describe_snapshot(options.path))  # noqa: T201 - the output of the command
    if not options.trust:
        print("Not run: loading the call can run any code in the file. Add --trust if you trust its origin.")  # noqa: T201
        return 0
    reproduction = rerun_snapshot(options.path)
    print(reproduction)  # noqa: T201
    return 0 if reproduction.is_reproduced else 1


def _pair(text: str) -> tuple[str, Any]:
    key, equals, value = text.partition("=")
    if not (key and equals):
        raise argparse.ArgumentTypeError(f"Expected KEY=VALUE, not `{text}`.")
    try:
        return key, json.loads(value)
    except (ValueError, RecursionError):
        return key, value


def _share(options: argparse.Namespace) -> str:
    title = options.title or options.files[0].stem
    url = link(_texts(options.files), options.base, title=title, outputs=options.output, config=dict(options.config))
    if not options.markdown:
        return url
    escaped = "".join(f"\\{character}" if character in "\\[]<>`*_" else character for character in title)
    return f"[{escaped}]({url})"


def _texts(paths: Sequence[Path]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for path in paths:
        if path.suffix not in SUFFIXES:
            raise ValueError(f"`{path}` has an unsupported suffix. Supported: {', '.join(SUFFIXES)}.")
        if not FILE_NAME.fullmatch(path.name):
            raise ValueError(
                f"`{path.name}` is not a valid file name in a playground. Use letters, digits, spaces, dots, `-` and `_`."
            )
        if path.name in texts:
            raise ValueError(f"Two files are named `{path.name}`, but a playground has only one folder.")
        texts[path.name] = path.read_bytes().decode("utf-8")  # `newline=""` preserves line endings
    if not any(name.endswith(".py") for name in texts):
        raise ValueError("No file is a module. Add a .py file.")
    return texts

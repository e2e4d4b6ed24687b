"""`headwater share`: prints a link that opens files in a playground."""

from __future__ import annotations

import argparse
import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from headwater.sharing.links import link

if TYPE_CHECKING:
    from headwater.cli.commands import Commands

URL_VARIABLE = "HEADWATER_PLAYGROUND"
LOCAL_PLAYGROUND = "http://127.0.0.1:8000/play/"
FILE_NAME = re.compile(r"\w[\w .-]{0,99}")
SUFFIXES = (".py", ".csv", ".json", ".txt")


def add_command(commands: Commands) -> None:
    """Add the command to the parser."""
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
    share.set_defaults(run=_share)


def _pair(text: str) -> tuple[str, Any]:
    key, equals, value = text.partition("=")
    if not (key and equals):
        raise argparse.ArgumentTypeError(f"Expected KEY=VALUE, not `{text}`.")
    try:
        return key, json.loads(value)
    except (ValueError, RecursionError):
        return key, value


def _share(options: argparse.Namespace) -> None:
    title = options.title or options.files[0].stem
    url = link(_texts(options.files), options.base, title=title, outputs=options.output, config=dict(options.config))
    if not options.markdown:
        print(url)
        return
    escaped = "".join(f"\\{character}" if character in "\\[]<>`*_" else character for character in title)
    print(f"[{escaped}]({url})")


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
            raise ValueError(f"Two files are named `{path.name}`, but a playground has only one folder. Rename one of them.")
        texts[path.name] = path.read_bytes().decode("utf-8")  # `read_text` would change line endings
    if not any(name.endswith(".py") for name in texts):
        raise ValueError("None of the files is a Python module. Add a .py file.")
    return texts

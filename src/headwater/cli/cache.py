"""`headwater cache`: lists, explains and prunes the values of a persistent cache.

The actions are in `cache_actions.py`. Unlike other commands, these actions need SQLite.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from headwater.errors import CacheError

if TYPE_CHECKING:
    from headwater.cli.commands import Commands

_UNITS: Final = {"": 1, "B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}


def add_command(commands: Commands) -> None:
    """Add the commands to the parser."""
    cache = commands.add_parser(
        "cache",
        help="list, explain and prune the values of a cache",
        description="List, explain and prune the values of a persistent cache.",
    )
    actions = cache.add_subparsers(dest="action", required=True)
    listing = actions.add_parser(
        "list",
        help="list the nodes with their latest values",
        description="List the nodes in a cache.",
    )
    listing.set_defaults(run=_run)
    explain = actions.add_parser(
        "explain",
        help="show the stored values of a node, and what changed between them",
        description="Show the stored values of a node, latest first, and what changed between them.",
    )
    explain.set_defaults(run=_run)
    pruning = actions.add_parser(
        "prune",
        help="delete values, least recently used first",
        description="Delete values, least recently used first. Without options, delete only files that no cache entry uses.",
    )
    pruning.set_defaults(run=_run)
    for action in (listing, explain, pruning):
        action.add_argument("path", type=Path, help="the folder of the cache")
    explain.add_argument("node", help="the name of the node")
    size_help = "delete values until the cache is at most this size, such as 500MB or 2GB"
    pruning.add_argument("--max-size", type=_size, metavar="SIZE", help=size_help)
    pruning.add_argument("--older-than", type=float, metavar="DAYS", help="delete values not used for this many days")
    pruning.add_argument("--all", action="store_true", help="delete all values")
    pruning.add_argument("--values", metavar="URL", help="the URL of the values, if they are not in the cache's folder")


def _run(options: argparse.Namespace) -> None:
    try:
        from headwater.cli import cache_actions
    except ModuleNotFoundError as error:
        raise CacheError(f"A cache needs SQLite, which this Python does not have: {error}.") from error
    actions = {
        "list": cache_actions.list_nodes,
        "explain": cache_actions.explain_node,
        "prune": cache_actions.prune_values,
    }
    print(actions[options.action](options))


def _size(text: str) -> int:
    match = re.fullmatch(r"([\d.]+)\s*([KMGT]?B?)", text.strip().upper())
    if match is None or match[2] not in _UNITS:
        raise argparse.ArgumentTypeError(f"Expected a size such as 500MB or 2GB, not `{text}`.")
    return int(float(match[1]) * _UNITS[match[2]])

"""Detects savers in one run that would overwrite each other's files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from headwater.errors import RequestError
from headwater.graph.node import Constant, Dependency, Node
from headwater.graph.operation import Map, Save
from headwater.io.location import Stream, is_open_file, is_remote, path_text, target_of
from headwater.io.protocol import FilePath


def shared_paths(nodes: Iterable[Node]) -> Iterator[tuple[Node, Node, RequestError]]:
    """Yield each pair of Headwater's savers that would overwrite each other's files, and the error to report.

    If a saver is called for each element, it is paired with itself. Only paths known before the run are compared. Savers may
    share a path if all of them append to it, or if it is a pipe or device.
    """
    first_at: dict[str, tuple[Node, bool]] = {}
    for node in nodes:
        path = _path_of(node)
        if path is None:
            continue
        appends = _appends(node)
        if isinstance(node.operation, Map) and not appends:
            yield node, node, _same_for_all_elements(node, path, node.operation.over[-1])
            continue
        first, also_appends = first_at.setdefault(path, (node, appends))
        if first is not node and not (appends and also_appends):
            error = RequestError(
                f"`{first.name}` ({first.location}) and `{node.name}` ({node.location}) save to the same file, {path!r}: "
                "one would overwrite the other. Give each saver its own path, or run them one after the other.",
                [first.location, node.location],
                node.name,
            )
            yield first, node, error


def _same_for_all_elements(node: Node, path: str, element: str) -> RequestError:
    return RequestError(
        f"`{node.name}` ({node.location}) is called for each element of `{element}` and always saves to the same file, "
        f"{path!r}. Only the value of the last element would remain. Compute the path from the element: add a function that "
        "returns it, and use `path=source(...)`. Or save the value of a function that collects the values.",
        [node.location],
        node.name,
    )


def _path_of(node: Node) -> str | None:
    """Return the file that a saver replaces. None if the path is unknown before the run, or the saver overwrites nothing."""
    operation = node.operation.inner if isinstance(node.operation, Map) else node.operation
    adapter = operation.adapter if isinstance(operation, Save) else None
    if adapter is None or not adapter.__module__.startswith("headwater."):
        return None
    constants = {argument.parameter: argument.value for argument in node.arguments if isinstance(argument, Constant)}
    path = constants.get("path")
    if not isinstance(path, str | os.PathLike) or is_open_file(path) or constants.get("partition_cols") is not None:
        return None
    return path_text(path) if is_remote(path) else _file_at(path)


def _file_at(path: FilePath) -> str | None:
    try:
        target = target_of(path)
    except (OSError, ValueError):  # the saver will report the problem
        return None
    return None if isinstance(target, Stream) else os.path.normcase(target.path)


def _appends(node: Node) -> bool:
    """Return True if the saver appends, or if its mode is known only during the run."""
    modes = [argument for argument in node.arguments if argument.parameter == "mode"]
    return any(isinstance(mode, Dependency) or str(mode.value).startswith("a") for mode in modes)

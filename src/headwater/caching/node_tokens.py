"""The token of a node in a persistent cache, and the parts that the token covers."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from headwater.caching.key import config_values, joined, node_token
from headwater.graph.node import Constant, Dependency
from headwater.graph.operation import REQUIRED

if TYPE_CHECKING:
    from headwater.caching.code_units import CodeReport
    from headwater.caching.loaded_code import LoadedCode
    from headwater.graph.node import Node


class NodeToken(NamedTuple):
    """The token of a node's code, and the functions and values that the token covers."""

    token: str | None
    """The token. None if any part of the code is unknown."""
    functions: tuple[Any, ...]
    """The functions whose code the token covers."""
    settings: Mapping[str, str | None]
    """The digests of the values that decorators bind, keyed by label."""
    problem: str | None
    """Why there is no token."""

    def parts(self, code: LoadedCode) -> dict[str, str]:
        """Return the digest of each part, keyed by label: `{"function flow.total": "..."}`."""
        parts: dict[str, str] = {}
        for function in self.functions:
            parts |= code.parts(function)
        parts |= {label: digest or "" for label, digest in self.settings.items()}
        parts["operation"] = self.token or ""
        return parts


_NO_SETTINGS: Final[Mapping[str, str | None]] = MappingProxyType({})


def covered_token(node: Node, code: LoadedCode) -> NodeToken:
    """Return the token of a node's code.

    Args:
        node: a node that a run computes.
        code: the loaded code.
    """
    if node.operation is None and node.function is not None and not node.shaped_by and not node.settings:
        plain = _plain_token(node, code.report(node.function))
        if plain is not None:
            return plain
    functions = node.shaped_by if node.function is None else (node.function, *node.shaped_by)
    settings = {label: code.constant(value) for label, value in _bound_values(node).items()}
    used = list[Any](functions)

    def token_of(function: Any) -> str | None:
        used.append(function)
        return code.token(function)

    token = node_token(node, token_of, code.constant, lambda _: "")
    token = joined(token, *(text for label, digest in settings.items() for text in (label, digest)))
    problem = None if token is not None else _problem([code.report(function) for function in used], settings)
    return NodeToken(token, tuple({id(function): function for function in used}.values()), settings, problem)


def _plain_token(node: Node, report: CodeReport) -> NodeToken | None:
    """Return the token of a node that only calls a function, or None if a parameter is bound to a value or has a default."""
    sources: list[str] = []
    for argument in node.arguments:
        if type(argument) is not Dependency or argument.default is not REQUIRED:
            return None
        if argument.parameter != argument.source:  # equal names need no entry: the token of the code covers them
            sources.append(f"{argument.parameter}={argument.source}")
    token = joined(report.token, *sources) if sources else report.token
    return NodeToken(token, (node.function,), _NO_SETTINGS, report.problem)


def _bound_values(node: Node) -> dict[str, Any]:
    """Return the values that decorators bind, whether they are written in the decorator or come from the config."""
    values = config_values(node)
    for argument in node.arguments:
        if isinstance(argument, Constant):
            values[f"parameter {argument.parameter}"] = argument.value
        elif argument.default is not REQUIRED:
            values[f"default {argument.parameter}"] = argument.default
    return values


def _problem(reports: list[CodeReport], settings: Mapping[str, str | None]) -> str:
    for report in reports:
        if report.problem is not None:
            return report.problem
    for label, digest in settings.items():
        if digest is None:
            return f"the value of its {label} cannot be hashed"
    return "a value in its operation cannot be hashed"

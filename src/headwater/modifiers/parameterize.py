"""`parameterize`: one function, several nodes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from headwater import typing_rules
from headwater.modifiers.protocol import Decorator, F, Phase, attach, misuse, only_node
from headwater.node import Argument, Constant, Dependency, Node
from headwater.suggestions import did_you_mean


class Value(NamedTuple):
    """A parameter fixed to a value."""

    value: Any


class Source(NamedTuple):
    """A parameter fed by a node or an input of another name."""

    name: str


def value(literal: Any) -> Value:
    """Fixes a parameter to a value, in `parameterize`."""
    return Value(literal)


def source(name: str) -> Source:
    """Feeds a parameter from the node or input called `name`, in `parameterize`."""
    return Source(name)


Binding = Mapping[str, Value | Source]


def parameterize(**outputs: Binding | tuple[Binding, str]) -> Decorator:
    """Makes one node for each keyword, with some of the function's parameters bound.

    The function's own name is not a node. A keyword's value says how parameters are bound, or is a pair of that and the
    node's documentation. The function's docstring may hold `{parameter}` and `{output_name}`, which are filled in; a
    parameter bound to a source shows the source's name.

    Raises:
        DecoratorError: without outputs, for a parameter that the function does not have, or for a binding that is neither
            `value(...)` nor `source(...)`.

    >>> from headwater import Builder, parameterize, source, value
    >>> @parameterize(weekly={"days": value(7)}, monthly={"days": value(30), "rate": source("bulk_rate")})
    ... def cost(rate: float, days: int) -> float:
    ...     return rate * days
    >>> Builder().with_functions(cost).build().execute(["weekly", "monthly"], inputs={"rate": 2.0, "bulk_rate": 1.5})
    {'weekly': 14.0, 'monthly': 45.0}
    """

    def decorate(function: F) -> F:
        if not outputs:
            reason = "it needs the nodes to make: `@parameterize(weekly={'days': value(7)})`."
            raise misuse("parameterize", function, reason)
        variants = tuple(_variant(function, name, given) for name, given in outputs.items())
        return attach(Parameterize(variants), function)

    return decorate


class Variant(NamedTuple):
    """One node to make: its name, its bound parameters, its documentation if it has one of its own."""

    name: str
    binding: Binding
    doc: str | None


@dataclass(frozen=True, slots=True)
class Parameterize:
    """The modifier behind `parameterize`."""

    variants: tuple[Variant, ...]
    name = "parameterize"
    phase = Phase.EXPAND

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """One node for each variant, none under the function's own name."""
        node = only_node(self.name, nodes)
        for variant in self.variants:
            _check_binding(node, variant)
        return [
            node.replaced(
                name=variant.name,
                arguments=tuple(_bound(argument, variant.binding) for argument in node.arguments),
                doc=_doc(node, variant),
            )
            for variant in self.variants
        ]


def _variant(function: Callable[..., Any], name: str, given: object) -> Variant:
    binding, doc = given if isinstance(given, tuple) and len(given) == 2 else (given, None)
    if not isinstance(binding, Mapping) or not (doc is None or isinstance(doc, str)):
        reason = f"`{name}` has to be a dictionary of bindings, or a pair of that and a documentation, and is {given!r}."
        raise misuse("parameterize", function, reason)
    for parameter, bound in binding.items():
        if not isinstance(bound, Value | Source):
            reason = f"`{name}` binds `{parameter}` to {bound!r}: write `value(...)` for a value, `source('name')` for a node."
            raise misuse("parameterize", function, reason)
    return Variant(name, dict(binding), doc)


def _check_binding(node: Node, variant: Variant) -> None:
    types = {dependency.parameter: dependency.type for dependency in node.dependencies}
    for parameter, bound in variant.binding.items():
        if parameter not in types:
            reason = f"`{variant.name}` binds `{parameter}`, which is no parameter.{did_you_mean(parameter, types)}"
            raise misuse("parameterize", node, reason)
        if isinstance(bound, Value) and not typing_rules.is_instance(bound.value, types[parameter]):
            wanted = typing_rules.displayed(types[parameter])
            reason = f"`{variant.name}` binds `{parameter}: {wanted}` to {bound.value!r}, which is of another type."
            raise misuse("parameterize", node, reason)


def _bound(argument: Argument, binding: Binding) -> Argument:
    match binding.get(argument.parameter):
        case Value(literal):
            return Constant(argument.parameter, literal)
        case Source(name) if isinstance(argument, Dependency):
            return Dependency(argument.parameter, name, argument.type, argument.default)
        case _:
            return argument


def _doc(node: Node, variant: Variant) -> str:
    """The variant's documentation, or the function's with the names in braces filled in."""
    if variant.doc is not None:
        return variant.doc
    doc = node.doc.replace("{output_name}", variant.name)
    for parameter, bound in variant.binding.items():
        doc = doc.replace(f"{{{parameter}}}", bound.name if isinstance(bound, Source) else str(bound.value))
    return doc

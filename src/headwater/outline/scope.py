"""`SourceScope`: creates the nodes of functions in source text and applies their decorators."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any, ForwardRef

from headwater.decorators.extract import ExtractFields
from headwater.decorators.protocol import Modifier, Phase, apply_modifiers, attachments_of, leaf_nodes
from headwater.definitions.functions import Definition, resolve_attachments, select_definitions, self_nesting_error
from headwater.errors import HeadwaterError
from headwater.graph.node import Argument, Dependency, Node
from headwater.outline.constant_values import UnknownValue
from headwater.outline.decorators import SourceFunction, SourceFunctions, is_undecided, undecided_conditions
from headwater.outline.diagnostics import Diagnostic, OutlineWarning
from headwater.outline.module import SourceModule
from headwater.outline.signature import node_from_source


class SourceScope:
    """The scope of modifiers for functions that are known only from their text."""

    def __init__(
        self,
        config: Mapping[str, Any],
        modules: Mapping[str, SourceModule],
        source_functions: SourceFunctions,
        diagnostics: list[Diagnostic],
        inside: tuple[Callable[..., Any], ...] = (),
    ) -> None:
        self.config = config
        self._modules = modules
        self._source_functions = source_functions
        self._diagnostics = diagnostics
        self._inside = inside

    def node_of(self, function: Callable[..., Any]) -> Node:
        """Return the plain node of a function that a decorator uses."""
        # If the function is public, its problems are already reported for its own node.
        diagnostics = self._diagnostics if function.__name__.startswith("_") else []
        return self._plain(Definition(function.__name__, function, function.__module__), diagnostics)

    def nodes_of(self, sources: Sequence[ModuleType | Callable[..., Any]], config: Mapping[str, Any]) -> Sequence[Node]:
        """Return the nodes of the modules and functions that a decorator uses."""
        definitions: list[Definition] = []
        for source in sources:
            if isinstance(source, ModuleType):
                definitions.extend(public_functions(self._modules[source.__name__], self._source_functions))
            else:
                definitions.append(Definition(source.__name__, source, source.__module__, is_named=True))
        # Problems with these functions are reported for their own nodes.
        return SourceScope(config, self._modules, self._source_functions, [], self._inside).nodes(definitions)

    def nodes(self, definitions: Sequence[Definition]) -> list[Node]:
        """Return the nodes of the selected functions. Problems are added to the diagnostics."""
        return [node for definition in self.select(definitions) for node in self.nodes_of_definition(definition)]

    def select(self, definitions: Sequence[Definition]) -> Iterator[Definition]:
        """Yield the functions that the config selects. Variants are yielded under their shared name."""
        selected = select_definitions([definition for definition in definitions if self._can_select(definition)], self.config)
        return _without_duplicates(selected, self.config)

    def _can_select(self, definition: Definition) -> bool:
        """Return whether the conditions of a function can be evaluated. If not, add a diagnostic."""
        if not definition.conditions:
            return True
        try:
            select_definitions([definition], self.config)
        except HeadwaterError as error:
            column = _source_function(definition.function).source.col_offset + 1
            self._diagnostics.append(Diagnostic(error, column=column, node=definition.name))
            return False
        for condition in undecided_conditions(definition.function, self.config):
            _source_function(definition.function).is_uncertain = True
            self._diagnostics.append(condition.warning)
        return True

    def nodes_of_definition(self, definition: Definition) -> Sequence[Node]:
        """Return the nodes of a selected function. Problems are added to the diagnostics."""
        plain = self._plain(definition, self._diagnostics)
        function = definition.function
        attached = attachments_of(function)
        if not attached:
            return [plain]
        inside = SourceScope(self.config, self._modules, self._source_functions, self._diagnostics, (*self._inside, function))
        try:
            if function in self._inside:
                raise self_nesting_error(function)
            return apply_modifiers([plain], map(_with_type_check, resolve_attachments(attached, function, inside)))
        except UnknownValue:
            if self._inside:
                raise
            _source_function(function).is_uncertain = True
            message = (
                f"`{definition.name}` ({plain.location}): the fields of its return type are known only at run time. "
                "The graph shows the plain function."
            )
            self._diagnostics.append(Diagnostic(OutlineWarning(message, definition.name), plain.location))
            return [plain]
        except (HeadwaterError, TypeError, ValueError) as error:
            if self._inside:
                raise
            location = error.locations[0] if isinstance(error, HeadwaterError) and error.locations else plain.location
            column = _source_function(function).source.col_offset + 1
            self._diagnostics.append(Diagnostic(error, location, column, node=definition.name))
            # A parameter with the function's name is removed. Without the function's decorators, it would be reported as a
            # cycle.
            return [
                plain.replaced(
                    arguments=tuple(argument for argument in plain.arguments if not _depends_on(argument, plain.name))
                )
            ]

    def _plain(self, definition: Definition, diagnostics: list[Diagnostic]) -> Node:
        function = _source_function(definition.function)
        node, faults = node_from_source(definition.name, function.source, function.module, self._modules, function)
        diagnostics += faults
        return node


@dataclass(frozen=True, slots=True)
class _ExtractFieldsOfType:
    """`@extract_fields()` without arguments, which takes the fields from the function's return type."""

    modifier: ExtractFields
    name = "extract_fields"
    phase = Phase.TRANSFORM

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """Apply the modifier.

        Raises:
            UnknownValue: only the name of the type is known.
        """
        if any(isinstance(node.type, ForwardRef) for node in leaf_nodes(nodes)):
            raise UnknownValue
        return self.modifier.apply(nodes)


def _with_type_check(modifier: Modifier) -> Modifier:
    return _ExtractFieldsOfType(modifier) if isinstance(modifier, ExtractFields) and modifier.fields is None else modifier


def public_functions(module: SourceModule, source_functions: SourceFunctions) -> Iterator[Definition]:
    """Yield a module's public functions in source order."""
    for name in module.functions:
        if not name.startswith("_"):
            yield Definition(name, source_functions[module.name, name], module.name)


def _depends_on(argument: Argument, name: str) -> bool:
    return isinstance(argument, Dependency) and argument.source == name


def _source_function(function: Callable[..., Any]) -> SourceFunction:
    assert isinstance(function, SourceFunction), function  # all functions in this scope come from source text
    return function


def _without_duplicates(definitions: Sequence[Definition], config: Mapping[str, Any]) -> Iterator[Definition]:
    """Drop an undecided variant if another function has the same name."""
    undecided = {definition for definition in definitions if is_undecided(definition.function, config)}
    if not undecided:
        yield from definitions  # the usual case
        return
    used_names = {definition.name for definition in definitions if definition not in undecided}
    for definition in definitions:
        if definition in undecided:
            if definition.name in used_names:
                continue
            used_names.add(definition.name)
        yield definition

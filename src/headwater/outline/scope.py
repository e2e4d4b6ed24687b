"""The nodes of functions that are known from their text, as their decorators ask for them."""

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
from headwater.outline.decorators import SourceFunction, SourceFunctions, has_unknown_condition
from headwater.outline.diagnostics import Diagnostic, OutlineWarning
from headwater.outline.module import SourceModule
from headwater.outline.signature import node_from_source


class SourceScope:
    """What modifiers may ask of functions of which only the text is known."""

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
        """The plain node of a function that a decorator names."""
        # What is wrong with a public function is said where it is a node itself.
        diagnostics = self._diagnostics if function.__name__.startswith("_") else []
        return self._plain(Definition(function.__name__, function, function.__module__), diagnostics)

    def nodes_of(self, sources: Sequence[ModuleType | Callable[..., Any]], config: Mapping[str, Any]) -> Sequence[Node]:
        """The nodes of the functions of some modules, and of some functions, that decorators name."""
        definitions: list[Definition] = []
        for one in sources:
            if isinstance(one, ModuleType):
                definitions.extend(public_functions(self._modules[one.__name__], self._source_functions))
            else:
                definitions.append(Definition(one.__name__, one, one.__module__, is_named=True))
        # What is wrong with these functions is said where they are nodes themselves.
        return SourceScope(config, self._modules, self._source_functions, [], self._inside).nodes(definitions)

    def nodes(self, definitions: Sequence[Definition]) -> list[Node]:
        """The nodes of the functions that take part, and what is wrong with them among the diagnostics."""
        return [node for one in self.selected_under_config(definitions) for node in self.nodes_of_definition(one)]

    def selected_under_config(self, definitions: Sequence[Definition]) -> Iterator[Definition]:
        """The functions that take part under the config, variants under the name that they share."""
        return _without_duplicates(select_definitions([one for one in definitions if self._can_select(one)], self.config))

    def _can_select(self, definition: Definition) -> bool:
        """Whether it can be told if a function takes part; a config value that does not compare is among the diagnostics."""
        if not definition.conditions:
            return True
        try:
            select_definitions([definition], self.config)
        except HeadwaterError as error:
            column = _source_function(definition.function).source.col_offset + 1
            self._diagnostics.append(Diagnostic(error, column=column, node=definition.name))
            return False
        return True

    def nodes_of_definition(self, definition: Definition) -> Sequence[Node]:
        """The nodes of a function that takes part; what is wrong with it is among the diagnostics."""
        plain = self._plain(definition, self._diagnostics)
        function = definition.function
        attached = attachments_of(function)
        if not attached:
            return [plain]
        inside = SourceScope(self.config, self._modules, self._source_functions, self._diagnostics, (*self._inside, function))
        try:
            if function in self._inside:
                raise self_nesting_error(function)
            return apply_modifiers([plain], map(_of_known_types, resolve_attachments(attached, function, inside)))
        except UnknownValue:
            if self._inside:
                raise
            _source_function(function).is_uncertain = True
            message = (
                f"`{definition.name}` ({plain.location}): only a run knows the fields of its type. Drawn is the plain function."
            )
            self._diagnostics.append(Diagnostic(OutlineWarning(message, definition.name), plain.location))
            return [plain]
        except (HeadwaterError, TypeError, ValueError) as error:
            if self._inside:
                raise
            location = error.locations[0] if isinstance(error, HeadwaterError) and error.locations else plain.location
            column = _source_function(function).source.col_offset + 1
            self._diagnostics.append(Diagnostic(error, location, column, node=definition.name))
            # Without its decorators, a parameter with the function's own name would be one more error.
            return [plain.replaced(arguments=tuple(one for one in plain.arguments if not _reads(one, plain.name)))]

    def _plain(self, definition: Definition, diagnostics: list[Diagnostic]) -> Node:
        function = _source_function(definition.function)
        node, faults = node_from_source(definition.name, function.source, function.module, self._modules, function)
        diagnostics += faults
        return node


@dataclass(frozen=True, slots=True)
class _ExtractFieldsOfType:
    """`@extract_fields()`, whose fields a type of which only the name is known does not tell."""

    modifier: ExtractFields
    name = "extract_fields"
    phase = Phase.TRANSFORM

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """As the modifier does.

        Raises:
            UnknownValue: the type is known by its name only.
        """
        if any(isinstance(node.type, ForwardRef) for node in leaf_nodes(nodes)):
            raise UnknownValue
        return self.modifier.apply(nodes)


def _of_known_types(modifier: Modifier) -> Modifier:
    return _ExtractFieldsOfType(modifier) if isinstance(modifier, ExtractFields) and modifier.fields is None else modifier


def public_functions(module: SourceModule, source_functions: SourceFunctions) -> Iterator[Definition]:
    """The public functions of a module, in the order in which they are written."""
    for name in module.functions:
        if not name.startswith("_"):
            yield Definition(name, source_functions[module.name, name], module.name)


def _reads(argument: Argument, name: str) -> bool:
    return isinstance(argument, Dependency) and argument.source == name


def _source_function(function: Callable[..., Any]) -> SourceFunction:
    assert isinstance(function, SourceFunction), function  # nothing else comes out of reading source text
    return function


def _without_duplicates(definitions: Sequence[Definition]) -> Iterator[Definition]:
    """Without variants that only a run can choose from, where another function has taken the name."""
    if not any(has_unknown_condition(definition.function) for definition in definitions):
        yield from definitions  # the usual case
        return
    decided = {definition.name for definition in definitions if not has_unknown_condition(definition.function)}
    for definition in definitions:
        if has_unknown_condition(definition.function):
            if definition.name in decided:
                continue
            decided.add(definition.name)
        yield definition
